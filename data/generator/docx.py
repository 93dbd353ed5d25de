"""Reports as DOCX: tables with merged cells both ways, page header and footer, text boxes."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Literal
from xml.sax.saxutils import escape

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from data.generator import cuts
from data.generator.forms import TABLES
from data.generator.grid import COLUMN_WIDTHS, SECTION_OF, Box, Grid, form_grid
from data.generator.report import Report

TitleForm = Literal["heading", "paragraph", "text_box"]

# Twentieths of a point, the unit of table widths: 165 mm, a little less than A4 between margins.
TWIPS = 9354
# Half-points, the unit of font sizes.
SIZES = {"proactive": 21, "applications": 17, "disputes": 15}
MARGIN = Mm(22)
FONTS = '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="宋体"/>'
FIXED_DATE = (1980, 1, 1, 0, 0, 0)
NAMESPACES = (
    f"{nsdecls('w', 'wp', 'a')} "
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)


def render_docx(
    report: Report,
    title: TitleForm = "heading",
    nested: bool = False,
    borders: bool = True,
    blank_zeros: bool = False,
    repeat_header: bool = False,
) -> bytes:
    """Render a report; the same arguments give the same bytes.

    ``title`` says whether the title is a styled heading, a plain paragraph or stands in a text
    box. ``nested`` puts every table into the cell of another. ``repeat_header`` lets the header
    of table 三 come again on every page.
    """
    if blank_zeros:
        report = cuts.blank_zeros(report)
    document = docx.Document()
    _set_page(document, report)
    if title == "text_box":
        document.element.body.insert(0, parse_xml(_text_box(report.title)))
    else:
        paragraph = document.add_paragraph(style="Title" if title == "heading" else None)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(report.title).font.size = Pt(20)
    for text in report.introduction:
        document.add_paragraph(text)
    for section in report.sections:
        document.add_paragraph(section.heading, style="Heading 1" if title == "heading" else None)
        for text in section.paragraphs:
            document.add_paragraph(text)
        for form_table in TABLES:
            grid = form_grid(form_table, report.edition, report.printed)
            if SECTION_OF[form_table] != section.number or not grid:
                continue
            table = _table(grid, borders, repeat_header)
            table = _layout_table(table) if nested else table
            table = table.replace("<w:tbl>", f"<w:tbl {NAMESPACES}>", 1)
            # The body's last element holds the settings of its pages.
            document.element.body.insert(-1, parse_xml(table))
            document.add_paragraph()
    target = BytesIO()
    document.save(target)
    return _without_dates(target.getvalue())


def _set_page(document: Document, report: Report) -> None:
    """Set A4, margins, Chinese fonts, and the texts at the head and foot of the pages."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = MARGIN
    section.header.paragraphs[0].text = f"{report.agency}政府信息公开"
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    foot._p.append(
        parse_xml(
            f'<w:fldSimple {NAMESPACES} w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
        )
    )
    for name in ("Normal", "Title", "Heading 1"):
        style = document.styles[name]
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        fonts.set(qn("w:eastAsia"), "宋体" if name == "Normal" else "黑体")
    document.core_properties.title = report.title
    document.core_properties.author = report.agency


