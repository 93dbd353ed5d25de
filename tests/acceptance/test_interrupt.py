"""Ctrl-C at any moment of reading: what is stored stays, and the next run reads the rest."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from checkpoints.exit_codes import ExitCode
from ingest.pool import CHUNK
from tests.ingest.documents import report

COUNT = 3 * CHUNK

pytestmark = pytest.mark.skipif(os.name != "posix", reason="sends a POSIX signal")


def command(folder: Path, database: Path) -> list[str]:
    return [
        str(Path(sys.executable).with_name("gouji")),
        "ingest",
        str(folder),
        *("--db", str(database), "--jobs", "1"),
    ]


def stored(database: Path) -> tuple[int, int]:
    with duckdb.connect(str(database), read_only=True) as con:
        documents = con.execute("select count(*) from raw.documents").fetchall()[0][0]
        whole = con.execute(
            "select count(*) from raw.documents where document_id in"
            " (select document_id from raw.cells) and document_id in"
            " (select document_id from raw.sources)"
        ).fetchall()[0][0]
    return documents, whole


def test_interrupted_reading_leaves_a_consistent_database(tmp_path: Path) -> None:
    folder, database = tmp_path / "reports", tmp_path / "gouji.duckdb"
    folder.mkdir()
    for n in range(COUNT):
        (folder / f"{n}.txt").write_bytes(report(n))
    running = subprocess.Popen(
        command(folder, database), stderr=subprocess.PIPE, start_new_session=True
    )
    deadline = time.monotonic() + 60
    # The log that DuckDB writes ahead grows when the first chunk is stored.
    log = database.with_name(database.name + ".wal")
    while running.poll() is None and time.monotonic() < deadline:
        if log.exists() and log.stat().st_size > 2**16:
            break
        time.sleep(0.01)
    os.killpg(running.pid, signal.SIGINT)
    _, said = running.communicate(timeout=60)
    assert running.returncode == ExitCode.INCOMPLETE, said.decode()
    assert "已中断" in said.decode()
    documents, whole = stored(database)
    assert documents == whole and 0 < documents < COUNT
    subprocess.run(command(folder, database), check=True, stdout=subprocess.DEVNULL)
    assert stored(database) == (COUNT, COUNT)
