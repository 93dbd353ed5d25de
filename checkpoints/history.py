"""Runs and their findings, appended and never rebuilt."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime
from importlib.metadata import version

import duckdb

_TABLES = """
create schema if not exists history;
create table if not exists history.runs (
    run_id bigint primary key, finished_at timestamptz, version varchar, count_reports integer,
    exit_code integer
);
create table if not exists history.findings (
    run_id bigint, finding_id varchar, report_id varchar, agency varchar, report_year integer,
    rule varchar, severity varchar, origin varchar, message_zh varchar, waived boolean
);
"""


def known_findings(con: duckdb.DuckDBPyConnection) -> tuple[bool, set[str]]:
    """Whether there was a run before, and the ids of all findings of former runs."""
    con.execute(_TABLES)
    has_history = con.execute("select count(*) > 0 from history.runs").fetchall()[0][0]
    ids = con.execute("select distinct finding_id from history.findings").fetchall()
    return bool(has_history), {row[0] for row in ids}


def append_run(con: duckdb.DuckDBPyConnection, report_ids: Collection[str], exit_code: int) -> None:
    """Keep this run and the findings of the reports it covers."""
    con.execute("begin")
    con.execute(
        """
        insert into history.runs
        select coalesce(max(run_id), 0) + 1, $now, $version, $reports, $code from history.runs
        """,
        {
            "now": datetime.now(UTC),
            "version": version("gouji"),
            "reports": len(report_ids),
            "code": exit_code,
        },
    )
    con.execute(
        """
        insert into history.findings
        select (select max(run_id) from history.runs), finding_id, report_id, agency, report_year,
            rule, severity, origin, message_zh, waived
        from marts.findings
        where list_contains($ids, report_id)
        """,
        {"ids": list(report_ids)},
    )
    con.execute("commit")
