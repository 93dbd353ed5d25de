"""Read many files at once, each within its limits, so that no file can cost another."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import TimeoutError as OutOfTime
from dataclasses import dataclass
from pathlib import Path

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from ingest.document import Document, digest
from ingest.limits import DEFAULT, Limits, limit_memory
from ingest.recognise import require_report
from ingest.registry import reader_for
from ingest.rejected import Rejected, UnreadableFile

CHUNK = 256
"""Files handed out, and stored, together."""


@dataclass(frozen=True)
class Outcome:
    """What became of one file: a document, or the exception that says why there is none."""

    path: str
    sha256: str | None
    document: Document | None = None
    rejected: Rejected | None = None


def read_file(path: str, pdf_source: str | None = None) -> Outcome:
    """Read one file; whatever goes wrong is part of the outcome and never raised."""
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        return Outcome(path, None, rejected=no_access(error))
    except MemoryError:
        return Outcome(path, None, rejected=_out_of_memory())
    return read_bytes(path, data, pdf_source)


def read_bytes(path: str, data: bytes, pdf_source: str | None = None) -> Outcome:
    """Read the bytes of one file; whatever goes wrong is part of the outcome and never raised."""
    sha256 = digest(data)
    try:
        document = reader_for(path, pdf_source)(data)
        require_report(document)
    except Rejected as rejected:
        return Outcome(path, sha256, rejected=rejected)
    except OSError as error:
        return Outcome(path, sha256, rejected=no_access(error))
    except MemoryError:
        return Outcome(path, sha256, rejected=_out_of_memory())
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
    paths: Sequence[str],
    jobs: int,
    progress: Callable[[str], None],
    limits: Limits = DEFAULT,
    pdf_source: str | None = None,
) -> Iterator[list[Outcome]]:
    """Read the files and yield the outcomes in chunks, in the order of the files.

    They are read in ``jobs`` processes of their own, as one that takes too long or too much can
    only be ended from outside. ``progress`` is called with each path once it is read;
    ``pdf_source`` as in :func:`ingest.registry.reader_for`.
    """
    if not paths:
        return
    # Forking a process that holds DuckDB's threads may deadlock, so workers start fresh.
    with ProcessPool(
        max_workers=min(jobs, len(paths)),
        initializer=limit_memory,
        initargs=[limits.mebibytes, __name__],
        context=multiprocessing.get_context("spawn"),
    ) as pool:
        try:
            for start in range(0, len(paths), CHUNK):
                chunk = paths[start : start + CHUNK]
                futures = [
                    pool.schedule(read_file, args=[path, pdf_source], timeout=limits.seconds)
                    for path in chunk
                ]
                yield [
                    _after(outcome_of(path, future, limits), progress)
                    for path, future in zip(chunk, futures, strict=True)
                ]
        except BaseException:
            # An interrupt: what is stored stays, what is being read is given up at once.
            pool.stop()  # type: ignore[no-untyped-call]
            raise


def outcome_of(path: str, future: ProcessFuture[Outcome], limits: Limits) -> Outcome:
    """Wait for the process that reads a file; that it gave up or died is an outcome too."""
    try:
        return future.result()
    except OutOfTime:
        message = (
            f"读取超过{limits.seconds:.0f}秒，已放弃；"
            "请另存为.docx或文字版PDF，或用--time-limit放宽时限。"
        )
        return Outcome(path, None, rejected=UnreadableFile("timed_out", message))
    except ProcessExpired:
        message = "读取这个文件时程序崩溃，请用原来的程序打开后另存一份再提供。"
        return Outcome(path, None, rejected=UnreadableFile("reader_crashed", message))
    except MemoryError:
        return Outcome(path, None, rejected=_out_of_memory())


def _out_of_memory() -> UnreadableFile:
    message = "读取所需内存超过限额，已放弃；请用原来的程序另存一份，或用--memory-limit放宽限额。"
    return UnreadableFile("out_of_memory", message)


def _after(outcome: Outcome, progress: Callable[[str], None]) -> Outcome:
    progress(outcome.path)
    return outcome
