"""What JUnit and GitHub are told of a finding, in the words of the summary."""

from __future__ import annotations

from checkpoints.groups import Group
from checkpoints.language import Language, safe
from checkpoints.outcome import Report
from checkpoints.paths import shown
from checkpoints.submissions import Submission
from checkpoints.summary import group_words
from checkpoints.wording import say


def report_name(report: Report, language: Language) -> str:
    """Agency and year of a report."""
    agency = safe(report.agency) if report.agency else say("unknown_agency", language)
    return f"{agency} {report.report_year or say('unknown_year', language)}"


def submission_name(submission: Submission) -> str:
    """Agency and year of an expected report."""
    return f"{safe(submission.agency)} {submission.report_year}"


def file_words(path: str) -> str:
    """A path as it is shown, on one line."""
    return safe(shown(path))


def place_words(group: Group, path: str, language: Language) -> str:
    """The file and, where it has any, the page."""
    page = f" {say('page', language, page=group.page)}" if group.page else ""
    return f"{file_words(path)}{page}"


def line_words(group: Group, path: str, language: Language) -> str:
    """One line: what is wrong, by which rule, in which file and page, under which id."""
    words = group_words(group, language)
    if group.standing != "counts":
        words = f"({say(group.standing, language, n='').strip()}) {words}"
    return f"{words} [{group.rule}] {place_words(group, path, language)} {group.group_id}"
