"""Runs and their findings, appended and never rebuilt."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
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

# The last run that checked a former version of each report, and that version: one of the same
# agency, scope and year, or once at the same path.
_FORMER_RUNS = """
create or replace temporary table former_runs as
with former as (
    select new.document_id as report_id, old.document_id as former_id
    from intermediate.int_versions as old
    inner join intermediate.int_versions as new using (version_key)
    where list_contains($ids, new.document_id) and old.document_id <> new.document_id
    union
    select new.document_id as report_id, old.document_id as former_id
    from raw.sources as old
    inner join raw.sources as new using (source_path)
    where
        list_contains($ids, new.document_id)
        and old.seen_run < new.seen_run
        and old.document_id <> new.document_id
),

checked as (
    select run_id, unnest(report_ids) as report_id
    from history.runs
)

select former.report_id, former.former_id, checked.run_id
from former
inner join checked on former.former_id = checked.report_id
-- Reports that were current side by side are no versions of each other.
anti join checked as beside
    on former.report_id = beside.report_id and checked.run_id = beside.run_id
qualify row_number() over (
    partition by former.report_id order by checked.run_id desc, former.former_id
) = 1
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
group by report_id, coalesce(group_id, finding_id)
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
    con: duckdb.DuckDBPyConnection, groups: Mapping[str, Sequence[Group]]
) -> dict[str, Progress]:
    """What became of the findings of each report's former version, as its last run left them.

    ``groups`` are those of each report_id; a report of which no former version was checked is not
    among the results. Groups are compared by their cases, the report apart; what is waived is
    neither remaining nor new.
    """
    con.execute(_FORMER_RUNS, {"ids": list(groups)})
    rows = con.execute(
        """
        select former_runs.report_id, list(findings.rule || '|' || findings.subject)
            filter (where findings.rule is not null)
        from former_runs
        left join history.findings as findings
            on
                former_runs.run_id = findings.run_id
                and former_runs.former_id = findings.report_id
                and not findings.waived
        group by former_runs.report_id, findings.group_id
        """
    ).fetchall()
    con.execute("drop table former_runs")
    before: dict[str, list[set[str]]] = {}
    for report_id, keys in rows:
        before.setdefault(report_id, []).extend([set(keys)] if keys else [])
    return {report_id: _progress(keys, groups[report_id]) for report_id, keys in before.items()}


def _progress(before: Sequence[set[str]], groups: Sequence[Group]) -> Progress:
    counting = [group for group in groups if not group.waived]
    known = set().union(*before)
    now = {key for group in groups for key in group.keys}
    remaining = sum(not known.isdisjoint(group.keys) for group in counting)
    return Progress(
        put_right=sum(now.isdisjoint(keys) for keys in before),
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
    report keeps; what is waived is neither remaining nor new, nor put right.
    """
    if not known_findings(con)[0]:
        return None
    values = {"ids": list(report_ids), "submissions": list(submissions)}
    rows = con.execute(_BEFORE, values).fetchall()
    before = {finding_id for (ids,) in rows for finding_id in ids}
    counting = [group for group in groups if not group.waived]
    now = {finding_id for group in groups for finding_id in group.finding_ids}
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
