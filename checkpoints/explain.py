"""One report with all that is known of it: its form cell by cell, its findings, its suspects."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import duckdb

from ingest.discover import absolute

SHORTEST_ID = 4
"""So many letters of an id at least are taken for its beginning."""

_COLUMNS = "report_id, agency, report_year, source_path, is_current"


class NoSuchReport(LookupError):
    """No report in the database answers to these words."""


class SeveralReports(LookupError):
    """Several do; the second argument lists them."""


@dataclass(frozen=True)
class Candidate:
    """A report as the user may name it."""

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

    report: Candidate
    cells: tuple[FormCell, ...]
    lines: tuple[Line, ...]
    suspicions: tuple[Suspicion, ...]


def explain(database: Path, words: str) -> Explained:
    """Look up the report that ``words`` name. Raises NoSuchReport and SeveralReports."""
    with closing(duckdb.connect(str(database), read_only=True)) as con:
        report = find(con, words.strip())
        return Explained(
            report,
            tuple(FormCell(*row) for row in con.execute(_CELLS, [report.report_id]).fetchall()),
            tuple(Line(*row) for row in con.execute(_LINES, [report.report_id]).fetchall()),
            tuple(Suspicion(*row) for row in con.execute(_CHANGES, [report.report_id]).fetchall()),
        )


def find(con: duckdb.DuckDBPyConnection, words: str) -> Candidate:
    """The report that is named by a path, an id's beginning, or agency and year.

    An agency's whole name goes before a part of it, a current report before one it replaces.
    """
    for found in (_by_path(con, words), _by_id(con, words), _by_agency(con, words)):
        current = [each for each in found if each.is_current] or found
        if len(current) == 1:
            return current[0]
        if current:
            raise SeveralReports(words, current)
    raise NoSuchReport(words)


def _by_path(con: duckdb.DuckDBPyConnection, words: str) -> list[Candidate]:
    query = f"""
        select {_COLUMNS.replace("report_id", "reports.report_id", 1)}
        from raw.sources
        inner join marts.reports as reports on sources.document_id = reports.report_id
        where sources.source_path = $path
        qualify sources.seen_run = max(sources.seen_run) over ()
    """.replace("source_path, is_current", "reports.source_path, is_current", 1)
    return _candidates(con, query, {"path": absolute(words)})


def _by_id(con: duckdb.DuckDBPyConnection, words: str) -> list[Candidate]:
    if not re.fullmatch(rf"[0-9a-fA-F]{{{SHORTEST_ID},64}}", words):
        return []
    query = f"select {_COLUMNS} from marts.reports where starts_with(report_id, $id)"
    # An id says which version is meant.
    return _candidates(con, f"{query} order by report_id", {"id": words.lower()})


def _by_agency(con: duckdb.DuckDBPyConnection, words: str) -> list[Candidate]:
    named = re.fullmatch(r"(.*?)\s*(?:(20\d\d)年?度?)?", words.strip())
    agency, year = (named[1], named[2]) if named else (words, None)
    query = f"""
        select {_COLUMNS} from marts.reports
        where contains(agency, $agency) and coalesce(report_year = $year, $year is null)
        qualify agency = $agency or not bool_or(agency = $agency) over ()
        order by agency, report_year, source_path
    """
    values = {"agency": agency, "year": int(year) if year else None}
    return _candidates(con, query, values) if agency else []


def _candidates(
    con: duckdb.DuckDBPyConnection, query: str, values: dict[str, object]
) -> list[Candidate]:
    return [Candidate(*row) for row in con.execute(query, values).fetchall()]


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
