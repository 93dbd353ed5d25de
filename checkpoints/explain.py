"""Reports with all that is known of them: the form cell by cell, findings, suspects."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import closing
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from checkpoints.report_ref import resolve


@dataclass(frozen=True)
class Named:
    """A report and where it lies."""

    report_id: str
    agency: str | None
    report_year: int | None
    source_path: str
    is_current: bool


@dataclass(frozen=True)
class FormCell:
    """A statutory cell: its words, what is printed, and what was found about it.

    ``page`` from 1, None where the format has none; ``suggested`` of the likeliest smallest set;
    ``read_value`` is what was read where a correction overrides it.
    """

    form_table: str
    indicator: str
    breakdown: str
    row_zh: str
    row_en: str
    column_zh: str
    column_en: str
    unit: str
    value_kind: str
    value: Decimal | None
    status: str
    raw_text: str | None
    read_value: Decimal | None
    resolution: str | None
    confidence: float | None
    page: int | None
    is_failing: bool
    suggested: Decimal | None

    @property
    def key(self) -> tuple[str, str, str]:
        """What names the cell on any form."""
        return self.form_table, self.indicator, self.breakdown


@dataclass(frozen=True)
class Found:
    """A finding. ``left`` and ``right`` are the signed numbers of the equation it breaks."""

    finding_id: str
    related_report_id: str | None
    form_table: str | None
    indicator: str | None
    breakdown: str | None
    where_zh: str
    where_en: str
    detail_zh: str
    detail_en: str
    message_zh: str
    message_en: str
    sentence: str | None
    expected: Decimal | None
    actual: Decimal | None
    page: int | None
    left: Sequence[Decimal]
    right: Sequence[Decimal]


@dataclass(frozen=True)
class Line:
    """A group of findings, worst first among the lines of its report."""

    group_id: str
    suite: str
    rule: str
    severity: str
    waived: bool
    message_zh: str
    message_en: str
    findings: Sequence[Found]

    @property
    def parts(self) -> Sequence[Found]:
        """The findings that have more to tell than their group."""
        return self.findings if len(self.findings) > 1 and self.suite == "balance" else ()


@dataclass(frozen=True)
class Suspicion:
    """A change of one of the smallest sets of a table, in words; none where not localised."""

    form_table: str
    solution_no: int | None
    is_certain: bool
    count_solutions: int
    has_more: bool
    change_zh: str | None
    change_en: str | None


@dataclass(frozen=True)
class Explained:
    """A report and everything to be told about it."""

    report: Named
    cells: tuple[FormCell, ...]
    lines: tuple[Line, ...]
    suspicions: tuple[Suspicion, ...]


def explain(database: Path, words: str) -> Explained:
    """Look up the report that ``words`` name, as :func:`~checkpoints.report_ref.resolve` does."""
    with closing(duckdb.connect(str(database), read_only=True)) as con:
        [found] = read_explained(con, [resolve(con, words.strip())])
        return found


def read_explained(con: duckdb.DuckDBPyConnection, report_ids: Collection[str]) -> list[Explained]:
    """These reports, by id; however many, it takes the same number of queries."""
    ids = sorted(report_ids)
    cells = _by_report(con, _CELLS, ids)
    lines = _by_report(con, _LINES, ids)
    findings: dict[str, list[Found]] = {}
    for group_id, *values in con.execute(_FINDINGS, [ids]).fetchall():
        findings.setdefault(group_id, []).append(Found(*values))
    changes = _by_report(con, _CHANGES, ids)
    return [
        Explained(
            Named(*row),
            tuple(FormCell(*values) for values in cells.get(row[0], ())),
            tuple(
                Line(*(*values, findings.get(values[0], ()))) for values in lines.get(row[0], ())
            ),
            tuple(Suspicion(*values) for values in changes.get(row[0], ())),
        )
        for row in con.execute(_REPORT, [ids]).fetchall()
    ]


def _by_report(
    con: duckdb.DuckDBPyConnection, query: str, ids: list[str]
) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of a query in their order, under the report id that each begins with."""
    found: dict[str, list[tuple[Any, ...]]] = {}
    for report_id, *values in con.execute(query, [ids]).fetchall():
        found.setdefault(report_id, []).append(tuple(values))
    return found


