"""What a run has to say: reports, findings in groups, rejections, rules, and the exit code."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import duckdb

from checkpoints.annual_reports import RuleOutcome
from checkpoints.baseline import Baseline
from checkpoints.config import SeverityChange
from checkpoints.exit_codes import ExitCode
from checkpoints.groups import Group, Severity, read_groups
from checkpoints.history import Progress
from checkpoints.reviewed import Reviewed
from checkpoints.submissions import Submission
from ingest.document import LEAST_SURE
from ingest.warehouse import Rejection

FailOn = Literal["error", "warning", "never"]

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")

SUITES = ("completeness", "non_negativity", "balance", "continuity", "narrative")


@dataclass(frozen=True)
class Report:
    """A report of this run with the groups of its findings, worst first.

    ``count_by_eye`` counts the cells read with so little confidence that a person must look.
    ``progress`` compares it with its former version, where one was checked in an earlier run.
    """

    report_id: str
    source_path: str
    agency: str | None
    report_year: int | None
    is_current: bool
    version_basis: str
    groups: tuple[Group, ...]
    count_by_eye: int = 0
    progress: Progress | None = None

    def count(self, severity: Severity, suite: str | None = None) -> int:
        """Groups of one severity that count, of one suite or of all."""
        return sum(
            g.severity == severity and g.counts and suite in (None, g.suite) for g in self.groups
        )

    def count_waived(self, suite: str | None = None) -> int:
        """Groups that are waived, of one suite or of all."""
        return sum(g.waived and suite in (None, g.suite) for g in self.groups)


@dataclass(frozen=True)
class Outcome:
    """The end of a run. ``difficulties`` are words for what could not be evaluated.

    ``lists`` are the expected.csv of the run, ``submissions`` what they list, ``unlisted`` the ids
    of reports that they do not. ``severity_changes`` are those of gouji.toml. ``since`` compares
    with the run before, where there was one.
    """

    reports: tuple[Report, ...]
    rules: tuple[RuleOutcome, ...]
    difficulties: tuple[str, ...]
    fail_on: FailOn
    database: Path
    site: Path | None
    has_history: bool
    rejections: tuple[Rejection, ...] = ()
    gone: tuple[str, ...] = ()
    count_read: int = 0
    count_known: int = 0
    count_passed_over: int = 0
    count_context: int = 0
    data_docs: Path | None = field(default=None)
    reviewed: tuple[Reviewed, ...] = ()
    lists: tuple[str, ...] = ()
    submissions: tuple[Submission, ...] = ()
    unlisted: tuple[str, ...] = ()
    severity_changes: tuple[SeverityChange, ...] = ()
    baseline: Baseline | None = None
    since: Progress | None = None

    @property
    def missing(self) -> tuple[Submission, ...]:
        """Expected reports that are not there."""
        return tuple(s for s in self.submissions if s.is_missing)

    @property
    def all_groups(self) -> list[Group]:
        """All groups: of the reports, and of those that are missing."""
        of_reports = [g for r in self.reports for g in r.groups]
        return of_reports + [s.group for s in self.submissions if s.group]

    @property
    def unreadable(self) -> tuple[Rejection, ...]:
        """Files that could not be read."""
        return tuple(r for r in self.rejections if r.kind == "unreadable")

    @property
    def skipped(self) -> tuple[Rejection, ...]:
        """Readable documents that are no annual report."""
        return tuple(r for r in self.rejections if r.kind == "skipped")

    @property
    def counting(self) -> tuple[Severity, ...]:
        """Severities that decide the exit code."""
        if self.fail_on == "never":
            return ()
        return SEVERITIES[: SEVERITIES.index(self.fail_on) + 1]

    def groups(self, severity: Severity) -> list[Group]:
        """All groups of one severity that count."""
        return [g for g in self.all_groups if g.severity == severity and g.counts]

    @property
    def count_waived(self) -> int:
        """Groups that are waived, of all reports."""
        return sum(r.count_waived() for r in self.reports)

    @property
    def exit_code(self) -> ExitCode:
        """1 wins over 3; ``--fail-on never`` takes away 1 and not 3."""
        if any(self.groups(severity) for severity in self.counting):
            return ExitCode.FINDINGS
        if self.unreadable or self.difficulties:
            return ExitCode.INCOMPLETE
        return ExitCode.OK


def read_reports(
    con: duckdb.DuckDBPyConnection, report_ids: Collection[str], known: Collection[str]
) -> tuple[Report, ...]:
    """The reports among ``report_ids`` with their findings; ``known`` finding ids are not new."""
    groups: dict[str | None, list[Group]] = {}
    ids = {"ids": list(report_ids)}
    for report_id, group in read_groups(con, "list_contains($ids, report_id)", ids, known):
        groups.setdefault(report_id, []).append(group)
    reports = con.execute(
        """
        with doubtful as (
            select report_id, count(*) as count_by_eye
            from marts.cell_values
            where confidence < $least_sure
            group by report_id
        )
        select
            report_id, source_path, agency, report_year, is_current, version_basis,
            coalesce(count_by_eye, 0)
        from marts.reports
        left join doubtful using (report_id)
        where list_contains($ids, report_id)
        order by agency nulls last, report_year, source_path
        """,
        {"ids": list(report_ids), "least_sure": LEAST_SURE},
    ).fetchall()
    return tuple(
        Report(
            report_id, path, agency, year, is_current, basis, tuple(groups.get(report_id, ())), n
        )
        for report_id, path, agency, year, is_current, basis, n in reports
    )


def disagreements(
    con: duckdb.DuckDBPyConnection,
    rules: Sequence[RuleOutcome],
    report_ids: Collection[str],
    submissions: Collection[str] = (),
) -> list[str]:
    """Rules for which the suites and ``marts.findings`` count different numbers of cases.

    Neither counts what is waived.
    """
    counted = con.execute(
        """
        select rule, count(*) from marts.findings
        where not waived and (
            list_contains($ids, report_id)
            or (report_id is null and list_contains($submissions, subject))
        )
        group by rule
        """,
        {"ids": list(report_ids), "submissions": list(submissions)},
    ).fetchall()
    listed = dict(counted)
    stated = {r.rule for r in rules}
    found = [
        f"{r.rule}: suite {r.unexpected_count}, findings {listed.get(r.rule, 0)}"
        for r in rules
        if r.suite in SUITES and r.exception is None and r.unexpected_count != listed.get(r.rule, 0)
    ]
    return found + [f"{rule}: findings without suite" for rule in sorted(set(listed) - stated)]
