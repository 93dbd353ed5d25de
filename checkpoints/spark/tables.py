"""Tables between DuckDB and Spark: all pass as Parquet files under the work folder."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import yaml

import sql
from checkpoints.spark.models import Columns
from ingest import spark as reading

SMALL = (
    "documents",
    "sources",
    "rejections",
    "source_facts",
    "waivers",
    "corrections",
    "agency_changes",
    "expected",
    "gone",
)
"""Raw tables of a row for each file or line at most: DuckDB keeps them, Spark gets copies."""

_SCHEMAS = ("raw", "form", "staging", "intermediate", "marts")


def show_to_spark(con: duckdb.DuckDBPyConnection, spark: Any, work: Path) -> None:
    """Make the raw tables and the seeds tables of the session.

    What was built before is forgotten: the catalogue lives as long as the session.
    """
    shutil.rmtree(work / "tables", ignore_errors=True)
    for schema in _SCHEMAS:
        spark.sql(f"create database {schema}")
    for name in SMALL:
        _copy(con, spark, work, "raw", name, f"from raw.{name}")
    reading.show_read(spark, work)
    for name, types in _seeds().items():
        _copy(con, spark, work, "form", name, _read_seed(name, types))


def _copy(
    con: duckdb.DuckDBPyConnection, spark: Any, work: Path, schema: str, name: str, query: str
) -> None:
    folder = work / "tables" / f"{schema}.db" / name
    folder.mkdir(parents=True)
    con.execute(f"copy ({query}) to '{_quoted(folder / 'part.parquet')}' (format parquet)")
    location = _quoted(folder.as_uri())
    spark.sql(f"create table {schema}.{name} using parquet location '{location}'")


def _seeds() -> Mapping[str, Mapping[str, str]]:
    """Names and types of the columns of every seed."""
    with (sql.SEEDS / "seeds.yml").open(encoding="utf-8") as file:
        seeds = yaml.safe_load(file)["seeds"]
    return {seed["name"]: seed["config"]["column_types"] for seed in seeds}


def _read_seed(name: str, types: Mapping[str, str]) -> str:
    columns = ", ".join(f"'{column}': '{kind}'" for column, kind in types.items())
    file = _quoted(sql.SEEDS / f"{name}.csv")
    return f"from read_csv('{file}', header = true, columns = {{{columns}}})"


def show_to_duckdb(con: duckdb.DuckDBPyConnection, spark: Any, work: Path, built: Columns) -> None:
    """Make the tables of the session views of the database, columns in the order of the models."""
    rows = [row for schema in _SCHEMAS for row in spark.sql(f"show tables in {schema}").collect()]
    for schema, name in [(row.namespace, row.tableName) for row in rows if not row.isTemporary]:
        if schema == "raw" and name in SMALL:
            continue
        found = spark.table(f"{schema}.{name}")
        columns = built.get((schema, name)) or found.columns
        folder = work / "tables" / f"{schema}.db" / name
        _show(con, schema, name, _select(folder, columns, dict(found.dtypes)))


def _select(folder: Path, columns: Sequence[str], types: Mapping[str, str]) -> str:
    """The query that reads the files of a table of Spark; one of no rows may have no file."""
    if next(folder.rglob("*.parquet"), None) is None:
        nothing = (f'null::{_duckdb_type(types[name])} as "{name}"' for name in columns)
        return f"select {', '.join(nothing)} where false"
    named = ", ".join(f'"{name}"' for name in columns)
    is_partitioned = any(folder.glob("report_year=*"))
    years = ", hive_partitioning = true, hive_types = {'report_year': integer}"
    files = _quoted(folder / "**" / "*.parquet")
    return f"select {named} from read_parquet('{files}'{years if is_partitioned else ''})"


def _duckdb_type(simple: str) -> str:
    """The type that Spark writes as array<string>, as DuckDB writes it."""
    item = re.fullmatch(r"array<(.*)>", simple)
    return f"{_duckdb_type(item[1])}[]" if item else simple


def _show(con: duckdb.DuckDBPyConnection, schema: str, name: str, query: str) -> None:
    """A view of Spark's files; the seeds, which are small, as tables that DuckDB can load anew."""
    con.execute(f"create schema if not exists {schema}")
    there = con.execute(
        "select case table_type when 'VIEW' then 'view' else 'table' end"
        " from information_schema.tables where table_schema = ? and table_name = ?",
        [schema, name],
    ).fetchall()
    for (kind,) in there:
        con.execute(f"drop {kind} {schema}.{name}")
    con.execute(f"create {'table' if schema == 'form' else 'view'} {schema}.{name} as {query}")


def _quoted(text: object) -> str:
    return str(text).replace("'", "''")