_REPORT = """
    select report_id, agency, report_year, source_path, is_current
    from marts.reports
    where report_id in (select unnest($1::varchar[]))
    order by report_id
"""


_CELLS = """
    with asked as (
        select unnest($1::varchar[]) as report_id
    ),
    failing as (
        select distinct report_id, form_table, indicator, breakdown
        from marts.findings
        semi join asked using (report_id)
        where indicator is not null and breakdown is not null
    ),
    suspected as (
        select report_id, form_table, indicator, breakdown, suggested_value
        from marts.suspects
        semi join asked using (report_id)
        where solution_no = 1
    )
    select
        cells.report_id, cells.form_table, cells.indicator, cells.breakdown,
        names.row_zh, names.row_en, names.column_zh, names.column_en, cells.unit, cells.value_kind,
        cells.value, cells.status, cells.raw_text, cells.read_value, cells.resolution,
        cells.confidence, cells.page, failing.report_id is not null, suspected.suggested_value
    from marts.cell_values as cells
    semi join asked using (report_id)
    inner join form.indicators as names using (form_table, indicator, breakdown)
    left join failing using (report_id, form_table, indicator, breakdown)
    left join suspected using (report_id, form_table, indicator, breakdown)
    order by cells.report_id, cells.ordinal
"""

_LINES = """
    select
        report_id, group_id, suite, rule, severity, waived, message_zh, message_en
    from marts.finding_groups
    where report_id in (select unnest($1::varchar[]))
    order by report_id, list_position(['error', 'warning', 'info'], severity), suite, rule,
        page nulls last, message_zh, group_id
"""

# Both kinds of relation: within a report, and between a report and that of the year before.
_FINDINGS = """
    with found as (
        select * from marts.findings
        where report_id in (select unnest($1::varchar[]))
    ),
    terms as (
        select
            found.finding_id, members.side, members.sign, members.ordinal as place, '' as member,
            cells.value
        from found
        inner join intermediate.int_relation_members as members
            on
                found.rule = members.rule
                and found.subject = members.form_table || '.' || members.subject
        inner join marts.cell_values as cells
            on
                found.report_id = cells.report_id
                and members.form_table = cells.form_table
                and members.indicator = cells.indicator
                and members.breakdown = cells.breakdown
        union all
        select
            found.finding_id, carried.side, carried.sign,
            -1000 * carried.years_before - 100 * carried.sign, carried.member, carried.operand
        from found
        inner join intermediate.int_carry_over_terms as carried
            on
                found.report_id = carried.report_id
                and found.rule = carried.rule
                and found.subject = carried.form_table || '.' || carried.subject
    ),
    sides as (
        select
            finding_id,
            list(sign * coalesce(value, 0) order by place, member desc)
                filter (where side = 'left') as left_of,
            list(sign * coalesce(value, 0) order by place, member desc)
                filter (where side = 'right') as right_of
        from terms
        group by finding_id
    )
    select
        found.group_id, found.finding_id, found.related_report_id,
        found.form_table, found.indicator, found.breakdown, found.where_zh, found.where_en,
        found.detail_zh, found.detail_en, found.message_zh, found.message_en, found.sentence,
        found.expected, found.actual, found.page,
        coalesce(sides.left_of, []), coalesce(sides.right_of, [])
    from found
    left join sides using (finding_id)
    left join form.indicators as names using (form_table, indicator, breakdown)
    order by found.group_id, found.page, found.row_no, names.ordinal, found.subject
"""

_CHANGES = """
    select distinct
        suspects.report_id, suspects.form_table, suspects.solution_no,
        coalesce(suspects.is_certain, false), suspects.count_solutions, suspects.has_more,
        changes.change_zh, changes.change_en
    from marts.suspects
    left join intermediate.int_suspect_changes as changes
        using (report_id, form_table, solution_no, change_no)
    where suspects.report_id in (select unnest($1::varchar[]))
    order by suspects.report_id, suspects.form_table, suspects.solution_no nulls last,
        changes.change_zh
"""
