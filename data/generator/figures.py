"""The figures of one report, completed from its free cells so that every relation holds.

By construction 一 + 二 = （七）+ 四 in each column, （七） is the sum of the outcomes, 总计 the sum
of the six applicant columns, and each 总计 of table 四 the sum of its four results.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from data.generator.forms import (
    APPLICANTS,
    CHANNELS,
    RESULTS,
    TOTAL,
    Cell,
    form_cells,
    outcome_rows,
    rows_of,
)

Number = int | Decimal
Figures = Mapping[Cell, Number]


def complete(edition: str, given: Figures, single_other_row: bool = False) -> dict[Cell, Number]:
    """Fill a full set of figures from the free cells in ``given``; what is not given is 0.

    Free is every cell but the 总计 cells, （七） and row 一, which follow from the relations; those
    may be given too if they agree. Raises ValueError for a cell the form does not have, a given
    figure that contradicts the relations, or more applications carried in than closed and carried
    out.
    """
    cells = [spec.cell for spec in form_cells(edition, single_other_row)]
    unknown = set(given) - set(cells)
    if unknown:
        raise ValueError(f"not cells of {edition}: {sorted(unknown)}")
    figures: dict[Cell, Number] = {cell: given.get(cell, 0) for cell in cells}
    outcomes = outcome_rows(cells)

    def at(row: str, column: str) -> Number:
        return figures[Cell("applications", row, column)]

    def put(cell: Cell, value: Number) -> None:
        if cell in given and given[cell] != value:
            raise ValueError(f"{cell} is given as {given[cell]} but the relations make it {value}")
        figures[cell] = value

    for column in APPLICANTS:
        closed = sum(at(row, column) for row in outcomes)
        received = closed + at("carried_out", column) - at("carried_in", column)
        if received < 0:
            raise ValueError(f"{column}: more applications carried in than closed and carried out")
        put(Cell("applications", "outcome_total", column), closed)
        put(Cell("applications", "new_received", column), received)
    for row in rows_of(cells, "applications"):
        put(Cell("applications", row, TOTAL), sum(at(row, column) for column in APPLICANTS))
    for channel in CHANNELS:
        total = sum(figures[Cell("disputes", result, channel)] for result in RESULTS)
        put(Cell("disputes", TOTAL, channel), total)
    return figures
