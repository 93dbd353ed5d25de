"""Expected reports: what a list asks for is told received, unreadable, late or missing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

import pytest

from checkpoints.exit_codes import ExitCode
from tests.acceptance.reports import agency_name, clean, reprint, retitle, write
from tests.acceptance.runs import Ended, gouji, rows
from tests.acceptance.runs import check as check_here

pytestmark = pytest.mark.xdist_group("expected")

YEAR = 2022
HEADER = "region,agency,aliases,year,scope,due\n"
MISSING = agency_name(6)


class Place(NamedTuple):
    """A folder with a list of expected reports, beside a folder without one."""

    folder: Path
    elsewhere: Path
    database: Path
    site: Path

    def run(self, *options: str) -> Ended:
        return gouji(
            "check", self.folder, "--db", self.database, "--site", self.site, "--lang", "zh",
            *options,
        )  # fmt: skip


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """Three reports are there, one of them late and one under an alias, one twice."""
    base = tmp_path_factory.mktemp("expected")
    place = Place(base / "reports", base / "elsewhere", base / "gouji.duckdb", base / "site")
    write(clean(1, YEAR), place.folder / "1.txt")
    late = retitle(clean(2, YEAR), f"{agency_name(2)}{YEAR}年政府信息公开工作年度报告")
    path = write(late, place.folder / "2.txt")
    title, rest = path.read_text(encoding="utf-8").split("\n", 1)
    path.write_text(f"{title}\n2023年2月5日\n{rest}", encoding="utf-8")
    for name, total in (("3.txt", "777"), ("3b.txt", "778")):
        changed = reprint(clean(3, YEAR), {("disputes", "total", "reconsideration"): total})
        write(changed, place.folder / name)
    (place.folder / f"{agency_name(4)}{YEAR}.pdf").write_bytes(b"%PDF-1.4")
    write(clean(5, YEAR), place.folder / "5.txt")
    lines = [
        f"云溪县,{agency_name(1)},,{YEAR},own,2099-01-31",
        f"云溪县,某局,{agency_name(9)}；{agency_name(2).removeprefix('云溪县')},{YEAR},,2023-01-31",
        f",{agency_name(3)},,{YEAR},,",
        f"云溪县,{agency_name(4)},,{YEAR},,",
        f"云溪县,{MISSING},,{YEAR},,2023-01-31",
        f"云溪县,{agency_name(7)},,{YEAR},,2099-01-31",
    ]
    text = HEADER + "".join(f"{line}\n" for line in lines)
    (place.folder / "expected.csv").write_text(text, encoding="gb18030")
    write(clean(8, YEAR), place.elsewhere / "8.txt")
    return place


@pytest.fixture(scope="module")
def told(place: Place) -> dict:
    """The JSON of a run over the folder."""
    return json.loads(place.run("--format", "json").out)


def test_every_expected_report_has_a_state(told: dict) -> None:
    states = {each["agency"]: (each["state"], each["days_late"]) for each in told["expected"]}
    assert states == {
        agency_name(1): ("received", None),
        "某局": ("received", 5),
        agency_name(3): ("duplicate", None),
        agency_name(4): ("unreadable", None),
        MISSING: ("missing", None),
        agency_name(7): ("missing", None),
    }
    assert told["counts"]["missing"] == 2
    assert told["difficulties"] == []


def test_missing_and_late_are_findings_and_what_is_not_due_is_none(
    place: Place, told: dict
) -> None:
    found = rows(
        place.database,
        "select agency, report_id is null, severity from marts.findings"
        " where rule in ('completeness.submitted', 'completeness.on_time') order by rule",
    )
    assert found == [(agency_name(2), False, "warning"), (MISSING, True, "error")]
    [finding] = [f for each in told["expected"] for f in each["findings"]]
    assert "没有收到，应于2023-01-31前公布" in finding["message_zh"]
    assert told["exit_code"] == ExitCode.FINDINGS
    coverage = rows(
        place.database,
        "select instances_possible, instances_judged, instances_failing, reports_failing"
        " from marts.rule_coverage where rule = 'completeness.submitted'",
    )
    assert coverage == [(6, 4, 1, 1)]


def test_a_report_that_is_not_on_the_list_is_named_and_no_finding(place: Place, told: dict) -> None:
    [unlisted] = told["unlisted"]
    [path] = [r["source_path"] for r in told["reports"] if r["report_id"] == unlisted]
    assert path == (place.folder / "5.txt").as_posix()


def test_summary_and_site_say_what_is_missing(place: Place, told: dict) -> None:
    lines = place.run().out.splitlines()
    assert lines[0] == "应交6 · 已交4 · 未交2 · 打不开1 · 须更正3"
    assert any(line.startswith(f"{MISSING} {YEAR}  未交  ") for line in lines)
    assert any(f"{agency_name(7)} {YEAR}  未交，2099-01-31前公布即可" in line for line in lines)
    assert any(line.startswith(f"名单外1：{agency_name(5)} {YEAR}") for line in lines)
    assert lines[-1].startswith("退出码 1：3份报告 3处须更正")
    page = (place.site / "index.html").read_text(encoding="utf-8")
    assert lines[0] in page
    assert f"{MISSING} {YEAR}  未交" in page


def test_junit_and_github_name_the_missing_report(place: Place, told: dict) -> None:
    junit = ET.fromstring(place.run("--format", "junit").out)
    cases = junit.findall(f".//testsuite[@name='completeness']/testcase[@name='{MISSING} {YEAR}']")
    assert [case.find("failure") is not None for case in cases] == [True]
    lines = place.run("--format", "github").out.splitlines()
    [line] = [line for line in lines if "completeness.submitted" in line]
    assert line.startswith("::error file=")


def test_only_lists_under_the_path_count(place: Place, told: dict) -> None:
    outcome = check_here([place.elsewhere], place.database)
    assert (outcome.submissions, outcome.exit_code) == ((), ExitCode.OK)
    assert outcome.difficulties == ()
    outcome = check_here([place.folder / "1.txt"], place.database)
    assert (outcome.submissions, outcome.exit_code) == ((), ExitCode.OK)


def test_a_report_that_was_deleted_is_missing(place: Place, told: dict) -> None:
    path = place.folder / "1.txt"
    text = path.read_bytes()
    path.unlink()
    outcome = check_here([place.folder], place.database)
    assert agency_name(1) in {each.agency for each in outcome.missing}
    assert outcome.difficulties == ()
    path.write_bytes(text)
    outcome = check_here([place.folder], place.database)
    assert agency_name(1) not in {each.agency for each in outcome.missing}
