"""Problems for the tests: small tables by hand, and those of generated reports."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from decimal import Decimal

import sql
from data.generator.forms import Cell as FormCell
from data.generator.forms import row_key
from sql.localisation.problem import Cell, CellKey, Exact, Problem, RelationKey
from sql.localisation.rows import Term


def row(*values: Exact | None, doubts: tuple[int, ...] = ()) -> Problem:
    """One printed row a, b, c … whose last cell is the sum of the others."""
    keys = [CellKey("abcdefgh"[at], "x") for at in range(len(values))]
    cells = {
        key: Cell(key, value, 1, at + 1, doubts[at] if doubts else 0, key == keys[-1])
        for at, (key, value) in enumerate(zip(keys, values, strict=True))
    }
    signs = {key: -1 if key == keys[-1] else 1 for key in keys}
    return Problem(cells, {RelationKey("sum", "x"): signs})


def terms(figures: Mapping[FormCell, int], form_table: str, report_id: str = "r") -> list[Term]:
    """What the database hands over for one table of a report with these figures."""
    with (sql.SEEDS / "relations.csv").open(encoding="utf-8", newline="") as lines:
        relations = [line for line in csv.DictReader(lines) if line["form_table"] == form_table]
    results = {(line["members_in"], line["member"]) for line in relations if line["is_result"] == "true"}
    found, lines_of = [], dict[tuple[str, str], list[FormCell]]()
    for cell in (cell for cell in figures if cell.form_table == form_table):
        lines_of.setdefault(row_key(cell), []).append(cell)
    for line_no, cells in enumerate(lines_of.values(), start=1):
        for place, cell in enumerate(cells, start=1):
            codes = {"rows": cell.indicator, "columns": cell.breakdown}
            if form_table == "disputes":
                codes = {"rows": cell.breakdown, "columns": cell.indicator}
            for relation in relations:
                if codes[relation["members_in"]] != relation["member"]:
                    continue
                other = "columns" if relation["members_in"] == "rows" else "rows"
                sign = int(relation["sign"]) * (1 if relation["side"] == "left" else -1)
                found.append(
                    Term(
                        *(report_id, form_table, relation["rule"], codes[other]),
                        *(cell.indicator, cell.breakdown, sign, Decimal(figures[cell])),
                        *(line_no, place, 0, any(pair in results for pair in codes.items())),
                    )
                )
    return found
