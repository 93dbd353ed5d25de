"""A large warehouse from the marts of a smaller one, for validation alone.

``python -m bench.work.multiply DATABASE TARGET TIMES PLANTED PLANTED_TARGET`` writes so many copies
of every row of what the suites look at, which is not the panel, with report ids and agencies of
their own. A TARGET that was made from these very marts is left as it is.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import duckdb

from bench.warehouses import replace

NAMES = (
    *("report_id", "document_id", "related_report_id", "earlier_report_id", "finding_id"),
    *("group_id", "agency", "agency_id", "earlier_agency", "submission_key", "source_path"),
    *("other_path", "sha256"),
)
"""Columns that name a report or an agency: those of a copy say which copy it is."""
MULTIPLIED = (
    "schema_name = 'marts' and table_name <> 'panel'"
    " or schema_name = 'raw' and table_name in ('documents', 'sources')"
    " or table_name in ('int_cells_unlike_raw', 'int_cells_counted', 'int_copied_reports')"
)
WHOLE = "schema_name = 'form' or schema_name = 'raw' and table_name in ('meta', 'rejections')"
"""Tables that stay as they are; of all others the suites know nothing."""


def multiply(database: Path, target: Path, times: int) -> None:
    """Write ``times`` copies of the marts of ``database`` to ``target``."""
    if target.is_file() and _built_from(target) == _built_from(database):
        return
    unfinished = target.with_name(f"unfinished-{target.name}")
    unfinished.unlink(missing_ok=True)
    with duckdb.connect(str(unfinished)) as con:
        con.execute(f"attach '{database}' as base (read_only)")
        for which, copies in ((MULTIPLIED, times), (WHOLE, 1)):
            found = con.execute(
                f"select schema_name, table_name from duckdb_tables()"
                f" where database_name = 'base' and ({which}) order by all"
            ).fetchall()
            for schema, table in found:
                _copy(con, schema, table, copies)
    replace(unfinished, target)


def _copy(con: duckdb.DuckDBPyConnection, schema: str, table: str, times: int) -> None:
    name = f"{schema}.{table}"
    con.execute(f"create schema if not exists {schema}")
    con.execute(f"create table {name} as from base.{name}")
    columns = {row[0] for row in con.execute(f"describe {name}").fetchall()}
    renamed = [f"{column} || '/' || $copy as {column}" for column in sorted(columns & {*NAMES})]
    if {"subject", "report_id"} <= columns:
        # A report that is missing is known by its subject alone.
        renamed.append("if(report_id is null, subject || '/' || $copy, subject) as subject")
    if renamed:
        for copy in range(1, times):
            con.execute(
                f"insert into {name} select * replace ({', '.join(renamed)}) from base.{name}",
                {"copy": copy},
            )


def _built_from(database: Path) -> str:
    with duckdb.connect(str(database), read_only=True) as con:
        rows = con.execute("select value from raw.meta where key = 'marts_built_from'").fetchall()
    return str(rows[0][0])


if __name__ == "__main__":
    base, made, number, planted, planted_made = sys.argv[1:]
    multiply(Path(base), Path(made), int(number))
    counts = json.loads(Path(planted).read_text(encoding="utf-8"))
    many = {rule: count * int(number) for rule, count in counts.items()}
    Path(planted_made).write_text(json.dumps(many), encoding="utf-8")
