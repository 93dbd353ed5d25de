"""What the expectations ask, as SQL that runs without Great Expectations: for many small cases."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import duckdb

from expectations.suites import Stated


class Claim(NamedTuple):
    """What an expectation asks: of which rows, where, and what; and the subject of a finding."""

    rule: str
    rows: str
    where: str
    condition: str
    subject: str

    @property
    def fails(self) -> str:
        """SQL of whether a row fails."""
        return f"({self.where}) and ({self.condition}) is not true"


class Count(NamedTuple):
    """Rows judged and rows failing."""

    judged: int
    failing: int

    def less(self, other: Count) -> Count:
        """How many more there are than of ``other``."""
        return Count(self.judged - other.judged, self.failing - other.failing)


def claims(expectations: Iterable[Stated]) -> dict[str, tuple[Claim, ...]]:
    """What the expectations ask, rule by rule."""
    found: dict[str, tuple[Claim, ...]] = {}
    for each in expectations:
        claim = Claim(
            each.rule,
            each.batch.query(has_scope=False),
            each.expectation.where,
            each.expectation.condition,
            each.subject or "null",
        )
        found[each.rule] = (*found.get(each.rule, ()), claim)
    return found


def count(con: duckdb.DuckDBPyConnection, of_rule: Iterable[Claim]) -> Count:
    """Rows judged and failing over all claims of a rule."""
    judged = failing = 0
    for claim in of_rule:
        [(more, wrong)] = con.execute(
            f"select count(*) filter (where {claim.where}), count(*) filter (where {claim.fails})"
            f" from ({claim.rows}) as batch"
        ).fetchall()
        judged, failing = judged + more, failing + wrong
    return Count(judged, failing)
