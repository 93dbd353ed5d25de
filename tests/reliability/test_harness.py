"""The harness sees what it is there to see: what is lost or doubled, and what no reader may do."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from random import Random

import duckdb
import pytest

from ingest import text, warehouse
from ingest.load import load
from reliability.fuzz.documents import originals
from reliability.fuzz.mutations import _CHANGES
from reliability.stored import contents, differing, lost_and_doubled
from tests.ingest.documents import report

ROOT = Path(__file__).parents[2]


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A database of two reports."""
    path = tmp_path / "g.duckdb"
    with closing(warehouse.connect(path)) as con:
        documents = [text.read(report(n)) for n in (1, 2)]
        sources = [(each.sha256, f"/{each.sha256}") for each in documents]
        load(con, run=1, documents=documents, sources=sources)
    return path


@pytest.mark.parametrize(
    ("damage", "expected"),
    [
        ("select 1", (0, 0)),
        ("delete from raw.documents where document_id = getvariable('first')", (1, 0)),
        ("delete from raw.paragraphs", (2, 0)),
        ("delete from raw.sources", (2, 0)),
        ("insert into raw.cells from raw.cells", (0, 2)),
    ],
)
def test_what_is_lost_or_doubled_is_counted(
    database: Path, damage: str, expected: tuple[int, int]
) -> None:
    with duckdb.connect(str(database)) as con:
        con.execute("set variable first = (select min(document_id) from raw.documents)")
        con.execute(damage)
    assert lost_and_doubled(database) == expected


def test_tables_are_compared_by_their_rows_and_not_by_their_times(database: Path) -> None:
    before = contents(database)
    with duckdb.connect(str(database)) as con:
        con.execute("update raw.documents set ingested_at = '2001-01-01'")
    assert contents(database) == before
    with duckdb.connect(str(database)) as con:
        con.execute("update raw.cells set text = text || '1' where row_no = 2")
    assert differing(dict(contents(database)), dict(before)) == ["raw.cells"]


@pytest.mark.parametrize(
    ("deed", "named"),
    [
        ("open(sys.argv[1] + '/x', 'w')", "writes"),
        ("open('/etc/hostname')", "reads"),
        ("import socket; socket.socket()", "socket"),
        ("import subprocess; subprocess.run(['true'])", "subprocess"),
        ("import os; os.remove(sys.argv[1] + '/none')", "os.remove"),
        ("open(re.__file__)", ""),
    ],
)
def test_guard_hears_what_no_reader_may_do(tmp_path: Path, deed: str, named: str) -> None:
    program = f"""
import re, sys
from reliability.fuzz.guard import Breach, Guard
try:
    with Guard().watching():
        try:
            {deed}
        except BaseException:
            pass
except Breach as breach:
    print(breach)
"""
    ended = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert ended.stdout.startswith(named) and bool(ended.stdout) == bool(named)


def test_a_short_run_reads_spoilt_documents_and_none_fails(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "reliability.fuzz", "--formats", "text", "--cases", "30"]
    ended = subprocess.run(
        [*command, "--work", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert ended.stdout.startswith("text: 30 cases")


def test_changes_follow_the_dice_and_leave_text_decodable() -> None:
    [first, *_] = originals("text")
    for change in _CHANGES["text"]:
        assert change(Random(3), first) == change(Random(3), first)
    cuts = [change for change in _CHANGES["text"] if change.__name__ in {"cut", "move", "repeat"}]
    assert cuts
    for seed in range(20):
        for change in cuts:
            change(Random(seed), first).decode()
