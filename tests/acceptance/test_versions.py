"""Several files of one report, and several offices of one name."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest

from checkpoints.exit_codes import ExitCode
from checkpoints.outcome import Outcome
from data.generator.report import Report
from tests.acceptance.reports import clean, reprint, retitle, write
from tests.acceptance.runs import check, report_at, rows

pytestmark = pytest.mark.xdist_group("versions")

YEAR = 2022
CHANGED = ("proactive", "normative_documents", "in_force")
BUREAU = "科技局"


class Checked(NamedTuple):
    outcome: Outcome
    database: Path
    folder: Path


def bureau(number: int, year: int = YEAR) -> Report:
    """A report that names its bureau and no place; figures by number."""
    return retitle(clean(number, year), f"{BUREAU}{year}年政府信息公开工作年度报告")


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Checked:
    place = tmp_path_factory.mktemp("versions")
    folder = place / "reports"
    same = clean(1)
    write(same, folder / "same.txt")
    write(same, folder / "same.pdf")
    other = replace(clean(2), introduction=())
    write(reprint(other, {CHANGED: "41"}), folder / "differs_a.txt")
    write(reprint(other, {CHANGED: "14"}), folder / "differs_b.txt")
    draft = replace(clean(3), introduction=())
    write(reprint(draft, {CHANGED: "51"}), folder / "words_初稿.txt")
    write(reprint(draft, {CHANGED: "15"}), folder / "words_定稿.txt")
    write(bureau(4), folder / "甲县" / "a.txt")
    write(bureau(5), folder / "乙县" / "b.txt")
    write(bureau(6), folder / "汇总" / "c.txt")
    write(bureau(7), folder / "汇总" / "d.txt")
    outcome = check([folder], place / "gouji.duckdb")
    return Checked(outcome, place / "gouji.duckdb", folder)


@pytest.fixture(scope="module")
def one_of_two(checked: Checked) -> Outcome:
    """Only one of two files that differ, the other in the database."""
    return check([checked.folder / "differs_a.txt"], checked.database)


@pytest.fixture(scope="module")
def agency_ids(checked: Checked) -> dict[str, str | None]:
    listed = rows(checked.database, "select source_path, agency_id from marts.reports")
    return {Path(path).name: agency_id for path, agency_id in listed}


def test_nothing_stays_unevaluated(checked: Checked) -> None:
    assert checked.outcome.difficulties == ()
    assert checked.outcome.exit_code == ExitCode.OK


def test_two_renderings_with_equal_figures_are_one_report(checked: Checked) -> None:
    text = report_at(checked.outcome, checked.folder / "same.txt")
    pdf = report_at(checked.outcome, checked.folder / "same.pdf")
    assert (pdf.is_current, text.is_current) == (True, False)
    assert text.version_basis == "same_figures"
    assert pdf.groups == text.groups == ()


@pytest.mark.parametrize(("own", "other"), [("a", "b"), ("b", "a")])
def test_two_files_with_different_figures_warn_and_name_the_cell(
    checked: Checked, own: str, other: str
) -> None:
    values = {"a": "41", "b": "14"}
    report = report_at(checked.outcome, checked.folder / f"differs_{own}.txt")
    assert report.is_current
    [group] = report.groups
    assert (group.rule, group.severity) == ("completeness.one_per_year", "warning")
    assert "规范性文件·现行有效件数" in group.message_zh
    assert f"本份{values[own]}，另一份{values[other]}" in group.message_zh
    assert f"differs_{other}.txt" in group.message_zh
    assert f"{values[own]} here, {values[other]} there" in group.message_en


def test_the_two_name_each_other(checked: Checked) -> None:
    listed = rows(
        checked.database,
        "select report_id, related_report_id from marts.findings"
        " where rule = 'completeness.one_per_year'",
    )
    assert {pair[::-1] for pair in listed} == set(listed)
    assert len(listed) == 2


def test_a_file_name_that_says_final_decides(checked: Checked) -> None:
    draft = report_at(checked.outcome, checked.folder / "words_初稿.txt")
    final = report_at(checked.outcome, checked.folder / "words_定稿.txt")
    assert (draft.is_current, final.is_current) == (False, True)
    assert final.groups == ()


def test_one_of_two_alone_is_warned_of_too(one_of_two: Outcome) -> None:
    [report] = one_of_two.reports
    assert [group.rule for group in report.groups] == ["completeness.one_per_year"]
    assert one_of_two.difficulties == ()
    assert one_of_two.exit_code == ExitCode.OK


def test_one_name_in_two_counties_is_two_agencies(agency_ids: dict[str, str | None]) -> None:
    assert agency_ids["a.txt"] and agency_ids["b.txt"]
    assert agency_ids["a.txt"] != agency_ids["b.txt"]
    assert "甲县" in agency_ids["a.txt"]
    assert "乙县" in agency_ids["b.txt"]


def test_a_bare_name_identifies_nobody(checked: Checked, agency_ids: dict[str, str | None]) -> None:
    assert agency_ids["c.txt"] is agency_ids["d.txt"] is None
    for name in ("c.txt", "d.txt"):
        report = report_at(checked.outcome, checked.folder / "汇总" / name)
        assert report.is_current
        assert report.agency == BUREAU
        assert [group.rule for group in report.groups] == ["completeness.region_known"]


def test_offices_of_one_name_are_not_taken_for_versions_of_one_report(checked: Checked) -> None:
    for path in ("甲县/a.txt", "乙县/b.txt"):
        report = report_at(checked.outcome, checked.folder / path)
        assert report.is_current
        assert report.groups == ()
