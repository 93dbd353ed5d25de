"""Runs and their findings, appended and never rebuilt."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version

import duckdb

from checkpoints.groups import Group

_TABLES = """
create schema if not exists history;
create table if not exists history.runs (
    run_id bigint primary key, finished_at timestamptz, version varchar, count_reports integer,
    exit_code integer
);
create table if not exists history.findings (
    run_id bigint, finding_id varchar, report_id varchar, agency varchar, report_year integer,
    rule varchar, severity varchar, origin varchar, message_zh varchar, waived boolean
);
alter table history.runs add column if not exists report_ids varchar[];
alter table history.findings add column if not exists group_id varchar;
alter table history.findings add column if not exists subject varchar;
"""

# A former version is of the same agency, scope and year, or was once at the same path.
_FORMER_RUN = """
with former as (
    select document_id
    from intermediate.int_versions
    where version_key = (
        select version_key from intermediate.int_versions where document_id = $id
    )
    union
    select old.document_id
    from raw.sources as old
    inner join raw.sources as new using (source_path)
    where new.document_id = $id and old.seen_run < new.seen_run
),

checked as (
    select run_id, unnest(report_ids) as report_id
    from history.runs
)

select checked.run_id, checked.report_id
from checked
where checked.report_id in (select document_id from former) and checked.report_id <> $id
    -- Reports that were current side by side are no versions of each other.
    and not exists (
        select 1 from checked as beside
        where beside.run_id = checked.run_id and beside.report_id = $id
    )
order by checked.run_id desc, checked.report_id
limit 1
"""

# What the last run found, waived lines apart, of the versions of these reports.
_BEFORE = """
with versions as (
    select document_id
    from intermediate.int_versions
    where version_key in (
        select version_key from intermediate.int_versions
        where document_id in (select unnest($ids::varchar[]))
    )
)

select list(finding_id)
from history.findings
where run_id = (select max(run_id) from history.runs) and not waived and (
    report_id in (select document_id from versions)
    or (report_id is null and subject in (select unnest($submissions::varchar[])))
)
group by coalesce(group_id, finding_id)
"""


@dataclass(frozen=True)
class Progress:
    """Findings of a former version that were put right or remain, and those that are new."""

    put_right: int
    remaining: int
    new: int


def known_findings(con: duckdb.DuckDBPyConnection) -> tuple[bool, set[str]]:
    """Whether there was a run before, and the ids of all findings of former runs."""
    con.execute(_TABLES)
    has_history = con.execute("select count(*) > 0 from history.runs").fetchall()[0][0]
    ids = con.execute("select distinct finding_id from history.findings").fetchall()
    return bool(has_history), {row[0] for row in ids}


def progress_since(
    con: duckdb.DuckDBPyConnection, report_id: str, groups: Sequence[Group]
) -> Progress | None:
    """What became of the findings of the former version, as its last run left them.

    None where no former version was checked. Groups are compared by their cases, the report apart;
    what is waived is neither remaining nor new.
    """
    found = con.execute(_FORMER_RUN, {"id": report_id}).fetchall()
    if not found:
        return None
    run_id, former_id = found[0]
    rows = con.execute(
        """
        select group_id, list(rule || '|' || subject)
        from history.findings
        where run_id = $run and report_id = $id and not waived
        group by group_id
        """,
        {"run": run_id, "id": former_id},
    ).fetchall()
    before = {key for _, keys in rows for key in keys}
    now = {key for group in groups for key in group.keys}
    counting = [group for group in groups if not group.waived]
    remaining = sum(not before.isdisjoint(group.keys) for group in counting)
    return Progress(
        put_right=sum(now.isdisjoint(keys) for _, keys in rows),
        remaining=remaining,
        new=len(counting) - remaining,
    )


def since_last_run(
    con: duckdb.DuckDBPyConnection,
    report_ids: Collection[str],
    submissions: Collection[str],
    groups: Sequence[Group],
) -> Progress | None:
    """What became of what the last run found about these reports and expected reports.

    None where there was no run. Findings are known again by their ids, which a new file of the same
    report keeps; what is waived counts on neither side.
    """
    if not known_findings(con)[0]:
        return None
    values = {"ids": list(report_ids), "submissions": list(submissions)}
    rows = con.execute(_BEFORE, values).fetchall()
    before = {finding_id for (ids,) in rows for finding_id in ids}
    counting = [group for group in groups if not group.waived]
    now = {finding_id for group in counting for finding_id in group.finding_ids}
    remaining = sum(not before.isdisjoint(group.finding_ids) for group in counting)
    return Progress(
        put_right=sum(now.isdisjoint(ids) for (ids,) in rows),
        remaining=remaining,
        new=len(counting) - remaining,
    )


def append_run(
    con: duckdb.DuckDBPyConnection,
    report_ids: Collection[str],
    exit_code: int,
    submissions: Collection[str] = (),
) -> None:
    """Keep this run and the findings of the current reports and expected reports it covers."""
    con.execute("begin")
    con.execute(
        """
        insert into history.runs by name
        select coalesce(max(run_id), 0) + 1 as run_id, $now as finished_at, $version as version,
            $reports as count_reports, $code as exit_code, $ids as report_ids
        from history.runs
        """,
        {
            "now": datetime.now(UTC),
            "version": version("gouji"),
            "reports": len(report_ids),
            "code": exit_code,
            "ids": list(report_ids),
        },
    )
    con.execute(
        """
        insert into history.findings by name
        select (select max(run_id) from history.runs) as run_id, finding_id, report_id, agency,
            report_year, rule, severity, origin, message_zh, waived, group_id, subject
        from marts.findings
        where list_contains($ids, report_id)
            or (report_id is null and list_contains($submissions, subject))
        """,
        {"ids": list(report_ids), "submissions": list(submissions)},
    )
    con.execute("commit")
