"""The raw tables of the DuckDB file: creating and asking them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import duckdb
import polars as pl

from ingest.storage import why_unusable

SCHEMAS = frozenset({"raw", "form", "staging", "intermediate", "marts", "history", "incremental"})
"""Schemas of the tables; a database file cannot have one of these names."""

SCHEMA_VERSION = 1
"""Version of the raw tables, kept in ``raw.meta``; raised whenever a column changes."""

_TABLES = """
create schema if not exists raw;
create table if not exists raw.meta (key varchar primary key, value varchar not null);
create table if not exists raw.documents (
    document_id varchar primary key, format varchar, byte_size bigint, page_count integer,
    reader varchar, reader_version varchar, ingested_at timestamptz
);
create table if not exists raw.sources (
    document_id varchar, source_path varchar, seen_at timestamptz, seen_run bigint,
    primary key (document_id, source_path)
);
create table if not exists raw.paragraphs (
    document_id varchar, block_no integer, page integer, text varchar
);
create table if not exists raw.cells (
    document_id varchar, block_no integer, page integer, row_no integer, col_no integer,
    row_span integer, col_span integer, text varchar,
    x0 float, top float, x1 float, bottom float, confidence float
);
create table if not exists raw.label_matches (
    text varchar, form_table varchar, kind varchar, code varchar, method varchar,
    score float, runner_up float
);
create table if not exists raw.rejections (
    source_path varchar primary key, sha256 varchar, kind varchar, reason varchar,
    message varchar, rejected_at timestamptz
);
create table if not exists raw.source_facts (
    source_path varchar, url varchar, retrieved_on date, agency varchar, region varchar,
    year integer, scope varchar, listed_in varchar
);
create table if not exists raw.waivers (
    agency varchar, region varchar, scope varchar, year integer, rule varchar, cell varchar,
    printed_value varchar, reason varchar, who varchar, until date, listed_in varchar,
    line_no integer
);
create table if not exists raw.corrections (
    document varchar, cell varchar, read_value varchar, right_value varchar, reason varchar,
    who varchar, corrected_on date, listed_in varchar, line_no integer
);
create table if not exists raw.agency_changes (
    region varchar, name varchar, successor varchar, kind varchar, first_year integer,
    listed_in varchar, line_no integer
);
create table if not exists raw.expected (
    region varchar, agency varchar, aliases varchar, year integer, scope varchar, due date,
    listed_in varchar, line_no integer
);
create table if not exists raw.gone (source_path varchar primary key);
"""


class DatabaseUnusable(ValueError):
    """The database file cannot be opened, is no DuckDB file, or is of a newer version."""


class Rejection(NamedTuple):
    """A file of this run that yields no report."""

    source_path: str
    sha256: str | None
    kind: str
    reason: str
    message: str


def memory_limit() -> str:
    """What DuckDB may hold in memory, for ``set memory_limit``; the rest lies beside the database.

    4 GB, which is enough for hundreds of thousands of reports, or half of a smaller machine.
    """
    most = 4 * 1000**3
    if hasattr(os, "sysconf") and "SC_PHYS_PAGES" in os.sysconf_names:
        most = min(most, os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2)
    return f"{most // 1000**2}MB"


def connect(database: str | Path) -> duckdb.DuckDBPyConnection:
    """Open or create the database and its raw tables. Raises :class:`DatabaseUnusable`."""
    path = Path(database)
    if path.stem.lower() in SCHEMAS:
        # DuckDB names a database after its file: raw.documents would mean two things.
        raise DatabaseUnusable(
            f"数据库文件不能叫{path.name}，与表的分组重名；请用--db另取一个名字。"
        )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        con = duckdb.connect(str(path))
    except (duckdb.Error, OSError) as error:
        raise DatabaseUnusable(why_unusable(path, error)) from error
    try:
        con.execute(f"set memory_limit = '{memory_limit()}'")
        con.execute(_TABLES)
        _require_version(con, path)
    except BaseException:
        con.close()
        raise
    return con


def _require_version(con: duckdb.DuckDBPyConnection, path: Path) -> None:
    version = int(get_meta(con, "schema_version") or SCHEMA_VERSION)
    if version > SCHEMA_VERSION:
        raise DatabaseUnusable(
            f"数据库{path}由更新版本的gouji建立（表结构版本{version}，本程序为{SCHEMA_VERSION}）；"
            "请升级gouji，或用--db另指定一个文件。"
        )
    put_meta(con, "schema_version", str(SCHEMA_VERSION))


def require_engine(con: duckdb.DuckDBPyConnection, engine: str) -> None:
    """Note the engine that holds the documents; raises DatabaseUnusable where it is another."""
    noted = get_meta(con, "engine")
    if con.execute("select 1 from raw.documents limit 1").fetchall():
        noted = noted or "duckdb"
    if noted not in (None, engine):
        raise DatabaseUnusable(
            f"数据库里的报告是用--engine {noted}读取的；请用--engine {noted}，"
            "或用--db另指定一个文件。"
        )
    put_meta(con, "engine", engine)


def bulk_tables(con: duckdb.DuckDBPyConnection) -> list[str]:
    """Those of ``raw.cells`` and ``raw.paragraphs`` that are tables here, not files of Spark."""
    rows = con.execute(
        "select table_name from duckdb_tables() where schema_name = 'raw'"
        " and table_name in ('cells', 'paragraphs') order by table_name"
    ).fetchall()
    return [name for (name,) in rows]


def get_meta(con: duckdb.DuckDBPyConnection, key: str) -> str | None:
    """Return a value of ``raw.meta``."""
    # All rows are fetched, even of one: DuckDB counts a result not read to its end as open.
    rows = con.execute("select value from raw.meta where key = ?", [key]).fetchall()
    return rows[0][0] if rows else None


def put_meta(con: duckdb.DuckDBPyConnection, key: str, value: str) -> None:
    """Set a value of ``raw.meta``."""
    con.execute("insert or replace into raw.meta values (?, ?)", [key, value])


def note_gone(con: duckdb.DuckDBPyConnection, gone: Iterable[str], run: int) -> None:
    """Note paths that exist no more, and forget of the noted ones those seen again in this run."""
    paths = pl.DataFrame({"source_path": list(gone)}, schema={"source_path": pl.String})
    with registered(con, {"incoming": paths}), transaction(con):
        con.execute("insert or ignore into raw.gone by name select * from incoming")
        con.execute(
            "delete from raw.gone where source_path in"
            " (select source_path from raw.sources where seen_run = ?)",
            [run],
        )


def next_run(con: duckdb.DuckDBPyConnection) -> int:
    """Return the number of a new run, counted from 1."""
    run = int(get_meta(con, "last_run") or 0) + 1
    put_meta(con, "last_run", str(run))
    return run


def known_documents(con: duckdb.DuckDBPyConnection, pdf_source: str | None = None) -> set[str]:
    """Return the ids of all documents in the database.

    With ``pdf_source``, PDF files that another reader has read by their text are not among them.
    """
    rows = con.execute(
        "select document_id from raw.documents"
        " where $source is null or not starts_with(reader, 'pdf')"
        " or replace(reader, '+rapidocr', '') = $source",
        {"source": pdf_source},
    ).fetchall()
    return {document_id for (document_id,) in rows}


def known_skips(con: duckdb.DuckDBPyConnection) -> dict[str, Rejection]:
    """Return the files found to be no reports, by the digest of their bytes."""
    rows = con.execute(
        "select source_path, sha256, kind, reason, message from raw.rejections"
        " where kind = 'skipped' order by source_path desc"
    ).fetchall()
    return {row[1]: Rejection(*row) for row in rows}


def known_paths(con: duckdb.DuckDBPyConnection) -> set[str]:
    """Return every path from which something was read or refused."""
    rows = con.execute(
        "select source_path from raw.sources union select source_path from raw.rejections"
    ).fetchall()
    return {row[0] for row in rows}


@contextmanager
def transaction(con: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Do all or nothing."""
    con.execute("begin transaction")
    try:
        yield
    except BaseException:
        con.execute("rollback")
        raise
    con.execute("commit")


@contextmanager
def registered(con: duckdb.DuckDBPyConnection, frames: dict[str, pl.DataFrame]) -> Iterator[None]:
    """Show frames to DuckDB as views, through Arrow."""
    for name, frame in frames.items():
        con.register(name, frame.to_arrow())
    try:
        yield
    finally:
        for name in frames:
            con.unregister(name)
