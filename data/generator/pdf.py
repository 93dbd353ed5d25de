"""Reports as PDF: prose, ruled tables with merged cells, page numbers at the foot."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from math import ceil
from typing import Any

from reportlab.lib.colors import black
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    CondPageBreak,
    Flowable,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
    TableStyle,
)

from data.generator.forms import TABLES
from data.generator.grid import COLUMN_WIDTHS, SECTION_OF, Box, Grid, form_grid
from data.generator.report import Report

# Fonts every PDF viewer supplies, so that no font file is needed; all lengths are in points.
FONT = "STSong-Light"
DIGITS = "Times-Roman"
MARGIN = 74.0
WIDTH = A4[0] - 2 * MARGIN
PADDING = 3.0
LEADING = 1.25
FONT_SIZE = {"proactive": 10.5, "applications": 9.0, "disputes": 8.0}
# A first part lower than this many rows would not hold the vertical label of 三.
SMALLEST_PART = {"proactive": 3, "applications": 12, "disputes": 4}

# Marks that must not begin a line.
CLOSING_MARKS = "，。、；：）”"
HEADING_HEIGHT = 38.0

TITLE = ParagraphStyle(
    "title", fontName=FONT, fontSize=18, leading=28, alignment=1, spaceAfter=14, wordWrap="CJK"
)
HEADING = ParagraphStyle(
    "heading", fontName=FONT, fontSize=14, leading=26, spaceBefore=8, spaceAfter=4, wordWrap="CJK",
    firstLineIndent=28,
)  # fmt: skip
BODY = ParagraphStyle(
    "body", fontName=FONT, fontSize=12, leading=22, firstLineIndent=24, wordWrap="CJK"
)


def render_pdf(report: Report) -> bytes:
    """Render a report; the same report gives the same bytes."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    story: list[Flowable] = [Paragraph(report.title, TITLE)]
    story += [Paragraph(text, BODY) for text in report.introduction]
    for section in report.sections:
        grids = [
            grid
            for form_table in TABLES
            if SECTION_OF[form_table] == section.number
            and (grid := form_grid(form_table, report.edition, report.printed))
        ]
        tables = [FormTable(grid) for grid in grids]
        # A heading stays with what follows it: the least part of its table, or one line.
        following = tables[0].least_height() if tables else BODY.leading
        story += [CondPageBreak(HEADING_HEIGHT + following), Paragraph(section.heading, HEADING)]
        story += [Paragraph(text, BODY) for text in section.paragraphs]
        for table in tables:
            story += [table, Spacer(0, 8)]
    target = BytesIO()
    document = SimpleDocTemplate(
        target,
        pagesize=A4,
        leftMargin=MARGIN - 6,  # the frame's own padding is 6
        rightMargin=MARGIN - 6,
        topMargin=MARGIN,
        bottomMargin=MARGIN,
        title=report.title,
        author=report.agency,
        invariant=1,
    )
    document.build(story, onFirstPage=_page_number, onLaterPages=_page_number)
    return target.getvalue()


def _page_number(canvas: Canvas, document: object) -> None:
    canvas.setFont(DIGITS, 10)
    canvas.drawCentredString(A4[0] / 2, MARGIN / 2, f"- {canvas.getPageNumber()} -")


