"""Read reports as tasks of Spark: a task stores what it has read, the database keeps the books."""

from __future__ import annotations

import atexit
import multiprocessing
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pyarrow as pa
from pebble import ProcessPool

from ingest.document import Document
from ingest.files import require_plain
from ingest.frames import CELLS, PARAGRAPHS
from ingest.labels import MATCHES, score
from ingest.limits import Limits, limit_memory
from ingest.matching import SEEDS
from ingest.pool import Outcome, outcome_of, read_bytes
from ingest.read import Reading
from ingest.rejected import Rejected, UnreadableFile

READ = "read"
"""Folder of the documents under the work folder, by the first byte of their ids."""

_INCOMING = "incoming"

CHUNK = 20_000
"""Files that one job reads; what a job has stored is not read again after a crash."""

_FILES_AT_ONCE = 8
"""Files that a task holds in memory."""

_BATCH = "spark.sql.execution.arrow.maxRecordsPerBatch"

_TYPES = {
    pl.Int32: pa.int32(),
    pl.Int64: pa.int64(),
    pl.Float32: pa.float32(),
    pl.String: pa.string(),
}

_BOOKS = ("format", "byte_size", "page_count", "reader", "reader_version")
"""What the database keeps of a document."""


def _fields(schema: Mapping[str, Any]) -> list[tuple[str, pa.DataType]]:
    return [
        (name, _TYPES[type(kind) if isinstance(kind, pl.DataType) else kind])
        for name, kind in schema.items()
    ]


_OUTCOME = pa.schema(
    [
        *((name, pa.string()) for name in ("path", "sha256", "kind", "reason", "message")),
        ("format", pa.string()),
        ("byte_size", pa.int64()),
        ("page_count", pa.int32()),
        ("reader", pa.string()),
        ("reader_version", pa.string()),
        ("cells", pa.list_(pa.struct(_fields(CELLS)))),
        ("paragraphs", pa.list_(pa.struct(_fields(PARAGRAPHS)))),
    ]
)

_MATCH = pa.schema(_fields(MATCHES))


class SparkReading:
    """Reads with a session of Spark; what is read lies under ``work``, which all workers see."""

    def __init__(self, spark: Any, work: Path, limits: Limits, pdf_source: str | None) -> None:
        self._spark = spark
        self._work = work
        self._limits = limits
        self._pdf_source = pdf_source
        self._digests: dict[str, str] = {}

    def reading(self) -> Reading:
        """What :func:`ingest.read.ingest` asks for."""
        return Reading(self.digests, self.read, self.match_labels, engine="spark")

    def digests(self, paths: Sequence[str]) -> Iterator[tuple[str, str | OSError | UnreadableFile]]:
        """As :func:`ingest.files.digests_of`, by tasks."""
        errors: dict[str, OSError | UnreadableFile] = {}
        for path in paths:
            try:
                require_plain(path)
            except (OSError, UnreadableFile) as error:
                errors[path] = error
        for some in _chunks([path for path in paths if path not in errors]):
            hashed = self._files(some).selectExpr("path", "sha2(content, 256) as sha256")
            self._digests |= {_local(row.path): row.sha256 for row in hashed.collect()}
        for path in paths:
            # A file that the workers do not see, or may not read, has no digest.
            lost = OSError(0, "Spark的节点看不到这个文件")
            yield path, errors.get(path) or self._digests.get(path) or lost

    def read(
        self, paths: Sequence[str], progress: Callable[[str], None]
    ) -> Iterator[list[Outcome]]:
        """As :func:`ingest.pool.read_files`; the documents come without what they hold."""
        by_digest: dict[str, list[str]] = {}
        for path in paths:
            by_digest.setdefault(self._digests[path], []).append(path)

        def told(outcomes: Iterable[Outcome]) -> list[Outcome]:
            copies = [
                _of(path, each) for each in outcomes for path in by_digest[self._digests[each.path]]
            ]
            for outcome in copies:
                progress(outcome.path)
            return copies

        stored = self._stored(by_digest)
        yield told(stored)
        seen = {outcome.sha256 for outcome in stored}
        for some in _chunks([same[0] for digest, same in by_digest.items() if digest not in seen]):
            yield told(self._read_chunk(some))

    def _stored(self, by_digest: Mapping[str, Sequence[str]]) -> list[Outcome]:
        """What a run that broke off had stored, and the database does not know of yet."""
        folder = self._work / READ
        if not by_digest or not folder.is_dir():
            return []
        wanted = self._spark.createDataFrame([(each,) for each in by_digest], "sha256 string")
        found = self._spark.read.parquet(folder.as_uri()).join(wanted, "sha256", "left_semi")
        rows = found.drop("cells", "paragraphs").collect()
        return [_outcome(row, by_digest[row.sha256][0]) for row in rows]

    def _read_chunk(self, paths: Sequence[str]) -> list[Outcome]:
        incoming = (self._work / _INCOMING).as_uri()
        batch = self._spark.conf.get(_BATCH)
        self._spark.conf.set(_BATCH, str(_FILES_AT_ONCE))
        try:
            read = self._files(paths).select("path", "content")
            read = read.mapInArrow(_reader(self._limits, self._pdf_source), _ddl(_OUTCOME))
            read.write.mode("overwrite").parquet(incoming)
        finally:
            self._spark.conf.set(_BATCH, batch)
        outcomes = self._spark.read.parquet(incoming)
        documents = outcomes.where("kind is null").selectExpr("*", "left(sha256, 2) as shard")
        documents = documents.repartition("shard").sortWithinPartitions("sha256")
        documents.write.mode("append").partitionBy("shard").parquet((self._work / READ).as_uri())
        rows = outcomes.drop("cells", "paragraphs").collect()
        shutil.rmtree(self._work / _INCOMING)
        return [_outcome(row, row.path) for row in rows]

    def _files(self, paths: Sequence[str]) -> Any:
        # A path may hold what the listing takes for a pattern.
        escaped = ["".join(f"\\{c}" if c in "{}[]*?\\" else c for c in path) for path in paths]
        reader = self._spark.read.format("binaryFile")
        return reader.load([f"file:{path}" for path in escaped])

    def match_labels(self, con: duckdb.DuckDBPyConnection, of: Collection[str] | None) -> None:
        """Nothing yet: the labels are matched where the cells are, when the models are built."""


