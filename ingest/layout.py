"""Tell tables of data from tables that only place things on a page, and number the blocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ingest.article import Block, is_heading, is_title
from ingest.document import Cell, Paragraph
from ingest.table_grid import Slot, Table, by_row, filled

LONGEST_LABEL = 200
"""Characters beyond which a cell holds prose; labels with instructions in brackets reach 100."""


def flatten(blocks: Iterable[str | Table]) -> Iterator[Block]:
    """Yield paragraphs and fragments of data tables in reading order.

    A table of one column is a stack of paragraphs. A row that holds a data table, prose, a title
    or a section heading only places it: its contents are yielded one by one, and the rows above
    and below it are fragments of their own. A table without any text is dropped.
    """
    for block in blocks:
        if isinstance(block, str):
            yield block
        elif block.column_count < 2:
            yield from flatten(part for slot in block.slots for part in slot.content)
        else:
            yield from _table(block)


def number(blocks: Iterable[Block]) -> tuple[list[Cell], list[Paragraph]]:
    """Number paragraphs and fragments from 1 in reading order; such documents have no pages."""
    cells: list[Cell] = []
    paragraphs: list[Paragraph] = []
    for block_no, block in enumerate(blocks, start=1):
        if isinstance(block, str):
            paragraphs.append(Paragraph(block_no, None, block))
            continue
        top = block[0].row - 1
        cells.extend(
            Cell(
                block_no,
                None,
                slot.row - top,
                slot.column + 1,
                slot.row_span,
                slot.column_span,
                slot.text,
            )
            for slot in block
        )
    return cells, paragraphs


def _table(table: Table) -> Iterator[Block]:
    placing = {row[0].row for row in by_row(table.slots) if _only_places(row, table)}
    fragment: list[Slot] = []
    for row in by_row(filled(table.slots)):
        if row[0].row not in placing:
            fragment += row
            continue
        yield from _fragment(fragment)
        fragment = []
        for slot in row:
            yield from flatten(slot.content)
    yield from _fragment(fragment)


def _fragment(slots: Sequence[Slot]) -> Iterator[Block]:
    """Yield the rows as one table if any row has two cells and any cell a text."""
    slots = [replace(slot, content=list(_texts(slot.content))) for slot in slots]
    if not any(slot.text for slot in slots):
        return
    if any(len(row) > 1 for row in by_row(slots)):
        yield slots
    else:
        yield from (text for slot in slots for text in _texts(slot.content))


def _only_places(row: Sequence[Slot], table: Table) -> bool:
    if any(_holds_data_table(slot.content) for slot in row):
        return True
    filled_slots = [slot for slot in row if "".join(_texts(slot.content))]
    if len(filled_slots) > 2:
        return False
    if any(len("".join(_texts(slot.content))) > LONGEST_LABEL for slot in filled_slots):
        return True
    if len(filled_slots) != 1 or len(row) > 1:
        return False
    return any(is_heading(text) or is_title(text) for text in _texts(filled_slots[0].content))


def _holds_data_table(content: Iterable[str | Table]) -> bool:
    return any(
        part.column_count > 1 or any(_holds_data_table(slot.content) for slot in part.slots)
        for part in content
        if isinstance(part, Table)
    )


def _texts(content: Iterable[str | Table]) -> Iterator[str]:
    """Yield the paragraphs of a cell, also those in tables of one column."""
    for part in content:
        if isinstance(part, str):
            yield part
        else:
            for slot in part.slots:
                yield from _texts(slot.content)
