"""The reports that an expected.csv lists, and what became of each."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

import duckdb

from checkpoints.groups import Group, read_groups

MISSING = "missing"


@dataclass(frozen=True)
class Submission:
    """One expected report. ``state`` as in marts.submissions; ``group`` is its finding.

    Only a report that is missing and due has a finding of its own: one that is late is told with
    the report.
    """

    key: str
    region: str | None
    agency: str
    report_year: int
    scope: str | None
    due: date | None
    state: str
    source_path: str | None
    days_late: int | None
    listed_in: str
    line_no: int
    group: Group | None = None

    @property
    def is_missing(self) -> bool:
        """Whether neither a report nor a file that may be it is there."""
        return self.state == MISSING


def submission_keys(con: duckdb.DuckDBPyConnection, lists: Collection[str]) -> tuple[str, ...]:
    """The expected reports that any of these files lists."""
    rows = con.execute(
        """
        select distinct submission_key from intermediate.int_expected
        where list_contains($lists, listed_in)
        order by submission_key
        """,
        {"lists": list(lists)},
    ).fetchall()
    return tuple(key for (key,) in rows)


def read_submissions(
    con: duckdb.DuckDBPyConnection, keys: Collection[str], known: Collection[str]
) -> tuple[Submission, ...]:
    """The expected reports with the findings about those that are missing."""
    groups = read_groups(
        con, "report_id is null and list_contains($keys, subject)", {"keys": list(keys)}, known
    )
    rows = con.execute(
        """
        select
            s.submission_key, s.region, s.agency, s.report_year, s.scope, s.due, s.state,
            s.source_path, s.days_late, s.listed_in, s.line_no, f.group_id
        from marts.submissions as s
        left join marts.findings as f on f.report_id is null and s.submission_key = f.subject
        where list_contains($keys, s.submission_key)
        order by s.report_year, s.region, s.agency, s.scope
        """,
        {"keys": list(keys)},
    ).fetchall()
    by_id = {group.group_id: group for _, group in groups}
    return tuple(Submission(*[*row[:-1], by_id.get(row[-1])]) for row in rows)


def unlisted_reports(
    con: duckdb.DuckDBPyConnection, keys: Sequence[str], report_ids: Collection[str]
) -> tuple[str, ...]:
    """Current reports of the years of these expected reports that are none of them."""
    rows = con.execute(
        """
        select r.report_id
        from marts.reports as r
        where list_contains($ids, r.report_id) and r.is_current
            and r.report_year in (
                select report_year from marts.submissions
                where list_contains($keys, submission_key)
            )
            and r.report_id not in (
                select report_id from intermediate.int_submission_matches
                where report_id is not null and list_contains($keys, submission_key)
            )
        order by r.report_id
        """,
        {"ids": list(report_ids), "keys": list(keys)},
    ).fetchall()
    return tuple(report_id for (report_id,) in rows)
