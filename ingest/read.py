"""Read reports into the raw tables: the whole step from paths to database."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, TextIO

import duckdb

from ingest import companions, recognise, sources, warehouse
from ingest.agencies import AGENCIES
from ingest.discover import Discovery, discover, is_under
from ingest.expected import EXPECTED
from ingest.files import digests_of
from ingest.limits import DEFAULT, Limits
from ingest.load import load
from ingest.matching import expect_texts, update_label_matches
from ingest.pool import Outcome, no_access, read_files
from ingest.registry import READERS
from ingest.rejected import Rejected, UnreadableFile
from ingest.reviews import CORRECTIONS, WAIVERS
from ingest.warehouse import Rejection

Progress = Callable[[int, int], None]

COMPANIONS = (AGENCIES, EXPECTED, WAIVERS, CORRECTIONS)
"""What may lie beside the reports, but for sources.csv, whose lines name files."""


@dataclass(frozen=True)
class Reading:
    """How files are read: by processes of this machine, or by tasks of a cluster.

    ``digests`` as :func:`ingest.files.digests_of`; ``read`` yields the outcomes for paths, and
    calls ``progress`` with each path; ``match_labels`` scores the new texts in a database,
    of some documents or of all.
    ``engine`` holds what is read.
    """

    digests: Callable[[Sequence[str]], Iterator[tuple[str, str | OSError | UnreadableFile]]]
    read: Callable[[Sequence[str], Callable[[str], None]], Iterator[list[Outcome]]]
    match_labels: Callable[[duckdb.DuckDBPyConnection, Collection[str] | None], object]
    engine: str = "duckdb"


def reading_here(jobs: int, limits: Limits = DEFAULT, pdf_source: str | None = None) -> Reading:
    """Read by ``jobs`` processes of this machine."""
    read = partial(_read_here, jobs=jobs, limits=limits, pdf_source=pdf_source)
    return Reading(digests_of, read, lambda con, of: update_label_matches(con, of=of))


def _read_here(
    paths: Sequence[str], progress: Callable[[str], None], **how: Any
) -> Iterator[list[Outcome]]:
    return read_files(paths, progress=progress, **how)


@dataclass(frozen=True)
class IngestReport:
    """What a run found under its paths.

    ``reports`` maps each document_id to its paths found in this run. ``gone`` are the paths seen
    in a former run that no longer exist. ``count_read`` and ``count_known`` count the documents
    among ``reports`` that were read now and that were in the database already. ``lists`` are the
    ``expected.csv`` under the roots.
    """

    run: int
    roots: tuple[str, ...]
    reports: Mapping[str, tuple[str, ...]]
    count_read: int
    count_known: int
    rejections: tuple[Rejection, ...]
    count_passed_over: int
    gone: tuple[str, ...]
    lists: tuple[str, ...] = ()


def ingest(
    paths: Iterable[str | os.PathLike[str]],
    database: str | Path,
    jobs: int = 1,
    progress: Progress | None = None,
    stdin: TextIO | None = None,
    limits: Limits = DEFAULT,
    pdf_source: str | None = None,
    reading: Reading | None = None,
) -> IngestReport:
    """Read the reports under ``paths`` into ``database``.

    Bytes that are known are not read again, unless ``pdf_source`` asks for another reader than
    theirs (see :func:`ingest.registry.reader_for`). The result does not depend on ``jobs`` or on
    the order of the paths. ``progress`` is called with the files done and their total; ``stdin``
    holds the list that the path ``-`` stands for; ``limits`` hold for each file. ``reading`` reads
    otherwise than by ``jobs`` processes here.

    Raises :class:`~ingest.discover.PathNotFound`,
    :class:`~ingest.companions.CompanionError` and
    :class:`~ingest.warehouse.DatabaseUnusable`, each worded for the user.
    """
    discovery = discover(paths, stdin)
    facts, files = sources.read_all(discovery.folders)
    others = [(c, *c.read_all(discovery.folders)) for c in COMPANIONS]
    how = reading or reading_here(jobs, limits, pdf_source)
    con = warehouse.connect(database)
    try:
        warehouse.require_engine(con, how.engine)
        run = warehouse.next_run(con)
        gone = _gone(con, discovery)
        load(con, run=run, cleared=[*gone, *discovery.folders])
        companions.replace(con, sources.SOURCES, facts, files, key="source_path")
        for companion, lines, read_from in others:
            companions.replace(con, companion, lines, read_from)
        known = warehouse.known_documents(con, pdf_source)
        is_scored = expect_texts(con)
        report = _read_new(
            con, run, discovery, known, gone=gone, how=how, progress=progress or _silent
        )
        warehouse.note_gone(con, gone, run)
        warehouse.put_meta(con, "recognise_version", recognise.VERSION)
        new = [document_id for document_id in report.reports if document_id not in known]
        how.match_labels(con, new if is_scored else None)
    finally:
        con.close()
    lists = [file.as_posix() for file in EXPECTED.files(discovery.folders)]
    return replace(report, lists=tuple(file for file in lists if is_under(file, discovery.roots)))


def _read_new(
    con: duckdb.DuckDBPyConnection,
    run: int,
    discovery: Discovery,
    before: set[str],
    *,
    gone: tuple[str, ...],
    how: Reading,
    progress: Progress,
) -> IngestReport:
    """Read what is not known before; record where everything lies."""
    # A file skipped by another version of the recognition deserves a second look.
    is_current = warehouse.get_meta(con, "recognise_version") == recognise.VERSION
    skips = warehouse.known_skips(con) if is_current else {}
    reports: dict[str, list[str]] = {}
    rejections = [_rejection(path, None, _blocked(path)) for path in discovery.blocked]
    rejections += [_rejection(path, None, _misnamed()) for path in discovery.misnamed]
    unread: dict[tuple[str, str | None], list[str]] = {}
    for path, sha256 in how.digests(discovery.files):
        if not isinstance(sha256, str):
            refused_by = no_access(sha256) if isinstance(sha256, OSError) else sha256
            rejections.append(_rejection(path, None, refused_by))
        elif sha256 in before:
            reports.setdefault(sha256, []).append(path)
        elif sha256 in skips:
            rejections.append(skips[sha256]._replace(source_path=path))
        else:
            unread.setdefault((sha256, READERS.get(Path(path).suffix.lower())), []).append(path)

    total = len(discovery.files)
    done = total - sum(len(same) for same in unread.values())
    progress(done, total)
    load(con, run=run, sources=_pairs(reports), rejections=rejections)

    copies: dict[str, tuple[str, list[str]]] = {}

    def one_more(path: str) -> None:
        nonlocal done
        done += len(copies[path][1])
        progress(done, total)

    waiting = [(sha256, same) for (sha256, _), same in unread.items()]
    while waiting:
        copies = {same[0]: (sha256, same) for sha256, same in waiting}
        waiting = []
        for outcomes in how.read(list(copies), one_more):
            batch: dict[str, list[str]] = {}
            refused = []
            documents = []
            for outcome in outcomes:
                sha256, same = copies[outcome.path]
                if error := _gone_or_changed(outcome, sha256):
                    # Of its copies nothing is known yet.
                    refused.append(_rejection(outcome.path, outcome.sha256, error))
                    waiting += [(sha256, same[1:])] if same[1:] else []
                    done -= len(same[1:])
                elif outcome.document:
                    documents.append(outcome.document)
                    batch.setdefault(sha256, []).extend(same)
                else:
                    refused += [_refusal(outcome, path, sha256) for path in same]
            load(con, run=run, documents=documents, sources=_pairs(batch), rejections=refused)
            rejections += refused
            for sha256, same in batch.items():
                reports.setdefault(sha256, []).extend(same)

    return IngestReport(
        run=run,
        roots=discovery.roots,
        reports={sha256: tuple(sorted(reports[sha256])) for sha256 in sorted(reports)},
        count_read=sum(sha256 not in before for sha256 in reports),
        count_known=sum(sha256 in before for sha256 in reports),
        rejections=tuple(sorted(rejections, key=lambda rejection: rejection.source_path)),
        count_passed_over=discovery.passed_over,
        gone=gone,
    )


def _gone(con: duckdb.DuckDBPyConnection, discovery: Discovery) -> tuple[str, ...]:
    """Return the known paths under the roots that exist no more."""
    found = {*discovery.files, *discovery.folders, *discovery.blocked, *discovery.misnamed}
    missing = warehouse.known_paths(con) - found
    return tuple(
        sorted(
            path
            for path in missing
            if is_under(path, discovery.roots) and not os.path.lexists(path)
        )
    )


def _pairs(reports: Mapping[str, Iterable[str]]) -> list[tuple[str, str]]:
    return [(sha256, path) for sha256, same in reports.items() for path in same]


def _rejection(path: str, sha256: str | None, error: Rejected) -> Rejection:
    return Rejection(path, sha256, error.kind, error.reason, error.message)


def _gone_or_changed(outcome: Outcome, sha256: str) -> Rejected | None:
    """Word that a file is not the one that was found: it is gone, or its bytes are others."""
    if outcome.rejected is not None and outcome.rejected.reason == "no_access":
        return outcome.rejected
    if outcome.sha256 in (None, sha256):
        return None
    return UnreadableFile("changed", "读取时文件正被改动，请等它写完后再运行一次。")


def _refusal(outcome: Outcome, path: str, sha256: str) -> Rejection:
    """Turn an outcome without document into the rejection of one of its paths."""
    assert outcome.rejected is not None
    rejected = outcome.rejected
    return Rejection(path, sha256, rejected.kind, rejected.reason, rejected.message)


def _blocked(path: str) -> UnreadableFile:
    return UnreadableFile("no_access", f"文件夹{path}打不开，请检查是否有读取权限。")


def _misnamed() -> UnreadableFile:
    return UnreadableFile(
        "misnamed",
        "文件或文件夹的名称不是UTF-8编码（多见于解压旧压缩包之后），请改名后再提供。",
    )


def _silent(done: int, total: int) -> None:
    """Report progress to nobody."""
