"""The changes that change nothing, and why; no other may survive."""

from __future__ import annotations

import re
from typing import NamedTuple


class Reason(NamedTuple):
    """Why ``times`` changes that match the pattern ``change`` are none."""

    part: str
    place: str
    change: str
    times: int
    text: str


FILLED = "batch cells_filled"
ITEMS = "batch items_left"
YEARS = "batch years_compared"

OF_CONDITIONS = (
    (
        "integrity.source_accounted, condition",
        "^without its where",
        1,
        "a NULL in the list makes the comparison unknown, which fails as false does",
    ),
    (
        FILLED,
        r"^without its where|^\(is_judged AND is_result AND \(status IN",
        5,
        "it only narrows down the reports that are looked at; more of them come to the same",
    ),
    (
        FILLED,
        r"^\(is_result AND is_empty AND \(CASE",
        1,
        "of the cells that may be owed only those that are empty are listed",
    ),
    (
        FILLED,
        r"^\(\(form_table = 'disputes'\) AND \(indicator = 'total'\)\) →",
        3,
        "the results of table 4 are its 总计, and no other table has a row of that name",
    ),
    (
        FILLED,
        r"^bool_.*→ .*PARTITION BY report_id, breakdown\)$",
        4,
        "no two tables have a column of the same name",
    ),
    (
        FILLED,
        r"→ is_nonzero$|^'(outcome_)?total' → |^\(indicator IN .*→ .*_in', 'carried_out'\)\)$",
        9,
        "it keeps the total itself out, which is empty and so never other than 0",
    ),
    (
        FILLED,
        r"^\(\(form_table = 'applications'\) AND",
        6,
        "only table 3 has such a row and column; where all of the column is empty each cell is, and"
        " all its cells are results",
    ),
    (FILLED, "^'filled' → ", 2, "no rule asks for the word, only for the other two"),
    (
        ITEMS,
        "^INNER JOIN|form_table",
        3,
        "only table 2 has these columns, and a row without its change is left out by its status",
    ),
    (
        "non_negativity.whole_counts, condition",
        r"→ \(\"value\" = trunc\(\"value\"\)\)$|^0 → -1",
        2,
        "what is printed without decimals is whole: the case spares the division",
    ),
    (
        YEARS,
        r"^sum\(hash|^\(is_judged AND \(form|^\(?(form_table = )?'applications'"
        r"|^\(?(indicator = )?'outcome_total'|^without its where"
        r"|_id = pairs\.\S+\) → \(\S+ !=|FROM alike",
        13,
        "it only narrows down the pairs that are compared: a copy has the same totals, whichever",
    ),
    (YEARS, "^INNER JOIN own", 1, "a report without figures has none to compare"),
    (
        YEARS,
        r"other\.flows = own\.flows",
        1,
        "sums of hashes over different numbers of cells are equal by accident alone",
    ),
)

REASONS = tuple(Reason("conditions", *row) for row in OF_CONDITIONS)


def reason(place: str, change: str) -> Reason | None:
    """Why a surviving change is none; None where it is one."""
    return next((r for r in REASONS if r.place == place and re.search(r.change, change)), None)
