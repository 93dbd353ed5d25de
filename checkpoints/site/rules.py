"""The page of the rules: what each asserts, on what it rests, and how the reports stand by it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field

from checkpoints.config import SeverityChange
from checkpoints.outcome import SUITES
from checkpoints.site.addresses import group_anchor, report_page
from checkpoints.site.page import Page, Site
from checkpoints.site.standing import SIGNS
from checkpoints.transform import seed_rows
from expectations.rules import Rule, read_rules

PATH = "rules.html"

MOST_LINKED = 100
"""Reports that are linked under a rule; the others are counted."""

STATES = ("fails", "waived", "holds", "partly", "not_judged")
"""How a report stands by a rule. ``partly``: no case fails, but not all could be judged."""

# A case is what a rule is judged on: a cell, row, table, section, relation, statement or report.
_STANDS = """
with instances as (
    select rule, coalesce(submission_key, report_id) as subject,
        instances_possible as possible, instances_judged as judged
    from intermediate.int_rule_instances
    where case
        when submission_key is null then report_id in (select unnest($reports::varchar[]))
        else submission_key in (select unnest($submissions::varchar[]))
    end
),

failing as (
    select rule, coalesce(report_id, subject) as subject,
        count(*) filter (where not waived) as failing, count(*) filter (where waived) as waived
    from marts.findings
    where report_id in (select unnest($reports::varchar[]))
        or (report_id is null and subject in (select unnest($submissions::varchar[])))
    group by all
),

stands as (
    select rule, coalesce(possible, 0) as possible, coalesce(judged, 0) as judged,
        coalesce(failing, 0) as failing, coalesce(waived, 0) as waived
    from instances
    full join failing using (rule, subject)
)

select
    rule, sum(possible), sum(judged), sum(failing), sum(waived),
    count(*) filter (where failing > 0),
    count(*) filter (where failing = 0 and waived > 0),
    count(*) filter (where failing = 0 and waived = 0 and judged > 0 and judged >= possible),
    count(*) filter (where failing = 0 and waived = 0 and judged > 0 and judged < possible),
    count(*) filter (where failing = 0 and waived = 0 and judged = 0 and possible > 0)
from stands
group by rule
"""

_LINKS = """
select rule, report_id, min(group_id) as group_id, bool_and(waived) as waived
from marts.findings
where report_id in (select unnest($reports::varchar[]))
group by rule, report_id
"""


@dataclass(frozen=True)
class Counts:
    """Cases of a rule, and the reports (expected ones for a rule about those) by state."""

    possible: int = 0
    judged: int = 0
    failing: int = 0
    waived: int = 0
    reports: Mapping[str, int] = field(default_factory=lambda: dict.fromkeys(STATES, 0))

    @property
    def count_reports(self) -> int:
        """Reports to which the rule applies."""
        return sum(self.reports.values())


@dataclass(frozen=True)
class Link:
    """The finding of a report, on the report's page."""

    agency: str | None
    year: int | None
    address: str
    waived: bool


@dataclass(frozen=True)
class Stated:
    """A rule with its advice, the severity that configuration gives it, and how it stands."""

    rule: Rule
    advice: tuple[str, str]
    change: SeverityChange | None
    counts: Counts
    links: tuple[Link, ...]


def pages(site: Site) -> Iterator[Page]:
    """``rules.html``."""
    stated = _stated(site)
    yield site.page(
        PATH,
        "rules.html",
        stated=stated,
        suites=[(suite, [each for each in stated if each.rule.suite == suite]) for suite in SUITES],
        count_current=sum(report.is_current for report in site.outcome.reports),
        count_missing=len(site.outcome.missing),
        states=STATES,
        by_agency=by_agency,
        most=MOST_LINKED,
        signs=SIGNS,
    )


def _stated(site: Site) -> list[Stated]:
    counts, links = _read(site)
    advice = {row["rule"]: (row["advice_zh"], row["advice_en"]) for row in seed_rows("rules")}
    changes = {change.rule: change for change in site.outcome.severity_changes}
    return [
        Stated(
            rule,
            advice.get(rule.rule, ("", "")),
            changes.get(rule.rule),
            counts.get(rule.rule, Counts()),
            tuple(links.get(rule.rule, ())),
        )
        for rule in read_rules()
        if rule.suite in SUITES
    ]


def _read(site: Site) -> tuple[dict[str, Counts], dict[str, list[Link]]]:
    """How the current reports of the run stand by each rule, and their findings' places."""
    reports = {r.report_id: r for r in site.outcome.reports if r.is_current}
    values = {"reports": list(reports)}
    keys = [submission.key for submission in site.outcome.submissions]
    with closing(site.connect()) as con:
        rows = con.execute(_STANDS, {**values, "submissions": keys}).fetchall()
        found = con.execute(_LINKS, values).fetchall()
    counts = {rule: _counts(*numbers) for rule, *numbers in rows}
    order = {report_id: number for number, report_id in enumerate(reports)}
    links: dict[str, list[Link]] = {}
    for rule, report_id, group_id, waived in sorted(found, key=lambda row: order[row[1]]):
        report = reports[report_id]
        address = f"{report_page(report_id)}#{group_anchor(group_id)}"
        links.setdefault(rule, []).append(Link(report.agency, report.report_year, address, waived))
    return counts, links


def _counts(possible: int, judged: int, failing: int, waived: int, *reports: int) -> Counts:
    states = dict(zip(STATES, reports, strict=True))
    return Counts(int(possible), int(judged), int(failing), int(waived), states)


def by_agency(links: Sequence[Link]) -> list[tuple[str | None, list[Link]]]:
    """The links of each agency together, in the order in which the agencies come."""
    agencies: dict[str | None, list[Link]] = {}
    for link in links:
        agencies.setdefault(link.agency, []).append(link)
    return list(agencies.items())
