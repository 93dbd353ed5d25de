"""Ad hoc SQL on the tables, read-only and shut off from files and network."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
import polars as pl
import pyarrow as pa

import sql
from checkpoints.spark.session import work_folder

SCHEMAS = ("marts", "raw", "history", "form")
"""Schemas whose tables go by their short names, the first that has one wins."""

# A query cannot open them again: the configuration is locked.
_LOCKS: Mapping[str, str] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "python_enable_replacements": "false",
    # What does not fit into memory would be written beside the database.
    "temp_directory": "",
}


_SCHEMAS_THERE = "select schema_name from duckdb_schemas() where not internal"

_READING = (duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN)


class QueryRefused(ValueError):
    """The query is no single reading statement, or the database will not run it."""


class NoSuchAnalysis(LookupError):
    """No saved analysis has that name."""


@dataclass(frozen=True)
class Analysis:
    """A saved query: its name is the file's, the other fields stand in its head."""

    name: str
    title_zh: str
    title_en: str
    question: str
    caveat: str
    sql: str


def run_query(
    database: Path,
    query: str,
    time_limit: float = 300,
    memory_limit: int = 4096,
) -> pl.DataFrame:
    """Rows of one SELECT over ``database``.

    It is given up after ``time_limit`` seconds, or when it takes more than ``memory_limit`` MiB;
    its rows may take as much again. Raises QueryRefused.
    """
    config: dict[str, str | bool | int | float | list[str]] = {
        **_LOCKS,
        "memory_limit": f"{memory_limit}MiB",
    }
    with closing(duckdb.connect(database, read_only=True, config=config)) as con:
        # What Spark has built stays in its files, which views of the database read.
        files = str(work_folder(database.absolute())).replace("'", "''")
        con.execute(f"set allowed_directories = ['{files}']")
        con.execute("set enable_external_access = false")
        there = {row[0] for row in con.execute(_SCHEMAS_THERE).fetchall()}
        con.execute(f"set search_path = '{','.join(s for s in SCHEMAS if s in there)}'")
        con.execute("set lock_configuration = true")
        try:
            statements = con.extract_statements(query)
            if len(statements) != 1:
                raise QueryRefused(f"一次只能运行一条查询，这里有{len(statements)}条。")
            if _kind(statements[0]) not in _READING:
                raise QueryRefused("只能运行 SELECT 查询；数据库以只读方式打开。")
            with _given_up_after(con, time_limit):
                return _rows(con.sql(statements[0].query).to_arrow_reader(), memory_limit)
        except (duckdb.Error, OSError) as error:  # Arrow hands on errors of the database as OSError
            if "out of memory" in str(error).lower():
                raise QueryRefused(
                    f"查询所需内存超过{memory_limit} MiB；请缩小范围，或用--memory-limit放宽。"
                ) from error
            raise QueryRefused(str(error)) from error


def _kind(statement: duckdb.Statement) -> duckdb.StatementType | None:
    """The kind of a statement; None for those that the library has no word for."""
    try:
        return statement.type
    except ValueError:
        return None


@contextmanager
def _given_up_after(con: duckdb.DuckDBPyConnection, seconds: float) -> Iterator[None]:
    over = threading.Event()

    def give_up() -> None:
        over.set()
        con.interrupt()

    timer = threading.Timer(seconds, give_up)
    timer.start()
    try:
        yield
    except (duckdb.Error, OSError, KeyboardInterrupt) as error:
        if over.is_set():
            raise QueryRefused(
                f"查询超过{seconds:g}秒，已停止；请缩小范围，或用--time-limit放宽。"
            ) from error
        raise
    finally:
        timer.cancel()


def _rows(reader: pa.RecordBatchReader, memory_limit: int) -> pl.DataFrame:
    """Rows of a result, taken as they come, so that they cannot outgrow the memory unseen."""
    batches, taken = [], 0
    for batch in reader:
        taken += batch.nbytes
        if taken > memory_limit << 20:
            raise QueryRefused(
                f"查询结果超过{memory_limit} MiB；请加limit或汇总，或用--memory-limit放宽。"
            )
        batches.append(batch)
    rows = pl.from_arrow(pa.Table.from_batches(batches, reader.schema))
    assert isinstance(rows, pl.DataFrame)
    return rows


def analyses() -> list[Analysis]:
    """The saved analyses by name."""
    return [_read(path) for path in sorted(sql.ANALYSES.glob("*.sql"))]


def analysis(name: str) -> Analysis:
    """The saved analysis of that name. Raises NoSuchAnalysis."""
    for found in analyses():
        if found.name == name:
            return found
    raise NoSuchAnalysis(name)


def _read(path: Path) -> Analysis:
    text = path.read_text(encoding="utf-8")
    head = dict(re.findall(r"^-- (title_zh|title_en|question|caveat): (.+)$", text, re.MULTILINE))
    return Analysis(name=path.stem, sql=text, **head)
