"""Every foreseen error has words and a code; one that nobody foresaw goes into a log."""

from __future__ import annotations

from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import duckdb
import pytest

from checkpoints import pipeline
from checkpoints.errors import explained
from checkpoints.exit_codes import ExitCode
from checkpoints.pipeline import NothingBuilt, Settings
from checkpoints.query import NoSuchAnalysis, QueryRefused
from checkpoints.transform import ModelError
from ingest.companions import CompanionError
from ingest.discover import PathNotFound
from ingest.warehouse import DatabaseUnusable
from tests.acceptance.runs import gouji


@pytest.mark.parametrize(
    ("error", "said", "code"),
    [
        (PathNotFound("没有"), "没有", ExitCode.USAGE),
        (CompanionError("sources.csv第2行"), "sources.csv第2行", ExitCode.USAGE),
        (DatabaseUnusable("用--db另指定"), "--db", ExitCode.USAGE),
        (QueryRefused("只能运行 SELECT"), "query refused", ExitCode.USAGE),
        (NoSuchAnalysis("x"), "--list", ExitCode.USAGE),
        (NothingBuilt(Path("g.duckdb")), "gouji check", ExitCode.USAGE),
        (ModelError("stg_cells: no column"), "stg_cells", ExitCode.INCOMPLETE),
        (duckdb.IOException("lock"), "lock", ExitCode.USAGE),
        (PermissionError(13, "denied", "/r"), "/r", ExitCode.USAGE),
        (OSError(30, "Read-only file system", "/r/site"), "--site", ExitCode.USAGE),
        (OSError(28, "No space left on device", "/r/g"), "（/r/g）", ExitCode.INCOMPLETE),
        (
            ModelError('panel: Could not write file "/r/g.wal": No space left on device'),
            "磁盘已满（/r/g.wal）",
            ExitCode.INCOMPLETE,
        ),
        (
            ModelError('Could not set lock on file "/g": Conflicting lock is held in /x/y (PID 0)'),
            "process 0 (y)",
            ExitCode.INCOMPLETE,
        ),
        (BrokenProcessPool("All workers expired"), "--jobs 1", ExitCode.INCOMPLETE),
    ],
)
def test_foreseen_errors_have_words(error: Exception, said: str, code: ExitCode) -> None:
    found = explained(error)
    assert found is not None
    assert said in found[0]
    assert found[1] == code


@pytest.mark.parametrize("error", [ValueError("x"), KeyError("x"), AssertionError()])
def test_other_errors_are_not_explained_away(error: Exception) -> None:
    assert explained(error) is None


def test_an_unforeseen_error_goes_into_a_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: object) -> None:
        raise KeyError("nobody foresaw this")

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(pipeline, "check", fail)
    ended = gouji("check", tmp_path)
    assert ended.code == ExitCode.INCOMPLETE
    assert ended.out == ""
    assert "Traceback" not in ended.err
    log = tmp_path / "build" / "gouji-error.log"
    assert log.as_posix() in ended.err
    assert "nobody foresaw this" in log.read_text(encoding="utf-8")


@pytest.mark.parametrize("jobs", [0, -1])
def test_settings_reject_a_number_of_processes_that_is_none(jobs: int) -> None:
    with pytest.raises(ValueError, match="--jobs"):
        Settings(Path("g.duckdb"), None, "zh", jobs=jobs)
