"""Tables built from words: rows and cells to be, before they are numbered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from ingest.columns import Columns, place
from ingest.document import Cell
from ingest.form_items import Item
from ingest.grid import Box
from ingest.words import Word

NOTE_GAP = 0.8
"""Type sizes between two lines of one note."""

Displayed = Callable[[Box], Box]


@dataclass(frozen=True)
class Slot:
    """A cell to be: its column (None if unknown), text, box in text coordinates, doubt."""

    col_no: int | None
    text: str
    box: Box | None = None
    is_doubtful: bool = False


@dataclass
class Row:
    """A row to be: the y of its middle and its cells."""

    y: float
    slots: list[Slot]


@dataclass
class Table:
    """A table as built: its rows, and the words it has used."""

    rows: list[Row]
    used: set[Word]

    @property
    def top(self) -> float:
        """The y where it begins."""
        return min(word.top for word in self.used)

    def cells(self, page: int, displayed: Displayed) -> list[Cell]:
        """Return its cells with ``block_no`` 0, boxes in the page's own coordinates."""
        cells = []
        for row_no, row in enumerate(sorted(self.rows, key=lambda row: row.y), start=1):
            for slot in sorted(row.slots, key=lambda slot: slot.col_no or 999):
                x0 = top = x1 = bottom = None
                if slot.box:
                    x0, top, x1, bottom = (round(edge, 2) for edge in displayed(slot.box))
                box = x0, top, x1, bottom
                doubt = 0.0 if slot.is_doubtful else None
                cells.append(Cell(0, page, row_no, slot.col_no, 1, 1, slot.text, *box, doubt))
        return cells


def placed_row(item: Item, values: list[Word], columns: Columns, labels: int) -> Row:
    """Return a row: its label in column ``labels``, then a cell for each of the columns."""
    placed = place(values, columns)
    if placed is None:
        return unplaced_row(item, values, labels)
    slots = [
        Slot(labels + at, value.text if value else "", value.box if value else None)
        for at, value in enumerate(placed, start=1)
    ]
    return Row(item.height, [label_slot(item, labels), *slots])


def unplaced_row(item: Item, values: list[Word], labels: int) -> Row:
    """Return a row whose values stand in no clear column: in order, and all in doubt."""
    slots = [
        Slot(labels + at, value.text, value.box, is_doubtful=True)
        for at, value in enumerate(sorted(values, key=lambda v: v.x0), start=1)
    ]
    return Row(item.height, [label_slot(item, labels), *slots])


def values_row(values: list[Word], columns: Columns, y: float) -> Row:
    """Return the row of table 四; without any value it is blank and stands at ``y``."""
    placed = place(values, columns)
    if placed is None:
        in_order = sorted(values, key=lambda v: v.x0)
        slots = [Slot(at, v.text, v.box, is_doubtful=True) for at, v in enumerate(in_order, 1)]
    else:
        slots = [
            Slot(at, v.text if v else "", v.box if v else None) for at, v in enumerate(placed, 1)
        ]
    return Row(values[0].height if values else y, slots)


def label_slot(item: Item, col_no: int | None) -> Slot:
    """Return the cell of a label."""
    return Slot(col_no, item.text, item.box)


def nearest_row(rows: list[Row], y: float) -> Row:
    """Return the row whose middle is nearest to a height; of two about as near, the upper one."""
    return min(rows, key=lambda row: (round(abs(row.y - y) / 4), row.y))


def table_of(items: Iterable[Item], rows: list[Row]) -> Table:
    """Put rows together; the words of all items are used."""
    used = {word for item in items for word in item.words}
    return Table([row for row in rows if row.slots], used)


def add_leftovers(table: Table, loose: Sequence[Word]) -> None:
    """Add what else stands within the table: values already placed, and cells of no column."""
    boxes = {slot.box for row in table.rows for slot in row.slots}
    table.used.update(one for one in loose if one.box in boxes)
    top = min(one.top for one in table.used)
    bottom = max(one.bottom for one in table.used)
    inner = [one for one in loose if one not in table.used and top <= one.height <= bottom]
    for note in _notes(inner, [one for one in loose if one not in table.used]):
        table.used.update(note)
        text = "\n".join(one.text for one in note)
        first = note[0]
        box = (
            min(one.x0 for one in note),
            first.top,
            max(one.x1 for one in note),
            note[-1].bottom,
        )
        nearest_row(table.rows, (box[1] + box[3]) / 2).slots.append(Slot(None, text, box))


def _notes(inner: Sequence[Word], loose: Sequence[Word]) -> list[list[Word]]:
    """Join lines one below the other; a note in brackets is followed up to its beginning."""
    notes: list[list[Word]] = []
    for one in sorted(inner, key=lambda one: (one.top, one.x0)):
        for note in notes:
            if _continues(note[-1], one):
                note.append(one)
                break
        else:
            notes.append([one])
    for note in notes:
        while note[0].text[:1] not in "（(" and any("）" in w.text or ")" in w.text for w in note):
            above = [one for one in loose if one not in note and _continues(one, note[0])]
            if not above:
                break
            note.insert(0, above[0])
    return notes


def _continues(above: Word, below: Word) -> bool:
    return 0 <= below.top - above.bottom + 0.3 * above.size <= (
        NOTE_GAP + 0.3
    ) * above.size and min(above.x1, below.x1) > max(above.x0, below.x0)
