"""What a panel was made from: enough to make it again, and nothing of when or where."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection
from importlib.metadata import version
from pathlib import Path
from typing import Any

import duckdb

import sql
from ingest import warehouse

# Where a line stands says nothing about it, and differs from machine to machine.
_PLACES = ("listed_in", "line_no")


def provenance(con: duckdb.DuckDBPyConnection, report_ids: Collection[str]) -> dict[str, Any]:
    """Version, last run, digests of seeds and documents, reviewed decisions, audits."""
    return {
        "gouji": version("gouji"),
        "schema_version": int(warehouse.get_meta(con, "schema_version") or 0),
        "run": _last_run(con),
        "seeds_sha256": seeds_digest(),
        "count_reports": len(report_ids),
        "documents": _rows(
            con,
            """
            select
                document_id as sha256, d.format, byte_size, reader, reader_version, agency,
                report_year, scope, version_basis
            from raw.documents as d
            inner join marts.reports on document_id = report_id
            where list_contains($ids, document_id)
            order by document_id
            """,
            ids=list(report_ids),
        ),
        "waivers": _reviewed(con, "raw", "waivers"),
        "corrections": _reviewed(con, "raw", "corrections"),
        "audits": _reviewed(con, "history", "audits"),
    }


def write_provenance(facts: dict[str, Any], path: Path) -> None:
    """Write JSON in UTF-8."""
    text = json.dumps(facts, ensure_ascii=False, indent=2, default=str)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def seeds_digest() -> str:
    """SHA-256 over names and bytes of all seeds."""
    digest = hashlib.sha256()
    for path in sorted(sql.SEEDS.glob("*.csv")):
        digest.update(f"{path.name}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _last_run(con: duckdb.DuckDBPyConnection) -> int | None:
    """Number of the last run in the history; None before the first."""
    if not _columns(con, "history", "runs"):
        return None
    [[run]] = con.execute("select max(run_id) from history.runs").fetchall()
    return None if run is None else int(run)


def _reviewed(con: duckdb.DuckDBPyConnection, schema: str, table: str) -> list[dict[str, Any]]:
    """Rows of a table that may not be there, without times and places."""
    columns = _columns(con, schema, table)
    if not columns:
        return []
    listed = ", ".join(f'"{column}"' for column in columns)
    return _rows(con, f"select {listed} from {schema}.{table} order by all")


def _columns(con: duckdb.DuckDBPyConnection, schema: str, table: str) -> list[str]:
    rows = con.execute(
        """
        select column_name
        from duckdb_columns()
        where schema_name = $schema and table_name = $table and data_type not like 'TIMESTAMP%'
        order by column_index
        """,
        {"schema": schema, "table": table},
    ).fetchall()
    return [name for (name,) in rows if name not in _PLACES]


def _rows(con: duckdb.DuckDBPyConnection, query: str, **values: Any) -> list[dict[str, Any]]:
    found = con.execute(query, values)
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
