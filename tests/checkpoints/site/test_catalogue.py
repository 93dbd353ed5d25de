"""Reports by agency and year, and the place of those that are missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import duckdb
import pytest

from checkpoints.groups import Group
from checkpoints.outcome import Report
from checkpoints.site.catalogue import Catalogue, read_catalogue
from checkpoints.submissions import Submission
from tests.checkpoints.outcomes import group, outcome, report

A_OFFICE = ("松岭县/甲局", "松岭县", "own")
B_OFFICE = ("松岭县/乙局", "松岭县", "own")
NOBODY = (None, None, "unknown")


@pytest.fixture
def con() -> duckdb.DuckDBPyConnection:
    """Marts without a row."""
    con = duckdb.connect()
    con.execute(
        """
        create schema marts;
        create schema raw;
        create table marts.reports (
            report_id varchar, agency_id varchar, region varchar, scope varchar, format varchar,
            title varchar, url varchar, published_on date, proactive_edition varchar,
            applications_edition varchar, disputes_edition varchar, is_modelled boolean
        );
        create table raw.documents (document_id varchar, page_count integer);
        create table marts.submissions (submission_key varchar, report_id varchar);
        """
    )
    return con


def known(con: duckdb.DuckDBPyConnection, report_id: str, of: tuple[Any, ...]) -> None:
    agency_id, region, scope = of
    con.execute(
        "insert into marts.reports by name select $id as report_id, $agency as agency_id,"
        " $region as region, $scope as scope, 'pdf' as format, true as is_modelled,"
        " 'standard_2021' as applications_edition",
        {"id": report_id, "agency": agency_id, "region": region, "scope": scope},
    )
    con.execute("insert into raw.documents values (?, 3)", [report_id])


def expected(key: str, agency: str, year: int, **changes: Any) -> Submission:
    values: dict[str, Any] = {
        "region": "松岭县",
        "scope": None,
        "due": date(2024, 1, 31),
        "state": "missing",
        "source_path": None,
        "days_late": None,
        "listed_in": "/r/expected.csv",
        "line_no": 2,
    }
    return Submission(key, agency=agency, report_year=year, **{**values, **changes})


def read(
    con: duckdb.DuckDBPyConnection,
    reports: Sequence[Report],
    submissions: Sequence[Submission] = (),
) -> Catalogue:
    return read_catalogue(con, outcome(*reports, submissions=tuple(submissions)))


def of(report_id: str, agency: str | None, year: int | None, *groups: Group, **more: Any) -> Report:
    return report(*groups, report_id=report_id, agency=agency, report_year=year, **more)


def listed(catalogue: Catalogue) -> list[tuple[str | None, list[tuple[int | None, bool]]]]:
    """Agencies in their order, with the year of each entry and whether a report is there."""
    return [
        (agency.name, [(entry.year, entry.report is not None) for entry in agency.entries])
        for agency in catalogue.agencies
    ]


def test_the_years_of_an_agency_stand_together_worst_agency_first(
    con: duckdb.DuckDBPyConnection,
) -> None:
    for report_id, place in (("a1", A_OFFICE), ("a2", A_OFFICE), ("b1", B_OFFICE)):
        known(con, report_id, place)
    found = read(
        con,
        [
            of("a2", "松岭县甲局", 2023, group("warning")),
            of("a1", "松岭县甲局", 2022),
            of("b1", "松岭县乙局", 2023, group("error"), group("info")),
        ],
    )
    assert listed(found) == [
        ("松岭县乙局", [(2023, True)]),
        ("松岭县甲局", [(2022, True), (2023, True)]),
    ]
    assert found.years == (2022, 2023)
    assert [agency.count("error") for agency in found.agencies] == [1, 0]
    assert len({agency.page for agency in found.agencies}) == 2


def test_what_is_waived_ranks_nobody(con: duckdb.DuckDBPyConnection) -> None:
    known(con, "a1", A_OFFICE)
    found = read(con, [of("a1", "松岭县甲局", 2022, replace(group("error"), waived=True))])
    assert [agency.count("error") for agency in found.agencies] == [0]


def test_scopes_of_one_agency_are_two(con: duckdb.DuckDBPyConnection) -> None:
    known(con, "a1", A_OFFICE)
    known(con, "a2", (*A_OFFICE[:2], "whole"))
    found = read(con, [of("a1", "松岭县甲局", 2022), of("a2", "松岭县甲局", 2022)])
    assert len({agency.page for agency in found.agencies}) == 2


def test_an_unknown_agency_stands_alone_and_has_no_page(con: duckdb.DuckDBPyConnection) -> None:
    known(con, "x1", NOBODY)
    known(con, "x2", NOBODY)
    found = read(con, [of("x1", None, None), of("x2", None, 2022)])
    assert sorted(listed(found), key=str) == [(None, [(2022, True)]), (None, [(None, True)])]
    assert [agency.page for agency in found.agencies] == [None, None]
    assert found.years == (2022,)


def test_a_missing_report_stands_with_the_other_years_of_what_the_list_calls_so(
    con: duckdb.DuckDBPyConnection,
) -> None:
    known(con, "a1", A_OFFICE)
    con.execute("insert into marts.submissions values ('k1', 'a1')")
    found = read(
        con,
        [of("a1", "松岭县甲局", 2022)],
        [
            expected("k1", "甲", 2022, state="received"),
            expected("k2", "甲", 2023, group=group("error")),
        ],
    )
    assert listed(found) == [("松岭县甲局", [(2022, True), (2023, False)])]
    assert found.agencies[0].count("error") == 1


def test_a_missing_report_is_known_by_the_printed_name(con: duckdb.DuckDBPyConnection) -> None:
    known(con, "a1", A_OFFICE)
    found = read(con, [of("a1", "松岭县甲局", 2022)], [expected("k", "甲局", 2023)])
    assert listed(found) == [("松岭县甲局", [(2022, True), (2023, False)])]


def test_an_agency_without_any_report_is_listed_as_the_list_names_it(
    con: duckdb.DuckDBPyConnection,
) -> None:
    found = read(con, [], [expected("k1", "丙局", 2022), expected("k2", "丙局", 2023)])
    assert listed(found) == [("丙局", [(2022, False), (2023, False)])]
    assert found.agencies[0].page is None
