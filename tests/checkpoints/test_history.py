"""Runs and their findings are appended and stay."""

from __future__ import annotations

import duckdb
import pytest

from checkpoints.history import append_run, known_findings


@pytest.fixture
def con() -> duckdb.DuckDBPyConnection:
    """Findings f1 of report a and f2 of report b, and no run yet."""
    con = duckdb.connect()
    con.execute(
        """
        create schema marts;
        create table marts.findings as
        select unnest(['f1', 'f2']) as finding_id, unnest(['a', 'b']) as report_id,
            '甲局' as agency, 2022 as report_year, 'balance.r' as rule, 'error' as severity,
            'source' as origin, '【须更正】' as message_zh, false as waived,
            'g' as group_id, 's' as subject
        """
    )
    return con


def test_nothing_is_known_before_the_first_run(con: duckdb.DuckDBPyConnection) -> None:
    assert known_findings(con) == (False, set())


def test_a_run_keeps_the_findings_of_its_reports_alone(con: duckdb.DuckDBPyConnection) -> None:
    known_findings(con)
    append_run(con, ["a"], 1)
    assert known_findings(con) == (True, {"f1"})


def test_a_run_without_findings_is_a_run(con: duckdb.DuckDBPyConnection) -> None:
    known_findings(con)
    append_run(con, [], 0)
    assert known_findings(con) == (True, set())


def test_runs_are_numbered_and_never_replaced(con: duckdb.DuckDBPyConnection) -> None:
    known_findings(con)
    append_run(con, ["a", "b"], 1)
    con.execute("delete from marts.findings where finding_id = 'f1'")
    append_run(con, ["a", "b"], 3)
    runs = con.execute("select run_id, count_reports, exit_code from history.runs order by 1")
    assert runs.fetchall() == [(1, 2, 1), (2, 2, 3)]
    kept = con.execute("select run_id, finding_id from history.findings order by all").fetchall()
    assert kept == [(1, "f1"), (1, "f2"), (2, "f2")]
    assert known_findings(con) == (True, {"f1", "f2"})
