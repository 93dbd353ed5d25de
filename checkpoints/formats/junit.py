"""The result as JUnit XML, in the shape of junit-10.xsd of Jenkins' xUnit plugin.

That schema, which pytest writes for too, has no attribute for the file of a test case: the file
and the page stand in the text of each failure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from xml.etree import ElementTree as ET

from checkpoints.formats.told import file_words, line_words, report_name, submission_name
from checkpoints.groups import Group
from checkpoints.language import Language, safe
from checkpoints.outcome import SUITES, Outcome, Report
from checkpoints.submissions import Submission
from checkpoints.summary import group_words
from checkpoints.wording import refusal, say

_KINDS = (("failure", "failures"), ("error", "errors"), ("skipped", "skipped"))


def as_junit(outcome: Outcome, language: Language) -> str:
    """One testsuite a suite, one testcase a report; what counts for the exit code is a failure.

    A report that is missing is a test case of the suite whose rule says so. The suite ``reading``
    holds what is no report: files that could not be read are errors, documents of another kind are
    skipped, and what could not be evaluated is an error.
    """
    root = ET.Element("testsuites", name="gouji")
    names = _names(outcome.reports, language)
    for suite in SUITES:
        element = ET.SubElement(root, "testsuite", name=suite)
        for report in outcome.reports:
            case = _case(element, suite, names[report.report_id])
            _judge_report(case, report, suite, outcome, language)
        for submission in outcome.missing:
            _add_missing(element, submission, suite, outcome, language)
    _add_reading(ET.SubElement(root, "testsuite", name="reading"), outcome, language)
    _count(root)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode")


def _names(reports: Iterable[Report], language: Language) -> dict[str, str]:
    """A name of its own for each report, by its id: agency and year, if need be with the file."""
    plain = {report.report_id: report_name(report, language) for report in reports}
    often = Counter(plain.values())
    return {
        report.report_id: f"{name} {file_words(report.source_path)}" if often[name] > 1 else name
        for report in reports
        for name in [plain[report.report_id]]
    }


def _case(suite: ET.Element, kind: str, name: str) -> ET.Element:
    return ET.SubElement(suite, "testcase", classname=f"gouji.{kind}", name=name)


def _judge_report(
    case: ET.Element, report: Report, suite: str, outcome: Outcome, language: Language
) -> None:
    if not report.is_current:
        same = report.version_basis == "same_figures"
        words = say("duplicate" if same else "superseded", language)
        _note(case, "skipped", words, file_words(report.source_path), report.version_basis)
        return
    groups = [group for group in report.groups if group.suite == suite]
    _judge(case, groups, report.source_path, outcome, language)


def _judge(
    case: ET.Element, groups: list[Group], path: str, outcome: Outcome, language: Language
) -> None:
    """Fail what counts for the exit code; else skip what is waived; all else is output."""
    failing = [g for g in groups if g.severity in outcome.counting and g.counts]
    waived = [g for g in groups if g.waived]
    others = [g for g in groups if g not in failing]
    if failing:
        _put(case, "failure", failing, path, language)
    elif waived:
        _put(case, "skipped", waived, path, language)
    if others:
        ET.SubElement(case, "system-out").text = _lines(others, path, language)


def _put(case: ET.Element, tag: str, groups: list[Group], path: str, language: Language) -> None:
    """Add what became of a test case: its message is the first finding, its text has all."""
    first = groups[0]
    element = ET.SubElement(case, tag, message=group_words(first, language), type=first.rule)
    element.text = _lines(groups, path, language)


def _lines(groups: list[Group], path: str, language: Language) -> str:
    return "\n".join(line_words(group, path, language) for group in groups)


def _note(case: ET.Element, tag: str, words: str, place: str, kind: str) -> None:
    """Add what became of a test case that is no finding's, and where."""
    ET.SubElement(case, tag, message=words, type=kind).text = f"{words} {place}".rstrip()


def _add_missing(
    element: ET.Element,
    submission: Submission,
    suite: str,
    outcome: Outcome,
    language: Language,
) -> None:
    group = submission.group
    if group is not None and group.suite == suite:
        case = _case(element, suite, submission_name(submission))
        _judge(case, [group], submission.listed_in, outcome, language)


def _add_reading(element: ET.Element, outcome: Outcome, language: Language) -> None:
    for rejection in outcome.rejections:
        file = file_words(rejection.source_path)
        tag = "error" if rejection.kind == "unreadable" else "skipped"
        words = safe(refusal(rejection.reason, rejection.message, language))
        _note(_case(element, "reading", file), tag, words, file, rejection.reason)
    for text in outcome.difficulties:
        _note(_case(element, "evaluation", safe(text)), "error", safe(text), "", "evaluation")


def _count(root: ET.Element) -> None:
    """Set what the suites and the whole count; the whole has no attribute for what is skipped."""
    for suite in root:
        suite.set("tests", str(len(suite)))
        for tag, attribute in _KINDS:
            suite.set(attribute, str(sum(case.find(tag) is not None for case in suite)))
    for attribute in ("tests", "failures", "errors"):
        root.set(attribute, str(sum(int(suite.get(attribute, "0")) for suite in root)))
