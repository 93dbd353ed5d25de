"""What a database and a site hold, in a form that two runs can be compared by."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import duckdb

_OF_THE_MOMENT = {"ingested_at", "seen_at", "seen_run", "rejected_at", "run_id", "finished_at"}
"""Columns that say when something was done, and in which run."""
_OF_ITS_OWN = {"incremental", "history"}
"""Schemas that say how the tables came about."""
_READ = re.compile("新读\\d+ · 已读过\\d+|read \\d+ · known \\d+".encode())
"""How many reports a run has read itself, on a page of the site."""

Contents = dict[str, tuple[int, str]]


def contents(database: Path) -> Contents:
    """Rows and digest of each table, whatever the order of the rows; of the history the last run.

    Raises :class:`duckdb.Error` where the database cannot be opened.
    """
    with duckdb.connect(str(database), read_only=True) as con:
        found = {}
        listed = con.execute(
            "select schema_name, table_name from duckdb_tables() order by all"
        ).fetchall()
        for schema, table in listed:
            name = f"{schema}.{table}"
            if schema not in _OF_ITS_OWN:
                found[name] = _digest(con, name, "key <> 'last_run'" if table == "meta" else "true")
            elif schema == "history":
                last = "run_id = (select max(run_id) from history.runs)"
                found[name] = _digest(con, name, last)
        return found


def _digest(con: duckdb.DuckDBPyConnection, name: str, condition: str) -> tuple[int, str]:
    columns = con.execute(
        "select column_name from duckdb_columns() where concat_ws('.', schema_name, table_name) = ?"
        " order by column_name",
        [name],
    ).fetchall()
    kept = ", ".join(f'"{column}"' for (column,) in columns if column not in _OF_THE_MOMENT)
    [(count, digest)] = con.execute(
        f"select count(*), coalesce(sum(hash(t)), 0)::varchar"
        f" from (select {kept} from {name} where {condition}) as t"
    ).fetchall()
    return count, digest


def site_files(folder: Path) -> dict[str, str]:
    """Digest of each file of a site; the Data Docs, which say when they were made, are counted.

    How many reports the run itself has read is left out: a run after a kill has the fewer to read.
    """
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not name.startswith("data_docs/"):
            found[name] = hashlib.sha256(_READ.sub(b"", path.read_bytes())).hexdigest()
    found["data_docs"] = str(len(list(folder.glob("data_docs/validations/*/*"))))
    return found


def differing(one: dict[str, object], other: dict[str, object]) -> list[str]:
    """The names under which two hold something else."""
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


def lost_and_doubled(database: Path) -> tuple[int, int]:
    """Documents without cells, paragraphs or source, or left by a lost document; and those twice.

    A database into which nothing was read yet has none.
    """
    with duckdb.connect(str(database), read_only=True) as con:
        tables = con.execute("select count(*) from duckdb_tables() where schema_name = 'raw'")
        if not tables.fetchall()[0][0]:
            return 0, 0
        [(lost, doubled)] = con.execute(_WHOLE).fetchall()
        return lost, doubled


_WHOLE = """
with documents as (select document_id from raw.documents),
parts as (
    select document_id, block_no, row_no, col_no, text, x0, top, 'cell' as part from raw.cells
    union all
    select document_id, block_no, null, null, text, null, null, 'paragraph' from raw.paragraphs
),
unowned as (select distinct document_id from parts anti join documents using (document_id)),
empty as (
    select document_id from documents
    where document_id not in (select document_id from raw.sources)
        or document_id not in (select document_id from parts where part = 'cell')
        or document_id not in (select document_id from parts where part = 'paragraph')
),
twice as (
    select distinct document_id
    from parts
    where part = 'paragraph' or col_no is not null
    group by document_id, block_no, row_no, col_no, part
    having count(*) > 1
)
select
    (select count(*) from unowned) + (select count(*) from empty),
    (select count(*) from documents) - (select count(distinct document_id) from documents)
    + (select count(*) from twice)
"""
