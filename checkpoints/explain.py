"""One report with all that is known of it: its form cell by cell, its findings, its suspects."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

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

    ``page`` from 1, None where the format has none; ``suggested`` of the likeliest smallest set.
    """

    form_table: str
    row_zh: str
    row_en: str
    column_zh: str
    column_en: str
    value: Decimal | None
    status: str
    raw_text: str | None
    confidence: float | None
    page: int | None
    is_failing: bool
    suggested: Decimal | None


@dataclass(frozen=True)
class Line:
    """A group of findings, with the messages of its findings where they are several."""

    rule: str
    severity: str
    waived: bool
    message_zh: str
    message_en: str
    parts_zh: Sequence[str]
    parts_en: Sequence[str]


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
        key = [resolve(con, words.strip())]
        return Explained(
            Named(*con.execute(_REPORT, key).fetchall()[0]),
            tuple(FormCell(*row) for row in con.execute(_CELLS, key).fetchall()),
            tuple(Line(*row) for row in con.execute(_LINES, key).fetchall()),
            tuple(Suspicion(*row) for row in con.execute(_CHANGES, key).fetchall()),
        )


_REPORT = """
    select report_id, agency, report_year, source_path, is_current
    from marts.reports
    where report_id = $1
"""


_CELLS = """
    with failing as (
        select distinct form_table, indicator, breakdown
        from marts.findings
        where report_id = $1 and indicator is not null and breakdown is not null
    ),
    suspected as (
        select form_table, indicator, breakdown, suggested_value
        from marts.suspects
        where report_id = $1 and solution_no = 1
    )
    select
        cells.form_table, names.row_zh, names.row_en, names.column_zh, names.column_en,
        cells.value, cells.status, cells.raw_text, cells.confidence, cells.page,
        failing.indicator is not null, suspected.suggested_value
    from marts.cell_values as cells
    inner join form.indicators as names using (form_table, indicator, breakdown)
    left join failing using (form_table, indicator, breakdown)
    left join suspected using (form_table, indicator, breakdown)
    where cells.report_id = $1
    order by cells.ordinal
"""

_LINES = """
    with parts as (
        select
            group_id,
            list(message_zh order by page, row_no, subject) as parts_zh,
            list(message_en order by page, row_no, subject) as parts_en
        from marts.findings
        where report_id = $1
        group by group_id
    )
    select
        rule, severity, waived, message_zh, message_en,
        case when count_findings > 1 and suite = 'balance' then parts_zh else [] end,
        case when count_findings > 1 and suite = 'balance' then parts_en else [] end
    from marts.finding_groups
    inner join parts using (group_id)
    where report_id = $1
    order by list_position(['error', 'warning', 'info'], severity), suite, rule,
        page nulls last, message_zh, group_id
"""

_CHANGES = """
    select distinct
        suspects.form_table, suspects.solution_no, coalesce(suspects.is_certain, false),
        suspects.count_solutions, suspects.has_more, changes.change_zh, changes.change_en
    from marts.suspects
    left join intermediate.int_suspect_changes as changes
        using (report_id, form_table, solution_no, change_no)
    where suspects.report_id = $1
    order by suspects.form_table, suspects.solution_no nulls last, changes.change_zh
"""
