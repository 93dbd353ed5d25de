"""Waivers and corrections: what a person has decided holds on the next run, and no longer."""

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
from checkpoints.formats.document import as_json
from checkpoints.formats.github import as_github
from checkpoints.formats.junit import as_junit
from checkpoints.outcome import Outcome, Report
from checkpoints.summary import summary
from ingest.reviews import WAIVERS
from tests.acceptance.reports import agency_name, clean, reprint, write
from tests.acceptance.runs import check, gouji, report_at, rows, validate

pytestmark = pytest.mark.xdist_group("waivers")

YEAR = 2022
GRANTED = ("applications", "granted", "total")
RECONSIDERED = ("disputes", "total", "reconsideration")
ROWS, DISPUTES = "balance.applicants_total", "balance.disputes_total"
LAST_DAY, DAY_AFTER = date(2099, 6, 30), date(2099, 7, 1)

# Agencies by what becomes of them; each has a wrong total in table 3 and one in table 4.
KEPT, UNTOUCHED, NEW_FILE, CHANGED, EXPIRING, CORRECTED, NEW_BYTES, REREAD, BLANK = range(9)


class Run(NamedTuple):
    """What a check said, and the lines it found with their states."""

    outcome: Outcome
    files: dict[int, Path]
    lines: dict[int, str]
    cells: dict[int, tuple[object, ...]]

    def report(self, number: int) -> Report:
        return report_at(self.outcome, self.files[number])

    def rules(self, number: int, *, waived: bool) -> set[str]:
        return {
            key.partition("|")[0]
            for group in self.report(number).groups
            if group.waived == waived
            for key in group.keys
        }

    def line(self, number: int) -> str:
        return self.lines[number]


class Place(NamedTuple):
    """A folder with a report of each agency, and its database."""

    folder: Path
    database: Path

    def file(self, number: int) -> Path:
        return self.folder / f"{number}.txt"

    def write(self, number: int, path: Path | None = None, granted: str = "777") -> Path:
        wrong = reprint(clean(number, YEAR), {GRANTED: granted, RECONSIDERED: "888"})
        return write(wrong, path or self.file(number))

    def review(self, *arguments: str | Path, expect: int = 0) -> str:
        signed = ("--reason", "口径如此", "--who", "张三")
        ended = gouji(*arguments, *signed, "--db", self.database, "--lang", "zh")
        assert ended.code == expect, ended.err
        return ended.out + ended.err

    def check(self, today: date, site: Path | None = None, **moved: Path) -> Run:
        outcome = check([self.folder], self.database, site=site, today=today)
        files = {n: self.file(n) for n in range(9)} | {int(k[1:]): v for k, v in moved.items()}
        ids = {report.report_id: n for n in files for report in [report_at(outcome, files[n])]}
        number = {agency_name(n): n for n in files}
        lines = {
            number[agency]: state
            for agency, state in rows(self.database, "select agency, state from marts.waivers")
        }
        # Of several lines for one cell the last, which is the one that counts.
        for report_id, state in rows(
            self.database, "select report_id, state from marts.corrections order by line_no"
        ):
            lines[ids.get(report_id, NEW_BYTES)] = state
        cells = {
            ids[report_id]: tuple(cell)
            for report_id, *cell in rows(
                self.database,
                "select report_id, value, read_value, raw_text, status from marts.cell_values"
                " where is_judged and form_table = 'disputes' and indicator = 'total'"
                " and breakdown = 'reconsideration'",
            )
        }
        return Run(outcome, files, lines, cells)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    root = tmp_path_factory.mktemp("waivers")
    return Place(root / "reports", root / "gouji.duckdb")


@pytest.fixture(scope="module")
def first(place: Place) -> Run:
    """Nothing is reviewed."""
    for number in range(9):
        place.write(number)
    return place.check(LAST_DAY)


@pytest.fixture(scope="module")
def second(place: Place, first: Run, refusals: list[str]) -> Run:
    """Reviewed, each as its name says, but not changed yet."""
    assert refusals
    by_name = f"{agency_name(KEPT)} {YEAR}"
    place.review("waive", by_name, ROWS, "applications.granted")
    place.review("waive", first.report(NEW_FILE).report_id[:8], ROWS, "三、(一)予以公开·总计")
    place.review("waive", place.file(CHANGED), ROWS)
    place.review("waive", place.file(EXPIRING), ROWS, "--until", str(LAST_DAY))
    for number in (CORRECTED, NEW_BYTES, REREAD):
        [(right,)] = rows(
            place.database,
            "select upheld + corrected + other + pending from marts.disputes"
            " where channel = 'reconsideration' and report_id = ?",
            first.report(number).report_id,
        )
        place.review("correct", place.file(number), "四、行政复议·总计", str(int(right)))
    for value in ("-3", ""):
        place.review("correct", place.file(BLANK), ".".join(RECONSIDERED), value)
    return place.check(LAST_DAY, place.folder.parent / "site")


