"""``gouji check --engine spark`` on the sample reports finds what DuckDB finds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.acceptance.runs import command
from tests.spark.masters import LOCAL, QUICK_JAVA
from tests.spark.same import differences
from tests.spark.validated import engines, validated

ENGINES = {"DuckDB": (), "Spark": ("--engine", "spark", "--master", LOCAL)}


class Checked(NamedTuple):
    """A run: what it wrote, and what it said as JSON."""

    database: Path
    site: Path
    said: dict[str, Any]


@pytest.fixture(scope="module")
def runs(root: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Checked]:
    """The sample reports, checked by DuckDB and by Spark."""
    folder = tmp_path_factory.mktemp("engines")
    found = []
    for engine, options in ENGINES.items():
        database, site = folder / f"{engine}.duckdb", folder / engine
        places = ("--db", database, "--site", site, "--format", "json")
        reports = root / "data" / "reports"
        done = command("check", reports, *places, *options, cwd=folder, **QUICK_JAVA)
        assert done.code == 1, done.err
        found.append(Checked(database, site, json.loads(done.out)))
    return found


def test_every_table_is_the_same(runs: list[Checked]) -> None:
    duckdb, spark = runs
    assert differences(duckdb.database, spark.database) == {}
    # What the suites count: every rule, judged and failing rows, each by the engine of its run.
    assert [engines(each.site) for each in runs] == [{"DuckDB"}, {"Spark"}]
    assert validated(duckdb.site) == validated(spark.site)
    assert duckdb.said["rules"] == spark.said["rules"]
    assert sum(rule["unexpected_count"] for rule in spark.said["rules"]) > 0
    assert spark.said["difficulties"] == []
