"""JUnit XML in the shape that build servers check it against."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from checkpoints.formats.junit import as_junit
from checkpoints.outcome import SUITES, Outcome
from tests.checkpoints.formats.runs import (
    ACCEPTED,
    CHANGED,
    ERROR,
    FORBIDDEN,
    FULL,
    HINT,
    HOSTILE_RUN,
    WAIVED,
    WARNING,
)
from tests.checkpoints.outcomes import outcome, report

TOLD = "已说明（口径如此，张三，至2024-06-30）：【须更正】"

# Element: attributes it must have, attributes it may have, children it may have; as junit-10.xsd of
# the xUnit plugin of Jenkins says (github.com/jenkinsci/xunit-plugin), as far as it is used here.
RESULT: tuple[set[str], set[str], set[str]] = (set(), {"type", "message"}, set())
SHAPE: Mapping[str, tuple[set[str], set[str], set[str]]] = {
    "testsuites": (set(), {"name", "time", "tests", "failures", "errors"}, {"testsuite"}),
    "testsuite": (
        {"name", "tests", "failures", "errors"},
        {
            "group",
            "time",
            "skipped",
            "timestamp",
            "hostname",
            "id",
            "package",
            "file",
            "log",
            "url",
        },
        {"testsuite", "properties", "testcase", "system-out", "system-err"},
    ),
    "testcase": (
        {"name"},
        {"time", "classname", "group"},
        {"skipped", "error", "failure", "system-out", "system-err"},
    ),
    "failure": RESULT,
    "error": RESULT,
    "skipped": RESULT,
    "system-out": (set(), set(), set()),
}


def cases(run: Outcome, suite: str, **options: Any) -> dict[str, ET.Element]:
    """Test cases of a suite by their names, which must differ."""
    root = ET.fromstring(as_junit(run, options.get("language", "zh")))
    found = root.findall(f"testsuite[@name='{suite}']/testcase")
    named = {case.get("name", ""): case for case in found}
    assert len(named) == len(found)
    return named


def kinds(case: ET.Element) -> list[str]:
    return [child.tag for child in case]


@pytest.mark.parametrize("run", [FULL, HOSTILE_RUN, outcome()], ids=["full", "hostile", "empty"])
def test_every_element_has_the_shape_of_the_schema(run: Outcome) -> None:
    root = ET.fromstring(as_junit(run, "zh"))
    assert root.tag == "testsuites"
    for element in root.iter():
        required, allowed, children = SHAPE[element.tag]
        assert required <= set(element.keys()) <= required | allowed
        assert {child.tag for child in element} <= children


def test_one_case_a_report_in_each_suite() -> None:
    root = ET.fromstring(as_junit(FULL, "zh"))
    assert [suite.get("name") for suite in root] == [*SUITES, "reading"]
    told = {suite.get("name"): suite for suite in root}
    for suite in SUITES:
        is_missing = suite == "completeness"
        assert told[suite].get("tests") == str(len(FULL.reports) + is_missing)
        assert [case.get("classname") for case in told[suite]] == [f"gouji.{suite}"] * len(
            told[suite]
        )


@pytest.mark.parametrize("tag", ["failure", "error", "skipped"])
def test_what_the_attributes_count_is_there(tag: str) -> None:
    root = ET.fromstring(as_junit(FULL, "zh"))
    attribute = {"failure": "failures", "error": "errors", "skipped": "skipped"}[tag]
    counted = Counter(
        suite.get("name") for suite in root for case in suite if case.find(tag) is not None
    )
    assert counted
    assert {suite.get("name"): int(suite.get(attribute, "")) for suite in root} == {
        suite.get("name"): counted[suite.get("name")] for suite in root
    }
    if tag != "skipped":
        assert root.get(attribute) == str(counted.total())


@pytest.mark.parametrize(("fail_on", "lines"), [("never", 0), ("error", 1), ("warning", 2)])
def test_what_counts_for_the_exit_code_fails(fail_on: str, lines: int) -> None:
    run = outcome(report(ERROR, WARNING, HINT, WAIVED), fail_on=fail_on)
    [case] = cases(run, "balance").values()
    failures = (case.findtext("failure") or "").splitlines()
    others = (case.findtext("system-out") or "").splitlines()
    assert (len(failures), len(others)) == (lines, 4 - lines)


def test_a_failure_names_rule_message_file_page_and_id() -> None:
    [case] = cases(outcome(report(ERROR)), "balance").values()
    [failure] = case
    assert (failure.get("type"), failure.get("message")) == (ERROR.rule, ERROR.message_zh)
    assert failure.text == (
        f"{ERROR.message_zh} [balance.disputes_total] /r/甲局.pdf 第4页 {ERROR.group_id}"
    )


def test_what_is_waived_is_skipped_and_says_why() -> None:
    [waived] = cases(outcome(report(WAIVED)), "balance").values()
    assert kinds(waived) == ["skipped", "system-out"]
    assert TOLD in (waived[0].get("message") or "")
    [failing] = cases(outcome(report(WAIVED, ERROR)), "balance").values()
    assert kinds(failing) == ["failure", "system-out"]
    assert TOLD in (failing.findtext("system-out") or "")


def test_what_a_baseline_sets_apart_is_told_and_does_not_fail() -> None:
    [case] = cases(outcome(report(ACCEPTED, CHANGED)), "balance").values()
    [told] = case
    assert told.tag == "system-out"
    assert [line[:8] for line in (told.text or "").splitlines()] == [
        "(基线已接受) ",
        "(规则有变) 【",
    ]


def test_a_missing_report_fails_the_suite_that_asks_for_it() -> None:
    case = cases(FULL, "completeness")["云溪县示例乙局 2022"]
    [failure] = case
    assert (failure.tag, failure.get("type")) == ("failure", "completeness.submitted")
    assert "/r/expected.csv" in (failure.text or "")
    assert "云溪县示例乙局 2022" not in cases(FULL, "balance")


def test_a_version_that_was_replaced_is_skipped() -> None:
    case = cases(FULL, "balance")["云溪县示例甲局 2022 /r/旧.pdf"]
    [skipped] = case
    assert (skipped.tag, skipped.get("type")) == ("skipped", "replaced")
    assert skipped.get("message") == "已有更新的版本，不再检查"


def test_refused_files_are_errors_or_skipped() -> None:
    reading = cases(FULL, "reading")
    assert {name: kinds(case) for name, case in reading.items()} == {
        "/r/坏.pdf": ["error"],
        "/r/通知.txt": ["skipped"],
        "balance.r: no column": ["error"],
    }
    assert reading["/r/坏.pdf"][0].get("type") == "damaged"


def test_it_speaks_the_language_of_the_run() -> None:
    [case] = cases(outcome(report(ERROR)), "balance", language="en").values()
    assert case[0].get("message") == ERROR.message_en
    assert "page 4" in (case[0].text or "")


def test_it_is_well_formed_whatever_the_reports_say() -> None:
    text = as_junit(HOSTILE_RUN, "zh")
    assert not set(text) & set(FORBIDDEN)
    assert text.encode()
    [case] = cases(HOSTILE_RUN, "balance").values()
    message = case[0].get("message") or ""
    assert message.startswith("]]>--></failure><b>&amp;&lt;[31m```` 100%0A")
    assert "<" not in text.replace("\n", "").partition("<failure message=")[2].partition('"')[2][:9]
