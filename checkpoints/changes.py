"""What the models are built from, and which documents have changed since they were built last.

The program, the companion files and each document have a print of their own. The prints of the
documents are kept in ``incremental.documents``, as they were when the models were last built.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version

import duckdb

import sql
from ingest import warehouse

MOST_CHANGED = 0.2
"""Share of the documents from which on all models are built anew: deleting costs, too."""

_BUILT_FROM = "marts_built_from"

# A print is a sum: the order of what it is made of says nothing.
_PRINTS = """
create or replace temporary table prints as
with places as (
    select
        document_id,
        source_path,
        seen_run = max(seen_run) over (partition by source_path) as is_latest
    from raw.sources
),

said as (
    select document_id, hash(documents) as print from raw.documents as documents
    union all
    select document_id, hash(places) from places
    union all
    select document_id, hash(facts, is_latest)
    from places
    inner join raw.source_facts as facts using (source_path)
    union all
    select document, hash(corrections) from raw.corrections as corrections
)

select document_id, sum(print) as print
from said
inner join raw.documents using (document_id)
group by document_id
"""

# Documents that are new, that changed (each with its print), and that are gone (without one).
_CHANGED = """
create or replace table incremental.changed as
select
    document_id,
    now.print
from prints as now
full join incremental.documents as built using (document_id)
where now.print is distinct from built.print
"""

_STATED = ("waivers", "corrections", "agency_changes", "expected", "source_facts", "gone")

_SCHEMA = """
create schema if not exists incremental;
create table if not exists incremental.documents (document_id varchar, print hugeint);
"""


@dataclass(frozen=True)
class Changes:
    """What has changed: ``program`` and ``stated`` are the prints as they are now.

    ``count_documents`` have changed of ``count_all``, those that are gone counted in both.
    """

    program: str
    stated: str
    is_program_new: bool
    is_stated_new: bool
    count_documents: int
    count_all: int

    @property
    def any(self) -> bool:
        """Whether the models have to be built."""
        return self.is_program_new or self.is_stated_new or self.count_documents > 0

    @property
    def are_few(self) -> bool:
        """Whether it pays to make anew only what hangs on the changed documents."""
        return not self.is_program_new and self.count_documents <= MOST_CHANGED * self.count_all


def changes(
    con: duckdb.DuckDBPyConnection, day: date | None, severities: Mapping[str, str]
) -> Changes:
    """Compare the inputs with those of the last build; leaves ``incremental.changed`` behind.

    ``day`` is the one up to which waivers hold, None where it does not matter.
    """
    con.execute(_SCHEMA)
    con.execute(_PRINTS)
    con.execute(_CHANGED)
    changed, known = con.execute(
        """
        select
            (select count(*) from incremental.changed),
            (select count(*) from prints)
            + (select count(*) from incremental.changed where print is null)
        """
    ).fetchall()[0]
    program, stated = _program(severities), _stated(con, day)
    built = (warehouse.get_meta(con, _BUILT_FROM) or "").partition(" ")
    return Changes(program, stated, built[0] != program, built[2] != stated, changed, known)


def begin(con: duckdb.DuckDBPyConnection) -> None:
    """Note that the models are being built: until ``finish`` they are built from nothing known."""
    warehouse.put_meta(con, _BUILT_FROM, "")


def prepare(con: duckdb.DuckDBPyConnection) -> None:
    """Hand the changed documents, and the tables' keys, to the models."""
    con.execute(
        """
        create or replace table incremental.affected as
        select document_id, 'document' as scope from incremental.changed;
        create or replace table incremental.keys as
        select concat_ws('.', schema_name, table_name) as relation, column_name as key
        from duckdb_columns()
        where
            column_name in ('document_id', 'report_id')
            and schema_name in ('raw', 'staging', 'intermediate', 'marts')
        """
    )


def finish(con: duckdb.DuckDBPyConnection, now: Changes) -> None:
    """Note that the models are built from what there was at ``changes``."""
    with warehouse.transaction(con):
        con.execute(
            """
            delete from incremental.documents
            where document_id in (select document_id from incremental.changed);
            insert into incremental.documents
            select document_id, print from incremental.changed where print is not null
            """
        )
        left = con.execute(
            "select table_name from duckdb_tables()"
            " where schema_name = 'incremental' and table_name <> 'documents'"
        ).fetchall()
        for (table,) in left:
            con.execute(f"drop table incremental.{table}")
        warehouse.put_meta(con, _BUILT_FROM, f"{now.program} {now.stated}")


def _program(severities: Mapping[str, str]) -> str:
    """The print of what every report depends on."""
    digest = hashlib.sha256(f"{version('gouji')} {version('duckdb')}".encode())
    for path in sorted(
        p for p in sql.PROJECT.rglob("*") if p.suffix in (".sql", ".yml", ".csv", ".py")
    ):
        digest.update(path.relative_to(sql.PROJECT).as_posix().encode())
        digest.update(path.read_bytes())
    digest.update(repr(sorted(severities.items())).encode())
    return digest.hexdigest()


def _stated(con: duckdb.DuckDBPyConnection, day: date | None) -> str:
    """The print of the files beside the reports, and of the files that could not be read."""
    tables = [f"select '{each}' as said, hash(t) as print from raw.{each} as t" for each in _STATED]
    refused = "select 'refused', hash(source_path) from raw.rejections where kind = 'unreadable'"
    rows = con.execute(
        f"""
        select said, sum(print), count(*) from ({" union all ".join([*tables, refused])})
        group by said order by said
        """
    ).fetchall()
    return hashlib.sha256(repr((rows, day)).encode()).hexdigest()
