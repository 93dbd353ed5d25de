"""The steps of a run in their order: read, model, validate, publish."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from checkpoints import history
from checkpoints.ahead import loading_ahead
from checkpoints.annual_reports import CheckpointOutcome, run_checkpoint
from checkpoints.baseline import Baseline
from checkpoints.config import configured_rules, severity_changes
from checkpoints.groups import Severity
from checkpoints.language import Language
from checkpoints.outcome import FailOn, Outcome, disagreements, read_reports
from checkpoints.progress import Progress
from checkpoints.reviewed import read_reviewed
from checkpoints.run_lock import only_run
from checkpoints.submissions import read_submissions, submission_keys, unlisted_reports
from checkpoints.transform import Build, bring_up_to_date, built_severities
from ingest import warehouse
from ingest.discover import absolute, is_under
from ingest.limits import DEFAULT, Limits
from ingest.read import IngestReport, Reading, ingest


class NothingBuilt(ValueError):
    """The database or its marts are not there yet."""


@dataclass(frozen=True)
class Settings:
    """Options of a run; paths as the user gave them, ``jobs`` worker processes.

    ``limits`` and ``pdf_source`` as in :func:`ingest.read.ingest`; ``today`` is the day up to which
    waivers hold, that of the clock unless given. ``severities`` are those that configuration
    changes, by rule: None leaves them as they were when the models were built. ``baseline`` is the
    accepted run whose findings do not count. ``spark_master`` is where Spark reads and builds the
    models; None where DuckDB does.
    """

    database: Path
    site: Path | None
    language: Language
    fail_on: FailOn = "error"
    jobs: int = 1
    limits: Limits = DEFAULT
    pdf_source: str | None = None
    today: date | None = None
    severities: Mapping[str, Severity] | None = None
    baseline: Baseline | None = None
    spark_master: str | None = None

    def __post_init__(self) -> None:
        if self.jobs < 1:
            raise ValueError(f"--jobs {self.jobs}")


def check(paths: Sequence[Path | str], settings: Settings, progress: Progress) -> Outcome:
    """Read the reports under ``paths``, rebuild the models, validate and publish.

    The outcome covers the reports found under ``paths`` and no others.
    """
    with only_run(settings.database):
        return _checked(paths, settings, progress)


def _checked(paths: Sequence[Path | str], settings: Settings, progress: Progress) -> Outcome:
    with _engine(settings) as (reading, build, spark):
        found = read(paths, settings, loading_ahead(progress), reading)
        is_built = bring_up_to_date(
            settings.database,
            lambda done, total: progress("build", done, total),
            today=settings.today,
            severities=settings.severities or {},
            build=build,
        )
        # The session holds what it has built, and nothing of an earlier one.
        holding = spark if is_built else None
        outcome = _validate(settings, list(found.reports), found.lists, progress, holding)
    outcome = replace(
        outcome,
        rejections=found.rejections,
        gone=found.gone,
        count_read=found.count_read,
        count_known=found.count_known,
        count_passed_over=found.count_passed_over,
    )
    _remember(outcome)
    return _published(outcome, settings)


def validate(settings: Settings, under: Sequence[Path], progress: Progress) -> Outcome:
    """Validate and publish what is built: all current reports, or those under ``under``."""
    outcome = document(settings, under, progress)
    _remember(outcome)
    return outcome


def document(settings: Settings, under: Sequence[Path], progress: Progress) -> Outcome:
    """Write the site of what is built; no run is kept in the history."""
    require_marts(settings.database)
    if settings.severities is not None:
        bring_up_to_date(
            settings.database,
            lambda done, total: progress("build", done, total),
            today=settings.today,
            severities=settings.severities,
        )
    with closing(warehouse.connect(settings.database)) as con:
        report_ids = reports_under(con, under)
        lists = lists_under(con, under)
    outcome = _validate(settings, report_ids, lists, progress)
    return _published(outcome, settings)


@contextmanager
def _engine(settings: Settings) -> Iterator[tuple[Reading | None, Build | None, Any]]:
    """What reads, what builds, and the session that does: DuckDB in this process, or Spark."""
    if settings.spark_master is None:
        yield None, None, None
        return
    from checkpoints.spark.engine import spark_engine

    with spark_engine(
        settings.spark_master, settings.database, settings.limits, settings.pdf_source
    ) as means:
        yield means


def read(
    paths: Sequence[Path | str],
    settings: Settings,
    progress: Progress,
    reading: Reading | None = None,
) -> IngestReport:
    """Read the reports under ``paths`` into the raw tables."""
    return ingest(
        paths,
        settings.database,
        settings.jobs,
        lambda done, total: progress("read", done, total),
        stdin=sys.stdin,
        limits=settings.limits,
        pdf_source=settings.pdf_source,
        reading=reading,
    )


def require_database(database: Path) -> None:
    """Raise NothingBuilt unless ``database`` is there."""
    if not database.is_file():
        raise NothingBuilt(database)


def require_marts(database: Path) -> None:
    """Raise NothingBuilt unless ``database`` holds the marts."""
    require_database(database)
    with closing(warehouse.connect(database)) as con:
        found = con.execute(
            """
            select count(*) from information_schema.tables
            where table_schema = 'marts' and table_name = 'findings'
            """
        ).fetchall()
    if not found[0][0]:
        raise NothingBuilt(database)


def reports_under(con: duckdb.DuckDBPyConnection, under: Sequence[Path]) -> list[str]:
    """Ids of the current reports that lie under one of ``under``, or of all of them."""
    roots = [absolute(path) for path in under]
    rows = con.execute(
        """
        select r.report_id, list(s.source_path)
        from marts.reports as r
        inner join raw.sources as s on r.report_id = s.document_id
        where r.is_current
        group by r.report_id
        order by r.report_id
        """
    ).fetchall()
    return [
        report_id
        for report_id, paths in rows
        if not roots or any(is_under(path, roots) for path in paths)
    ]


def lists_under(con: duckdb.DuckDBPyConnection, under: Sequence[Path]) -> list[str]:
    """The expected.csv that lie under one of ``under``, or all of them."""
    roots = [absolute(path) for path in under]
    rows = con.execute("select distinct listed_in from raw.expected order by listed_in").fetchall()
    return [path for (path,) in rows if not roots or is_under(path, roots)]


def _validate(
    settings: Settings,
    report_ids: Collection[str],
    lists: Collection[str],
    progress: Progress,
    spark: Any = None,
) -> Outcome:
    progress("validate", 0, 1)
    with closing(warehouse.connect(settings.database)) as con:
        keys = submission_keys(con, lists)
        changes = severity_changes(built_severities(con))
    checked = run_checkpoint(
        settings.database,
        language=settings.language,
        site=settings.site,
        under=sorted(report_ids),
        submissions=keys,
        rules=configured_rules(changes),
        spark=spark,
    )
    progress("validate", 1, 1)
    with closing(warehouse.connect(settings.database)) as con:
        has_history, known = history.known_findings(con)
        reports = read_reports(con, report_ids, known)
        progress_of = history.progress_since(
            con, {report.report_id: report.groups for report in reports if report.is_current}
        )
        reports = tuple(replace(r, progress=progress_of.get(r.report_id)) for r in reports)
        submissions = read_submissions(con, keys, known)
        unlisted = unlisted_reports(con, keys, report_ids)
        groups = [group for report in reports for group in report.groups]
        groups += [each.group for each in submissions if each.group]
        since = history.since_last_run(con, report_ids, keys, groups)
        difficulties = (
            *_exceptions(checked),
            *disagreements(con, checked.rules, report_ids, keys),
        )
        reviewed = read_reviewed(con, reports)
        count_all = con.execute("select count(*) from marts.reports").fetchall()[0][0]
    outcome = Outcome(
        reports=reports,
        rules=checked.rules,
        difficulties=difficulties,
        fail_on=settings.fail_on,
        database=settings.database,
        site=settings.site,
        has_history=has_history,
        count_context=count_all - len(reports),
        data_docs=checked.data_docs,
        reviewed=reviewed,
        lists=tuple(lists),
        submissions=submissions,
        unlisted=unlisted,
        severity_changes=changes,
        baseline=settings.baseline,
        since=since,
    )
    return outcome if settings.baseline is None else _against(outcome, settings.baseline)


def _against(outcome: Outcome, baseline: Baseline) -> Outcome:
    """The outcome with the standing that the baseline gives each finding."""
    reports = [
        replace(report, groups=tuple(map(baseline.judged, report.groups)))
        for report in outcome.reports
    ]
    submissions = [
        replace(each, group=each.group and baseline.judged(each.group))
        for each in outcome.submissions
    ]
    return replace(outcome, reports=tuple(reports), submissions=tuple(submissions))


def _exceptions(checked: CheckpointOutcome) -> list[str]:
    """Words for rules that raised, were not stated, or failed on the program itself."""
    raised = [f"{r.rule}: {r.exception}" for r in checked.rules if r.exception]
    unstated = [f"{rule}: no expectation states this rule" for rule in checked.unstated]
    broken = [
        f"{r.rule}: {r.unexpected_count}"
        for r in checked.rules
        if r.suite == "integrity" and not r.success and not r.exception
    ]
    return raised + unstated + broken


def _remember(outcome: Outcome) -> None:
    with closing(warehouse.connect(outcome.database)) as con:
        history.append_run(
            con,
            [r.report_id for r in outcome.reports if r.is_current],
            outcome.exit_code,
            [s.key for s in outcome.submissions],
        )


def _published(outcome: Outcome, settings: Settings) -> Outcome:
    """The outcome, which says so where marts that something else has changed make no site."""
    from checkpoints.site.build import write_site  # a template engine, used here alone

    if settings.site is not None:
        try:
            write_site(outcome, settings.site, settings.language, settings.jobs)
        except duckdb.Error as error:
            said = f"{settings.site}: {str(error).splitlines()[0]}"
            return replace(outcome, difficulties=(*outcome.difficulties, said))
    return outcome
