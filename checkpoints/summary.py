"""The summary at the end of a run, in plain Chinese or English."""

from __future__ import annotations

from collections.abc import Iterator

from checkpoints.language import Language, safe
from checkpoints.outcome import SEVERITIES, SUITES, Group, Outcome, Report
from checkpoints.paths import shown
from checkpoints.wording import refusal, say

MOST_GROUPS = 3
"""So many findings of a report are spelt out; the site has all of them."""

MOST_LETTERS = 60
"""So long is the first finding as the last line repeats it."""


def summary(outcome: Outcome, language: Language) -> Iterator[str]:
    """Lines: counts, each report with its suites and first findings, other files, the exit code."""
    yield _first_line(outcome, language)
    for report in sorted(outcome.reports, key=_worst_first):
        yield from _report(report, language)
    for rejection in outcome.rejections:
        yield say(
            rejection.kind,
            language,
            path=safe(shown(rejection.source_path)),
            message=safe(refusal(rejection.reason, rejection.message, language)),
        )
    for path in outcome.gone:
        yield say("gone", language, path=safe(shown(path)))
    for text in outcome.difficulties:
        yield say("difficulty", language, text=safe(text))
    for line in outcome.reviewed:
        if not line.is_in_force:
            yield say("lapsed", language, text=line.told(language))
        elif line.kind == "correction":
            yield line.told(language)
    if outcome.count_passed_over:
        yield say("passed_over", language, n=outcome.count_passed_over)
    if outcome.count_context:
        yield say("context", language, n=outcome.count_context)
    yield last_line(outcome, language)


def last_line(outcome: Outcome, language: Language) -> str:
    """The exit code and why."""
    reasons = list(_reasons(outcome, language))
    reason = say("joint", language).join(reasons)
    return say("last_line", language, code=int(outcome.exit_code), reason=reason)


def waived_words(group: Group, language: Language) -> str:
    """The line of a finding that is waived: why, by whom, until when."""
    until = say("waived_until", language, day=group.waived_until) if group.waived_until else ""
    return say(
        "waived_line",
        language,
        reason=safe(group.waived_reason or ""),
        who=safe(group.waived_by or ""),
        until=until,
        message=safe(group.message(language)),
    )


def group_words(group: Group, language: Language) -> str:
    """The line of a finding, waived or not."""
    return waived_words(group, language) if group.waived else safe(group.message(language))


def _first_line(outcome: Outcome, language: Language) -> str:
    line = _counts(outcome, language)
    if outcome.count_waived:
        line += f" · {say('waived', language, n=outcome.count_waived)}"
    return line


def _counts(outcome: Outcome, language: Language) -> str:
    return say(
        "first_line",
        language,
        reports=len(outcome.reports),
        read=outcome.count_read,
        known=outcome.count_known,
        skipped=len(outcome.skipped),
        unreadable=len(outcome.unreadable),
        errors=len(outcome.groups("error")),
        warnings=len(outcome.groups("warning")),
    )


def _worst_first(report: Report) -> tuple[int, int, str, int, str]:
    return (
        -report.count("error"),
        -report.count("warning"),
        report.agency or "",
        report.report_year or 0,
        report.source_path,
    )


def _report(report: Report, language: Language) -> Iterator[str]:
    agency = safe(report.agency) if report.agency else say("unknown_agency", language)
    year = str(report.report_year) if report.report_year else say("unknown_year", language)
    yield f"{agency} {year}  {_state(report, language)}  {safe(shown(report.source_path))}"
    if report.count_by_eye:
        yield f"  {say('by_eye', language, n=report.count_by_eye)}"
    for group in report.groups[:MOST_GROUPS]:
        yield f"  {group_words(group, language)} [{group.rule}]"
    if len(report.groups) > MOST_GROUPS:
        yield f"  {say('more', language, n=len(report.groups) - MOST_GROUPS)}"


def _state(report: Report, language: Language) -> str:
    if not report.is_current:
        same = report.version_basis == "same_figures"
        return say("duplicate" if same else "superseded", language)
    if not report.groups:
        return "✓ " + say("clean", language)
    return " · ".join(_suite_state(report, suite, language) for suite in SUITES)


def _suite_state(report: Report, suite: str, language: Language) -> str:
    name = say(suite, language)
    counts = {s: report.count(s, suite) for s in SEVERITIES}
    waived = report.count_waived(suite)
    aside = f" {say('counted_waived', language, n=waived)}" if waived else ""
    if not any(counts.values()):
        return f"{name} ✓{aside}"
    mark = "✗" if counts["error"] else "!" if counts["warning"] else "·"
    said = " ".join(
        say("counted", language, what=say(s, language), n=n) for s, n in counts.items() if n
    )
    return f"{name} {mark} {said}{aside}"


def _reasons(outcome: Outcome, language: Language) -> Iterator[str]:
    counting = [s for s in outcome.counting if outcome.groups(s)]
    for severity in counting or [s for s in SEVERITIES[:2] if outcome.groups(s)]:
        groups = outcome.groups(severity)
        reports = sum(1 for r in outcome.reports if r.count(severity))
        text = say(
            "found", language, reports=reports, groups=len(groups), severity=say(severity, language)
        )
        if outcome.has_history:
            new = sum(g.is_new for g in groups)
            text += say("new_and_remaining", language, new=new, old=len(groups) - new)
        if not counting:
            text += say("not_counted", language)
        yield text
    if not outcome.reports:
        yield say("no_reports", language)
    elif not (outcome.groups("error") or outcome.groups("warning")):
        yield say("nothing", language)
    if outcome.unreadable:
        yield say("also_unreadable", language, n=len(outcome.unreadable))
    if outcome.difficulties:
        yield say("also_difficult", language, n=len(outcome.difficulties))
    first = next((g for s in counting for g in outcome.groups(s)), None)
    if first is not None:
        yield say("first_of_all", language, text=_shortened(safe(first.message(language))))
    if outcome.site is not None:
        yield say("see", language, path=shown(outcome.site / "index.html"))


def _shortened(text: str) -> str:
    return text.rstrip("。.") if len(text) <= MOST_LETTERS else text[:MOST_LETTERS] + "…"
