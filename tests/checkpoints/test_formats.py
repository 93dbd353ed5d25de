"""JSON, JUnit and GitHub annotations of runs made by hand."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from checkpoints.formats import MOST_ANNOTATIONS, as_github, as_json, as_junit
from checkpoints.outcome import SUITES
from checkpoints.summary import last_line
from tests.checkpoints.outcomes import GARBAGE, NOTICE, group, outcome, report, rule

ERROR, WARNING, WAIVED = group("error"), group("warning"), group("error", waived=True)
RUN = outcome(
    report(ERROR, WARNING, WAIVED),
    report(agency=None, report_year=None),
    report(is_current=False, version_basis="same_figures"),
    rejections=(GARBAGE, NOTICE),
    difficulties=("balance.r: no column",),
    rules=(rule("balance.disputes_total", 3),),
)


@pytest.fixture(autouse=True)
def no_summary(monkeypatch: pytest.MonkeyPatch) -> None:
    """The build server's own summary stays as it is."""
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)


def test_json_says_what_the_last_line_says() -> None:
    document = json.loads(as_json(RUN, "zh"))
    assert document["exit_code"] == 1
    assert document["reason"] == last_line(RUN, "zh")
    assert document["counts"]["reports"] == 3


def test_json_holds_every_group_rejection_rule_and_difficulty() -> None:
    document = json.loads(as_json(RUN, "zh"))
    [with_groups, *_] = document["reports"]
    assert [found["severity"] for found in with_groups["findings"]] == ["error", "warning", "error"]
    assert [found["waived"] for found in with_groups["findings"]] == [False, False, True]
    assert [each["kind"] for each in document["rejections"]] == ["unreadable", "skipped"]
    assert document["rules"][0]["unexpected_count"] == 3
    assert document["difficulties"] == ["balance.r: no column"]


def test_junit_has_one_case_a_report_in_each_suite() -> None:
    suites = {suite.get("name"): suite for suite in ET.fromstring(as_junit(RUN, "zh"))}
    assert set(suites) == {*SUITES, "reading"}
    for suite in SUITES:
        assert (suites[suite].get("tests"), suites[suite].get("skipped")) == ("3", "1")
    assert [suites[suite].get("failures") for suite in SUITES] == ["0", "0", "1", "0"]
    assert (suites["reading"].get("errors"), suites["reading"].get("skipped")) == ("2", "1")


@pytest.mark.parametrize(("fail_on", "lines"), [("never", 0), ("error", 1), ("warning", 2)])
def test_junit_fails_what_counts_for_the_exit_code(fail_on: str, lines: int) -> None:
    run = outcome(report(ERROR, WARNING, WAIVED), fail_on=fail_on)
    root = ET.fromstring(as_junit(run, "zh"))
    failures = "\n".join(each.text or "" for each in root.iter("failure")).splitlines()
    others = "\n".join(each.text or "" for each in root.iter("system-out")).splitlines()
    assert (len(failures), len(others)) == (lines, 3 - lines)


def test_junit_is_well_formed_whatever_a_file_is_called() -> None:
    hostile = report(group(), agency="甲\x07局", source_path="/r/a\x1b[31m<&\u202e.txt")
    text = as_junit(outcome(hostile), "zh")
    assert not set(text) & set("\x07\x1b\u202e")
    [case, *_] = ET.fromstring(text).iter("testcase")
    assert case.get("file", "").endswith("<&.txt")


def test_github_gives_levels_files_and_the_reason() -> None:
    lines = as_github(RUN, "zh").splitlines()
    assert Counter(line.split()[0] for line in lines[:-1]) == {"::error": 2, "::warning": 1}
    assert lines[0].startswith("::error file=/r/甲局.pdf,title=云溪县示例甲局 2022 balance.")
    assert lines[-1] == last_line(RUN, "zh")


def test_github_gives_at_most_ten_annotations_a_level() -> None:
    many = report(
        *[group(severity) for severity in ("error", "warning", "info") for _ in range(12)]
    )
    lines = as_github(outcome(many, many, rejections=(GARBAGE,)), "zh").splitlines()
    levels = Counter(line.split()[0] for line in lines[:-1])
    assert set(levels.values()) == {MOST_ANNOTATIONS}


def test_github_escapes_what_would_end_a_command() -> None:
    hostile = report(group(message_zh="100%\n::error::x"), source_path="/r/a,b:c.txt")
    [annotation, _] = as_github(outcome(hostile), "zh").splitlines()
    assert annotation.startswith("::error file=/r/a%2Cb%3Ac.txt,title=")
    assert "::100%25 ::error::x" in annotation


def test_the_step_summary_is_appended_as_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "summary.md"
    target.write_text("before\n", encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(target))
    as_github(outcome(report(group(message_zh="```\n# 标题"))), "zh")
    text = target.read_text(encoding="utf-8")
    assert text.startswith("before\n```text\n")
    assert text.count("```") == 2
