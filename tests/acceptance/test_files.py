"""What lies under a path: reports, files that cannot be read, files that are none, hostile ones."""

from __future__ import annotations

import csv
import json
import re
from io import BytesIO
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from checkpoints.exit_codes import ExitCode
from checkpoints.outcome import Outcome
from data.generator.report import Report
from tests.acceptance.reports import clean, reprint, retitle, write
from tests.acceptance.runs import Ended, check, gouji, report_at, rows

pytestmark = pytest.mark.xdist_group("files")

NOTICE = """关于做好2022年政府信息公开工作年度报告编制工作的通知

各有关单位：

请于明年1月31日前完成年度报告的编制和发布。
"""
SCRIPT = "<script>alert(1)</script>"
TEMPLATE = "{{7*7}}"
TURNED = "\u202e"
# Sets the title of a terminal's window; unlike a colour it is not taken out by Click.
ESCAPE = "\x1b]0;\x07"
HOSTILE_AGENCY = f"丙县{SCRIPT}{TEMPLATE}$${TURNED}局"
HOSTILE_NAME = f"a{ESCAPE}<script>{TURNED}.txt"
HOSTILE_CELL = f"""{SCRIPT}'"$${TEMPLATE}{TURNED}%s"""


def encrypted() -> bytes:
    """A PDF that opens with a password alone."""
    target = BytesIO()
    canvas = Canvas(target, encrypt=StandardEncryption("secret"))
    canvas.drawString(100, 700, "2022")
    canvas.save()
    return target.getvalue()


def hostile() -> Report:
    report = reprint(clean(9), {("applications", "granted", "social"): HOSTILE_CELL})
    return retitle(report, f"{HOSTILE_AGENCY}2022年政府信息公开工作年度报告")


