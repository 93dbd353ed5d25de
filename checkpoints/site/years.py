"""The figures of an agency year by year, and what carries over from one year to the next."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Literal

import duckdb

from checkpoints.site.catalogue import Agency, Entry

Key = tuple[str, str, str]
"""Table, indicator and breakdown."""

State = Literal["report", "missing", "gap"]

MOST_GAPS = 3
"""So many years without report stand one by one; a longer gap is one column."""

REQUESTS_CARRIED = "continuity.requests_carried"
DOCUMENTS_IN_FORCE = "continuity.documents_in_force"


@dataclass(frozen=True)
class Figure:
    """A cell, or a sum of cells: ``value`` is None unless ``status`` is reported."""

    value: Decimal | None
    status: str


@dataclass(frozen=True)
class Link:
    """Whether a figure carries over from the report of the year before.

    ``holds`` is None where that cannot be judged; ``difference`` is this year's less last year's.
    """

    subject: str
    holds: bool | None
    left: Decimal | None
    right: Decimal | None
    difference: Decimal | None


@dataclass(frozen=True)
class Links:
    """The links of one rule to the report before."""

    before: str
    links: tuple[Link, ...]

    def of(self, subject: str) -> Link | None:
        """The link of one column or row."""
        return next((link for link in self.links if link.subject == subject), None)

    @property
    def breaks(self) -> tuple[Link, ...]:
        """The links that do not hold."""
        return tuple(link for link in self.links if link.holds is False)


@dataclass(frozen=True)
class Year:
    """A column of tables and charts: a report, one that is missing, or years without any.

    Of two undecided reports of one year each has a column; ``label`` numbers them.
    """

    label: str
    state: State
    report_id: str | None
    page: str | None
    figures: Mapping[Key, Figure]
    links: Mapping[str, Links]

    def value(self, key: Key) -> Decimal | None:
        """The number of a figure; None where there is none."""
        figure = self.figures.get(key)
        return figure.value if figure else None

    def has(self, keys: Iterable[Key]) -> bool:
        """Whether the form of the report has one of these figures."""
        return any(key in self.figures for key in keys)


def read_years(
    con: duckdb.DuckDBPyConnection, agencies: Collection[Agency], keys: Collection[Key]
) -> dict[str, tuple[Year, ...]]:
    """The years of each agency by its key, oldest first, with the figures of ``keys``."""
    ids = [
        entry.report.report_id
        for agency in agencies
        for entry in _columns(agency)
        if entry.report is not None
    ]
    figures = _read_figures(con, ids, keys)
    links = _read_links(con, ids)
    return {
        agency.key: tuple(_years(list(_columns(agency)), figures, links)) for agency in agencies
    }


def _columns(agency: Agency) -> Iterator[Entry]:
    """Current reports, and expected ones that are not there, of years that are known."""
    for entry in agency.entries:
        if entry.year is not None and (entry.report is None or entry.report.is_current):
            yield entry


def _years(
    entries: Sequence[Entry],
    figures: Mapping[str, Mapping[Key, Figure]],
    links: Mapping[str, Mapping[str, Links]],
) -> Iterator[Year]:
    last: int | None = None
    for year, same in groupby(entries, key=lambda entry: entry.year):
        if year is None:
            continue
        yield from _gap(last, year)
        last = year
        versions = list(same)
        for number, entry in enumerate(versions, start=1):
            label = f"{year}({number})" if len(versions) > 1 else str(year)
            if entry.report is None:
                yield Year(label, "missing", None, None, {}, {})
            else:
                report_id = entry.report.report_id
                yield Year(
                    label,
                    "report",
                    report_id,
                    entry.page,
                    figures.get(report_id, {}),
                    links.get(report_id, {}),
                )


def _gap(last: int | None, year: int) -> Iterator[Year]:
    """The years between two columns."""
    between = range(year if last is None else last + 1, year)
    if len(between) > MOST_GAPS:
        yield Year(f"{between[0]}–{between[-1]}", "gap", None, None, {}, {})
        return
    for each in between:
        yield Year(str(each), "gap", None, None, {}, {})


def _read_figures(
    con: duckdb.DuckDBPyConnection, report_ids: Sequence[str], keys: Collection[Key]
) -> dict[str, dict[Key, Figure]]:
    rows = con.execute(
        """
        with reports as (select unnest($ids::varchar[]) as report_id),
        wanted as (
            select
                unnest($tables::varchar[]) as form_table,
                unnest($indicators::varchar[]) as indicator,
                unnest($breakdowns::varchar[]) as breakdown
        )
        select report_id, form_table, indicator, breakdown, value, status
        from marts.panel
        semi join reports using (report_id)
        semi join wanted using (form_table, indicator, breakdown)
        """,
        {
            "ids": list(report_ids),
            "tables": [key[0] for key in keys],
            "indicators": [key[1] for key in keys],
            "breakdowns": [key[2] for key in keys],
        },
    ).fetchall()
    found: dict[str, dict[Key, Figure]] = {}
    for report_id, form_table, indicator, breakdown, value, status in rows:
        key = form_table, indicator, breakdown
        found.setdefault(report_id, {})[key] = Figure(value, status)
    return found


def _read_links(
    con: duckdb.DuckDBPyConnection, report_ids: Sequence[str]
) -> dict[str, dict[str, Links]]:
    rows = con.execute(
        """
        with reports as (select unnest($ids::varchar[]) as report_id)
        select
            report_id, rule, related_report_id, subject, holds, left_value, right_value,
            right_value - left_value
        from marts.relations
        semi join reports using (report_id)
        where list_contains($rules, rule) and related_report_id is not null
        order by report_id, rule, subject
        """,
        {"ids": list(report_ids), "rules": [REQUESTS_CARRIED, DOCUMENTS_IN_FORCE]},
    ).fetchall()
    found: dict[str, dict[str, Links]] = {}
    for (report_id, rule, before), group in groupby(rows, key=lambda row: row[:3]):
        links = tuple(Link(*row[3:]) for row in group)
        found.setdefault(report_id, {})[rule] = Links(before, links)
    return found
