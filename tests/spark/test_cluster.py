"""On a cluster of two workers so many reports give the same tables as DuckDB."""

from __future__ import annotations

import os
from pathlib import Path

import duckdb
import pytest

from tests.acceptance.runs import command
from tests.spark.reports import write_reports
from tests.spark.same import differences
from tests.spark.validated import validated

COUNT = int(os.environ.get("GOUJI_SPARK_FULL", "0"))

pytestmark = pytest.mark.skipif(not COUNT, reason="runs by make spark-full")

ON_CLUSTER = ("--engine", "spark", "--master", "local-cluster[2,1,2048]")


def rows(database: Path, query: str) -> list[tuple[str, ...]]:
    """All rows of a query."""
    with duckdb.connect(str(database), read_only=True) as con:
        return con.execute(query).fetchall()


def test_every_table_is_the_same(tmp_path: Path) -> None:
    folder, ours, theirs = (tmp_path / name for name in ("reports", "here.duckdb", "spark.duckdb"))
    write_reports(folder, COUNT)
    for database, engine in ((ours, ()), (theirs, ON_CLUSTER)):
        places = ("--db", database, "--site", database.with_suffix(".site"))
        done = command("check", folder, *places, *engine, "--fail-on", "never", cwd=tmp_path)
        assert done.code == 0, done.err
    assert rows(theirs, "select count(*) from raw.sources") == [(COUNT,)]
    assert rows(theirs, "select count(*) > 0 from marts.findings") == [(True,)]
    assert differences(ours, theirs) == {}
    counted, again = (
        [rule._replace(rows=()) for rule in validated(database.with_suffix(".site"))]
        for database in (ours, theirs)
    )
    # Of more failing rows than are listed, each engine lists others.
    assert counted == again
    rejected = "select source_path, kind, reason from raw.rejections order by all"
    assert rows(ours, rejected) == rows(theirs, rejected)
