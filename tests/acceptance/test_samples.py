"""The samples: what the program finds in them is what was planted, to the last finding."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from checkpoints.exit_codes import ExitCode
from checkpoints.outcome import SUITES, Outcome
from tests.acceptance.runs import Ended, check, command, found_in, gouji, report_at, rows

pytestmark = pytest.mark.xdist_group("samples")

CLEAN = "云溪县示例教育局2022年政府信息公开工作年度报告.txt"
FINDINGS = "select * from marts.findings order by finding_id"


@pytest.fixture(scope="module")
def folder(root: Path) -> Path:
    return root / "data" / "reports"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Database and site of all runs here."""
    return tmp_path_factory.mktemp("samples")


@pytest.fixture(scope="module")
def first(folder: Path, place: Path) -> Ended:
    """The first run, by the command itself, all defaults but the places and the format."""
    options = ("--db", place / "gouji.duckdb", "--site", place / "site")
    return command("check", folder, *options, "--format", "json", "--lang", "zh", cwd=place)


@pytest.fixture(scope="module")
def document(first: Ended) -> dict[str, Any]:
    return json.loads(first.out)


@pytest.fixture(scope="module")
def database(first: Ended, place: Path) -> Path:
    assert first.code == ExitCode.FINDINGS, first.err
    return place / "gouji.duckdb"


@pytest.fixture(scope="module")
def findings_of_first(database: Path) -> list[tuple[Any, ...]]:
    return rows(database, FINDINGS)


@pytest.fixture(scope="module")
def second(folder: Path, database: Path, findings_of_first: list[tuple[Any, ...]]) -> Outcome:
    """The same files once more, whatever is found."""
    return check([folder], database, fail_on="never")


@pytest.fixture(scope="module")
def single(folder: Path, database: Path, second: Outcome) -> Outcome:
    """One clean report, with all others in the database."""
    return check([folder / CLEAN], database)


def test_the_run_ends_with_code_1(first: Ended) -> None:
    assert first.code == ExitCode.FINDINGS


def test_findings_are_exactly_the_planted_ones(root: Path, database: Path) -> None:
    with (root / "data" / "faults.csv").open(encoding="utf-8", newline="") as lines:
        planted = Counter((f["file"], f["rule"], f["subject"]) for f in csv.DictReader(lines))
    found = Counter(
        {
            (file, rule, subject): count
            for file, counted in found_in(database).items()
            for (rule, subject), count in counted.items()
        }
    )
    assert found == planted


def test_amounts_of_the_planted_sums(root: Path, database: Path) -> None:
    """What a relation's members add up to, and what is printed, are those of faults.csv."""
    with (root / "data" / "faults.csv").open(encoding="utf-8", newline="") as lines:
        planted = {
            (f["file"], f["rule"], f["subject"], int(f["expected"]), int(f["printed"]))
            for f in csv.DictReader(lines)
            if f["rule"].startswith("balance.") and f["rule"] != "balance.requests_closure"
        }
    found = {
        (Path(path).name, rule, subject.partition(".")[2], int(expected), int(actual))
        for path, rule, subject, expected, actual in rows(
            database,
            "select source_path, rule, subject, expected, actual from marts.findings"
            " inner join marts.reports using (report_id)"
            " where suite = 'balance' and rule <> 'balance.requests_closure'",
        )
    }
    assert found == planted


def test_every_possible_instance_was_judged_or_is_accounted_for(database: Path) -> None:
    coverage = rows(database, "select * from marts.rule_coverage")
    assert len(coverage) == len(rows(database, "select * from form.rules"))
    for _, rule, possible, judged, failing, _, _ in coverage:
        assert possible >= judged >= 0, rule
        assert judged or possible == 0, rule
        if rule != "completeness.cells_present":  # what is missing is what was not judged
            assert failing <= judged or rule == "completeness.totals_filled", rule


def test_a_second_run_reads_nothing_and_changes_no_finding(
    second: Outcome, database: Path, findings_of_first: list[tuple[Any, ...]]
) -> None:
    assert (second.count_read, second.count_known) == (0, 30)
    assert second.difficulties == ()
    assert rows(database, FINDINGS) == findings_of_first


def test_fail_on_never_ends_with_code_0(second: Outcome) -> None:
    assert second.groups("error")
    assert second.exit_code == ExitCode.OK


def test_findings_of_a_second_run_are_not_new(second: Outcome) -> None:
    assert second.has_history
    assert not any(group.is_new for report in second.reports for group in report.groups)


def test_every_report_of_the_samples_has_an_agency_of_its_own_region(database: Path) -> None:
    identities = rows(
        database,
        "select agency, agency_id, count(*), count(distinct report_year) from marts.reports"
        " group by all",
    )
    assert len(identities) == 6
    assert len({agency_id for _, agency_id, _, _ in identities}) == 6
    assert {(reports, years) for _, _, reports, years in identities} == {(5, 5)}


