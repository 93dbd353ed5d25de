"""Whether two databases hold the same: every table of the models, row for row."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

SCHEMAS = ("form", "staging", "intermediate", "marts")

KEYS_OF_AN_ENGINE = {("int_section_shingles", "shingle")}
"""What each engine hashes in its own way, and nobody sees."""


def differences(one: Path, other: Path) -> dict[str, str]:
    """What differs, by table: names of columns, or the rows that only one of both has."""
    with duckdb.connect(str(one)) as left, duckdb.connect(str(other)) as right:
        tables = _tables(left)
        assert tables == _tables(right)
        found = {table: _difference(left, right, table) for table in tables}
    return {table: words for table, words in found.items() if words}


def _tables(con: duckdb.DuckDBPyConnection) -> list[str]:
    rows = con.execute(
        "select table_schema || '.' || table_name from information_schema.tables"
        " where list_contains($schemas, table_schema) order by all",
        {"schemas": list(SCHEMAS)},
    ).fetchall()
    return [name for (name,) in rows]


def _difference(
    left: duckdb.DuckDBPyConnection, right: duckdb.DuckDBPyConnection, table: str
) -> str:
    names, rows = _rows(left, table)
    other_names, other_rows = _rows(right, table)
    if names != other_names:
        return f"{names} {other_names}"
    if rows == other_rows:
        return ""
    return f"{list((rows - other_rows).items())[:2]} {list((other_rows - rows).items())[:2]}"


def _rows(con: duckdb.DuckDBPyConnection, table: str) -> tuple[list[str], Counter[Any]]:
    found = con.execute(f"select * from {table}")
    names = [column[0] for column in found.description]
    kept = [
        n for n in range(len(names)) if (table.split(".")[1], names[n]) not in KEYS_OF_AN_ENGINE
    ]
    rows = Counter(tuple(_plain(row[n]) for n in kept) for row in found.fetchall())
    return names, rows


def _plain(value: Any) -> Any:
    """A value without its type: 1, 1.0 and 1.00000000 are one figure."""
    if isinstance(value, list):
        return tuple(map(_plain, value))
    if isinstance(value, dict):
        return tuple((name, _plain(each)) for name, each in value.items())
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return Decimal(value).normalize()
    return value
