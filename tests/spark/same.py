"""Whether two databases hold the same: every table of the models, row for row."""

from __future__ import annotations

from pathlib import Path

import duckdb

SCHEMAS = ("form", "staging", "intermediate", "marts")

KEYS_OF_AN_ENGINE = {("int_section_shingles", "shingle")}
"""What each engine hashes in its own way, and nobody sees."""

_AT_MOST = 2
"""Rows that are shown of a difference."""


def differences(one: Path, other: Path) -> dict[str, str]:
    """What differs, by table: names of columns, or the rows that only one of both has.

    1, 1.0 and 1.00000000 are one figure.
    """
    with duckdb.connect() as con:
        for name, file in (("one", one), ("other", other)):
            con.execute(f"attach '{file}' as {name} (read_only)")
        tables = _tables(con, "one")
        assert tables == _tables(con, "other")
        found = {f"{schema}.{table}": _difference(con, schema, table) for schema, table in tables}
    return {table: words for table, words in found.items() if words}


def _tables(con: duckdb.DuckDBPyConnection, database: str) -> list[tuple[str, str]]:
    return con.execute(
        "select table_schema, table_name from information_schema.tables"
        " where table_catalog = $database and list_contains($schemas, table_schema) order by all",
        {"database": database, "schemas": list(SCHEMAS)},
    ).fetchall()


def _difference(con: duckdb.DuckDBPyConnection, schema: str, table: str) -> str:
    names, others = (_columns(con, f"{side}.{schema}.{table}") for side in ("one", "other"))
    if names != others:
        return f"{names} {others}"
    kept = ", ".join(f'"{name}"' for name in names if (table, name) not in KEYS_OF_AN_ENGINE)
    left, right = (f"select {kept} from {side}.{schema}.{table}" for side in ("one", "other"))
    only = [
        con.execute(f"from ({query}) limit {_AT_MOST}").fetchall()
        for query in (f"{left} except all {right}", f"{right} except all {left}")
    ]
    return f"{only[0]} {only[1]}" if any(only) else ""


def _columns(con: duckdb.DuckDBPyConnection, table: str) -> list[str]:
    return [column[0] for column in con.execute(f"from {table} limit 0").description]
