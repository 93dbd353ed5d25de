"""Building by Spark: the same tables, whoever dies meanwhile."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.acceptance.runs import command
from tests.spark.kills import kills_once, patch_processes
from tests.spark.masters import CLUSTER, QUICK_JAVA
from tests.spark.same import differences

SUSPECTS = "sql.localisation.rows._arrow"
"""What a worker calls for each report while the marts are built, other tables behind it."""

REPORTS = "*教育局*"
"""Ten of the samples, some of which do not tie out."""


@pytest.fixture(scope="module")
def folder(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Some of the samples."""
    folder = tmp_path_factory.mktemp("reports")
    for file in (root / "data" / "reports").glob(REPORTS):
        (folder / file.name).write_bytes(file.read_bytes())
    return folder


@pytest.fixture(scope="module")
def quiet(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of a run by DuckDB, in which nobody dies."""
    database = tmp_path_factory.mktemp("quiet") / "quiet.duckdb"
    command("check", folder, "--db", database, "--site", database.parent, cwd=folder)
    return database


@pytest.mark.parametrize(("master", "victim"), [("local[2,4]", "worker"), (CLUSTER, "executor")])
def test_who_is_killed_costs_nothing(
    master: str, victim: str, folder: Path, quiet: Path, tmp_path: Path, root: Path
) -> None:
    flag, database = tmp_path / "killed", tmp_path / "spark.duckdb"
    patch_processes(tmp_path, kills_once(SUSPECTS, victim, flag))
    places = ("--db", database, "--site", tmp_path / "site")
    options = ("--engine", "spark", "--master", master)
    environment = {**QUICK_JAVA, "PYTHONPATH": f"{tmp_path}:{root}"}
    done = command("check", folder, *places, *options, cwd=tmp_path, **environment)
    assert done.code == 1, done.err
    assert flag.exists()
    assert differences(quiet, database) == {}
