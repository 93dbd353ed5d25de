"""Waivers and corrections: what a person has decided holds on the next run, and no longer than it should."""

from __future__ import annotations

import csv
import json
import shutil
from datetime import date
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

import pytest

from checkpoints.exit_codes import ExitCode
from checkpoints.outcome import Outcome, Report
from tests.acceptance.reports import agency_name, clean, reprint, write
from tests.acceptance.runs import check, gouji, report_at, rows, validate

pytestmark = pytest.mark.xdist_group("waivers")

YEAR = 2022
GRANTED = ("applications", "granted", "total")
PENDING = ("disputes", "total", "reconsideration")
SUM_OF_GRANTED = ("balance.applicants_total", "applications.granted")
LAST_DAY = date(2099, 6, 30)


class Place(NamedTuple):
    """A folder of reports, its database, and the waivers beside the reports."""

    folder: Path
    database: Path

    @property
    def waivers(self) -> Path:
        return self.folder / "waivers.csv"

    @property
    def corrections(self) -> Path:
        return self.folder / "corrections.csv"

    def check(self, **options: object) -> Outcome:
        return check([self.folder], self.database, **options)  # type: ignore[arg-type]

    def print_wrong(self, number: int, name: str, granted: str = "777") -> Path:
        """A report with two wrong totals: that of a row of table 3, and one of table 4."""
        wrong = reprint(clean(number, YEAR), {GRANTED: granted, PENDING: "888"})
        return write(wrong, self.folder / name)

    def waive(self, *arguments: str, expect: int = 0) -> str:
        ended = gouji("waive", *arguments, "--db", self.database, "--lang", "zh")
        assert ended.code == expect, ended.err
        return ended.out + ended.err

    def states(self, table: str = "waivers") -> list[str]:
        return [
            s for (s,) in rows(self.database, f"select state from marts.{table} order by line_no")
        ]


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """Two agencies, each with the same two faults, checked once."""
    place = Place(tmp_path / "reports", tmp_path / "gouji.duckdb")
    place.print_wrong(1, "a.txt")
    place.print_wrong(2, "b.txt")
    place.check()
    return place


def waived(report: Report) -> set[str]:
    return {group.rule for group in report.groups if group.waived}


def counted(report: Report) -> set[str]:
    return {group.rule for group in report.groups if not group.waived}


def signed(*more: str) -> list[str]:
    return ["--reason", "口径如此", "--who", "张三", *more]


def waive_granted(place: Place, *more: str) -> None:
    place.waive(f"{agency_name(1)} {YEAR}", *SUM_OF_GRANTED, *signed(*more))


def test_waiver_silences_its_finding_and_no_other(place: Place) -> None:
    before = place.check()
    waive_granted(place)
    after = place.check()
    a, b = (report_at(after, place.folder / name) for name in ("a.txt", "b.txt"))
    assert waived(a) == {"balance.applicants_total"}
    assert counted(a) == counted(report_at(before, place.folder / "a.txt")) - waived(a)
    assert "balance.disputes_total" in counted(a)
    assert waived(b) == set()
    assert b.groups == report_at(before, place.folder / "b.txt").groups
    assert len(after.groups("error")) == len(before.groups("error")) - 1
    assert (after.count_waived, after.difficulties) == (1, ())
    assert place.states() == ["in_force"]


def test_waiver_goes_on_in_a_new_file_of_the_report(place: Place) -> None:
    waive_granted(place)
    (place.folder / "a.txt").unlink()
    path = place.folder / "new" / "定稿.pdf"
    wrong = reprint(clean(1, YEAR), {GRANTED: "777", PENDING: "999"})
    write(wrong, path)
    outcome = place.check()
    assert waived(report_at(outcome, path)) == {"balance.applicants_total"}
    assert outcome.difficulties == ()


def test_finding_counts_again_after_the_printed_value_changes(place: Place) -> None:
    waive_granted(place)
    place.print_wrong(1, "a.txt", granted="778")
    outcome = place.check()
    assert "balance.applicants_total" in counted(report_at(outcome, place.folder / "a.txt"))
    assert outcome.count_waived == 0
    [line] = outcome.reviewed
    assert (line.state, line.then.split("≠")[1], (line.now or "").split("≠")[1]) == (
        "changed",
        "777",
        "778",
    )
    assert "请重新核对" in line.told("zh")
    assert outcome.difficulties == ()