def test_one_clean_report_after_the_demo_ends_with_code_0(single: Outcome) -> None:
    assert single.exit_code == ExitCode.OK
    assert single.difficulties == ()


def test_the_outcome_covers_the_paths_of_the_run_alone(single: Outcome, folder: Path) -> None:
    assert report_at(single, folder / CLEAN).groups == ()
    assert len(single.reports) == 1
    assert single.count_context == 29
    assert sum(rule.unexpected_count for rule in single.rules if rule.suite in SUITES) == 0


def test_json_is_all_that_the_command_writes_to_standard_output(
    document: dict[str, Any], first: Ended
) -> None:
    assert document["exit_code"] == first.code
    assert document["counts"]["reports"] == document["counts"]["read"] == 30


def test_standard_error_of_the_command_is_the_last_line_alone(
    first: Ended, document: dict[str, Any]
) -> None:
    """No progress bar where standard error is no terminal, and no library that speaks."""
    assert first.err.splitlines() == [document["reason"]]


def test_json_holds_every_group(document: dict[str, Any], database: Path) -> None:
    written = [
        (report["report_id"], group["id"], group["count"], group["message_zh"])
        for report in document["reports"]
        for group in report["findings"]
    ]
    stored = rows(
        database,
        "select report_id, group_id, count_findings, message_zh from marts.finding_groups",
    )
    assert sorted(written) == sorted(stored)
    assert len({group_id for _, group_id, _, _ in written}) == len(written)


def test_junit_has_a_case_for_each_report_in_each_suite(database: Path, second: Outcome) -> None:
    ended = gouji(
        "validate", "--db", database, "--site", database.parent / "s", "--format", "junit"
    )
    assert ended.code == ExitCode.FINDINGS
    suites = {suite.get("name"): suite for suite in ET.fromstring(ended.out)}
    assert set(SUITES) <= set(suites)
    for name in SUITES:
        assert suites[name].get("tests") == "30"
        assert len(suites[name].findall("testcase")) == 30
    errors = Counter(
        suite
        for suite, severity in rows(database, "select suite, severity from marts.finding_groups")
        if severity == "error"
    )
    failing = {
        name: sum(
            len((case.findtext("failure") or "").splitlines())
            for case in suites[name].findall("testcase")
        )
        for name in SUITES
    }
    assert failing == {name: errors[name] for name in SUITES}
    for name in SUITES:
        cases = suites[name].findall("testcase/failure")
        assert suites[name].get("failures") == str(len(cases))


def test_github_gives_ten_annotations_a_level_and_a_summary_of_all(
    database: Path, second: Outcome, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    ended = gouji("validate", "--db", database, "--site", tmp_path / "s", "--format", "github")
    lines = ended.out.splitlines()
    levels = Counter(re.match(r"::(\w+) file=", line)[1] for line in lines[:-1])
    stored = Counter(
        severity for (severity,) in rows(database, "select severity from marts.finding_groups")
    )
    assert stored["error"] > 10
    assert levels == {
        "error": 10,
        "warning": min(10, stored["warning"]),
        "notice": min(10, stored["info"]),
    }
    assert lines[-1].startswith("退出码 1：") or lines[-1].startswith("exit code 1:")
    summary = (tmp_path / "summary.md").read_text(encoding="utf-8")
    assert summary.count("示例") >= 30
    assert summary.startswith("```text\n")
    assert f"| {stored['error']} | {stored['warning']} | {stored['info']} |" in summary


@pytest.mark.parametrize(
    ("language", "beginning", "finding"),
    [("zh", "退出码 1：", "【须更正】"), ("en", "exit code 1: ", "[error] ")],
)
def test_text_is_in_the_language_asked_for(
    database: Path, second: Outcome, tmp_path: Path, language: str, beginning: str, finding: str
) -> None:
    ended = gouji("validate", "--db", database, "--site", tmp_path / "s", "--lang", language)
    lines = ended.out.splitlines()
    assert ended.err == ""
    assert lines[-1].startswith(beginning)
    messages = [line.strip() for line in lines if re.search(r" \[(balance|non_negativity)\.", line)]
    assert messages
    assert all(message.startswith(("【", "[")[language == "en"]) for message in messages)
    assert any(message.startswith(finding) for message in messages)
    page = (tmp_path / "s" / "index.html").read_text(encoding="utf-8")
    assert f'lang="{"zh-CN" if language == "zh" else "en"}"' in page


def test_the_site_needs_no_network(first: Ended, place: Path) -> None:
    page = (place / "site" / "index.html").read_text(encoding="utf-8")
    assert not re.search(r"""(?:src|href)\s*=\s*["']?(?:https?:)?//""", page)
    assert (place / "site" / "data_docs" / "index.html").is_file()
