"""Number what the pages of a document hold, in reading order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from ingest.document import Cell, Paragraph
from ingest.lines import Line, Margins, join, starts_paragraph


class TablePart(Protocol):
    """A table, or what a page holds of one: where it begins, and its cells."""

    @property
    def top(self) -> float:
        """Its upper edge, in points from the page's top."""

    @property
    def cells(self) -> list[Cell]:
        """Its cells, of any ``block_no``."""


def number_blocks(
    pages: Iterable[tuple[Margins, Sequence[Line], Sequence[TablePart]]],
) -> tuple[list[Cell], list[Paragraph]]:
    """Number paragraphs and tables in reading order; a paragraph may run over a page break.

    Each page comes with the margins by which its lines are joined into paragraphs.
    """
    cells: list[Cell] = []
    paragraphs: list[Paragraph] = []
    block_no = 0
    open_lines: list[Line] = []

    def close() -> None:
        nonlocal block_no
        if open_lines:
            block_no += 1
            text = join([line.text for line in open_lines])
            paragraphs.append(Paragraph(block_no, open_lines[0].page, text))
            open_lines.clear()

    for column, lines, tables in pages:
        items: list[Line | TablePart] = [*lines, *tables]
        if not items:
            close()
        for item in sorted(items, key=lambda item: item.top):
            if not isinstance(item, Line):
                close()
                block_no += 1
                cells.extend(Cell(block_no, *cell[1:]) for cell in item.cells)
                continue
            if open_lines and starts_paragraph(item, open_lines[-1], column):
                close()
            open_lines.append(item)
    close()
    return cells, paragraphs