def _reader(limits: Limits, pdf_source: str | None) -> Callable[[Any], Iterator[Any]]:
    def read(batches: Iterable[Any]) -> Iterator[Any]:
        for batch in batches:
            rows = []
            for path, content in zip(*(column.to_pylist() for column in batch), strict=True):
                local = _local(path)
                future = _process(limits.mebibytes).schedule(
                    read_bytes, args=[local, content, pdf_source], timeout=limits.seconds
                )
                rows.append(_row(outcome_of(local, future, limits)))
            yield pa.RecordBatch.from_pylist(rows, schema=_OUTCOME)

    return read


@cache
def _process(mebibytes: int) -> ProcessPool:
    """The process that reads for this worker: one that takes too much is ended from outside."""
    pool = ProcessPool(
        max_workers=1,
        initializer=limit_memory,
        initargs=[mebibytes, read_bytes.__module__],
        context=multiprocessing.get_context("spawn"),
    )
    atexit.register(pool.stop)
    return pool


def _row(outcome: Outcome) -> dict[str, Any]:
    row: dict[str, Any] = {"path": outcome.path, "sha256": outcome.sha256}
    document, rejected = outcome.document, outcome.rejected
    if rejected is not None:
        return row | {name: getattr(rejected, name) for name in ("kind", "reason", "message")}
    assert document is not None
    row |= {name: getattr(document, name) for name in _BOOKS}
    return row | {part: [each._asdict() for each in getattr(document, part)] for part in PARTS}


def _outcome(row: Any, path: str) -> Outcome:
    if row.kind is not None:
        rejected = Rejected(row.reason, row.message)
        rejected.kind = row.kind
        return Outcome(path, row.sha256, rejected=rejected)
    document = Document(
        row.sha256,
        **{name: row[name] for name in _BOOKS},
        cells=(),
        paragraphs=(),
    )
    return Outcome(path, row.sha256, document)


def _of(path: str, outcome: Outcome) -> Outcome:
    return Outcome(path, outcome.sha256, outcome.document, outcome.rejected)


def _local(path: str) -> str:
    """The path of a file as the driver named it: file:/a, or file:///a."""
    return "/" + path.removeprefix("file:").lstrip("/")


def _chunks(paths: Sequence[str]) -> Iterator[Sequence[str]]:
    return (paths[start : start + CHUNK] for start in range(0, len(paths), CHUNK))


def show_read(spark: Any, work: Path) -> None:
    """Make what was read tables of the session: cells, paragraphs and label_matches.

    The session must know ``raw.documents``: what is not in it was forgotten.
    """
    folder = work / READ
    if folder.is_dir():
        spark.read.parquet(folder.as_uri()).createOrReplaceTempView("read_documents")
    else:
        spark.createDataFrame([], _ddl(_OUTCOME)).createOrReplaceTempView("read_documents")
    for part in PARTS:
        # The catalogue keeps no views of what has no table.
        spark.sql(
            f"create table raw.{part} using parquet as select sha256 as document_id, inline({part})"
            " from read_documents left semi join raw.documents"
            " on read_documents.sha256 = documents.document_id"
        )
    _match_labels(spark)


PARTS = ("cells", "paragraphs")


def _match_labels(spark: Any) -> None:
    files = (SEEDS / "labels.csv", SEEDS / "headers.csv")
    labels, headers = (pl.read_csv(file, infer_schema=False) for file in files)

    def matched(batches: Iterable[Any]) -> Iterator[Any]:
        texts = [text for batch in batches for text in batch.column(0).to_pylist()]
        found = score(texts, labels, headers).select(_MATCH.names)
        yield from found.to_arrow().cast(_MATCH).to_batches()

    texts = spark.sql("select distinct text from raw.cells where text <> ''")
    matches = texts.mapInArrow(matched, _ddl(_MATCH))
    matches.write.saveAsTable("raw.label_matches")


def _ddl(schema: pa.Schema) -> str:
    return ", ".join(f"{field.name} {_sql_type(field.type)}" for field in schema)


def _sql_type(kind: pa.DataType) -> str:
    if pa.types.is_list(kind):
        return f"array<{_sql_type(kind.value_type)}>"
    if pa.types.is_struct(kind):
        return f"struct<{', '.join(f'{field.name}: {_sql_type(field.type)}' for field in kind)}>"
    return {"int32": "int", "int64": "bigint", "float": "float"}.get(str(kind), str(kind))
