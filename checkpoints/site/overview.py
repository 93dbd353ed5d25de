"""The first page: what must be corrected, by whom, and how to get there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from checkpoints.groups import Group
from checkpoints.outcome import SEVERITIES, SUITES, Report
from checkpoints.site.addresses import group_anchor
from checkpoints.site.catalogue import Agency, Entry
from checkpoints.site.page import Page, Site
from checkpoints.site.standing import SIGNS, standing, standings
from checkpoints.summary import (
    baseline_words,
    counts_words,
    group_words,
    severity_words,
    submission_words,
    unlisted_words,
)
from checkpoints.wording import refusal
from expectations.rules import read_rules

MOST_LISTED = 200
"""So many reports are told on this page with all their findings; the others on their own."""

MOST_FIRST = 8
"""So many agencies are named before the grid."""


@dataclass(frozen=True)
class Listed:
    """A report whose findings the page tells, and the place of its agency in the grid."""

    row: int
    agency: Agency
    entry: Entry
    report: Report


def pages(site: Site) -> Iterator[Page]:
    """``index.html``."""
    catalogue, outcome = site.catalogue, site.outcome
    used = {group.rule for group in outcome.all_groups}
    rules = [rule for rule in read_rules() if rule.rule in used]
    listed = _listed(catalogue.agencies)
    yield site.page(
        "index.html",
        "index.html",
        outcome=outcome,
        agencies=catalogue.agencies,
        columns=_columns(site),
        first=[agency for agency in catalogue.agencies if agency.count("error")],
        most_first=MOST_FIRST,
        listed=listed[:MOST_LISTED],
        count_unlisted=max(0, len(listed) - MOST_LISTED),
        tiles=[
            (s, len(outcome.groups(s)), sum(r.count(s) > 0 for r in outcome.reports))
            for s in SEVERITIES
        ],
        count_current=sum(report.is_current for report in outcome.reports),
        suites=SUITES,
        severities=SEVERITIES,
        rules=rules,
        rule_numbers={rule.rule: number for number, rule in enumerate(rules)},
        signs=SIGNS,
        errors_of=lambda report: [rule for rule in rules if rule.rule in _errors(report)],
        standing=standing,
        standings=standings,
        flags=_flags,
        in_year=_in_year,
        group_anchor=group_anchor,
        baseline_words=baseline_words,
        counts_words=counts_words,
        group_words=group_words,
        severity_words=severity_words,
        submission_words=submission_words,
        unlisted_words=unlisted_words,
        refusal=refusal,
    )


def _columns(site: Site) -> list[int | None]:
    """The years, and None where a report's year is unknown."""
    years: list[int | None] = list(site.catalogue.years)
    return years + [None] * any(entry.year is None for _, entry in site.catalogue.entries())


def _listed(agencies: Sequence[Agency]) -> list[Listed]:
    """Reports with something to tell, worst first."""
    found = [
        Listed(row, agency, entry, entry.report)
        for row, agency in enumerate(agencies)
        for entry in agency.entries
        if entry.report is not None
        and (entry.report.groups or entry.report.progress or not entry.report.is_current)
    ]
    return sorted(found, key=lambda each: [-each.report.count(s) for s in SEVERITIES])


def _in_year(agency: Agency, year: int | None) -> list[Entry]:
    """What the grid shows of an agency in a year."""
    return [entry for entry in agency.entries if entry.year == year]


def _errors(report: Report) -> set[str]:
    return {group.rule for group in report.groups if group.severity == "error" and group.counts}


def _flags(groups: Sequence[Group], numbers: dict[str, int]) -> tuple[str, str]:
    """Severities and rules of groups that count, as the filters look for them."""
    counting = [group for group in groups if group.counts]
    severities = sorted({group.severity for group in counting})
    rules = sorted({numbers[group.rule] for group in counting})
    return " ".join(severities), " ".join(map(str, rules))
