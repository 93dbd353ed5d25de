"""The summary at the end of a run, in plain Chinese or English."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

from checkpoints.groups import Group
from checkpoints.language import Language, safe
from checkpoints.outcome import SEVERITIES, SUITES, Outcome, Report
from checkpoints.paths import shown
from checkpoints.submissions import Submission
from checkpoints.wording import refusal, say

MOST_GROUPS = 3
"""So many findings of a report are spelt out; the site has all of them."""

MOST_LETTERS = 60
"""So long is the first finding as the last line repeats it."""


def summary(outcome: Outcome, language: Language) -> Iterator[str]:
    """Lines: counts, each report with its suites and first findings, other files, the exit code."""
    yield counts_words(outcome, language)
    for report in sorted(outcome.reports, key=worst_first):
        yield from _report(report, language)
    yield from _expected(outcome, language)
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
    yield from _apart(outcome, language)
    if outcome.severity_changes:
        yield severity_words(outcome, language)
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


def submission_words(submission: Submission, language: Language) -> str:
    """Whose report is missing, and the line of the list that asks for it."""
    state = say("missing", language)
    if submission.group is None:
        state = say("not_due", language, due=submission.due)
    where = say(
        "reviewed_line", language, path=safe(shown(submission.listed_in)), line=submission.line_no
    )
    return f"{safe(submission.agency)} {submission.report_year}  {state}  {where}"


def severity_words(outcome: Outcome, language: Language) -> str:
    """Every severity that the configuration changes."""
    changes = [
        say(
            "severity_change",
            language,
            rule=change.rule,
            was=say(change.was, language),
            now=say(change.now, language),
        )
        for change in outcome.severity_changes
    ]
    rules = say("joint", language).join(changes)
    return say("severity_changes", language, n=len(changes), rules=rules)


def baseline_words(outcome: Outcome, language: Language) -> str:
    """The baseline, and how many findings it accepts; nothing where there is none."""
    if outcome.baseline is None:
        return ""
    return say(
        "baseline_line",
        language,
        path=safe(shown(outcome.baseline.path)),
        version=safe(outcome.baseline.version),
        accepted=sum(g.standing == "accepted" and not g.waived for g in outcome.all_groups),
    )


def unlisted_words(outcome: Outcome, language: Language) -> str:
    """The reports that no expected.csv of the run lists."""
    names = [
        f"{safe(r.agency or say('unknown_agency', language))} {r.report_year}"
        for r in outcome.reports
        if r.report_id in outcome.unlisted
    ]
    return say("unlisted", language, n=len(names), names=", ".join(names))


def counts_words(outcome: Outcome, language: Language) -> str:
    """The first line: what was expected and came where there is a list, else what was read."""
    if outcome.submissions:
        line = say(
            "expected_line",
            language,
            expected=len(outcome.submissions),
            received=len(outcome.submissions) - len(outcome.missing),
            missing=len(outcome.missing),
            unreadable=len(outcome.unreadable),
            errors=len(outcome.groups("error")),
        )
    else:
        line = _counts(outcome, language)
    if outcome.count_waived:
        line += f" · {say('waived', language, n=outcome.count_waived)}"
    return line


def _expected(outcome: Outcome, language: Language) -> Iterator[str]:
    for submission in outcome.missing:
        yield submission_words(submission, language)
        if submission.group and submission.group.standing == "counts":
            yield f"  {group_words(submission.group, language)} [{submission.group.rule}]"
    if outcome.unlisted:
        yield unlisted_words(outcome, language)


def _apart(outcome: Outcome, language: Language) -> Iterator[str]:
    """What the baseline sets apart."""
    if outcome.baseline is None:
        return
    yield baseline_words(outcome, language)
    changed = [g for g in outcome.all_groups if not g.waived and g.standing == "changed_rule"]
    if changed:
        yield say("changed_rules_line", language, n=len(changed))
        for group in changed:
            yield f"  {group_words(group, language)} [{group.rule}]"


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


def worst_first(report: Report) -> tuple[int, int, str, int, str]:
    """What reports are sorted by: those with the most to correct, then to check, come first."""
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
    if report.progress:
        yield f"  {say('progress', language, **asdict(report.progress))}"
    told = [group for group in report.groups if group.standing == "counts"]
    for group in told[:MOST_GROUPS]:
        yield f"  {group_words(group, language)} [{group.rule}]"
    if len(told) > MOST_GROUPS:
        yield f"  {say('more', language, n=len(told) - MOST_GROUPS)}"


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
    for standing in ("accepted", "changed_rule"):
        apart = sum(g.standing == standing and g.suite == suite for g in report.groups)
        aside += f" {say(standing, language, n=apart)}" if apart else ""
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
        missing = [s.group for s in outcome.submissions if s.group and s.group.counts]
        reports = sum(1 for r in outcome.reports if r.count(severity))
        reports += sum(group.severity == severity for group in missing)
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
