"""Ad hoc SQL on the tables, read-only and shut off from files and network."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import duckdb
import polars as pl

import sql

SCHEMAS = ("marts", "raw", "history", "form")
"""Schemas whose tables go by their short names, the first that has one wins."""

# A query cannot open them again: the configuration is locked.
_LOCKS: Mapping[str, str] = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "python_enable_replacements": "false",
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


def run_query(database: Path, query: str) -> pl.DataFrame:
    """Rows of one SELECT over ``database``. Raises QueryRefused."""
    with closing(duckdb.connect(database, read_only=True, config=dict(_LOCKS))) as con:
        there = {row[0] for row in con.execute(_SCHEMAS_THERE).fetchall()}
        con.execute(f"set search_path = '{','.join(s for s in SCHEMAS if s in there)}'")
        con.execute("set lock_configuration = true")
        try:
            statements = con.extract_statements(query)
            if len(statements) != 1:
                raise QueryRefused(f"一次只能运行一条查询，这里有{len(statements)}条。")
            if statements[0].type not in _READING:
                raise QueryRefused("只能运行 SELECT 查询；数据库以只读方式打开。")
            rows: pl.DataFrame = con.sql(statements[0].query).pl()
            return rows
        except duckdb.Error as error:
            raise QueryRefused(str(error)) from error


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