def test_expired_waiver_counts_again(place: Place) -> None:
    waive_granted(place, "--until", str(LAST_DAY))
    assert place.check(today=LAST_DAY).count_waived == 1
    outcome = place.check(today=date(2099, 7, 1))
    assert outcome.count_waived == 0
    assert "balance.applicants_total" in counted(report_at(outcome, place.folder / "a.txt"))
    assert place.states() == ["expired"]
    assert outcome.difficulties == ()


def test_waived_report_passes_and_stays_visible_everywhere(tmp_path: Path) -> None:
    place = Place(tmp_path / "reports", tmp_path / "gouji.duckdb")
    write(reprint(clean(1, YEAR), {PENDING: "888"}), place.folder / "a.txt")
    site = tmp_path / "site"
    command = ("check", place.folder, "--db", place.database, "--site", site, "--lang", "zh")
    assert gouji(*command).code == ExitCode.FINDINGS
    place.waive(str(place.folder / "a.txt"), "balance.disputes_total", *signed())
    text = gouji(*command)
    assert text.code == ExitCode.OK
    assert "已说明1处" in text.out.splitlines()[0]
    assert "已说明（口径如此，张三）：【须更正】" in text.out
    page = (site / "index.html").read_text(encoding="utf-8")
    assert "已说明（口径如此，张三）：【须更正】" in page
    assert "waivers.csv第2行" in page
    told = json.loads(gouji(*command, "--format", "json").out)
    [finding] = told["reports"][0]["findings"]
    assert (finding["waived"], finding["waived_reason"], finding["waived_by"]) == (
        True,
        "口径如此",
        "张三",
    )
    assert (told["counts"]["waived"], told["reviewed"][0]["state"]) == (1, "in_force")
    junit = ET.fromstring(gouji(*command, "--format", "junit").out)
    assert "口径如此" in junit.find(".//testsuite[@name='balance']//skipped").get("message")  # type: ignore[union-attr,operator]
    assert junit.findall(".//failure") == []
    notices = gouji(*command, "--format", "github").out.splitlines()
    assert [line.split(" ")[0] for line in notices if "口径如此" in line] == ["::notice"]
    assert validate(place.database).count_waived == 1


def test_every_finding_of_the_samples_can_be_waived(root: Path, tmp_path: Path) -> None:
    folder, database = tmp_path / "reports", tmp_path / "gouji.duckdb"
    shutil.copytree(root / "data" / "reports", folder)
    check([folder], database)
    found = rows(
        database,
        "select coalesce(r.agency, ''), coalesce(r.region, ''), r.scope, r.report_year, f.rule,"
        " f.where_zh, f.printed_value from marts.findings as f inner join marts.reports as r"
        " using (report_id)",
    )
    assert len(found) > 50
    with (folder / "waivers.csv").open("w", encoding="gb18030", newline="") as file:
        writer = csv.writer(file)
        writer.writerow("agency region scope year rule cell printed_value reason who".split())
        writer.writerows([*row, "样例", "李四"] for row in found)
    outcome = check([folder], database, fail_on="warning")
    assert rows(database, "select rule, subject from marts.findings where not waived") == []
    assert outcome.difficulties == ()
    assert outcome.exit_code == ExitCode.OK
    assert {rule.unexpected_count for rule in outcome.rules} == {0}


@pytest.fixture
def misread(place: Place) -> Outcome:
    """The wrong total of table 4 corrected, as if the reading were at fault."""
    ended = gouji(
        "correct", place.folder / "a.txt", "四、行政复议·总计", "0",
        "--reason", "扫描不清", "--who", "李四", "--db", place.database, "--lang", "zh",
    )  # fmt: skip
    assert ended.code == 0, ended.err
    right = rows(
        place.database,
        "select upheld + corrected + other + pending from marts.disputes inner join marts.reports"
        " using (report_id) where channel = 'reconsideration' and source_path = ?",
        (place.folder / "a.txt").as_posix(),
    )[0][0]
    text = place.corrections.read_text(encoding="utf-8-sig")
    place.corrections.write_text(text.replace(",888,0,", f",888,{right},"), encoding="utf-8-sig")
    return place.check()


def test_corrected_cell_takes_its_finding_away_and_shows_both_values(
    place: Place, misread: Outcome
) -> None:
    a, b = (report_at(misread, place.folder / name) for name in ("a.txt", "b.txt"))
    assert "balance.disputes_total" not in counted(a)
    assert "balance.disputes_total" in counted(b)
    assert misread.difficulties == ()
    [(value, read_value, raw_text, status, resolution)] = rows(
        place.database,
        "select value, read_value, raw_text, status, resolution from marts.cell_values"
        " where resolution = 'corrected'",
    )
    assert (read_value, raw_text, status) == (888, "888", "reported")
    assert value != 888
    [line] = misread.reviewed
    assert line.is_in_force
    assert "读作888，已按原件更正为" in line.told("zh")


