"""Findings of one cause: one line of every summary, and what sets it apart from what counts."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import duckdb

Severity = Literal["error", "warning", "info"]

Standing = Literal["counts", "accepted", "changed_rule"]
"""What a baseline says of a finding: accepted there, or new because its rule has changed."""


@dataclass(frozen=True)
class Group:
    """Findings of one cause: one line of every summary."""

    group_id: str
    suite: str
    rule: str
    severity: Severity
    origin: str
    count_findings: int
    page: int | None
    waived: bool
    message_zh: str
    message_en: str
    is_new: bool
    waived_reason: str | None = None
    waived_by: str | None = None
    waived_until: date | None = None
    finding_ids: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    standing: Standing = "counts"

    @property
    def counts(self) -> bool:
        """Whether it is neither waived nor set apart by a baseline."""
        return not self.waived and self.standing == "counts"

    def message(self, language: str) -> str:
        """The line in words."""
        return self.message_zh if language == "zh" else self.message_en


def read_groups(
    con: duckdb.DuckDBPyConnection,
    condition: str,
    values: Mapping[str, Any],
    known: Collection[str],
) -> list[tuple[str | None, Group]]:
    """Pairs of report_id and group, worst first, of the findings that meet the SQL ``condition``.

    Groups all of whose finding ids are ``known`` are not new. ``keys`` of a group name its cases
    apart from the report, so that two versions of a report can be compared.
    """
    rows = con.execute(
        f"""
        with members as (
            select
                group_id,
                bool_or(not list_contains($known, finding_id)) as is_new,
                list(finding_id order by finding_id) as finding_ids,
                list(rule || '|' || subject order by subject) as keys
            from marts.findings
            where {condition}
            group by group_id
        )
        select
            report_id, group_id, suite, rule, severity, origin, count_findings, page, waived,
            message_zh, message_en, is_new, waived_reason, waived_by, waived_until,
            finding_ids, keys
        from marts.finding_groups
        inner join members using (group_id)
        order by waived, list_position(['error', 'warning', 'info'], severity), suite, rule,
            page nulls last, message_zh, group_id
        """,
        {**values, "known": list(known)},
    ).fetchall()
    return [(row[0], Group(*[*row[1:-2], *map(tuple, row[-2:])])) for row in rows]