class Place(NamedTuple):
    folder: Path
    database: Path
    site: Path


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A folder with good reports, unreadable files, one that is no report, and others."""
    top = tmp_path_factory.mktemp("files")
    folder = top / "reports"
    write(clean(1), folder / "good.txt")
    write(clean(2), folder / "changes.txt")
    write(clean(3), folder / "goes.txt")
    (folder / "garbage.pdf").write_bytes(b"\x00\x01 no PDF at all " * 40)
    (folder / "encrypted.pdf").write_bytes(encrypted())
    (folder / "empty.txt").write_bytes(b"")
    (folder / "notice.txt").write_text(NOTICE, encoding="utf-8")
    (folder / "figures.xlsx").write_bytes(b"PK")
    (folder / "~$draft.txt").write_text("draft", encoding="utf-8")
    (folder / ".hidden").mkdir()
    return Place(folder, top / "gouji.duckdb", top / "site")


@pytest.fixture(scope="module")
def first(place: Place) -> Outcome:
    """All of them."""
    return check([place.folder], place.database)


@pytest.fixture(scope="module")
def good_alone(place: Place, first: Outcome) -> Outcome:
    """A good report, the notice and a file of another kind."""
    names = ("good.txt", "notice.txt", "figures.xlsx")
    return check([place.folder / name for name in names], place.database)


@pytest.fixture(scope="module")
def later(place: Place, good_alone: Outcome) -> Outcome:
    """All of them later: one has gone, one is faulty now, and a hostile one has come."""
    (place.folder / "goes.txt").unlink()
    changed = reprint(clean(2), {("applications", "granted", "total"): "77777"})
    write(changed, place.folder / "changes.txt")
    write(hostile(), place.folder / "hostile" / HOSTILE_NAME)
    with (place.folder / "hostile" / "sources.csv").open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(["path", "agency"])
        lines.writerow([HOSTILE_NAME, HOSTILE_AGENCY])
    return check([place.folder], place.database, site=place.site)


@pytest.fixture(scope="module")
def texts(
    place: Place, later: Outcome, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Ended]:
    """The output of one run in every format."""
    site = tmp_path_factory.mktemp("site")
    options = ("--db", place.database, "--site", site, "--lang", "zh")
    return {
        form: gouji("validate", *options, "--format", form)
        for form in ("text", "json", "junit", "github")
    }


def test_unreadable_files_end_with_code_3_where_nothing_else_is_wrong(first: Outcome) -> None:
    assert first.difficulties == ()
    assert not first.groups("error")
    assert first.exit_code == ExitCode.INCOMPLETE


def test_unreadable_files_are_named_with_their_reason(first: Outcome, place: Place) -> None:
    reasons = {Path(each.source_path).name: each.reason for each in first.unreadable}
    assert reasons == {
        "garbage.pdf": "not_a_pdf",
        "encrypted.pdf": "encrypted",
        "empty.txt": "empty",
    }
    assert all("请" in each.message for each in first.unreadable)
    stored = rows(place.database, "select count(*) from raw.rejections where kind = 'unreadable'")
    assert stored == [(3,)]


def test_good_reports_beside_them_are_read(first: Outcome) -> None:
    names = {Path(report.source_path).name for report in first.reports}
    assert names == {"good.txt", "changes.txt", "goes.txt"}
    assert all(not report.groups for report in first.reports)


def test_what_is_no_report_is_skipped_and_what_is_no_document_counted(
    good_alone: Outcome, first: Outcome
) -> None:
    [notice] = first.skipped
    assert Path(notice.source_path).name == "notice.txt"
    assert first.count_passed_over == 3
    assert len(good_alone.skipped) == good_alone.count_passed_over == 1
    assert good_alone.exit_code == ExitCode.OK


def test_a_file_outside_the_paths_is_not_gone(good_alone: Outcome) -> None:
    assert good_alone.gone == ()


def test_a_file_that_went_away_is_listed_as_gone(later: Outcome, place: Place) -> None:
    assert later.gone == ((place.folder / "goes.txt").as_posix(),)


def test_findings_win_over_unreadable_files(later: Outcome) -> None:
    assert later.unreadable
    assert later.exit_code == ExitCode.FINDINGS


def test_a_changed_file_supersedes_what_it_held(later: Outcome, place: Place) -> None:
    path = place.folder / "changes.txt"
    report = report_at(later, path)
    assert report.is_current
    assert report.groups
    versions = rows(
        place.database,
        "select report_id, is_current, version_basis from marts.reports where agency = ?",
        clean(2).agency,
    )
    assert len(versions) == 2
    assert [version[0] for version in versions if version[1]] == [report.report_id]
    assert "replaced" in [version[2] for version in versions]
    warned = rows(
        place.database, "select * from marts.findings where rule = 'completeness.one_per_year'"
    )
    assert warned == []


def test_a_hostile_report_is_read_and_judged(later: Outcome, place: Place) -> None:
    [report] = [report for report in later.reports if "hostile" in report.source_path]
    assert report.agency == HOSTILE_AGENCY
    assert [group.rule for group in report.groups] == ["completeness.values_readable"]
    assert later.difficulties == ()
    [(raw_text,)] = rows(
        place.database,
        "select raw_text from marts.cell_values where report_id = ? and status = 'unreadable'",
        report.report_id,
    )
    assert raw_text == HOSTILE_CELL


def test_the_site_shows_hostile_text_as_text(later: Outcome, place: Place) -> None:
    pages = [*place.site.rglob("*.html")]
    assert len(pages) > 1
    for page in pages:
        html = page.read_text(encoding="utf-8")
        assert SCRIPT not in html, page
        assert TURNED not in html, page
        assert "\x1b" not in html, page
    index = (place.site / "index.html").read_text(encoding="utf-8")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in index
    assert TEMPLATE in index


@pytest.mark.parametrize("form", ["text", "junit", "github"])
def test_no_control_character_reaches_the_terminal(texts: dict[str, Ended], form: str) -> None:
    for stream in texts[form][1:]:
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e]", stream)
    assert "alert(1)" in texts[form].out


def test_a_hostile_message_starts_no_command_of_the_build_server(texts: dict[str, Ended]) -> None:
    lines = texts["github"].out.splitlines()
    commands = [line for line in lines if line.startswith("::")]
    assert all(re.match(r"::(error|warning|notice) file=", line) for line in commands)
    assert len(lines) == len(commands) + 1


def test_json_keeps_hostile_text_as_it_is(texts: dict[str, Ended]) -> None:
    document = json.loads(texts["json"].out)
    assert "\x1b" not in texts["json"].out
    [report] = [r for r in document["reports"] if r["agency"] == HOSTILE_AGENCY]
    assert ESCAPE in report["source_path"]
    assert any(HOSTILE_CELL in finding["message_zh"] for finding in report["findings"])


def test_junit_is_sound_in_spite_of_hostile_text(texts: dict[str, Ended]) -> None:
    messages = [
        each.get("message", "") for each in ET.fromstring(texts["junit"].out).iter("failure")
    ]
    assert any(SCRIPT in message for message in messages)