@pytest.fixture(scope="module")
def third(place: Place, second: Run) -> Run:
    """A day later, with other files."""
    assert second.outcome.reports
    place.file(NEW_FILE).unlink()
    moved = place.write(NEW_FILE, place.folder / "new" / "定稿.pdf")
    place.write(CHANGED, granted="778")
    place.write(NEW_BYTES, granted="776")
    corrections = place.folder / "corrections.csv"
    reread = second.report(REREAD).report_id
    text = corrections.read_text(encoding="utf-8-sig")
    lines = [s.replace(",888,", ",889,") if s.startswith(reread) else s for s in text.splitlines()]
    corrections.write_text("\n".join(lines), encoding="utf-8")
    return place.check(DAY_AFTER, **{f"n{NEW_FILE}": moved})


@pytest.fixture(scope="module")
def refusals(place: Place, first: Run) -> list[str]:
    """What the commands say to what is not there; they write nothing."""
    report = f"{agency_name(KEPT)} {YEAR}"
    expect = ExitCode.USAGE
    said = [
        place.review("waive", "没有的局 2022", ROWS, expect=expect),
        place.review("waive", report, "balance.no_such", expect=expect),
        place.review("waive", report, "completeness.row_shape", expect=expect),
        place.review("waive", report, ROWS, "applications.no_row", expect=expect),
        place.review("waive", report, ROWS, "--until", "2020-01-01", expect=expect),
        place.review("waive", report, ROWS, "--file", "x.csv", expect=expect),
        place.review("correct", report, "applications.granted", "1", expect=expect),
        place.review("correct", report, "三、予以公开·总数", "1", expect=expect),
        place.review("correct", report, "applications.granted.total", "十一", expect=expect),
    ]
    assert first.outcome.reports
    assert sorted(path.suffix for path in place.folder.iterdir()) == [".txt"] * 9
    return said


def test_refusals_say_what_there_is(refusals: list[str]) -> None:
    words = [
        agency_name(KEPT),
        ROWS,
        DISPUTES,
        "applications.granted",
        "已经过去",
        "waivers.csv",
        "applications.granted.total",
        "三、（一）予以公开·总计",
        "不是数字",
    ]
    assert [word in said for word, said in zip(words, refusals, strict=True)] == [True] * 9


def test_waiver_silences_its_finding_and_no_other(first: Run, second: Run) -> None:
    for number in (KEPT, NEW_FILE, CHANGED, EXPIRING):
        assert second.line(number) == "in_force"
        assert second.rules(number, waived=True) == {ROWS}
        assert second.rules(number, waived=False) == first.rules(number, waived=False) - {ROWS}
    assert DISPUTES in second.rules(KEPT, waived=False)
    assert second.rules(UNTOUCHED, waived=False) == first.rules(UNTOUCHED, waived=False)
    assert second.rules(UNTOUCHED, waived=True) == set()
    assert second.outcome.count_waived == 4


def test_suites_and_findings_agree_on_what_is_not_waived(second: Run, third: Run) -> None:
    assert second.outcome.difficulties == third.outcome.difficulties == ()


def test_waiver_goes_on_on_the_next_run_and_in_a_new_file(third: Run) -> None:
    assert third.rules(KEPT, waived=True) == {ROWS}
    assert third.rules(NEW_FILE, waived=True) == {ROWS}
    assert (third.line(KEPT), third.line(NEW_FILE)) == ("in_force", "in_force")


def test_finding_counts_again_after_the_printed_value_changes(third: Run) -> None:
    assert ROWS in third.rules(CHANGED, waived=False)
    assert third.line(CHANGED) == "changed"
    [line] = [r for r in third.outcome.reviewed if r.kind == "waiver" and r.state == "changed"]
    assert (line.then.partition("≠")[2], (line.now or "").partition("≠")[2]) == ("777", "778")
    assert f"不起作用：{line.told('zh')}" in list(summary(third.outcome, "zh"))
    assert "请重新核对" in line.told("zh")


def test_expired_waiver_counts_again(third: Run) -> None:
    assert ROWS in third.rules(EXPIRING, waived=False)
    assert third.line(EXPIRING) == "expired"


