"""One digit changed in tables 三 or 四: what is found equals what is worked out independently."""

from __future__ import annotations

import random
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest

from data.generator.report import Report
from tests.acceptance.reports import clean, reprint, write
from tests.acceptance.runs import bare, check, found_in, rows
from tests.oracle import COLUMNS, PEOPLE, RESULTS, Cell, Finding, Sheet, balance, expected_findings

pytestmark = pytest.mark.xdist_group("mutations")

COUNT_CHANGED = 200
COUNT_UNCHANGED = 20
SEED = 20190419
EDITIONS = {2019: "trial_2019", 2020: "trial_2019"}
Sides = tuple[Decimal, Decimal]


class Made(NamedTuple):
    """A report, whether its （六） is one row, and the cell in which a digit was changed."""

    report: Report
    single_other_row: bool
    changed: Cell | None

    @property
    def sheet(self) -> Sheet:
        return Sheet(self.report.printed, self.report.edition, self.single_other_row)


def one_digit_changed(report: Report, dice: random.Random) -> tuple[Report, Cell]:
    """Another digit somewhere in a cell of table 三 or 四; no number begins with a new 0."""
    cell = dice.choice([c for c in report.printed if c[0] in ("applications", "disputes")])
    text = report.printed[cell]
    at = dice.choice([place for place, char in enumerate(text) if char.isdigit()])
    digits = set("0123456789") - {text[at]} - ({"0"} if at == 0 and len(text) > 1 else set())
    digit = dice.choice(sorted(digits))
    return reprint(report, {cell: text[:at] + digit + text[at + 1 :]}), tuple(cell)


@pytest.fixture(scope="module")
def made() -> dict[str, Made]:
    """All reports by file name, each of an agency of its own."""
    dice = random.Random(SEED)
    found = {}
    for number in range(COUNT_CHANGED + COUNT_UNCHANGED):
        year = dice.randint(2019, 2024)
        edition = EDITIONS.get(year) or dice.choice(["standard_2021", "decimal_2021"])
        single = year > 2020 and dice.random() < 0.2
        style = dice.choice(["sparse", "busy", "dense"])
        report = clean(number, year, edition=edition, style=style, single_other_row=single)
        changed = None
        if number < COUNT_CHANGED:
            report, changed = one_digit_changed(report, dice)
        found[f"{number:03}.{'pdf' if number % 40 == 7 else 'txt'}"] = Made(report, single, changed)
    return found


@pytest.fixture(scope="module")
def database(made: dict[str, Made], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All reports read and checked in one run."""
    folder = tmp_path_factory.mktemp("mutations")
    for number, (name, each) in enumerate(made.items()):
        separator = ("tabs", "pipes")[number % 2]
        alignment = ("grid", "ragged")[number // 2 % 2]
        write(each.report, folder / "reports" / name, separator=separator, alignment=alignment)
    outcome = check([folder / "reports"], folder / "gouji.duckdb", jobs=2)
    assert outcome.difficulties == ()
    assert len(outcome.reports) == len(made)
    assert all(report.is_current for report in outcome.reports)
    return folder / "gouji.duckdb"


@pytest.fixture(scope="module")
def found(database: Path) -> dict[str, Counter[Finding]]:
    return found_in(database)


def expected_in(each: Made) -> Counter[Finding]:
    """All findings of a report; with the old （六） it uses a form that is out of force."""
    outdated = [("completeness.edition_current", "applications")] if each.single_other_row else []
    by_oracle = expected_findings(each.report.printed, each.report.edition, each.single_other_row)
    return by_oracle + Counter(outdated)


def relations_of(cell: Cell) -> set[Finding]:
    """The relations a cell stands in, as the form states them."""
    table, row, column = cell
    if table == "disputes":
        return {("balance.disputes_total", column)}
    found = {("balance.applicants_total", row)}
    if row in ("new_received", "carried_in", "outcome_total", "carried_out"):
        found.add(("balance.requests_closure", column))
    if row not in ("new_received", "carried_in", "carried_out"):
        found.add(("balance.outcomes_total", column))
    return found


def sides_of(sheet: Sheet, rule: str, subject: str) -> Sides:
    """What the members add up to, and the printed result (for R1: what left the office)."""
    table = "applications"
    if rule == "balance.requests_closure":
        left = [(table, "new_received", subject), (table, "carried_in", subject)]
        right = [(table, "outcome_total", subject), (table, "carried_out", subject)]
    elif rule == "balance.outcomes_total":
        left = [(table, row, subject) for row in sheet.outcomes]
        right = [(table, "outcome_total", subject)]
    elif rule == "balance.applicants_total":
        left = [(table, subject, person) for person in PEOPLE]
        right = [(table, subject, "total")]
    else:
        left = [("disputes", result, subject) for result in RESULTS]
        right = [("disputes", "total", subject)]
    sums = sheet.total_of(left), sheet.total_of(right)
    assert None not in sums
    return sums


def test_the_changes_reach_all_editions_tables_and_columns(made: dict[str, Made]) -> None:
    changed = [each for each in made.values() if each.changed]
    assert len(changed) == COUNT_CHANGED
    assert {each.report.edition for each in changed} == {
        "trial_2019",
        "standard_2021",
        "decimal_2021",
    }
    assert {each.changed[0] for each in changed} == {"applications", "disputes"}
    assert {each.changed[2] for each in changed} >= set(COLUMNS)
    assert any(each.single_other_row for each in changed)


def test_every_report_has_exactly_the_findings_of_the_oracle(
    made: dict[str, Made], found: dict[str, Counter[Finding]]
) -> None:
    wrong = {
        name: (each.changed, found[name] - expected_in(each), expected_in(each) - found[name])
        for name, each in made.items()
        if found[name] != expected_in(each)
    }
    assert wrong == {}


def test_every_changed_digit_is_found_in_a_relation_of_its_cell(
    made: dict[str, Made], found: dict[str, Counter[Finding]]
) -> None:
    missed = {
        name: each.changed
        for name, each in made.items()
        if each.changed and not relations_of(each.changed) & set(found[name])
    }
    assert missed == {}


def test_both_sides_of_every_relation_found_are_those_of_the_oracle(
    made: dict[str, Made], database: Path
) -> None:
    listed = rows(
        database,
        "select source_path, rule, subject, expected, actual from marts.findings"
        " inner join marts.reports using (report_id) where suite = 'balance'",
    )
    found = {
        (Path(path).name, rule, bare(rule, subject)): (expected, actual)
        for path, rule, subject, expected, actual in listed
    }
    worked_out = {
        (name, rule, subject): sides_of(each.sheet, rule, subject)
        for name, each in made.items()
        for rule, subject in balance(each.sheet)
    }
    assert len(worked_out) >= COUNT_CHANGED
    assert found == worked_out


def test_nothing_is_found_in_the_unchanged_reports(
    made: dict[str, Made], found: dict[str, Counter[Finding]]
) -> None:
    unchanged = {name: found[name] for name, each in made.items() if each.changed is None}
    assert len(unchanged) == COUNT_UNCHANGED
    alarms = {name: set(findings) for name, findings in unchanged.items() if findings}
    outdated = {("completeness.edition_current", "applications")}
    assert alarms == {name: outdated for name in unchanged if made[name].single_other_row}
