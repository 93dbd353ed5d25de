"""Web pages made to be printed: ruled or not, landscape, cut by page breaks, boxed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Literal

from data.generator import cuts
from data.generator.forms import TABLES
from data.generator.grid import COLUMN_WIDTHS, SECTION_OF, Box, Grid, form_grid
from data.generator.html import spans
from data.generator.report import Report

Lines = Literal["all", "none", "horizontal", "open", "header", "frame"]
LINES: tuple[Lines, ...] = ("all", "none", "horizontal", "open", "header", "frame")

# Lengths in points. The text is as wide as A4 between its margins.
MARGIN = 72.0
WIDTH = {False: 595.3 - 2 * MARGIN, True: 841.9 - 2 * MARGIN}
PADDING = 2.5
# Sizes of the three tables' texts in shares of the size asked for.
SCALE = {"proactive": 1.0, "applications": 0.86, "disputes": 0.78}
# How far digits stand apart that are drawn each by itself, in em.
APART = 0.2
# A digit of the serif font is half an em wide; a little room is left for a sign.
DIGIT = 0.54

# Text and headings, in a font of TrueType outlines (False) and in one of PostScript outlines.
FONTS = {
    False: ("'Droid Sans Fallback',serif", "'Droid Sans Fallback',sans-serif"),
    True: ("'Noto Serif CJK SC',serif", "'Noto Sans CJK SC',sans-serif"),
}

RULES: dict[Lines, str] = {
    "all": "td{border:0.6pt solid #000}",
    "none": "",
    "horizontal": "td{border-top:0.6pt solid #000;border-bottom:0.6pt solid #000}",
    "open": "td{border:0.6pt solid #000} .first{border-left:none} .last{border-right:none}",
    "header": ".header,.caption{border:0.6pt solid #000} table{border-bottom:1pt solid #000}",
    "frame": "table{border:1pt solid #000} .label{border-right:0.6pt solid #000}"
    " .header,.caption{border-bottom:0.6pt solid #000}",
}


@dataclass(frozen=True)
class Look:
    """How a report is printed.

    ``size``: font size of table 二 in points, 9 to 11. ``landscape``: the pages of the tables.
    ``breaks``: (form table, row) pairs above which a new page begins. ``vertical``: the label
    三、本年度办理结果 is set from top to bottom. ``boxes``: prose is boxed and underlined.
    ``outlined``: in a font of PostScript outlines, which Chromium embeds glyph by glyph as Type 3.
    ``pieces``: the digits of a number stand a little apart, each drawn by itself.
    """

    lines: Lines = "all"
    size: float = 10.5
    landscape: bool = False
    breaks: tuple[tuple[str, int], ...] = ()
    label: cuts.GroupLabel = "lost"
    repeat_header: bool = False
    vertical: bool = False
    boxes: bool = False
    outlined: bool = False
    pieces: bool = False


def print_page(report: Report, look: Look) -> str:
    """Return the page to be printed; its paper is A4."""
    body = "\n".join(_blocks(report, look))
    return (
        f"<!DOCTYPE html><html lang=zh-CN><head><meta charset=utf-8><title>{escape(report.title)}"
        f"</title><style>{_css(look)}</style></head><body>{body}</body></html>"
    )


def _css(look: Look) -> str:
    song, hei = FONTS[look.outlined]
    boxed = (
        "p.boxed{border:0.8pt solid #000;padding:4pt} u{text-decoration:none;"
        "border-bottom:0.6pt solid #000}"
    )
    return (
        f"@page{{size:A4;margin:{MARGIN}pt}} @page wide{{size:A4 landscape;margin:{MARGIN}pt}}"
        f".wide{{page:wide}} body{{margin:0;font:12pt/1.75 {song}}}"
        "h1{font-size:18pt;text-align:center} h2{font-size:14pt;margin:10pt 0 4pt 2em;"
        f"font-family:{hei};font-weight:normal;break-after:avoid}}"
        "p{text-indent:2em;margin:0}"
        "table{border-collapse:collapse;width:100%;table-layout:fixed;line-height:1.25;"
        "margin:0 0 8pt} td:not([rowspan]){break-inside:avoid}"
        f"td{{padding:{PADDING}pt;text-align:center;vertical-align:middle}}"
        "td.left{text-align:left} .value{white-space:nowrap;font-family:'Liberation Serif',serif}"
        ".upright{writing-mode:vertical-rl;margin:auto;letter-spacing:2pt}"
        f"b{{display:inline-block;font-weight:normal;margin-right:{APART}em}}"
        f".new{{break-before:page}}{RULES[look.lines]}{boxed if look.boxes else ''}"
    )


def _blocks(report: Report, look: Look) -> Iterator[str]:
    yield f"<h1>{escape(report.title)}</h1>"
    yield from (f"<p>{escape(text)}</p>" for text in report.introduction)
    for section in report.sections:
        grids = [
            grid
            for form_table in TABLES
            if SECTION_OF[form_table] == section.number
            and (grid := form_grid(form_table, report.edition, report.printed))
        ]
        heading = escape(section.heading)
        block = [f"<h2>{f'<u>{heading}</u>' if look.boxes else heading}</h2>"]
        block += [_paragraph(text, at, look) for at, text in enumerate(section.paragraphs)]
        block += [table for grid in grids for table in _tables(grid, look)]
        wide = look.landscape and grids
        yield f"<div{' class=wide' if wide else ''}>{''.join(block)}</div>"


def _paragraph(text: str, at: int, look: Look) -> str:
    """Box every second paragraph of a boxed report and underline the others' first words."""
    text = escape(text)
    if not look.boxes:
        return f"<p>{text}</p>"
    if at % 2:
        return f"<p class=boxed>{text}</p>"
    return f"<p><u>{text[:12]}</u>{text[12:]}</p>"


