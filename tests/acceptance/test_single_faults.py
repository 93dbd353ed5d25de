"""One report for each way of being wrong, in one run: its rule is found, and no other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest

from checkpoints.exit_codes import ExitCode
from checkpoints.outcome import Outcome
from data.generator.draws import draw
from data.generator.faults import drop_row, drop_table
from data.generator.figures import complete
from data.generator.forms import Cell
from data.generator.panel_files import STATISTICS
from data.generator.panel_place import application
from data.generator.report import Report
from tests.acceptance.reports import agency_name, clean, reprint, retitle, write
from tests.acceptance.runs import check, found_in, report_at, rows

pytestmark = pytest.mark.xdist_group("single_faults")

LICENSING = Cell("proactive", "licensing", "decisions")
FEES = Cell("proactive", "fees", "amount")
ROWS_OF_TABLE_3 = 25  # later forms
COUNT_BLANK = 135


def with_figures(number: int, given: Mapping[Cell, int | Decimal]) -> Report:
    """A clean report whose table 三 has these figures; its totals follow."""
    drawn = draw("standard_2021", number)
    proactive = {cell: value for cell, value in drawn.items() if cell.form_table == "proactive"}
    return clean(number, figures=complete("standard_2021", {**proactive, **given}))


def busy(number: int) -> Report:
    """A report with applications of every kind."""
    return clean(number, style="dense")


def negative_in_table_2() -> Report:
    return reprint(clean(1), {LICENSING: "-3"})


def negative_in_table_3() -> Report:
    return with_figures(
        2,
        {
            application("granted", "natural_person"): 9,
            application("partly_granted", "natural_person"): -2,
            application("partly_granted", "business"): 2,
        },
    )


def fraction_in_table_2() -> Report:
    return reprint(clean(3), {LICENSING: "1.5"})


def fraction_in_table_3() -> Report:
    half = {
        application("granted", "natural_person"): Decimal("1.5"),
        application("granted", "business"): Decimal("0.5"),
    }
    return with_figures(4, half)


def five_decimals() -> Report:
    return reprint(clean(5), {FEES: "1.23456"})


def row_left_out() -> Report:
    return drop_row(clean(6, style="busy"), "applications", "rejected_duplicate", "").report


def total_left_blank() -> Report:
    return reprint(busy(7), {application("granted", "total"): ""})


def words_for_a_number() -> Report:
    return reprint(busy(8), {application("granted", "business"): "若干"})


def total_column_blank() -> Report:
    report = with_figures(9, {application("granted", "natural_person"): 7})
    blanks = {
        cell: "" for cell in report.printed if cell[0] == "applications" and cell[2] == "total"
    }
    return reprint(report, blanks)


def zero_total_column_blank() -> Report:
    report = with_figures(10, {})
    blanks = {
        cell: "" for cell in report.printed if cell[0] == "applications" and cell[2] == "total"
    }
    return reprint(report, blanks)


def items_fall_by_8() -> Report:
    changes = {
        Cell("proactive", "licensing", "prior_items"): "10",
        Cell("proactive", "licensing", "change"): "-8",
    }
    return reprint(clean(11, 2020), changes)


def items_fall_below_0() -> Report:
    changes = {
        Cell("proactive", "licensing", "prior_items"): "7",
        Cell("proactive", "licensing", "change"): "-8",
    }
    return reprint(clean(12, 2020), changes)


def numbers_as_people_write_them(number: int = 13) -> Report:
    """Notes, separators, full-width digits, units, 零: each equal to the number that was there."""
    report = with_figures(
        number,
        {
            application("granted", "natural_person"): 22,
            application("granted", "business"): 1234567,
            application("partly_granted", "social"): 304,
            application("rejected_petition", "legal"): 15,
        },
    )
    return reprint(
        report,
        {
            application("granted", "natural_person"): "22（其中修订16件）",
            application("granted", "business"): "1,234,567",
            application("new_received", "business"): "1，234，567",
            application("partly_granted", "social"): "３０４",
            application("rejected_petition", "legal"): "15件",
            application("rejected_petition", "total"): "15 件",
            application("granted", "research"): "零",
            LICENSING: "1 024件",
            FEES: "3.5万元",
        },
    )


def amount_in_yuan() -> Report:
    """元 in the cell though the header says 万元; five decimals of 万元 are not what is printed."""
    return reprint(clean(14), {FEES: "82612.5元"})


def negative_amount() -> Report:
    return reprint(clean(15), {FEES: "-0.5"})


def table_left_out() -> Report:
    return drop_table(clean(16), "disputes", "").report


def agency_unknown() -> Report:
    report = retitle(clean(17), "2022年政府信息公开工作年度报告")
    return replace(report, sections=_silenced(report))


def year_unknown() -> Report:
    report = retitle(clean(18), f"{agency_name(18)}政府信息公开工作年度报告")
    return replace(report, sections=_silenced(report))


def _silenced(report: Report) -> tuple:
    """Sections whose prose names neither year nor agency."""
    return tuple(replace(section, paragraphs=()) for section in report.sections)


def blanks_forced_to_0() -> Report:
    """Table 三 with 40 numbers: everything else is blank, and follows from them."""
    more = ["granted", "denied_state_secret"]
    few = [
        *("denied_law_forbids", "denied_safety_stability", "denied_third_party"),
        *("denied_internal_affairs", "denied_deliberative", "denied_enforcement_file"),
        *("denied_admin_query", "unavailable_not_held", "unavailable_needs_creation"),
        *("unavailable_unclear", "rejected_petition", "rejected_duplicate"),
    ]
    given = {application(row, "natural_person"): 3 + at for at, row in enumerate(few)}
    given[application(more[0], "natural_person")] = 5
    given[application(more[0], "business")] = 2
    given[application(more[0], "legal")] = 1
    given[application("carried_in", "natural_person")] = 4
    given[application("carried_out", "natural_person")] = 6
    report = with_figures(19, given)
    zeros = [c for c, text in report.printed.items() if c[0] == "applications" and text == "0"]
    assert len(zeros) == COUNT_BLANK
    return reprint(report, dict.fromkeys(zeros, ""))


def cells(*keys: Cell) -> list[str]:
    return [".".join(key) for key in keys]


COLUMN = [
    ".".join(cell) for cell in clean(9).printed if cell[0] == "applications" and cell[2] == "total"
]


class Case(NamedTuple):
    """How to make a report, the one rule found in it, and the subjects of its findings."""

    make: Callable[[], Report]
    rule: str
    subjects: list[str]


CASES = {
    "negative_in_table_2": Case(negative_in_table_2, "non_negativity.counts", cells(LICENSING)),
    "negative_in_table_3": Case(
        negative_in_table_3,
        "non_negativity.counts",
        cells(application("partly_granted", "natural_person")),
    ),
    "fraction_in_table_2": Case(
        fraction_in_table_2, "non_negativity.whole_counts", cells(LICENSING)
    ),
    "fraction_in_table_3": Case(
        fraction_in_table_3,
        "non_negativity.whole_counts",
        cells(
            *(
                application(row, column)
                for row in ("new_received", "granted", "outcome_total")
                for column in ("natural_person", "business")
            )
        ),
    ),
    "five_decimals": Case(five_decimals, "non_negativity.amount_precision", cells(FEES)),
    "negative_amount": Case(negative_amount, "non_negativity.amounts", cells(FEES)),
    "items_fall_below_0": Case(
        items_fall_below_0, "non_negativity.items_left", ["proactive.licensing"]
    ),
    "row_left_out": Case(
        row_left_out,
        "completeness.cells_present",
        [
            ".".join(cell)
            for cell in clean(6).printed
            if cell[:2] == ("applications", "rejected_duplicate")
        ],
    ),
    "table_left_out": Case(table_left_out, "completeness.tables_present", ["disputes"]),
    "total_left_blank": Case(
        total_left_blank, "completeness.totals_filled", cells(application("granted", "total"))
    ),
    "words_for_a_number": Case(
        words_for_a_number,
        "completeness.values_readable",
        cells(application("granted", "business")),
    ),
    "total_column_blank": Case(total_column_blank, "completeness.totals_filled", COLUMN),
    "zero_total_column_blank": Case(zero_total_column_blank, "completeness.cells_filled", COLUMN),
    "agency_unknown": Case(agency_unknown, "completeness.identity_known", ["agency"]),
    "year_unknown": Case(year_unknown, "completeness.identity_known", ["report_year"]),
}
WITHOUT = {
    "items_fall_by_8": items_fall_by_8,
    "numbers_as_people_write_them": numbers_as_people_write_them,
    "amount_in_yuan": amount_in_yuan,
}


class Checked(NamedTuple):
    outcome: Outcome
    database: Path
    folder: Path


# Flattened text does not tell which of its columns is blank where a whole one is.
RULED = {"total_column_blank", "zero_total_column_blank"}


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Checked:
    """All these reports, and some of forms that are not modelled, in one run."""
    place = tmp_path_factory.mktemp("single_faults")
    folder = place / "reports"
    for name, case in CASES.items():
        write(case.make(), folder / f"{name}.{'pdf' if name in RULED else 'txt'}")
    for name, make in WITHOUT.items():
        write(make(), folder / f"{name}.txt")
    write(numbers_as_people_write_them(22), folder / "numbers.pdf")
    forced = blanks_forced_to_0()
    write(forced, folder / "forced.pdf")
    statistics = STATISTICS.format(agency=agency_name(20), year=2016)
    (folder / "statistics.txt").write_text(statistics, encoding="utf-8")
    unknown = write(clean(21), folder / "unknown_form.txt")
    unknown.write_text(
        unknown.read_text(encoding="utf-8")
        .replace("本年制发件数\t本年废止件数\t现行有效件数", "今年发文\t今年废文\t尚在使用")
        .replace("本年处理决定数量", "今年决定")
        .replace("本年收费金额（单位：万元）", "今年收费"),
        encoding="utf-8",
    )
    outcome = check([folder], place / "gouji.duckdb")
    return Checked(outcome, place / "gouji.duckdb", folder)


@pytest.fixture(scope="module")
def found(checked: Checked) -> dict[str, Counter[tuple[str, str]]]:
    return {Path(name).stem: findings for name, findings in found_in(checked.database).items()}


def test_the_run_evaluates_everything(checked: Checked) -> None:
    assert checked.outcome.difficulties == ()
    assert checked.outcome.rejections == ()
    assert checked.outcome.exit_code == ExitCode.FINDINGS


@pytest.mark.parametrize("name", CASES)
def test_a_fault_is_found_by_its_rule_alone(
    name: str, found: dict[str, Counter[tuple[str, str]]]
) -> None:
    _, rule, subjects = CASES[name]
    assert found[name] == Counter((rule, subject) for subject in subjects)


@pytest.mark.parametrize("name", [*WITHOUT, "numbers"])
def test_what_is_right_is_not_found(name: str, found: dict[str, Counter[tuple[str, str]]]) -> None:
    assert found[name] == Counter()


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (application("granted", "natural_person"), 22),
        (application("granted", "business"), 1234567),
        (application("new_received", "business"), 1234567),
        (application("partly_granted", "social"), 304),
        (application("rejected_petition", "legal"), 15),
        (application("rejected_petition", "total"), 15),
        (application("granted", "research"), 0),
        (LICENSING, 1024),
        (FEES, Decimal("3.5")),
    ],
    ids=lambda cell: ".".join(cell) if isinstance(cell, tuple) else "",
)
@pytest.mark.parametrize("file", ["numbers_as_people_write_them.txt", "numbers.pdf"])
def test_a_number_is_read_however_it_is_written(
    checked: Checked, file: str, cell: Cell, value: Decimal
) -> None:
    report = report_at(checked.outcome, checked.folder / file)
    read = rows(
        checked.database,
        "select value, status from marts.cell_values"
        " where report_id = ? and form_table = ? and indicator = ? and breakdown = ?",
        report.report_id,
        *cell,
    )
    assert read == [(value, "reported")]


def test_135_forced_blanks_are_one_line(checked: Checked) -> None:
    report = report_at(checked.outcome, checked.folder / "forced.pdf")
    [group] = report.groups
    assert (group.rule, group.severity) == ("completeness.cells_filled", "info")
    assert group.count_findings == COUNT_BLANK
    assert f"表三有{COUNT_BLANK}格留空，按勾稽关系应为0，请补填0" in group.message_zh
    assert str(COUNT_BLANK) in group.message_en
    stored = rows(
        checked.database,
        "select count_findings, severity from marts.finding_groups where report_id = ?",
        report.report_id,
    )
    assert stored == [(COUNT_BLANK, "info")]


def test_a_blank_column_of_totals_is_one_line(checked: Checked) -> None:
    report = report_at(checked.outcome, checked.folder / "total_column_blank.pdf")
    [group] = report.groups
    assert (group.severity, group.count_findings) == ("error", ROWS_OF_TABLE_3)


def test_a_statistics_table_is_recognised_and_judged_no_further(
    checked: Checked, found: dict[str, Counter[tuple[str, str]]]
) -> None:
    report = report_at(checked.outcome, checked.folder / "statistics.txt")
    assert set(found["statistics"]) == {("completeness.edition_covered", "statistics")}
    assert [group.severity for group in report.groups] == ["info"]
    assert (report.agency, report.report_year) == (agency_name(20), 2016)


def test_a_table_of_an_unknown_form_is_said_to_be_unrecognised(
    checked: Checked, found: dict[str, Counter[tuple[str, str]]]
) -> None:
    assert found["unknown_form"] == Counter([("completeness.tables_present", "proactive")])
    [group] = report_at(checked.outcome, checked.folder / "unknown_form.txt").groups
    assert "表式未识别" in group.message_zh
    assert group.severity == "error"