class FormTable(Flowable):
    """A statutory table that may go on over the page, its group labels left behind."""

    def __init__(self, grid: Grid) -> None:
        super().__init__()
        self.grid = grid
        self.widths = [share * WIDTH for share in COLUMN_WIDTHS[grid.form_table]]
        self.texts = [self._text(box) for box in grid.boxes]
        self.heights = list(self._row_heights())

    def least_height(self) -> float:
        """Return the height of the least part that may stand above a page break."""
        return sum(self.heights[: SMALLEST_PART[self.grid.form_table]])

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        """Return the size of the whole table."""
        return WIDTH, sum(self.heights)

    def split(self, aW: float, aH: float) -> list[Flowable]:
        """Cut between two rows; nothing if too little would stand above the cut."""
        # A cut leaves a group's label fewer rows to stand in, which may then have to be higher.
        for row in range(self.grid.row_count - 1, SMALLEST_PART[self.grid.form_table] - 1, -1):
            above, below = (FormTable(part) for part in self.grid.split(row))
            if sum(above.heights) <= aH:
                return [above, below]
        return []

    def draw(self) -> None:
        """Draw the table by way of a platypus table of the same grid."""
        data = [[""] * self.grid.column_count for _ in range(self.grid.row_count)]
        size = FONT_SIZE[self.grid.form_table]
        commands: list[tuple[str, tuple[int, int], tuple[int, int], *tuple[Any, ...]]] = [
            ("FONT", (0, 0), (-1, -1), FONT, size, size * LEADING),
            ("GRID", (0, 0), (-1, -1), 0.6, black),
            ("ALIGN", (0, 0), (-1, -1), "CENTER"),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            ("LEFTPADDING", (0, 0), (-1, -1), PADDING),
            ("RIGHTPADDING", (0, 0), (-1, -1), PADDING),
            ("TOPPADDING", (0, 0), (-1, -1), PADDING),
            ("BOTTOMPADDING", (0, 0), (-1, -1), PADDING),
        ]
        for box, text in zip(self.grid.boxes, self.texts, strict=True):
            data[box.row][box.column] = text
            end = (box.column + box.column_span - 1, box.row + box.row_span - 1)
            commands.append(("SPAN", (box.column, box.row), end))
            if box.role == "label" and self.grid.form_table == "applications":
                commands.append(("ALIGN", (box.column, box.row), end, "LEFT"))
            if box.role == "value":
                commands.append(("FONT", (box.column, box.row), end, *self._value_font(box)))
        table = Table(data, self.widths, self.heights, style=TableStyle(commands))
        table.wrapOn(self.canv, WIDTH, sum(self.heights))
        table.drawOn(self.canv, 0, 0)

    def _room(self, box: Box) -> float:
        return sum(self.widths[box.column : box.column + box.column_span]) - 2 * PADDING

    def _value_font(self, box: Box) -> tuple[str, float]:
        """Return the font of a value, small enough for the number to stand on one line."""
        font = DIGITS if box.text.isascii() else FONT
        size = FONT_SIZE[self.grid.form_table]
        width = pdfmetrics.stringWidth(box.text, font, size)
        return font, min(size, size * self._room(box) / width) if width else size

    def _text(self, box: Box) -> str:
        """Break a label or header into lines; those of a header are about equally long."""
        if box.role == "value":
            return box.text
        size, room = FONT_SIZE[self.grid.form_table], self._room(box)
        width = pdfmetrics.stringWidth(box.text, FONT, size)
        if box.role == "header" and width > room:
            # Widths are sums of floats: a hair above two characters is two, not three.
            room = max(size, ceil(width / ceil(width / room) / size - 0.01) * size)
        lines = [""]
        for char in box.text:
            full = pdfmetrics.stringWidth(lines[-1] + char, FONT, size) > room + 0.01
            if full and lines[-1]:
                # A closing mark takes the last character with it to the new line.
                carried = lines[-1][-1] if char in CLOSING_MARKS and room > 3 * size else ""
                lines[-1] = lines[-1].removesuffix(carried)
                lines.append(carried)
            lines[-1] += char
        return "\n".join(lines)

    def _row_heights(self) -> Iterator[float]:
        """Return the heights of the rows; a box over several rows shares its lines among them."""
        leading = FONT_SIZE[self.grid.form_table] * LEADING
        for row in range(self.grid.row_count):
            lines = max(
                ceil((text.count("\n") + 1) / box.row_span)
                for box, text in zip(self.grid.boxes, self.texts, strict=True)
                if box.row <= row < box.row + box.row_span
            )
            yield lines * leading + 2 * PADDING + 2
