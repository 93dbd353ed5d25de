"""Mutants of the seeds that say what is added up: one row changed, or two exchanged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from tests.mutants.warehouse import Row

OTHER = {
    "sign": {"1": "-1", "-1": "1"},
    "side": {"left": "right", "right": "left"},
    "is_result": {"true": "false", "false": "true"},
    "is_printed": {"true": "false", "false": "true"},
    "years_before": {"0": "1", "1": "0"},
}
"""The other value of each column that has two."""

OTHER_OF_RULE = {
    "members_in": {"rows": "columns", "columns": "rows"},
    "member_in": {"indicator": "breakdown", "breakdown": "indicator"},
}
"""Likewise of columns that say the same in all rows of a rule."""


class Mutant(NamedTuple):
    """What was changed, and the seed with it."""

    change: str
    rows: list[Row]


def mutants(rows: Sequence[Row]) -> Iterator[Mutant]:
    """Each row left out, and with each of its values of two changed; each result
    exchanged with a member, and each row that is grouped by a name moved to the next name.
    """
    for at, row in enumerate(rows):
        named = ", ".join(row.values())
        yield Mutant(f"left out: {named}", [*rows[:at], *rows[at + 1 :]])
        for column, other in OTHER.items():
            if column in row:
                value = other[row[column]]
                yield Mutant(f"{column} {value}: {named}", _with(rows, at, {column: value}))
        if "harmonised" in row:
            names = list(dict.fromkeys(each["harmonised"] for each in rows))
            after = names[(names.index(row["harmonised"]) + 1) % len(names)]
            yield Mutant(f"in {after}: {named}", _with(rows, at, {"harmonised": after}))
    yield from _rules_turned(rows)
    yield from _results_exchanged(rows)


def _rules_turned(rows: Sequence[Row]) -> Iterator[Mutant]:
    for column, other in OTHER_OF_RULE.items():
        for rule in dict.fromkeys(row["rule"] for row in rows if column in row):
            turned = [
                {**row, column: other[row[column]]} if row["rule"] == rule else row for row in rows
            ]
            yield Mutant(f"{column} turned: {rule}", turned)


def _results_exchanged(rows: Sequence[Row]) -> Iterator[Mutant]:
    numbered = [(at, row) for at, row in enumerate(rows) if "is_result" in row]
    for rule, of_rule in groupby(numbered, key=lambda pair: pair[1]["rule"]):
        members = list(of_rule)
        for result_at, result in members:
            for at, row in members:
                if result["is_result"] == "true" and row["is_result"] == "false":
                    once = _with(rows, at, {"member": result["member"]})
                    changed = _with(once, result_at, {"member": row["member"]})
                    yield Mutant(f"result exchanged with {row['member']}: {rule}", changed)


def _with(rows: Sequence[Row], at: int, changes: Row) -> list[Row]:
    return [*rows[:at], {**rows[at], **changes}, *rows[at + 1 :]]
