"""Queries that read run; everything else is refused."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from checkpoints.query import NoSuchAnalysis, QueryRefused, analyses, analysis, run_query


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """``marts.t`` and ``raw.t`` of one name, ``history.h`` of another."""
    path = tmp_path / "gouji.duckdb"
    with duckdb.connect(str(path)) as con:
        for schema in ("marts", "raw", "history", "form"):
            con.execute(f"create schema {schema}")
        con.execute("create table marts.t as select 1 as n; create table raw.t as select 2 as n")
        con.execute("create table history.h as select 3 as n")
    return path


@pytest.mark.parametrize(
    ("query", "value"),
    [
        ("select n from t", 1),
        ("select n from raw.t", 2),
        ("from h", 3),
        ("with a as (select 4 as n) select n from a;", 4),
        ("values (5)", 5),
        ("select n + 5 from t -- a comment", 6),
    ],
)
def test_reading_queries_run(database: Path, query: str, value: int) -> None:
    assert run_query(database, query).rows() == [(value,)]


@pytest.mark.parametrize(
    "query",
    [
        *("", ";", "-- nothing", "selct", "select * from nowhere", "select 1; select 2"),
        *("delete from t", "drop table t", "create table u as from t", "begin", "use raw"),
        *("copy t to 'leak.csv'", "attach ':memory:' as m", "install json", "set threads = 1"),
        *("reset threads", "pragma threads = 1", "vacuum", "explain analyze delete from t"),
        "select * from read_csv('{file}')",
        "select * from '{file}'",
        "select getenv('HOME')",
    ],
)
def test_everything_else_is_refused(database: Path, tmp_path: Path, query: str) -> None:
    (tmp_path / "secret.csv").write_text("n\n7\n", encoding="utf-8")
    with pytest.raises(QueryRefused):
        run_query(database, query.format(file=tmp_path / "secret.csv"))
    assert not Path("leak.csv").exists()
    assert run_query(database, "select n from t").rows() == [(1,)]


def test_variables_of_the_program_cannot_be_read(database: Path) -> None:
    frame = run_query(database, "select 8 as n")
    assert frame.rows() == [(8,)]
    with pytest.raises(QueryRefused):
        run_query(database, "select * from frame")


def test_saved_analyses_have_titles_questions_and_caveats() -> None:
    found = analyses()
    assert found
    for each in found:
        assert all([each.title_zh, each.title_en, each.question, each.caveat])
        assert analysis(each.name) == each


def test_an_analysis_that_is_not_there_is_named() -> None:
    with pytest.raises(NoSuchAnalysis, match="no_such"):
        analysis("no_such")
