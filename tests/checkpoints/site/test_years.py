"""The years of an agency stand side by side, those without a report too."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import duckdb
import pytest

from checkpoints.outcome import Report
from checkpoints.site.agency_figures import read_agency_figures
from checkpoints.site.catalogue import Agency, Entry
from checkpoints.site.years import REQUESTS_CARRIED, Key, Year, read_years
from checkpoints.submissions import Submission

GRANTED: Key = ("applications", "granted", "total")
DENIED: Key = ("applications", "denied", "total")
IN_FORCE: Key = ("proactive", "regulations", "in_force")


def entry(year: int | None, report_id: str = "", *, is_current: bool = True) -> Entry:
    path = f"/{report_id or year}.pdf"
    return Entry(year, Report(report_id or f"r{year}", path, "某局", year, is_current, "", ()))


def missing(year: int) -> Entry:
    listed = Submission(
        str(year), None, "某局", year, None, None, "missing", None, None, "expected.csv", 2
    )
    return Entry(year, submission=listed)


def agency(*entries: Entry) -> Agency:
    return Agency("key", "某局", None, "own", "agencies/x.html", entries)


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    """A database with tables of figures and relations, both empty."""
    connection = duckdb.connect()
    connection.execute(
        """
        create schema marts;
        create table marts.panel (
            report_id varchar, form_table varchar, indicator varchar, breakdown varchar,
            value decimal(24, 8), status varchar
        );
        create table marts.relations (
            report_id varchar, rule varchar, related_report_id varchar, subject varchar,
            holds boolean, left_value decimal(38, 8), right_value decimal(38, 8)
        );
        """
    )
    yield connection
    connection.close()


def years(con: duckdb.DuckDBPyConnection, *entries: Entry) -> tuple[Year, ...]:
    return read_years(con, [agency(*entries)], [GRANTED, DENIED])["key"]


def labels(found: tuple[Year, ...]) -> list[tuple[str, str]]:
    return [(each.label, each.state) for each in found]


def put(con: duckdb.DuckDBPyConnection, report_id: str, key: Key, value: int | None) -> None:
    status = "blank" if value is None else "reported"
    con.execute(
        "insert into marts.panel values (?, ?, ?, ?, ?, ?)", [report_id, *key, value, status]
    )


def test_years_without_a_report_are_columns(con: duckdb.DuckDBPyConnection) -> None:
    found = years(con, entry(2019), entry(2021), missing(2022))
    assert labels(found) == [
        ("2019", "report"),
        ("2020", "gap"),
        ("2021", "report"),
        ("2022", "missing"),
    ]
    assert [each.page for each in found] == ["reports/r2019.html", None, "reports/r2021.html", None]


def test_a_long_gap_is_one_column(con: duckdb.DuckDBPyConnection) -> None:
    found = years(con, entry(2010), entry(2015), entry(2019))
    assert labels(found)[1] == ("2011–2014", "gap")
    assert [label for label, _ in labels(found)[3:6]] == ["2016", "2017", "2018"]


def test_undecided_reports_of_one_year_are_numbered(con: duckdb.DuckDBPyConnection) -> None:
    found = years(con, entry(2021, "a"), entry(2021, "b"), entry(2021, "c", is_current=False))
    assert [each.label for each in found] == ["2021(1)", "2021(2)"]
    assert [each.report_id for each in found] == ["a", "b"]


def test_a_report_of_unknown_year_is_no_column(con: duckdb.DuckDBPyConnection) -> None:
    assert labels(years(con, entry(None, "a"), entry(2021))) == [("2021", "report")]


def test_a_blank_is_a_figure_without_a_number(con: duckdb.DuckDBPyConnection) -> None:
    put(con, "r2021", GRANTED, None)
    put(con, "r2021", IN_FORCE, 5)
    put(con, "another", GRANTED, 5)
    [found] = years(con, entry(2021))
    assert [(key, figure.value, figure.status) for key, figure in found.figures.items()] == [
        (GRANTED, None, "blank")
    ]
    assert (found.has([GRANTED]), found.has([DENIED])) == (True, False)


def test_links_lead_to_the_report_before(con: duckdb.DuckDBPyConnection) -> None:
    insert = "insert into marts.relations values (?, ?, ?, ?, ?, ?, ?)"
    con.execute(insert, ["r2021", REQUESTS_CARRIED, "r2020", "total", False, 5, 3])
    con.execute(insert, ["r2021", REQUESTS_CARRIED, None, "legal", None, None, 3])
    con.execute(insert, ["r2021", "balance.outcomes_total", "r2020", "total", True, 5, 5])
    [_, found] = years(con, entry(2020), entry(2021))
    assert list(found.links) == [REQUESTS_CARRIED]
    links = found.links[REQUESTS_CARRIED]
    assert (links.before, [each.subject for each in links.links]) == ("r2020", ["total"])
    assert [each.difference for each in links.breaks] == [Decimal(-2)]


def test_charts_leave_out_years_at_the_ends_whose_form_has_no_such_figure(
    con: duckdb.DuckDBPyConnection,
) -> None:
    for year in (2020, 2021, 2023):
        put(con, f"r{year}", GRANTED, 1)
    for year in (2021, 2023):
        put(con, f"r{year}", IN_FORCE, 1)
    entries = [entry(2020), entry(2021), entry(2023), missing(2024)]
    figures = read_agency_figures(con, [agency(*entries)])["key"]
    assert figures.outcomes is not None
    assert figures.documents is not None
    assert [each.label for each in figures.outcomes.years] == [
        "2020",
        "2021",
        "2022",
        "2023",
        "2024",
    ]
    assert [each.label for each in figures.documents.years] == ["2021", "2022", "2023", "2024"]
    assert figures.disputes is None


def test_an_agency_without_figures_has_no_charts(con: duckdb.DuckDBPyConnection) -> None:
    figures = read_agency_figures(con, [agency(entry(2016))])["key"]
    assert (figures.outcomes, figures.refusals, figures.documents) == (None, None, None)
    assert (figures.chain, figures.table) == ((), {})
