"""What the machine does to a run: a full disk, a read-only folder, another check, the clock."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime, tzinfo
from pathlib import Path

import duckdb
import pytest

from checkpoints import history
from checkpoints.exit_codes import ExitCode
from checkpoints.site import writer
from checkpoints.site.page import Page
from ingest import warehouse
from ingest.load import load
from tests.acceptance.reports import clean, write
from tests.acceptance.runs import gouji, held, rows

Mount = Callable[[str], Path]

ROOT = Path(__file__).parents[2]


@pytest.fixture
def mount(tmp_path: Path) -> Iterator[Mount]:
    """Mounts a small disk, or mounts it anew with other options."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("only root can mount a small disk")
    disk = tmp_path / "disk"
    disk.mkdir()
    options = []

    def mounted(how: str) -> Path:
        options.append(how)
        how = f"remount,{how}" if len(options) > 1 else how
        command = ["mount", "-t", "tmpfs", "-o", how, "tmpfs", str(disk)]
        if subprocess.run(command, capture_output=True, check=False).returncode:
            pytest.skip("this machine lets nobody mount a disk")
        return disk

    yield mounted
    subprocess.run(["umount", str(disk)], check=False, capture_output=True)


def test_full_disk_is_named_and_costs_nothing_that_was_stored(mount: Mount, tmp_path: Path) -> None:
    disk = mount("size=40k")
    first = write(clean(0), tmp_path / "reports" / "0.txt")
    verb = ("--db", disk / "g.duckdb", "--jobs", 1)
    ended = gouji("ingest", first, *verb)
    assert ended.code == ExitCode.INCOMPLETE
    assert "磁盘已满（" in ended.err and "the disk is full" in ended.err
    assert "Traceback" not in ended.err and "internal error" not in ended.err
    mount("size=20m")
    ended = gouji("ingest", first, *verb)
    assert ended.code == ExitCode.OK, ended.err
    assert rows(disk / "g.duckdb", "select count(*) from raw.documents") == [(1,)]


def test_folder_of_the_site_that_is_read_only_is_named(mount: Mount) -> None:
    disk = mount("size=1m")
    site = disk / "site"
    site.mkdir()
    mount("ro")
    with pytest.raises(OSError, match="site"):
        writer._put(site, [Page("index.html", "勾稽")])
    ended = gouji("check", ROOT / "data" / "reports", "--db", disk / "site" / "g.duckdb")
    assert ended.code == ExitCode.USAGE
    assert "Traceback" not in ended.err and "internal error" not in ended.err
    assert (disk / "site").as_posix() in ended.err and "--db" in ended.err


def test_second_check_of_a_database_is_refused_while_the_first_is_between_two_steps(
    tmp_path: Path,
) -> None:
    """The first holds no connection at that moment."""
    database = tmp_path / "g.duckdb"
    report = write(clean(0), tmp_path / "reports" / "0.txt")
    with held("only_run(database)", database) as pid:
        ended = gouji("check", report, "--db", database, "--jobs", 1)
    assert ended.code == ExitCode.USAGE
    assert f"进程{pid}（" in ended.err and f"process {pid} (" in ended.err
    assert not database.exists()


class Earlier(datetime):
    """A clock that somebody has set back by years."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Earlier:
        return cls(2001, 1, 1, tzinfo=tz)


def test_clock_set_back_changes_neither_the_latest_file_nor_the_last_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = tmp_path / "g.duckdb"
    with closing(warehouse.connect(database)) as con:
        con.execute("create schema marts; create schema intermediate")
        con.execute(
            "create table marts.findings as select 'f' as finding_id, 'new' as report_id,"
            " 'a' as agency, 2022 as report_year, 'r' as rule, 'error' as severity,"
            " 'source' as origin, 'm' as message_zh, false as waived, 'g' as group_id,"
            " 's' as subject"
        )
        con.execute(
            "create table intermediate.int_versions as"
            " select 'new' as document_id, 'key' as version_key"
        )
        history.known_findings(con)
        history.append_run(con, ["old"], 1)
        load(con, run=1, sources=[("old", "/a.txt")])
        monkeypatch.setattr("ingest.load.datetime", Earlier)
        monkeypatch.setattr(history, "datetime", Earlier)
        load(con, run=2, sources=[("new", "/a.txt")])
        history.append_run(con, ["new"], 1)
        assert _latest(con, "select document_id from raw.sources order by seen_run desc") == "new"
        assert _latest(con, "select report_ids from history.runs order by run_id desc") == ["new"]
        since = history.since_last_run(con, ["new"], [], [])
    assert since is not None and (since.put_right, since.remaining) == (1, 0)


def _latest(con: duckdb.DuckDBPyConnection, query: str) -> object:
    return con.execute(query).fetchall()[0][0]
