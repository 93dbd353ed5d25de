"""Running the program in the tests: the steps in this process, or the command as users have it."""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

import duckdb

from checkpoints import cli, pipeline
from checkpoints.outcome import Outcome, Report

PROGRAM = "from checkpoints.cli import main; main()"

# Rules on relations: their subject is table and column, row or channel.
BALANCE = "balance."


class Ended(NamedTuple):
    """A command that has ended."""

    code: int
    out: str
    err: str


@contextlib.contextmanager
def held(by: str, database: Path) -> Iterator[int]:
    """Another process enters the context manager ``by``, Python in which ``database`` is a path.

    Yields its process id; at the end it leaves and ends.
    """
    script = (
        "import duckdb, pathlib, sys; from checkpoints.run_lock import only_run\n"
        "database = pathlib.Path(sys.argv[1])\n"
        f"with {by}: print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(database)],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        assert process.stdout and process.stdin
        assert process.stdout.readline() == "held\n"
        yield process.pid
        process.stdin.close()


def check(
    paths: Iterable[Path | str],
    database: Path,
    *,
    site: Path | None = None,
    fail_on: Any = "error",
    jobs: int = 1,
    today: date | None = None,
) -> Outcome:
    """``gouji check`` without its output, on another day if wanted."""
    settings = pipeline.Settings(database, site, "zh", fail_on, jobs, today=today)
    return pipeline.check(list(paths), settings, _silent)


def validate(database: Path, under: Sequence[Path] = ()) -> Outcome:
    """``gouji validate`` without its output."""
    return pipeline.validate(pipeline.Settings(database, None, "zh"), under, _silent)


def gouji(*arguments: Path | str, stdin: str = "") -> Ended:
    """The command in this process, which has the libraries loaded already."""
    out, err = io.StringIO(), io.StringIO()
    argv = ["gouji", *map(str, arguments)]
    with (
        mock.patch.object(sys, "argv", argv),
        mock.patch.object(sys, "stdin", io.StringIO(stdin)),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        code = cli.run()
    return Ended(code, out.getvalue(), err.getvalue())


def command(*arguments: Path | str, cwd: Path, **environment: str) -> Ended:
    """The command as a program of its own."""
    ended = subprocess.run(
        [sys.executable, "-c", PROGRAM, *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(Path(cli.__file__).parents[1]), **environment},
        capture_output=True,
        stdin=subprocess.DEVNULL,
        encoding="utf-8",
        check=False,
    )
    return Ended(ended.returncode, ended.stdout, ended.stderr)


def rows(database: Path, query: str, *values: object) -> list[tuple[Any, ...]]:
    """All rows of a query."""
    with duckdb.connect(str(database), read_only=True) as con:
        return con.execute(query, list(values)).fetchall()


def execute(database: Path, statement: str) -> None:
    """Change the database behind the program's back."""
    with duckdb.connect(str(database)) as con:
        con.execute(statement)


def report_at(outcome: Outcome, path: Path) -> Report:
    """The report of a run that was read from ``path``."""
    [found] = [report for report in outcome.reports if report.source_path == path.as_posix()]
    return found


def bare(rule: str, subject: str) -> str:
    """The subject of a finding without the table that stands before it in rules on relations."""
    return subject.partition(".")[2] if rule.startswith(BALANCE) else subject


def found_in(database: Path) -> dict[str, Counter[tuple[str, str]]]:
    """(rule, subject) of all findings, by the file name of the report; clean reports too."""
    found: dict[str, Counter[tuple[str, str]]] = {
        Path(path).name: Counter()
        for (path,) in rows(database, "select source_path from marts.reports")
    }
    listed = rows(
        database,
        "select r.source_path, f.rule, f.subject"
        " from marts.findings as f inner join marts.reports as r using (report_id)",
    )
    for path, rule, subject in listed:
        found[Path(path).name][rule, bare(rule, subject)] += 1
    return found


def _silent(step: str, done: int, total: int) -> None:
    """Report progress to nobody."""
