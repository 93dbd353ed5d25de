"""Recognise the rows of the form in numbered cells, and judge how whole they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from ingest.document import Cell
from ingest.vocabulary import LONGEST, meanings, row_widths
from ingest.wording import compact

_FIGURE = re.compile(r"[-+]?\d[\d,]*(\.\d+)?(亿元|万元|[元件条项宗个起份次])?(\([^()]*\))?")
_MARKS = frozenset(["", "/", "-", "--", "无", "不适用", "零"])
FEWEST_RESULTS = 5
"""Cells a row under the headers of table 四 must have to hold its values."""


@dataclass(frozen=True)
class FormRow:
    """A row of the form as read: its table and code, and its value cells from the left."""

    form_table: str
    code: str
    values: tuple[Cell, ...]

    @property
    def is_whole(self) -> bool:
        """Tell whether its cells, or those not blank, are as many as the form's and readable."""
        widths = row_widths().get((self.form_table, self.code), frozenset())
        count_filled = sum(bool(cell.text.strip()) for cell in self.values)
        return (len(self.values) in widths or count_filled in widths) and all(
            is_readable(cell) for cell in self.values
        )


def form_rows(cells: Iterable[Cell], table: str = "") -> Iterator[FormRow]:
    """Yield the rows of the form among cells in reading order.

    A row is known by its last label; the values of table 四, which have none, by the headers
    above them, or by ``table`` where those stand on the page before.
    """
    for _, group in groupby(cells, key=lambda cell: (cell.block_no, cell.row_no)):
        row = sorted((c for c in group if c.col_no is not None), key=lambda c: c.col_no or 0)
        known = [meanings(cell.text) for cell in row]
        labels = [
            (at, meaning)
            for at, found in enumerate(known)
            for meaning in found
            if meaning.kind in ("row", "group")
        ]
        tables = {meaning.form_table for found in known for meaning in found}
        if len(tables) == 1:
            table = next(iter(tables))
        if labels and labels[-1][1].kind == "row":
            at, meaning = labels[-1]
            yield FormRow(meaning.form_table, meaning.code, tuple(row[at + 1 :]))
        elif (
            table == "disputes"
            and len(row) >= FEWEST_RESULTS
            and not any(known)
            and all(is_value(cell.text) for cell in row)
        ):
            yield FormRow("disputes", "disputes", tuple(row))


@lru_cache(maxsize=4096)
def is_figure(text: str) -> bool:
    """Tell a text that is one number, perhaps with its unit or a note."""
    if len(text) > LONGEST:
        return False
    return _FIGURE.fullmatch(compact(text)) is not None and not _is_several(text)


@lru_cache(maxsize=4096)
def is_value(text: str) -> bool:
    """Tell what may stand in a value cell: one number, a mark for none, or nothing."""
    return compact(text) in _MARKS or is_figure(text)


def is_readable(cell: Cell) -> bool:
    """Tell a value cell that holds one number, a mark for none, or nothing, and no doubt."""
    return cell.confidence != 0 and is_value(cell.text)


def _is_several(text: str) -> bool:
    """Tell two numbers in one cell from one number with groups of thousands."""
    parts = text.split()
    return sum(part[:1].isdigit() for part in parts) > 1 and not all(
        len(part) == 3 for part in parts[1:]
    )
