"""Small documents for the tests, and how to look at what was read of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from io import BytesIO
from itertools import groupby
from operator import attrgetter
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from ingest.document import Cell, Document, Paragraph

FONT = "STSong-Light"
SIZE = 16
LEFT = 74
TOP = 80
PITCH = 28

REPORT = """某市某局2023年政府信息公开工作年度报告

一、总体情况

2023年，我局主动公开信息12条。

二、主动公开政府信息情况

第二十条第（五）项\t
信息内容\t本年处理决定数量
行政许可\t{licences}
"""


def report(licences: int = 3) -> bytes:
    """The smallest text report; the number makes its bytes unique."""
    return REPORT.format(licences=licences).encode()


def grids(document: Document) -> list[list[list[str]]]:
    """The texts of each table fragment, row by row."""
    return [
        [column(row, "text") for _, row in groupby(sorted(block, key=_place), attrgetter("row_no"))]
        for _, block in groupby(document.cells, attrgetter("block_no"))
    ]


def _place(cell: Cell) -> tuple[int, int]:
    return cell.row_no, cell.col_no or 0


def column(rows: Iterable[Cell | Paragraph], name: str) -> list[Any]:
    """The values that the rows have of that name."""
    return [getattr(row, name) for row in rows]


def paragraphs(document: Document) -> list[str]:
    return column(document.paragraphs, "text")


class Pdf:
    """Draws a PDF; positions are points from the page's top left, as in what is read."""

    def __init__(self, compressed: bool = False) -> None:
        pdfmetrics.registerFont(UnicodeCIDFont(FONT))
        self._bytes = BytesIO()
        self.height = A4[1]
        self.canvas = Canvas(self._bytes, pagesize=A4, pageCompression=compressed)

    def text(self, x: float, top: float, text: str, size: float = SIZE) -> None:
        self.canvas.setFont(FONT, size)
        self.canvas.setFillGray(0)
        self.canvas.drawString(x, self.height - top - size, text)

    def line(self, x0: float, top: float, x1: float, bottom: float) -> None:
        self.canvas.line(x0, self.height - top, x1, self.height - bottom)

    def fill(self, x0: float, top: float, x1: float, bottom: float, grey: float) -> None:
        self.canvas.setFillGray(grey)
        self.canvas.rect(x0, self.height - bottom, x1 - x0, bottom - top, stroke=0, fill=1)

    def frame(self, x0: float, top: float, x1: float, bottom: float) -> None:
        self.canvas.rect(x0, self.height - bottom, x1 - x0, bottom - top, stroke=1, fill=0)

    def table(
        self,
        top: float,
        rows: list[list[str]],
        rule: Callable[[float, float, float, float], None] | None = None,
    ) -> None:
        """Draw a full grid of cells 110 points wide and 30 high."""
        rule = rule or self.line
        width, height = 110, 30
        right, bottom = LEFT + width * len(rows[0]), top + height * len(rows)
        for i in range(len(rows) + 1):
            rule(LEFT, top + i * height, right, top + i * height)
        for j in range(len(rows[0]) + 1):
            rule(LEFT + j * width, top, LEFT + j * width, bottom)
        for i, row in enumerate(rows):
            for j, text in enumerate(row):
                self.text(LEFT + j * width + 5, top + i * height + 8, text, 12)

    def page(self) -> None:
        self.canvas.showPage()

    def data(self) -> bytes:
        self.canvas.save()
        return self._bytes.getvalue()
