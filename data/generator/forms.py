"""The cells of the statutory form, read from the seed ``sql/seeds/indicators.csv``."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

Edition = Literal["trial_2019", "standard_2021", "decimal_2021"]
EDITIONS: tuple[Edition, ...] = ("trial_2019", "standard_2021", "decimal_2021")
TABLES = ("proactive", "applications", "disputes")

# The six applicant columns whose sum is the printed 总计 column.
APPLICANTS = ("natural_person", "business", "research", "social", "legal", "other_org")
TOTAL = "total"
COLUMNS = (*APPLICANTS, TOTAL)
CHANNELS = ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
RESULTS = ("upheld", "corrected", "other", "pending")

# Rows of table 三 that are no outcome: every other row is one term of （七）总计.
FRAME_ROWS = ("new_received", "carried_in", "outcome_total", "carried_out")

SEED = Path(__file__).resolve().parents[2] / "sql" / "seeds" / "indicators.csv"


class Cell(NamedTuple):
    """The key of one statutory cell; equal to the plain tuple of the three codes."""

    form_table: str
    indicator: str
    breakdown: str


@dataclass(frozen=True)
class CellSpec:
    """One line of the seed: ``labels`` are the printed labels from the outermost inwards."""

    cell: Cell
    labels: tuple[str, ...]
    unit: str
    value_kind: str
    editions: frozenset[str]


@cache
def load_cells(path: Path = SEED) -> tuple[CellSpec, ...]:
    """Read all cells of all editions in the seed's order.

    Raises FileNotFoundError when the seed is not there.
    """
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return tuple(
            CellSpec(
                cell=Cell(line["form_table"], line["indicator"], line["breakdown"]),
                labels=tuple(line["label_zh"].split("·")),
                unit=line["unit"],
                value_kind=line["value_kind"],
                editions=frozenset(line["editions"].split()),
            )
            for line in csv.DictReader(lines)
        )


def form_cells(edition: str, single_other_row: bool = False) -> tuple[CellSpec, ...]:
    """Return the cells a report of ``edition`` prints.

    With ``single_other_row`` table 三 is the trial form's, which has one （六）其他处理 row, while
    tables 二 and 四 stay those of ``edition``; reports printed so exist years after the change.

    Raises ValueError for an unknown edition.
    """
    if edition not in EDITIONS:
        raise ValueError(f"unknown edition {edition!r}; known: {', '.join(EDITIONS)}")
    applications = "trial_2019" if single_other_row else edition
    return tuple(
        spec
        for spec in load_cells()
        if (applications if spec.cell.form_table == "applications" else edition) in spec.editions
    )


def row_key(cell: Cell) -> tuple[str, str]:
    """Return the printed row a cell stands in; table 四 prints all its cells in one row."""
    return (cell[0], cell[0] if cell[0] == "disputes" else cell[1])


def rows_of(cells: Iterable[Cell], form_table: str) -> tuple[str, ...]:
    """Return the indicators of one table, in the order of ``cells``, each once."""
    return tuple(dict.fromkeys(cell.indicator for cell in cells if cell.form_table == form_table))


def outcome_rows(cells: Iterable[Cell]) -> tuple[str, ...]:
    """Return the rows of table 三 that add up to （七）总计."""
    return tuple(row for row in rows_of(cells, "applications") if row not in FRAME_ROWS)
