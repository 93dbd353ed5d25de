"""Prose against tables: honest reports yield nothing, contradictions are found and quoted."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from data.generator.figures import complete
from data.generator.forms import Cell
from data.generator.report import Report
from tests.acceptance.prose_cases import FALSE, FALSE_FRIENDS, HONEST, Case
from tests.acceptance.reports import agency_name, clean, write
from tests.acceptance.runs import check, rows

pytestmark = pytest.mark.xdist_group("narrative")

CASES = {**HONEST, **FALSE_FRIENDS, **FALSE}
CHARACTERS = "甲乙丙丁戊己庚辛壬癸"


def report_of(number: int, case: Case) -> Report:
    """A report whose section 一 is the case's paragraph and whose tables are its figures."""
    given = {
        Cell("applications", row, column): value
        for column, figures in (("natural_person", case.persons), ("business", case.businesses))
        for row, value in figures.items()
    }
    given |= {Cell("disputes", *cell): value for cell, value in case.disputes.items()}
    agency = case.agency.format(CHARACTERS[number // 10] + CHARACTERS[number % 10])
    report = clean(
        number,
        case.year,
        agency=agency or agency_name(number),
        figures=complete("standard_2021", given),
    )
    texts = tuple(case.text.split("\n"))
    sections = tuple(
        replace(section, paragraphs=texts if section.number == 1 else ())
        for section in report.sections
    )
    return replace(report, sections=sections)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All cases read and checked in one run."""
    folder = tmp_path_factory.mktemp("narrative")
    for number, (name, case) in enumerate(CASES.items()):
        write(report_of(number, case), folder / "reports" / f"{name}.txt")
    outcome = check([folder / "reports"], folder / "gouji.duckdb")
    assert outcome.difficulties == ()
    assert len(outcome.reports) == len(CASES)
    return folder / "gouji.duckdb"


def findings(database: Path, name: str) -> list[tuple[Any, ...]]:
    return rows(
        database,
        "select subject, rule, sentence, message_zh, message_en from marts.findings"
        " inner join marts.reports using (report_id) where source_path like ? order by subject",
        f"%/{name}.txt",
    )


@pytest.mark.parametrize("name", [*HONEST, *FALSE_FRIENDS])
def test_an_honest_report_yields_nothing(database: Path, name: str) -> None:
    assert findings(database, name) == []


@pytest.mark.parametrize("name", [name for name, case in HONEST.items() if case.judged])
def test_what_an_honest_report_states_is_compared(database: Path, name: str) -> None:
    [(judged,)] = rows(
        database,
        "select count(agrees) from marts.narrative_claims"
        " inner join marts.reports using (report_id)"
        " where source_path like ? and rule <> 'narrative.year'",
        f"%/{name}.txt",
    )
    assert judged == HONEST[name].judged


@pytest.mark.parametrize("name", FALSE)
def test_a_contradiction_is_found_and_quoted(database: Path, name: str) -> None:
    found = findings(database, name)
    assert sorted(subject for subject, *_ in found) == sorted(FALSE[name].false)
    for _, rule, sentence, message_zh, message_en in found:
        assert rule.startswith("narrative.")
        assert sentence.replace(" ", "") in FALSE[name].text.replace(" ", "").replace("\n", "")
        assert f"原文：“{sentence.rstrip('。')}”" in message_zh
        assert sentence.rstrip("。") in message_en


def test_findings_are_of_every_rule(database: Path) -> None:
    found = Counter(rows(database, "select rule from marts.findings"))
    seeded = rows(database, "select rule from form.rules where suite = 'narrative'")
    assert {rule for (rule,) in seeded} - {"narrative.copied_text"} == {rule for (rule,) in found}


def test_a_claim_about_one_cell_names_the_cell(database: Path) -> None:
    found = rows(
        database,
        "select indicator, breakdown, stated_value, cell_value from marts.narrative_claims"
        " inner join marts.reports using (report_id)"
        " where source_path like '%/received_too_many.txt'"
        " and claim = 'requests_received'",
    )
    assert found == [("new_received", "total", 53, 35)]
