"""The reports of a run by agency and year, with those that are missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import duckdb

from checkpoints.outcome import Outcome, Report
from checkpoints.site.addresses import agency_page, report_page
from checkpoints.site.form import TABLES
from checkpoints.submissions import Submission


@dataclass(frozen=True)
class Facts:
    """What ``marts.reports`` knows of a report beside what the run says of it.

    ``editions`` are those of its tables, by code.
    """

    agency_id: str | None
    region: str | None
    scope: str | None
    format: str
    title: str | None
    url: str | None
    published_on: date | None
    editions: Mapping[str, str | None]
    is_modelled: bool
    count_pages: int | None


@dataclass(frozen=True)
class Entry:
    """A report, or an expected one that is not there."""

    year: int | None
    report: Report | None = None
    facts: Facts | None = None
    submission: Submission | None = None

    @property
    def page(self) -> str | None:
        """The page of the report."""
        return None if self.report is None else report_page(self.report.report_id)


@dataclass(frozen=True)
class Agency:
    """An agency with its reports of one scope, oldest first; an unknown one has a single report.

    ``page`` is None where nothing is known that could join its years.
    """

    key: str
    name: str | None
    region: str | None
    scope: str | None
    page: str | None
    entries: tuple[Entry, ...]

    def count(self, severity: str) -> int:
        """Groups of one severity that count, of all its reports and missing ones."""
        groups = [g for e in self.entries if e.report for g in e.report.groups]
        groups += [e.submission.group for e in self.entries if e.submission and e.submission.group]
        return sum(g.severity == severity and g.counts for g in groups)


@dataclass(frozen=True)
class Catalogue:
    """All agencies, worst first, and the years that they report on."""

    agencies: tuple[Agency, ...]
    years: tuple[int, ...]

    def entries(self) -> Iterator[tuple[Agency, Entry]]:
        """Every report and missing report with its agency."""
        return ((agency, entry) for agency in self.agencies for entry in agency.entries)


def read_catalogue(con: duckdb.DuckDBPyConnection, outcome: Outcome) -> Catalogue:
    """Arrange the reports of ``outcome`` and what its expected reports came to."""
    facts = _read_facts(con, [report.report_id for report in outcome.reports])
    entries: dict[str, list[Entry]] = {}
    for report in outcome.reports:
        known = facts[report.report_id]
        key = report.report_id
        if known.agency_id is not None:
            key = f"{known.agency_id}|{known.scope or ''}"
        entries.setdefault(key, []).append(Entry(report.report_year, report, known))
    keys = {e.report.report_id: key for key, own in entries.items() for e in own if e.report}
    for key, submission in _not_received(con, outcome, keys):
        entries.setdefault(key, []).append(Entry(submission.report_year, submission=submission))
    agencies = [_agency(key, own) for key, own in entries.items()]
    agencies.sort(key=_worst_first)
    years = {entry.year for own in entries.values() for entry in own if entry.year is not None}
    return Catalogue(tuple(agencies), tuple(sorted(years)))


def _worst_first(agency: Agency) -> tuple[int, int, bool, str, str]:
    return (
        -agency.count("error"),
        -agency.count("warning"),
        agency.name is None,
        agency.name or "",
        agency.key,
    )


def _agency(key: str, entries: Sequence[Entry]) -> Agency:
    ordered = sorted(entries, key=_oldest_first)
    newest = next((e for e in reversed(ordered) if e.report), None)
    if newest is None or newest.report is None or newest.facts is None:
        listed = ordered[-1].submission
        name, region = (listed.agency, listed.region) if listed else (None, None)
        return Agency(key, name, region, listed.scope if listed else None, None, tuple(ordered))
    facts = newest.facts
    page = facts.agency_id and agency_page(facts.agency_id, facts.scope)
    return Agency(key, newest.report.agency, facts.region, facts.scope, page, tuple(ordered))


def _oldest_first(entry: Entry) -> tuple[int, bool, str]:
    report = entry.report
    return entry.year or 0, not (report and report.is_current), report.source_path if report else ""


def _read_facts(con: duckdb.DuckDBPyConnection, report_ids: Sequence[str]) -> dict[str, Facts]:
    rows = con.execute(
        """
        select
            r.report_id, r.agency_id, r.region, r.scope, r.format, r.title, r.url, r.published_on,
            [r.proactive_edition, r.applications_edition, r.disputes_edition],
            r.is_modelled, d.page_count
        from marts.reports as r
        inner join raw.documents as d on r.report_id = d.document_id
        where r.report_id in (select unnest($1::varchar[]))
        """,
        [list(report_ids)],
    ).fetchall()
    return {
        row[0]: Facts(*[*row[1:8], dict(zip(TABLES, row[8], strict=True)), *row[9:]])
        for row in rows
    }


def _not_received(
    con: duckdb.DuckDBPyConnection, outcome: Outcome, keys: Mapping[str, str]
) -> Iterator[tuple[str, Submission]]:
    """Expected reports that no report stands for, each with the key of its agency.

    That is the agency which handed in what the list asks of the same name in another year, else one
    that is printed so, else one of its own.
    """
    received = dict(
        con.execute(
            "select submission_key, report_id from marts.submissions where report_id is not null"
        ).fetchall()
    )
    by_name: dict[tuple[str | None, str, str | None], str] = {}
    for submission in outcome.submissions:
        key = keys.get(received.get(submission.key, ""))
        if key is not None:
            by_name[_listed(submission)] = key
    printed = {r.agency: keys[r.report_id] for r in _current(outcome.reports) if r.agency}
    for submission in outcome.submissions:
        if submission.key not in received:
            region = submission.region or ""
            key = by_name.get(_listed(submission))
            key = key or printed.get(submission.agency) or printed.get(region + submission.agency)
            yield key or "|".join(map(str, _listed(submission))), submission


def _listed(submission: Submission) -> tuple[str | None, str, str | None]:
    return submission.region, submission.agency, submission.scope


def _current(reports: Iterable[Report]) -> Iterator[Report]:
    return (report for report in reports if report.is_current)
