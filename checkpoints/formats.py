"""Machine-readable output of ``check`` and ``validate``: JSON, JUnit, GitHub annotations."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from xml.etree import ElementTree as ET

from checkpoints.baseline import rule_digests
from checkpoints.groups import Group
from checkpoints.language import Language, safe
from checkpoints.outcome import SUITES, Outcome, Report
from checkpoints.paths import shown
from checkpoints.submissions import Submission
from checkpoints.summary import group_words, last_line, summary
from checkpoints.wording import refusal, say

MOST_ANNOTATIONS = 10
"""GitHub shows so many annotations of a level; the rest goes into the step summary."""

_GITHUB_LEVELS = {"error": "error", "warning": "warning", "info": "notice"}


def as_json(outcome: Outcome, language: Language) -> str:
    """One object: exit code and reason, reports with their groups, rejections, rules."""
    document = {
        "gouji": version("gouji"),
        "exit_code": int(outcome.exit_code),
        "reason": last_line(outcome, language),
        "fail_on": outcome.fail_on,
        "database": str(outcome.database),
        "site": str(outcome.site) if outcome.site else None,
        "counts": {
            "reports": len(outcome.reports),
            "read": outcome.count_read,
            "known": outcome.count_known,
            "passed_over": outcome.count_passed_over,
            "context": outcome.count_context,
            "waived": outcome.count_waived,
            "expected": len(outcome.submissions),
            "missing": len(outcome.missing),
            "unlisted": len(outcome.unlisted),
        },
        "baseline": str(outcome.baseline.path) if outcome.baseline else None,
        "severity_changes": [asdict(change) for change in outcome.severity_changes],
        "reports": [_report(report) for report in outcome.reports],
        "expected": [_submission(submission) for submission in outcome.submissions],
        "unlisted": list(outcome.unlisted),
        "rejections": [r._asdict() for r in outcome.rejections],
        "gone": list(outcome.gone),
        "rules": [
            {
                "suite": r.suite,
                "rule": r.rule,
                "severity": r.severity,
                "digest": rule_digests().get(r.rule),
                "success": r.success,
                "unexpected_count": r.unexpected_count,
                "exception": r.exception,
            }
            for r in outcome.rules
        ],
        "difficulties": list(outcome.difficulties),
        "reviewed": [asdict(line) for line in outcome.reviewed],
    }
    return json.dumps(document, ensure_ascii=False, indent=2)


def _report(report: Report) -> dict[str, object]:
    return {
        "report_id": report.report_id,
        "source_path": report.source_path,
        "agency": report.agency,
        "report_year": report.report_year,
        "is_current": report.is_current,
        "version_basis": report.version_basis,
        "progress": asdict(report.progress) if report.progress else None,
        "findings": [_finding(group) for group in report.groups],
    }


def _submission(submission: Submission) -> dict[str, object]:
    told = asdict(submission)
    group = told.pop("group") and submission.group
    due = submission.due.isoformat() if submission.due else None
    return {**told, "due": due, "findings": [_finding(group)] if group else []}


def _finding(g: Group) -> dict[str, object]:
    return {
        "id": g.group_id,
        "finding_ids": list(g.finding_ids),
        "suite": g.suite,
        "rule": g.rule,
        "severity": g.severity,
        "origin": g.origin,
        "count": g.count_findings,
        "page": g.page,
        "standing": g.standing,
        "waived": g.waived,
        "waived_reason": g.waived_reason,
        "waived_by": g.waived_by,
        "waived_until": g.waived_until.isoformat() if g.waived_until else None,
        "message_zh": g.message_zh,
        "message_en": g.message_en,
    }


def as_junit(outcome: Outcome, language: Language) -> str:
    """One testsuite a suite, one testcase a report; what counts for the exit code is a failure."""
    root = ET.Element("testsuites", name="gouji")
    for suite in SUITES:
        _junit_suite(ET.SubElement(root, "testsuite", name=suite), suite, outcome, language)
    files = ET.SubElement(root, "testsuite", name="reading")
    for rejection in outcome.rejections:
        case = ET.SubElement(
            files, "testcase", classname="reading", name=safe(shown(rejection.source_path))
        )
        tag = "error" if rejection.kind == "unreadable" else "skipped"
        words = refusal(rejection.reason, rejection.message, language)
        ET.SubElement(case, tag, message=safe(words), type=rejection.reason)
    for text in outcome.difficulties:
        case = ET.SubElement(files, "testcase", classname="evaluation", name=safe(text))
        ET.SubElement(case, "error", message=safe(text))
    for element in root:
        _count(element)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode")


def _junit_suite(element: ET.Element, suite: str, outcome: Outcome, language: Language) -> None:
    for report in outcome.reports:
        case = ET.SubElement(
            element,
            "testcase",
            classname=f"gouji.{suite}",
            name=_name(report, language),
            file=safe(shown(report.source_path)),
        )
        if not report.is_current:
            ET.SubElement(case, "skipped", message=report.version_basis)
            continue
        groups = [g for g in report.groups if g.suite == suite]
        failing = [g for g in groups if g.severity in outcome.counting and g.counts]
        waived = [g for g in groups if g.waived]
        others = [g for g in groups if g not in failing]
        if failing:
            lines = [_line(g, language) for g in failing]
            failure = ET.SubElement(case, "failure", message=lines[0], type=failing[0].rule)
            failure.text = "\n".join(lines)
        elif waived:
            lines = [_line(g, language) for g in waived]
            skipped = ET.SubElement(case, "skipped", message=lines[0])
            skipped.text = "\n".join(lines)
        if others:
            ET.SubElement(case, "system-out").text = "\n".join(_line(g, language) for g in others)
    for submission in outcome.missing:
        group = submission.group
        if group is None or group.suite != suite:
            continue
        case = ET.SubElement(
            element,
            "testcase",
            classname=f"gouji.{suite}",
            name=f"{safe(submission.agency)} {submission.report_year}",
            file=safe(shown(submission.listed_in)),
        )
        if group.severity in outcome.counting and group.counts:
            ET.SubElement(case, "failure", message=_line(group, language), type=group.rule)
        else:
            ET.SubElement(case, "system-out").text = _line(group, language)


def _count(element: ET.Element) -> None:
    element.set("tests", str(len(element)))
    for tag, attribute in (("failure", "failures"), ("error", "errors"), ("skipped", "skipped")):
        element.set(attribute, str(sum(case.find(tag) is not None for case in element)))


def as_github(outcome: Outcome, language: Language) -> str:
    """Workflow commands, at most 10 a level; all findings go into the step summary."""
    _step_summary(outcome, language)
    return "\n".join([*_annotations(outcome, language), last_line(outcome, language)])


def _annotations(outcome: Outcome, language: Language) -> Iterator[str]:
    given = dict.fromkeys(_GITHUB_LEVELS.values(), 0)
    for severity, level in (*_GITHUB_LEVELS.items(), ("waived", "notice")):
        for file, name, group in _annotated(outcome, language):
            of = "waived" if group.waived else group.severity
            if of != severity or given[level] >= MOST_ANNOTATIONS:
                continue
            given[level] += 1
            yield _command(
                level,
                file,
                f"{name} {group.rule}",
                f"{group_words(group, language)} [{group.group_id[:8]}]",
            )
    for rejection in outcome.unreadable[: MOST_ANNOTATIONS - given["error"]]:
        yield _command(
            "error",
            shown(rejection.source_path),
            rejection.reason,
            refusal(rejection.reason, rejection.message, language),
        )


def _annotated(outcome: Outcome, language: Language) -> Iterator[tuple[str, str, Group]]:
    """File, name and group of what is annotated: all but what a baseline sets apart."""
    for report in outcome.reports:
        for group in report.groups:
            if group.standing == "counts":
                yield shown(report.source_path), _name(report, language), group
    for submission in outcome.missing:
        if submission.group and submission.group.standing == "counts":
            name = f"{safe(submission.agency)} {submission.report_year}"
            yield shown(submission.listed_in), name, submission.group


def _command(level: str, file: str, title: str, message: str) -> str:
    return f"::{level} file={_property(file)},title={_property(title)}::{_escape(message)}"


def _escape(text: str) -> str:
    return safe(text).replace("%", "%25")


def _property(text: str) -> str:
    return _escape(text).replace(":", "%3A").replace(",", "%2C")


def _step_summary(outcome: Outcome, language: Language) -> None:
    """Append the whole summary to the file GitHub names, as text in a code block."""
    target = os.environ.get("GITHUB_STEP_SUMMARY")
    if target:
        lines = "\n".join(line.replace("```", "'''") for line in summary(outcome, language))
        with Path(target).open("a", encoding="utf-8") as file:
            file.write(f"```text\n{lines}\n```\n")


def _name(report: Report, language: Language) -> str:
    agency = safe(report.agency) if report.agency else say("unknown_agency", language)
    year = report.report_year or say("unknown_year", language)
    return f"{agency} {year}"


def _line(group: Group, language: Language) -> str:
    return f"{group_words(group, language)} [{group.rule}] {group.group_id}"
