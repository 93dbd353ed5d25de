"""On a cluster of two workers the same tables as DuckDB's, whoever is killed meanwhile."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import duckdb
import pytest

from checkpoints.spark.session import work_folder
from ingest.spark import READ
from tests.acceptance.runs import Ended, command
from tests.ingest.documents import REPORT
from tests.spark.processes import executors, killing, python_workers
from tests.spark.reports import write_reports
from tests.spark.same import count_rows, differences
from tests.spark.test_reading import KILLS_ITS_READER, patch_processes

COUNT = int(os.environ.get("GOUJI_SPARK_FULL", "0"))

pytestmark = pytest.mark.skipif(not COUNT, reason="runs by make spark-full")

MASTER = "local-cluster[2,1,2048]"


def check(folder: Path, database: Path, root: Path, *options: str) -> Ended:
    """``gouji check`` by a process of its own, which the patch beside the database goes into."""
    return command(
        *("check", folder, "--db", database, "--site", database.with_suffix(".site"), *options),
        cwd=database.parent,
        PYTHONPATH=f"{database.parent}:{root}",
    )


def on_cluster(folder: Path, database: Path, root: Path) -> Ended:
    """The same on the cluster."""
    return check(folder, database, root, "--engine", "spark", "--master", MASTER)


def rejections(database: Path) -> list[tuple[str, ...]]:
    """Path, kind and reason of what was not read."""
    with duckdb.connect(str(database), read_only=True) as con:
        return con.execute(
            "select source_path, kind, reason from raw.rejections order by all"
        ).fetchall()


def test_so_many_reports_come_out_the_same(tmp_path: Path, root: Path) -> None:
    folder, ours, theirs = (tmp_path / name for name in ("reports", "here.duckdb", "spark.duckdb"))
    write_reports(folder, COUNT)
    for done in (check(folder, ours, root), on_cluster(folder, theirs, root)):
        assert done.code == 1, done.err
    assert count_rows(theirs, "raw.sources") == COUNT
    assert count_rows(theirs, "marts.findings") > 0
    assert differences(ours, theirs) == {}
    assert rejections(ours) == rejections(theirs)


@pytest.fixture(scope="module")
def samples(root: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The sample reports with a file that kills its reader each time, and DuckDB's check of them.

    The patch that makes it do so lies beside the database.
    """
    work = tmp_path_factory.mktemp("samples")
    folder = work / "reports"
    shutil.copytree(root / "data" / "reports", folder)
    (folder / "kills.txt").write_text(f"{REPORT}\n\t5\n", encoding="utf-8")
    patch_processes(work, KILLS_ITS_READER)
    done = check(folder, work / "here.duckdb", root)
    assert done.code == 1, done.err
    return folder, work / "here.duckdb"


def reading(database: Path) -> bool:
    """Whether tasks read reports."""
    return bool(python_workers()) and not (work_folder(database) / READ).exists()


def modelling(database: Path) -> bool:
    """Whether the models are being built."""
    return (work_folder(database) / "tables" / "intermediate.db").exists()


def test_executors_that_are_killed_cost_nothing(samples: tuple[Path, Path], root: Path) -> None:
    folder, ours = samples
    theirs = ours.with_name("spark.duckdb")
    with killing(
        (lambda: reading(theirs), executors), (lambda: modelling(theirs), executors)
    ) as killed:
        done = on_cluster(folder, theirs, root)
    assert done.code == 1, done.err
    assert len(set(killed)) == 2
    assert differences(ours, theirs) == {}
    assert rejections(ours) == rejections(theirs)
    assert (str(folder / "kills.txt"), "unreadable", "reader_crashed") in rejections(theirs)
