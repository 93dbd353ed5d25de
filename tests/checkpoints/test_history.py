"""Runs and their findings are appended and stay."""

from __future__ import annotations

from dataclasses import replace

import duckdb
import pytest

from checkpoints.history import Progress, append_run, known_findings, since_last_run
from tests.checkpoints.outcomes import group


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


def test_the_newest_findings_are_compared_with_the_last_run(con: duckdb.DuckDBPyConnection) -> None:
    con.execute(
        """
        create schema intermediate;
        create table intermediate.int_versions as
        select unnest(['a', 'a2', 'b']) as document_id, unnest(['A', 'A', 'B']) as version_key
        """
    )
    known_findings(con)
    kept, new = (group(finding_ids=(name,)) for name in ("f1", "f9"))
    assert since_last_run(con, ["a"], [], [kept]) is None
    append_run(con, ["a", "b"], 1)
    assert since_last_run(con, ["a"], [], [kept]) == Progress(0, 1, 0)
    # A new file of the same report keeps the ids of its findings.
    assert since_last_run(con, ["a2"], [], [new]) == Progress(1, 0, 1)
    waived = replace(kept, waived=True)
    assert since_last_run(con, ["a", "b"], [], [waived, new]) == Progress(1, 0, 1)


def test_a_report_that_was_missing_is_put_right_when_it_comes(
    con: duckdb.DuckDBPyConnection,
) -> None:
    con.execute("create schema intermediate")
    con.execute("create table intermediate.int_versions (document_id text, version_key text)")
    con.execute("update marts.findings set report_id = null, subject = 'k1', group_id = null")
    known_findings(con)
    append_run(con, [], 1, ["k1"])
    assert since_last_run(con, ["c"], ["k1"], []) == Progress(2, 0, 0)
    assert since_last_run(con, ["c"], ["k2"], []) == Progress(0, 0, 0)
