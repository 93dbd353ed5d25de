"""Reading as tasks of Spark: the same as here, whoever dies meanwhile."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from ingest.read import ingest
from tests.ingest.documents import REPORT
from tests.spark.kills import kills_once, patch_processes
from tests.spark.masters import CLUSTER

SCRIPT = """
import json, sys
from contextlib import closing
from pathlib import Path
from checkpoints.spark.session import session
from checkpoints.spark.tables import show_to_duckdb, show_to_spark
from ingest import warehouse
from ingest.limits import DEFAULT
from ingest.read import ingest
from ingest.spark import SparkReading

master, folder, work = sys.argv[1], *map(Path, sys.argv[2:])
database = work / "spark.duckdb"
with session(master, work) as spark:
    found = ingest([folder], database, reading=SparkReading(spark, work, DEFAULT, None).reading())
    with closing(warehouse.connect(database)) as con:
        show_to_spark(con, spark, work)
        show_to_duckdb(con, spark, work, {})
        rows = {
            name: con.execute(f"select * from raw.{name} order by all").fetchall()
            for name in ("cells", "paragraphs", "label_matches")
        }
said = [rejection[:4] for rejection in found.rejections]
print(json.dumps([{i: list(p) for i, p in found.reports.items()}, said, rows], default=str))
"""

KILLS_ITS_READER = """
import os
from ingest import text
read = text.read
text.read = lambda data: os._exit(1) if b'\\t5' in data else read(data)
"""

READS_THREE_AT_ONCE = """
from pathlib import Path
from ingest import spark as reading
reading.CHUNK = 3
read_chunk = reading.SparkReading._read_chunk
def noting(self, paths):
    with Path({noted!r}).open('a') as file:
        file.writelines(path + chr(10) for path in paths)
    return read_chunk(self, paths)
reading.SparkReading._read_chunk = noting
"""

ENDS_AT_THE_SECOND_THREE = """
import os, signal, shutil
rmtree = shutil.rmtree
def ending(folder, **how):
    if Path(folder).name == reading._INCOMING and len(Path({noted!r}).read_text().splitlines()) > 3:
        os.kill(os.getpid(), signal.SIGKILL)
    rmtree(folder, **how)
shutil.rmtree = ending
"""
"""What was read of the second three is stored by then, and the database does not know of it."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Eight reports that differ, one of them twice, a broken one, and names that are no names."""
    folder = tmp_path / "报告 [1]"
    folder.mkdir()
    for number in range(8):
        text = REPORT.replace("12条", f"{number + 20}条") + f"\n\t{number}\n"
        (folder / f"100%#{number}.txt").write_text(text, encoding="utf-8")
    (folder / "again.txt").write_bytes((folder / "100%#1.txt").read_bytes())
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 no more")
    (folder / "gone.txt").symlink_to(folder / "nowhere.txt")
    return folder


def by_spark(folder: Path, work: Path, root: Path, master: str, patch: str = "") -> list[Any]:
    """Reports, rejections and raw tables as Spark reads them; ``patch`` runs in its processes."""
    patch_processes(work, patch)
    done = driver(folder, work, root, master)
    assert done.returncode == 0, done.stderr
    return list(json.loads(done.stdout))


def driver(
    folder: Path, work: Path, root: Path, master: str, patch: str = ""
) -> subprocess.CompletedProcess[str]:
    """A process that reads by Spark; ``patch`` runs in it alone."""
    return subprocess.run(
        [sys.executable, "-c", patch + SCRIPT, master, str(folder), str(work)],
        env=os.environ | {"PYTHONPATH": f"{work}:{root}"},
        capture_output=True,
        text=True,
        check=False,
    )


def here(folder: Path, database: Path) -> list[Any]:
    """The same, read by processes of this machine."""
    import duckdb

    found = ingest([folder], database, jobs=2)
    with duckdb.connect(str(database)) as con:
        rows = {
            name: con.execute(f"select * from raw.{name} order by all").fetchall()
            for name in ("cells", "paragraphs", "label_matches")
        }
    said = [rejection[:4] for rejection in found.rejections]
    reports = {document: list(paths) for document, paths in found.reports.items()}
    return list(json.loads(json.dumps([reports, said, rows], default=str)))


def test_reads_what_is_read_here(folder: Path, tmp_path: Path, root: Path) -> None:
    assert by_spark(folder, tmp_path, root, "local[2]") == here(folder, tmp_path / "here.duckdb")


@pytest.mark.parametrize(
    ("master", "victim"), [("local[2,4]", "worker"), (CLUSTER, "worker"), (CLUSTER, "executor")]
)
def test_who_is_killed_costs_nothing(
    master: str, victim: str, folder: Path, tmp_path: Path, root: Path
) -> None:
    flag = tmp_path / "killed"
    kills = kills_once("ingest.spark._row", victim, flag, "argument.path.endswith('3.txt')")
    found = by_spark(folder, tmp_path, root, master, kills)
    assert flag.exists()
    assert found == here(folder, tmp_path / "here.duckdb")


def test_a_file_that_kills_its_reader_each_time_is_rejected(
    folder: Path, tmp_path: Path, root: Path
) -> None:
    reports, rejections, _ = by_spark(folder, tmp_path, root, "local[2]", KILLS_ITS_READER)
    crashed = [path for path, _, _, reason in rejections if reason == "reader_crashed"]
    assert crashed == [str(folder / "100%#5.txt")]
    assert len(reports) == 7


def test_a_run_that_breaks_off_is_taken_up_again(folder: Path, tmp_path: Path, root: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    ends = (READS_THREE_AT_ONCE + ENDS_AT_THE_SECOND_THREE).format(noted=str(first))
    assert driver(folder, tmp_path, root, "local[2]", ends).returncode == -signal.SIGKILL
    noting = READS_THREE_AT_ONCE.format(noted=str(second))
    again = driver(folder, tmp_path, root, "local[2]", noting)
    assert again.returncode == 0, again.stderr
    assert json.loads(again.stdout) == here(folder, tmp_path / "here.duckdb")
    before, after = (set(each.read_text().splitlines()) for each in (first, second))
    assert (len(before), len(after)) == (6, 3)
    assert not before & after