def _tables(grid: Grid, look: Look) -> Iterator[str]:
    """Yield one table, or more where pages break."""
    first, below = 0, grid
    for row in sorted(row for form_table, row in look.breaks if form_table == grid.form_table):
        # Header rows put on top once more are above the rows that are counted.
        again = below.row_count - (grid.row_count - first)
        above, below = cuts.cut(below, row - first + again, look.label, look.repeat_header)
        yield _table(above, look, new_page=first > 0)
        first = row
    yield _table(below, look, new_page=first > 0)


def _table(grid: Grid, look: Look, new_page: bool) -> str:
    columns = "".join(
        f'<col style="width:{share:.2%}">' for share in COLUMN_WIDTHS[grid.form_table]
    )
    rows = "".join(
        f"<tr>{''.join(_cell(grid, box, look) for box in cuts.boxes_of_row(grid, row))}</tr>"
        for row in range(grid.row_count)
    )
    size = look.size * SCALE[grid.form_table]
    new = " class=new" if new_page else ""
    columns = f"<colgroup>{columns}</colgroup>"
    return f'<table{new} style="font-size:{size:.1f}pt">{columns}{rows}</table>'


def _cell(grid: Grid, box: Box, look: Look) -> str:
    end = box.column + box.column_span
    names = [str(box.role)]
    names += ["first"] * (box.column == 0) + ["last"] * (end == grid.column_count)
    names += ["left"] * (box.role == "label" and grid.form_table == "applications")
    text = escape(box.text)
    style = ""
    if box.role == "value":
        share = sum(COLUMN_WIDTHS[grid.form_table][box.column : end])
        room = share * WIDTH[look.landscape] - 2 * PADDING - 1
        size = look.size * SCALE[grid.form_table]
        # A long number is set smaller: broken over two lines it would be two numbers.
        digit = DIGIT + (APART if look.pieces else 0)
        if (width := len(box.text) * digit * size) > room:
            style = f' style="font-size:{size * room / width:.2f}pt"'
        if look.pieces:
            text = "".join(f"<b>{char}</b>" for char in text)
    if look.vertical and box.role == "label" and box.column == 0 and box.row_span > 1:
        text = f"<div class=upright>{text}</div>"
    return f'<td class="{" ".join(names)}"{spans(box)}{style}>{text}</td>'
