"""Every rule: where it holds, where it fails and how often, what it does not judge."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import sql
from expectations import batches, suites
from expectations.rules import Rule, UnknownRule, read_rules, rule_book
from tests.expectations.conftest import Judge
from tests.expectations.marts import OTHER, SOUND, execute, insert

CELLS = "marts.cell_values"
REPORTS = "marts.reports"
SUBMISSIONS = "marts.submissions"
TABLES = "marts.report_tables"

Row = tuple[str, dict[str, Any]]


def cell(**changes: Any) -> Row:
    return CELLS, changes


def blank(**changes: Any) -> Row:
    return CELLS, {"value": None, "status": "blank", "raw_text": "", **changes}


def change(**changes: Any) -> Row:
    about = {"form_table": "proactive", "indicator": "licensing", "value_kind": "change"}
    return CELLS, {**about, "breakdown": "change", **changes}


def prior(**changes: Any) -> Row:
    about = {"form_table": "proactive", "indicator": "licensing", "breakdown": "prior_items"}
    return CELLS, {**about, **changes}


def amount(**changes: Any) -> Row:
    about = {"form_table": "proactive", "indicator": "fees", "breakdown": "amount"}
    return CELLS, {**about, "value_kind": "amount", "printed_unit": "万元", **changes}


def disputes(**changes: Any) -> Row:
    return CELLS, {"form_table": "disputes", "breakdown": "reconsideration", **changes}


def relation(**changes: Any) -> Row:
    return "marts.relations", changes


def year(report_id: str, granted: int, in_force: int = 5, **changes: Any) -> list[Row]:
    """The figures of one report, a flow in each table, and the stock 现行有效件数."""
    cells = [
        ("applications", "granted", "legal", granted),
        ("applications", "partly_granted", "legal", 3),
        ("disputes", "upheld", "reconsideration", 1),
        ("proactive", "normative_documents", "issued", 2),
        ("proactive", "normative_documents", "in_force", in_force),
    ]
    return [
        cell(
            report_id=report_id,
            form_table=table,
            indicator=row,
            breakdown=column,
            **{"value": value, **(changes if row == "granted" else {})},
        )
        for table, row, column, value in cells
    ]


EARLIER, LATER = "d" * 64, "e" * 64
TWO_YEARS: list[Row] = [
    (REPORTS, {"report_id": EARLIER, "report_year": 2021}),
    (REPORTS, {"report_id": LATER, "report_year": 2022}),
    ("marts.report_pairs", {"report_id": LATER, "earlier_report_id": EARLIER}),
]
COMPARED: list[Row] = [
    *TWO_YEARS,
    ("intermediate.int_copied_reports", {"report_id": LATER, "is_copied": False}),
]
NOT_COMPARED: list[Row] = [
    *TWO_YEARS,
    ("intermediate.int_copied_reports", {"report_id": LATER, "is_copied": None}),
]
OVERLAPS = "marts.section_overlaps"
FILE = {"report_id": SOUND, "own_claim": "甲局", "other_claim": "乙局"}


def claim(rule: str, **changes: Any) -> Row:
    return "marts.narrative_claims", {"rule": f"narrative.{rule}", **changes}


IN_FIGURES = ("requests_received", "none_received", "outcomes", "disputes", "sums_in_prose", "year")
NAME = {"stated_value": None, "table_value": None, "stated_name": "甲局"}

MISSING: Row = (SUBMISSIONS, {"report_id": None, "state": "missing", "days_late": None})
TOTAL_BLANK = blank(breakdown="total", is_result=True)
NONZERO = cell(breakdown="business", value=3)

HOLDS: list[tuple[str, list[Row]]] = [
    ("completeness.tables_present", [(TABLES, {"form_table": "disputes"})]),
    ("completeness.cells_present", [TOTAL_BLANK]),
    ("completeness.values_readable", [TOTAL_BLANK]),
    ("completeness.totals_filled", [TOTAL_BLANK]),
    ("completeness.totals_filled", [NONZERO, cell(breakdown="total", value=3, is_result=True)]),
    # Only some of the 总计 column is blank: the other blank totals are not owed.
    (
        "completeness.cells_filled",
        [NONZERO, TOTAL_BLANK],
    ),
    ("completeness.row_shape", [("marts.table_rows", {"indicator": "partly_granted"})]),
    (
        "completeness.sections_present",
        [("marts.report_sections", {"section_no": 2, "printed_no": 2})],
    ),
    ("completeness.identity_known", [(REPORTS, {"report_id": OTHER})]),
    ("completeness.region_known", [(REPORTS, {"report_id": OTHER})]),
    ("completeness.one_per_year", [(REPORTS, {"report_id": OTHER, "report_year": 2022})]),
    ("completeness.one_per_year", [(REPORTS, {"report_id": OTHER, "scope": "whole"})]),
    ("completeness.edition_current", [(TABLES, {"report_year": 2021})]),
    ("completeness.edition_covered", [(TABLES, {"edition": "trial_2019"})]),
    ("completeness.submitted", [(SUBMISSIONS, {"submission_key": "k2", "state": "duplicate"})]),
    # Listed twice, the later date counts.
    (
        "completeness.on_time",
        [(SUBMISSIONS, {"submission_key": "k2", "days_late": 9})],
    ),
    ("non_negativity.counts", [change(value=-3)]),
    ("non_negativity.whole_counts", [cell(breakdown="business", value=7)]),
    ("non_negativity.whole_counts", [amount(value="0.5")]),
    ("non_negativity.amounts", [amount(value="72797.8")]),
    ("non_negativity.amount_precision", [amount(value="59237.2449", printed_decimals=4)]),
    ("non_negativity.items_left", [prior(value=3), change(value=-3)]),
    ("balance.outcomes_total", [("marts.relations", {"left_value": 0, "right_value": 0})]),
    ("continuity.requests_carried", [relation(rule="continuity.requests_carried")]),
    ("continuity.documents_in_force", [relation(rule="continuity.documents_in_force")]),
    ("continuity.items_carried", [relation(rule="continuity.items_carried")]),
    ("continuity.copied_report", [*COMPARED, *year(EARLIER, 12), *year(LATER, 13)]),
    # Nothing of two digits; the totals of applications alike, but not the rest; a cell more.
    ("continuity.copied_report", [*COMPARED, *year(EARLIER, 2), *year(LATER, 2)]),
    (
        "continuity.copied_report",
        [*COMPARED, *year(EARLIER, 12), *year(LATER, 12), cell(report_id=LATER, ordinal=9)],
    ),
    ("narrative.copied_text", [(OVERLAPS, {"share": 0.69}), (OVERLAPS, {"share": 0})]),
    *((f"narrative.{rule}", [claim(rule, stated_value=0, table_value=0)]) for rule in IN_FIGURES),
    ("narrative.year", [claim("year", **NAME, known_name="甲局")]),
]

FAILS: list[tuple[str, list[Row], int]] = [
    ("completeness.tables_present", [(TABLES, {"presence": "missing", "edition": None})], 1),
    ("completeness.tables_present", [(TABLES, {"presence": "unrecognised"})] * 3, 3),
    (
        "completeness.cells_present",
        [cell(value=None, status="missing"), cell(value=None, status="ambiguous")],
        2,
    ),
    ("completeness.values_readable", [cell(value=None, status="unreadable", raw_text="O")], 1),
    ("completeness.totals_filled", [NONZERO, TOTAL_BLANK], 1),
    (
        "completeness.totals_filled",
        [NONZERO, (CELLS, {**TOTAL_BLANK[1], "status": "not_applicable", "raw_text": "/"})],
        1,
    ),
    # （七）总计 of one column, left blank below an outcome that is not 0.
    (
        "completeness.totals_filled",
        [NONZERO, blank(indicator="outcome_total", breakdown="business", is_result=True)],
        1,
    ),
    (
        "completeness.totals_filled",
        [
            disputes(indicator="upheld", value=1),
            blank(**disputes(indicator="total")[1], is_result=True),
        ],
        1,
    ),
    # The whole 总计 column is blank and one of its totals is owed: all of it is.
    (
        "completeness.totals_filled",
        [NONZERO, TOTAL_BLANK, blank(indicator="new_received", breakdown="total", is_result=True)],
        2,
    ),
    ("completeness.cells_filled", [blank(breakdown="business"), TOTAL_BLANK], 2),
    # One total is printed, so the blank one beside it is not owed: its members are all 0.
    (
        "completeness.cells_filled",
        [
            NONZERO,
            cell(breakdown="total", value=3, is_result=True),
            blank(indicator="new_received", breakdown="total", is_result=True),
        ],
        1,
    ),
    ("completeness.row_shape", [("marts.table_rows", {"count_values": 6})], 1),
    ("completeness.sections_present", [("marts.report_sections", {"printed_no": 0})], 1),
    # A report can lack its agency and its year: two ways to fall short.
    ("completeness.identity_known", [(REPORTS, {"agency": None, "report_year": None})], 2),
    ("completeness.region_known", [(REPORTS, {"region": None})], 1),
    ("completeness.one_per_year", [(REPORTS, {"report_id": OTHER})], 2),
    ("completeness.edition_current", [(TABLES, {"report_year": 2020})], 1),
    ("completeness.edition_current", [(TABLES, {"valid_from": 2019, "valid_to": 2020})], 1),
    (
        "completeness.edition_covered",
        [(TABLES, {"form_table": "statistics", "edition": "statistics_2014"})],
        1,
    ),
    ("completeness.submitted", [MISSING, MISSING], 2),
    ("completeness.on_time", [(SUBMISSIONS, {"report_id": OTHER, "days_late": 1})], 1),
    ("non_negativity.counts", [cell(value=-1), cell(value="-0.5")], 2),
    (
        "non_negativity.whole_counts",
        [cell(value="1.5", printed_decimals=1), change(value="-1.25", printed_decimals=2)],
        2,
    ),
    ("non_negativity.amounts", [amount(value="-0.01")], 1),
    ("non_negativity.amount_precision", [amount(value="1.00005", printed_decimals=5)], 1),
    ("non_negativity.items_left", [prior(value=3), change(value=-4)], 1),
    ("balance.outcomes_total", [("marts.relations", {"left_value": 11, "holds": False})] * 21, 21),
    *(
        (f"continuity.{name}", [relation(rule=f"continuity.{name}", left_value=4, holds=False)], 1)
        for name in ("requests_carried", "documents_in_force", "items_carried")
    ),
    ("continuity.copied_report", [*COMPARED, *year(EARLIER, 12, 4), *year(LATER, 12, 6)], 1),
    ("narrative.copied_text", [(OVERLAPS, {"share": 0.7}), ("marts.shared_files", FILE)], 2),
    *((f"narrative.{rule}", [claim(rule, table_value=7, agrees=False)], 1) for rule in IN_FIGURES),
    ("narrative.year", [claim("year", **NAME, known_name="乙局", agrees=False)], 1),
]

NOT_JUDGED: list[tuple[str, list[Row]]] = [
    (
        "completeness.tables_present",
        [(TABLES, {"form_table": "statistics", "presence": "missing"})],
    ),
    ("completeness.cells_present", [cell(status="missing", value=None, is_judged=False)]),
    ("completeness.values_readable", [cell(status="unreadable", value=None, is_judged=False)]),
    ("completeness.totals_filled", [blank(is_judged=False, is_result=True)]),
    ("completeness.cells_filled", [cell(status="missing", value=None)]),
    ("completeness.identity_known", [(REPORTS, {"agency": None, "is_current": False})]),
    ("completeness.region_known", [(REPORTS, {"agency": None, "region": None})]),
    ("completeness.one_per_year", [(REPORTS, {"report_id": OTHER, "is_current": False})]),
    ("completeness.one_per_year", [(REPORTS, {"report_id": OTHER, "agency_id": None})] * 2),
    ("completeness.edition_current", [(TABLES, {"report_year": None})]),
    ("completeness.edition_current", [(TABLES, {"report_year": 2020, "presence": "missing"})]),
    ("completeness.edition_covered", [(TABLES, {"edition": None, "presence": "missing"})]),
    ("completeness.submitted", [(SUBMISSIONS, {**MISSING[1], "state": "unreadable"})]),
    ("completeness.submitted", [(SUBMISSIONS, {**MISSING[1], "is_due": False})]),
    ("completeness.on_time", [MISSING, (SUBMISSIONS, {"report_id": OTHER, "days_late": None})]),
    ("non_negativity.counts", [cell(status="unreadable", value=None)]),
    ("non_negativity.counts", [cell(value=-1, is_judged=False)]),
    ("non_negativity.whole_counts", [cell(status="blank", value=None)]),
    ("non_negativity.amounts", [amount(status="blank", value=None)]),
    ("non_negativity.amount_precision", [amount(printed_unit="元", printed_decimals=6)]),
    ("non_negativity.items_left", [prior(value=3), change(status="blank", value=None)]),
    ("balance.outcomes_total", [("marts.relations", {"left_value": None, "holds": None})]),
    ("balance.outcomes_total", [("marts.relations", {"rule": "x", "left_value": 9})]),
    (
        "continuity.requests_carried",
        [relation(rule="continuity.requests_carried", left_value=None, holds=None)],
    ),
    # Nothing to compare with, a figure that cannot be read.
    ("continuity.copied_report", year(LATER, 12)),
    (
        "continuity.copied_report",
        [
            *NOT_COMPARED,
            *year(EARLIER, 12),
            *year(LATER, 12, status="unreadable", value=None),
        ],
    ),
    ("narrative.copied_text", [(OVERLAPS, {"share": None})]),
    *((f"narrative.{rule}", [claim(rule, table_value=7, agrees=None)]) for rule in IN_FIGURES),
]


@pytest.mark.parametrize(("rule", "rows"), HOLDS)
def test_holds(judge: Judge, sound_marts: Path, rule: str, rows: list[Row]) -> None:
    before = judge(rule)
    for table, changes in rows:
        insert(sound_marts, table, **changes)
    after = judge(rule)
    assert (after.success, after.unexpected_count, after.exception) == (True, 0, None)
    assert after.evaluated_count is not None and before.evaluated_count is not None
    assert after.evaluated_count >= before.evaluated_count


@pytest.mark.parametrize(("rule", "rows", "count"), FAILS)
def test_fails(judge: Judge, sound_marts: Path, rule: str, rows: list[Row], count: int) -> None:
    for table, changes in rows:
        insert(sound_marts, table, **changes)
    outcome = judge(rule)
    assert (outcome.success, outcome.unexpected_count, outcome.exception) == (False, count, None)


@pytest.mark.parametrize(("rule", "rows"), NOT_JUDGED)
def test_is_not_judged(judge: Judge, sound_marts: Path, rule: str, rows: list[Row]) -> None:
    before = judge(rule)
    for table, changes in rows:
        insert(sound_marts, table, **changes)
    assert judge(rule) == before


def test_every_rule_of_the_seed_that_has_an_expectation_is_tried_here() -> None:
    book = rule_book(read_rules(), "zh")
    seeded = {rule.rule for rule in book if rule.suite != "balance"}
    stated = {each.rule for each in suites.state_all(book)} & seeded
    assert stated == {rule for rule, *_ in FAILS} - {"balance.outcomes_total"}


def test_a_namesake_outside_the_scope_is_counted_once(judge: Judge, sound_marts: Path) -> None:
    insert(sound_marts, REPORTS, report_id=OTHER)
    outcome = judge("completeness.one_per_year", under=[OTHER])
    assert (outcome.unexpected_count, outcome.evaluated_count) == (1, 1)


@pytest.mark.parametrize(("under", "count"), [([OTHER], 1), ([], 0), (["c" * 64], 0)])
def test_only_reports_in_scope_are_judged(
    judge: Judge, sound_marts: Path, under: list[str], count: int
) -> None:
    insert(sound_marts, CELLS, report_id=OTHER, value=-1)
    insert(sound_marts, CELLS, value=-2)
    assert judge("non_negativity.counts", under=under).unexpected_count == count


def test_a_sum_rule_needs_no_code() -> None:
    added = Rule("balance", "balance.new_sum", "warning", "新规则", "New sum")
    book = rule_book([*read_rules(), added], "en")
    [stated] = [each for each in suites.state_all(book) if each.rule == "balance.new_sum"]
    assert stated.expectation.severity == "warning"
    assert stated.expectation.description == "New sum"


def test_a_rule_nobody_states_is_named() -> None:
    added = Rule("completeness", "completeness.forgotten", "info", "无", "None")
    book = rule_book([*read_rules(), added], "zh")
    unstated = suites.unstated_rules(book, suites.state_all(book))
    assert "completeness.forgotten" in unstated
    assert "completeness.tables_present" not in unstated


def test_a_statement_of_an_unknown_rule_is_refused() -> None:
    known = [rule for rule in read_rules() if rule.rule != "completeness.row_shape"]
    with pytest.raises(UnknownRule, match=r"completeness\.row_shape"):
        suites.state_all(rule_book(known, "zh"))


def test_one_broken_expectation_leaves_the_others_alone(sound_marts: Path, judge: Judge) -> None:
    execute(sound_marts, "alter table marts.reports drop column region")
    broken = judge("completeness.region_known")
    assert broken.exception is not None and "region" in broken.exception
    assert not broken.success and broken.unexpected_count == 0
    assert judge("completeness.identity_known").success


WAIVABLE: list[tuple[str, Row, str]] = [
    (
        "non_negativity.counts",
        cell(breakdown="business", value=-1),
        "applications.granted.business",
    ),
    ("balance.outcomes_total", ("marts.relations", {"left_value": 9}), "applications.total"),
    ("completeness.row_shape", ("marts.table_rows", {"count_values": 6}), "applications.granted"),
    ("completeness.sections_present", ("marts.report_sections", {"section_no": 6}), "6"),
    ("completeness.tables_present", (TABLES, {"presence": "missing"}), "applications"),
    ("completeness.identity_known", (REPORTS, {"agency": None}), "agency"),
    ("completeness.region_known", (REPORTS, {"region": None}), "region"),
]


@pytest.mark.parametrize("under", [None, [OTHER]])
@pytest.mark.parametrize(("rule", "row", "subject"), WAIVABLE)
def test_what_is_waived_is_not_judged(
    judge: Judge, sound_marts: Path, rule: str, row: Row, subject: str, under: list[str] | None
) -> None:
    table, changes = row
    insert(sound_marts, table, **{**changes, "report_id": OTHER})
    before = judge(rule, under=under)
    for place in ("elsewhere", subject):
        assert judge(rule, under=under) == before
        assert before.unexpected_count == 1
        waived = {"finding_id": place, "subject": place, "rule": rule, "waived": True}
        insert(sound_marts, "marts.findings", **waived, report_id=OTHER)
        insert(sound_marts, "marts.findings", **{**waived, "rule": "x"}, report_id=OTHER)
    after = judge(rule, under=under)
    assert (after.success, after.unexpected_count, after.exception) == (True, 0, None)


def test_every_rule_says_how_often_it_could_be_judged() -> None:
    """Relations and claims say it of all their rules; a rule without it would show as 0 of 0."""
    model = sql.PROJECT / "models" / "intermediate" / "int_rule_instances.sql"
    counted = set(re.findall(r"'(\w+\.\w+)'", model.read_text(encoding="utf-8")))
    told_by_rows = {batches.RELATIONS.name, batches.NARRATIVE_CLAIMS.name}
    stated = suites.state_all(rule_book(read_rules(), "zh"))
    by_rows = {each.rule for each in stated if each.batch.name in told_by_rows}
    seeded = {rule.rule for rule in read_rules()}
    assert seeded - by_rows - counted == set(), f"name them in {model.name}"
    assert counted - seeded == set(), f"{model.name} counts rules that rules.csv has not"


def test_every_rule_says_which_finding_a_row_has() -> None:
    stated = suites.state_all(rule_book(read_rules(), "zh"))
    unsaid = {each.rule for each in stated if each.subject is None}
    assert {rule for rule in unsaid if not rule.startswith("integrity.")} == set()
