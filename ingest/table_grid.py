"""Place the cells of a marked-up table in a grid: the table model of HTML, clipped where broken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from ingest.rejected import UnreadableFile

MOST_COLUMNS = 256
"""Columns a table may have; the form's widest has 15."""
MOST_NESTED = 32
"""Tables within tables; layout by tables seldom goes beyond six."""
MOST_SLOTS = 1_000_000
"""Slots, rows times columns, that the cells of a table may cover."""


@dataclass
class Slot:
    """A cell in its grid: 0-based place, spans, and what is in it in reading order."""

    row: int
    column: int
    row_span: int
    column_span: int
    content: list[str | Table] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The paragraphs in the cell, one a line, without those of tables in it."""
        return "\n".join(part for part in self.content if isinstance(part, str))

    @property
    def end(self) -> int:
        """The column behind the cell."""
        return self.column + self.column_span


@dataclass(frozen=True)
class Table:
    """A table: its cells in reading order, each once, at the top left of what it spans."""

    slots: tuple[Slot, ...]

    @property
    def column_count(self) -> int:
        """The columns in which cells begin."""
        return len({slot.column for slot in self.slots})


@dataclass
class Source:
    """A cell as the markup has it; a ``row_span`` of 0 reaches to the end of its row group."""

    row_span: int
    column_span: int
    content: list[str | Table]


def place(groups: Iterable[Sequence[Sequence[Source]]]) -> Table:
    """Place the rows of each row group (head, body, foot).

    A cell takes the next free slots of its row. Row spans end with their group; a column span
    ends where a cell from above is in the way, and behind the last column in which a cell begins.
    Raises :class:`UnreadableFile` (``too_large``).
    """
    slots: list[Slot] = []
    top = 0
    for group in groups:
        # For each column the first row that no cell from above reaches.
        free_from = [0] * MOST_COLUMNS
        for row, sources in enumerate(group):
            column = 0
            for source in sources:
                column = _next_free(free_from, row, column)
                end = column + 1
                last = min(column + source.column_span, MOST_COLUMNS)
                while end < last and free_from[end] <= row:
                    end += 1
                rows = len(group) - row
                rows = min(source.row_span, rows) if source.row_span else rows
                free_from[column:end] = [row + rows] * (end - column)
                slots.append(Slot(top + row, column, rows, end - column, source.content))
                column = end
        top += len(group)
    return table(slots)


def table(slots: Iterable[Slot]) -> Table:
    """Make a table of cells already placed: spans over the right edge are clipped, order is set.

    Raises :class:`UnreadableFile` (``too_large``).
    """
    slots = sorted(slots, key=lambda slot: (slot.row, slot.column))
    width = max((slot.column + 1 for slot in slots), default=0)
    clipped = [
        slot if slot.end <= width else replace(slot, column_span=max(1, width - slot.column))
        for slot in slots
    ]
    area = sum(slot.row_span * slot.column_span for slot in clipped)
    if width > MOST_COLUMNS or area > MOST_SLOTS:
        raise _too_large()
    return Table(tuple(clipped))


def filled(slots: Sequence[Slot]) -> list[Slot]:
    """Add an empty cell for every slot that a row leaves free, up to the usual right edge."""
    covered: dict[int, set[int]] = {}
    for slot in slots:
        for row in range(slot.row, slot.row + slot.row_span):
            covered.setdefault(row, set()).update(range(slot.column, slot.end))
    begun = {slot.row for slot in slots}
    ends = Counter(max(covered[row]) + 1 for row in begun)
    usual = min(ends, key=lambda end: (-ends[end], end), default=0)
    blanks = [
        Slot(row, column, 1, 1)
        for row in begun
        for column in range(usual)
        if column not in covered[row]
    ]
    return sorted([*slots, *blanks], key=lambda slot: (slot.row, slot.column))


def by_row(slots: Iterable[Slot]) -> Iterator[list[Slot]]:
    """Yield the cells that begin in each row, for the rows in which any does."""
    rows: dict[int, list[Slot]] = {}
    for slot in slots:
        rows.setdefault(slot.row, []).append(slot)
    yield from rows.values()


def _next_free(free_from: list[int], row: int, column: int) -> int:
    while column < MOST_COLUMNS and free_from[column] > row:
        column += 1
    if column == MOST_COLUMNS:
        raise _too_large()
    return column


def _too_large() -> UnreadableFile:
    return UnreadableFile("too_large", "表格的行列数异常地大，不像年度报告，请核对文件。")


def too_deep() -> UnreadableFile:
    """Word a file whose tables or marks are nested beyond all reason."""
    return UnreadableFile(
        "too_deep", "表格或标记的嵌套层数异常，请用原来的程序打开后另存为PDF再提供。"
    )
