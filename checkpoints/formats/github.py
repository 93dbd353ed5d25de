"""The result as workflow commands of GitHub Actions, and as the summary of the step."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from checkpoints.formats.step_summary import MOST_BYTES, step_summary
from checkpoints.formats.told import file_words, place_words, report_name, submission_name
from checkpoints.groups import Group, Severity
from checkpoints.language import Language, safe
from checkpoints.outcome import SEVERITIES, Outcome
from checkpoints.paths import shown
from checkpoints.summary import group_words, last_line, worst_first
from checkpoints.wording import refusal, say

MOST_ANNOTATIONS = 10
"""GitHub shows so many annotations of a level and step; the rest goes into the step summary."""

Level = Literal["error", "warning", "notice"]

_LEVELS: dict[Severity, Level] = {"error": "error", "warning": "warning", "info": "notice"}


@dataclass(frozen=True)
class Annotation:
    """One workflow command. ``path`` is relative to the repository where it lies in it."""

    level: Level
    path: str | None
    title: str
    lines: tuple[str, ...]

    @property
    def command(self) -> str:
        """The line that the runner obeys, escaped as its ActionCommand unescapes it."""
        file = f"file={_property(shown(self.path))}," if self.path else ""
        message = "%0A".join(map(_data, self.lines))
        return f"::{self.level} {file}title={_property(self.title)}::{message}"

    @property
    def text(self) -> str:
        """The same on one line for people."""
        return "  ".join([safe(self.title), *map(safe, self.lines)])


def as_github(outcome: Outcome, language: Language) -> str:
    """Workflow commands, worst first and at most 10 a level, and the reason of the exit code.

    The rest is counted and listed in the file that GITHUB_STEP_SUMMARY names, if any.
    """
    told = {severity: _of_severity(severity, outcome, language) for severity in SEVERITIES}
    target = os.environ.get("GITHUB_STEP_SUMMARY")
    if target:
        _append_summary(Path(target), told, outcome, language)
    commands = [each.command for found in told.values() for each in found[:MOST_ANNOTATIONS]]
    return "\n".join([*commands, _plain(last_line(outcome, language))])


def _append_summary(
    target: Path, told: dict[Severity, list[Annotation]], outcome: Outcome, language: Language
) -> None:
    words: dict[str, list[str]] = {s: [each.text for each in found] for s, found in told.items()}
    room = MOST_BYTES - (target.stat().st_size if target.exists() else 0)
    text = step_summary(outcome, words, MOST_ANNOTATIONS, language, room)
    with target.open("a", encoding="utf-8", newline="\n") as file:
        file.write(text)


def _of_severity(severity: Severity, outcome: Outcome, language: Language) -> list[Annotation]:
    """All of a severity: findings that count, the surest first and of the worst report first.

    Files and checks that failed end the errors, what is waived ends the hints.
    """
    groups = [
        (name, path, group)
        for name, path, group in _groups(outcome, language)
        if group.severity == severity and group.counts
    ]
    groups.sort(key=lambda each: each[2].origin != "source")
    found = [_finding(_LEVELS[severity], *each, language) for each in groups]
    if severity == "error":
        found += _failures(outcome, language)
    if severity == "info":
        waived = [each for each in _groups(outcome, language) if each[2].waived]
        found += [_finding("notice", *each, language) for each in waived]
    return found


def _groups(outcome: Outcome, language: Language) -> Iterator[tuple[str, str, Group]]:
    """Name, path and group of all findings but what a baseline sets apart."""
    for report in sorted(outcome.reports, key=worst_first):
        for group in report.groups:
            if group.standing == "counts":
                yield report_name(report, language), report.source_path, group
    for submission in outcome.missing:
        if submission.group and submission.group.standing == "counts":
            yield submission_name(submission), submission.listed_in, submission.group


def _finding(level: Level, name: str, path: str, group: Group, language: Language) -> Annotation:
    place = f"{place_words(group, path, language)} · {group.group_id}"
    return Annotation(level, path, f"{name} {group.rule}", (group_words(group, language), place))


def _failures(outcome: Outcome, language: Language) -> Sequence[Annotation]:
    """Files that could not be read and checks that could not be evaluated."""
    files = [
        Annotation(
            "error",
            rejection.source_path,
            rejection.reason,
            (
                refusal(rejection.reason, rejection.message, language),
                file_words(rejection.source_path),
            ),
        )
        for rejection in outcome.unreadable
    ]
    checks = [
        Annotation("error", None, "gouji", (say("difficulty", language, text=text),))
        for text in outcome.difficulties
    ]
    return [*files, *checks]


def _data(text: str) -> str:
    """Text of a message; line ends are gone, so only the sign of escapes is left to escape."""
    return safe(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _plain(text: str) -> str:
    """A line of the log: the runner obeys ``##[command]`` anywhere in a line."""
    return safe(text).replace("##[", "## [")
