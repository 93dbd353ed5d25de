"""``gouji check --engine spark`` on the sample reports finds what DuckDB finds."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.acceptance.runs import command
from tests.spark.same import differences


@pytest.fixture(scope="module")
def databases(root: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The sample reports, checked by DuckDB and by Spark."""
    folder = tmp_path_factory.mktemp("engines")
    engines = {"duckdb": (), "spark": ("--engine", "spark", "--master", "local[2]")}
    for name, options in engines.items():
        places = ("--db", folder / f"{name}.duckdb", "--site", folder / name)
        done = command("check", root / "data" / "reports", *places, *options, cwd=folder)
        assert done.code == 1, done.err
    return folder / "duckdb.duckdb", folder / "spark.duckdb"


def test_every_table_is_the_same(databases: tuple[Path, Path]) -> None:
    assert differences(*databases) == {}