def _text_box(text: str) -> str:
    """Return a paragraph with a text box, twice as Word writes it: as a drawing and as VML."""
    content = (
        '<w:txbxContent><w:p><w:pPr><w:jc w:val="center"/></w:pPr>'
        f'<w:r><w:rPr><w:sz w:val="36"/></w:rPr><w:t>{escape(text)}</w:t></w:r></w:p>'
        "</w:txbxContent>"
    )
    return (
        f'<w:p {NAMESPACES}><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>'
        '<wp:inline><wp:extent cx="5900000" cy="480000"/><wp:docPr id="1" name="文本框 1"/>'
        '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/'
        'wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" '
        'y="0"/><a:ext cx="5900000" cy="480000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        f"</a:prstGeom></wps:spPr><wps:txbx>{content}</wps:txbx><wps:bodyPr/></wps:wsp>"
        "</a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict>"
        '<v:shape style="width:464pt;height:38pt" type="#_x0000_t202"><v:textbox>'
        f"{content}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )


def _layout_table(inner: str) -> str:
    """Put a table into the one cell of another; a cell must end in a paragraph."""
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{TWIPS}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/>'
        f'</w:tblCellMar></w:tblPr><w:tblGrid><w:gridCol w:w="{TWIPS}"/></w:tblGrid>'
        "<w:tr><w:tc><w:tcPr>"
        f'<w:tcW w:w="{TWIPS}" w:type="dxa"/></w:tcPr>{inner}<w:p/></w:tc></w:tr></w:tbl>'
    )


def _table(grid: Grid, borders: bool, repeat_header: bool) -> str:
    widths = [round(share * TWIPS) for share in COLUMN_WIDTHS[grid.form_table]]
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = "".join(f'<w:{side} w:val="single" w:sz="4" w:color="000000"/>' for side in sides)
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    rows = "".join(_row(grid, row, widths, repeat_header) for row in range(grid.row_count))
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f"{f'<w:tblBorders>{lines}</w:tblBorders>' if borders else ''}"
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="40" w:type="dxa"/>'
        f'<w:right w:w="40" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>{columns}</w:tblGrid>'
        f"{rows}</w:tbl>"
    )


def _row(grid: Grid, row: int, widths: list[int], repeat_header: bool) -> str:
    repeated = repeat_header and row < grid.header_rows
    settings = "<w:trPr><w:tblHeader/></w:trPr>" if repeated else ""
    return f"<w:tr>{settings}{''.join(_cells(grid, row, widths))}</w:tr>"


def _cells(grid: Grid, row: int, widths: list[int]) -> Iterator[str]:
    """Yield the cells of a row; a box from a row above goes on in an empty cell."""
    over = [box for box in grid.boxes if box.row <= row < box.row + box.row_span]
    for box in sorted(over, key=lambda box: box.column):
        width = sum(widths[box.column : box.column + box.column_span])
        merged = f'<w:gridSpan w:val="{box.column_span}"/>' if box.column_span > 1 else ""
        if box.row_span > 1:
            merged += '<w:vMerge w:val="restart"/>' if box.row == row else "<w:vMerge/>"
        text = box.text if box.row == row else ""
        yield (
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{merged}<w:vAlign w:val="center"/>'
            f"</w:tcPr>{_paragraph(box, text, width, grid.form_table)}</w:tc>"
        )


def _paragraph(box: Box, text: str, width: int, form_table: str) -> str:
    """Write a cell's text in two runs, as editing leaves it; a long number is set smaller."""
    size = SIZES[form_table]
    if box.role == "value" and text:
        # Half an em for a digit, in twips: half-points times 10 make twips, half of it is 5.
        size = min(size, max(8, (width - 120) // (len(text) * 5 + 1)))
    align = "left" if box.role == "label" and form_table == "applications" else "center"
    look = f'<w:rPr>{FONTS}<w:sz w:val="{size}"/></w:rPr>'
    half = (len(text) + 1) // 2
    runs = '<w:proofErr w:type="gramStart"/>'.join(
        f'<w:r>{look}<w:t xml:space="preserve">{escape(part)}</w:t></w:r>'
        for part in (text[:half], text[half:])
        if part
    )
    settings = f'<w:pPr><w:spacing w:before="0" w:after="0"/><w:jc w:val="{align}"/></w:pPr>'
    return f"<w:p>{settings}{runs}</w:p>"


def _without_dates(data: bytes) -> bytes:
    """Write the archive again with one fixed date for all its files."""
    target = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(data)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for name in source.namelist():
            info = zipfile.ZipInfo(name, FIXED_DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, source.read(name))
    return target.getvalue()
