"""Read many files at once, so that no file can cost another."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path

from ingest.document import Document, Rejected, UnreadableFile, digest
from ingest.recognise import require_report
from ingest.registry import reader_for

FILES_PER_PROCESS = 4
"""Files that repay starting a process: it costs as much as reading about four of them."""
CHUNK = 256
"""Files handed out, and stored, together."""


@dataclass(frozen=True)
class Outcome:
    """What became of one file: a document, or the exception that says why there is none."""

    path: str
    sha256: str | None
    document: Document | None = None
    rejected: Rejected | None = None


def read_file(path: str) -> Outcome:
    """Read one file; whatever goes wrong is part of the outcome and never raised."""
    sha256 = None
    try:
        data = Path(path).read_bytes()
        sha256 = digest(data)
        document = reader_for(path)(data)
        require_report(document)
    except Rejected as rejected:
        return Outcome(path, sha256, rejected=rejected)
    except OSError as error:
        return Outcome(path, sha256, rejected=no_access(error))
    except Exception as error:  # The one boundary where a hostile file may raise anything.
        name = type(error).__name__
        message = f"文件已损坏或结构异常（{name}），请用原来的程序打开后另存一份再提供。"
        return Outcome(path, sha256, rejected=UnreadableFile("damaged", message))
    return Outcome(path, sha256, document=document)


def no_access(error: OSError) -> UnreadableFile:
    """Word the refusal of the operating system to open a file or folder."""
    reason = error.strerror or type(error).__name__
    return UnreadableFile("no_access", f"打不开（{reason}），请检查文件是否存在、是否有读取权限。")


def read_files(
    paths: Sequence[str], jobs: int, progress: Callable[[str], None]
) -> Iterator[list[Outcome]]:
    """Read the files and yield the outcomes in chunks, in the order of the files.

    With one job, or few files, they are read in this process. ``progress`` is called with each
    path once it is read.
    """
    for start in range(0, len(paths), CHUNK):
        chunk = paths[start : start + CHUNK]
        processes = min(jobs, len(chunk) // FILES_PER_PROCESS)
        if processes <= 1:
            yield [_after(read_file(path), progress) for path in chunk]
        else:
            yield _read_parallel(chunk, processes, progress)


def _read_parallel(
    paths: Sequence[str], jobs: int, progress: Callable[[str], None]
) -> list[Outcome]:
    with _executor(jobs) as executor:
        futures = [_submit(executor, path) for path in paths]
        return [
            _after(_result(future) or _read_alone(path), progress)
            for path, future in zip(paths, futures, strict=True)
        ]


def _read_alone(path: str) -> Outcome:
    """Read a file again in a process of its own: a process died, and this file may be why."""
    with _executor(1) as executor:
        outcome = _result(_submit(executor, path))
    if outcome:
        return outcome
    message = "读取这个文件时程序崩溃，请用原来的程序打开后另存一份再提供。"
    return Outcome(path, None, rejected=UnreadableFile("reader_crashed", message))


def _submit(executor: ProcessPoolExecutor, path: str) -> Future[Outcome] | None:
    try:
        return executor.submit(read_file, path)
    except BrokenProcessPool:
        return None


def _result(future: Future[Outcome] | None) -> Outcome | None:
    """Return the outcome, or None if the process that should have read the file has died."""
    try:
        return future.result() if future else None
    except BrokenProcessPool:
        return None


def _after(outcome: Outcome, progress: Callable[[str], None]) -> Outcome:
    progress(outcome.path)
    return outcome


def _executor(jobs: int) -> ProcessPoolExecutor:
    # Forking a process that holds DuckDB's threads may deadlock, so workers start fresh.
    return ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn"))