def test_corrected_cell_takes_its_finding_away_and_shows_both_values(second: Run) -> None:
    assert second.line(CORRECTED) == "in_force"
    assert DISPUTES not in second.rules(CORRECTED, waived=False)
    assert DISPUTES in second.rules(UNTOUCHED, waived=False)
    value, read_value, raw_text, status = second.cells[CORRECTED]
    assert value != 888
    assert (read_value, raw_text, status) == (888, "888", "reported")
    assert "读作888，已按原件更正为" in "\n".join(summary(second.outcome, "zh"))


def test_correction_with_nothing_is_a_blank_and_the_later_line_decides(second: Run) -> None:
    assert second.line(BLANK) == "in_force"
    assert second.cells[BLANK] == (None, 888, "888", "blank")
    assert [r.state for r in second.outcome.reviewed if r.right == "-3"] == ["superseded"]


def test_correction_does_not_reach_other_bytes_and_is_told(third: Run) -> None:
    assert third.cells[NEW_BYTES] == (888, 888, "888", "reported")
    assert DISPUTES in third.rules(NEW_BYTES, waived=False)
    assert third.line(NEW_BYTES) == "replaced"
    assert "不起作用" in "\n".join(summary(third.outcome, "zh"))


def test_correction_lapses_when_the_cell_reads_otherwise(second: Run, third: Run) -> None:
    assert second.line(REREAD) == "in_force"
    assert third.line(REREAD) == "changed"
    assert DISPUTES in third.rules(REREAD, waived=False)
    [line] = [r for r in third.outcome.reviewed if r.kind == "correction" and r.state == "changed"]
    assert (line.then, line.now) == ("889", "888")


def test_what_is_waived_is_visible_in_every_output(place: Place, second: Run) -> None:
    outcome = second.outcome
    waived = "已说明（口径如此，张三）：【须更正】"
    text = list(summary(outcome, "zh"))
    assert "已说明4处" in text[0]
    page = (place.folder.parent / "site" / "index.html").read_text(encoding="utf-8")
    assert waived in page
    assert "已说明4处" in page
    told = json.loads(as_json(outcome, "zh"))
    found = [f for r in told["reports"] for f in r["findings"] if f["waived"]]
    assert [(f["waived_reason"], f["waived_by"]) for f in found] == [("口径如此", "张三")] * 4
    assert {f["waived_until"] for f in found} == {None, str(LAST_DAY)}
    assert told["counts"]["waived"] == 4
    assert {line["state"] for line in told["reviewed"]} == {"in_force", "superseded"}
    junit = ET.fromstring(as_junit(outcome, "zh"))
    failures = "".join(f.text or "" for f in junit.iter("failure"))
    assert ROWS in failures
    assert "口径如此" not in failures
    assert "口径如此" in "".join(o.text or "" for o in junit.iter("system-out"))
    notices = [line for line in as_github(outcome, "zh").splitlines() if "已说明（口径如此" in line]
    assert len(notices) == 4
    assert {line.split(" ")[0] for line in notices} == {"::notice"}


def test_line_nobody_can_read_ends_the_run_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "waivers.csv").write_text(
        "agency,year,rule,cell,reason,who,until\n某局,2022,balance.disputes_total,a,b,c,改天\n",
        encoding="utf-8",
    )
    ended = gouji("check", tmp_path, "--db", tmp_path / "gouji.duckdb")
    assert ended.code == ExitCode.USAGE
    assert "waivers.csv第2行：until“改天”不是日期" in ended.err


def test_every_finding_of_the_samples_can_be_waived(root: Path, tmp_path: Path) -> None:
    folder, database = tmp_path / "reports", tmp_path / "gouji.duckdb"
    shutil.copytree(root / "data" / "reports", folder)
    check([folder], database)
    found = rows(
        database,
        "select r.agency, r.region, r.scope, r.report_year, f.rule, f.where_zh, f.printed_value,"
        " '样例', '李四' from marts.findings as f inner join marts.reports as r using (report_id)",
    )
    assert len(found) > 50
    header = [column.name for column in WAIVERS.columns[:-1]]
    with (folder / "waivers.csv").open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows([header, *found])
    outcome = check([folder], database, fail_on="warning")
    assert rows(database, "select rule, subject from marts.findings where not waived") == []
    assert outcome.difficulties == ()
    assert outcome.exit_code == ExitCode.OK
    assert {rule.unexpected_count for rule in outcome.rules} == {0}
    junit = ET.fromstring(as_junit(validate(database), "zh"))
    assert junit.findall(".//failure") == []
    assert "样例" in "".join(s.get("message", "") for s in junit.iter("skipped"))