def test_correction_does_not_reach_other_bytes(place: Place, misread: Outcome) -> None:
    assert len(misread.reviewed) == 1
    place.print_wrong(1, "a.txt", granted="778")
    document = rows(place.database, "select document_id from raw.documents order by ingested_at")
    outcome = place.check()
    assert len(rows(place.database, "select document_id from raw.documents")) == len(document) + 1
    assert "balance.disputes_total" in counted(report_at(outcome, place.folder / "a.txt"))


def test_correction_of_bytes_never_read_is_listed_without_effect(place: Place) -> None:
    place.corrections.write_text(
        "document,cell,read_value,right_value,reason,who,date\n"
        f"{'0' * 64},applications.granted.total,1,2,扫描不清,李四,2024-01-31\n"
    )
    outcome = place.check()
    assert [line.state for line in outcome.reviewed] == ["no_document"]
    ended = gouji("validate", "--db", place.database, "--site", place.folder.parent / "site")
    assert "corrections.csv" in ended.out


def test_correction_lapses_when_the_cell_reads_otherwise(place: Place, misread: Outcome) -> None:
    assert misread.reviewed[0].is_in_force
    text = place.corrections.read_text(encoding="utf-8-sig")
    place.corrections.write_text(text.replace(",888,", ",889,"), encoding="utf-8")
    outcome = place.check()
    assert "balance.disputes_total" in counted(report_at(outcome, place.folder / "a.txt"))
    [line] = outcome.reviewed
    assert (line.state, line.then, line.now) == ("changed", "889", "888")


def test_line_nobody_can_read_ends_the_run_with_its_place(place: Place) -> None:
    place.waivers.write_text(
        "agency,year,rule,cell,reason,who,until\n某局,2022,balance.disputes_total,a,b,c,改天\n"
    )
    ended = gouji("check", place.folder, "--db", place.database)
    assert ended.code == ExitCode.USAGE
    assert "waivers.csv第2行：until“改天”不是日期" in ended.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["没有的局 2022", *SUM_OF_GRANTED], agency_name(1)),
        ([f"{agency_name(1)} {YEAR}", "balance.no_such"], "balance.applicants_total"),
        ([f"{agency_name(1)} {YEAR}", "completeness.row_shape"], "balance.disputes_total"),
        ([f"{agency_name(1)} {YEAR}", SUM_OF_GRANTED[0], "applications.no_row"], SUM_OF_GRANTED[1]),
        ([f"{agency_name(1)} {YEAR}", *SUM_OF_GRANTED, "--until", "2020-01-01"], "已经过去"),
        ([f"{agency_name(1)} {YEAR}", *SUM_OF_GRANTED, "--file", "x.csv"], "waivers.csv"),
    ],
)
def test_waive_refuses_what_is_not_there_and_says_what_is(
    place: Place, arguments: list[str], words: str
) -> None:
    assert words in place.waive(*arguments, *signed(), expect=ExitCode.USAGE)
    assert not place.waivers.exists()


@pytest.mark.parametrize(
    ("cell", "value", "words"),
    [
        ("applications.granted", "1", "applications.granted.total"),
        ("三、予以公开·总数", "1", "三、（一）予以公开·总计"),
        ("applications.granted.total", "十一", "不是数字"),
    ],
)
def test_correct_refuses_unknown_cells_and_values_that_are_no_numbers(
    place: Place, cell: str, value: str, words: str
) -> None:
    ended = gouji("correct", place.folder / "a.txt", cell, value, *signed(), "--db", place.database)
    assert ended.code == ExitCode.USAGE
    assert words in ended.err
    assert not place.corrections.exists()


def test_correct_takes_a_negative_number_and_a_blank(place: Place) -> None:
    for value in ("-3", ""):
        ended = gouji(
            "correct", place.folder / "a.txt", "applications.granted.total", value,
            *signed(), "--db", place.database,
        )  # fmt: skip
        assert ended.code == 0, ended.err
    outcome = place.check()
    assert [line.state for line in outcome.reviewed] == ["superseded", "in_force"]
    assert rows(
        place.database,
        "select value, read_value, status from marts.cell_values where resolution = 'corrected'",
    ) == [(None, 777, "blank")]
