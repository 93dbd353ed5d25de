"""The commands that check reports, at once or step by step."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from checkpoints.commands import options
from checkpoints.commands.command import is_given
from checkpoints.exit_codes import ExitCode
from checkpoints.language import Language, safe
from checkpoints.progress import bars
from ingest.limits import Limits

if TYPE_CHECKING:
    from checkpoints.baseline import Baseline
    from checkpoints.groups import Severity
    from checkpoints.outcome import Outcome
    from checkpoints.pipeline import Settings


def check(
    ctx: typer.Context,
    paths: options.Paths = None,
    db: options.Database = options.DEFAULT_DATABASE,
    site: options.Site = options.DEFAULT_SITE,
    engine: options.Engine = options.EngineOption.DUCKDB,
    master: options.Master = options.DEFAULT_MASTER,
    jobs: options.Jobs = options.all_cores(),
    reader: options.PdfReader = options.PdfReaderOption.AUTO,
    seconds: options.Seconds = Limits.seconds,
    mebibytes: options.Mebibytes = Limits.mebibytes,
    fail_on: options.FailOn = options.FailOnOption.ERROR,
    output: options.Format = options.FormatOption.TEXT,
    baseline: options.Baseline = None,
    config: options.ConfigFile = None,
    lang: options.Language = None,
) -> None:
    """读取、建模、检查并生成网页 · read, model, validate and publish.

    例 example: gouji check 报告/ --fail-on warning
    """
    from checkpoints import pipeline

    settings = replace(
        _settings(db, site, fail_on, lang),
        **_reading(jobs, reader, seconds, mebibytes),
        baseline=_baseline(baseline),
        severities=ctx.obj.severities,
        spark_master=_master(ctx, engine, master),
    )
    with bars(settings.language) as progress:
        outcome = pipeline.check(_named(paths), settings, progress)
    finish(outcome, output, settings.language)


def ingest(
    ctx: typer.Context,
    paths: options.Paths = None,
    db: options.Database = options.DEFAULT_DATABASE,
    jobs: options.Jobs = options.all_cores(),
    reader: options.PdfReader = options.PdfReaderOption.AUTO,
    seconds: options.Seconds = Limits.seconds,
    mebibytes: options.Mebibytes = Limits.mebibytes,
    config: options.ConfigFile = None,
    lang: options.Language = None,
) -> None:
    """只读取报告到原始表 · read reports into the raw tables.

    例 example: gouji ingest 报告/ --db build/2024.duckdb
    """
    from checkpoints import pipeline
    from checkpoints.paths import shown
    from checkpoints.wording import refusal, say

    plain = _settings(db, None, options.FailOnOption.NEVER, lang)
    settings = replace(plain, **_reading(jobs, reader, seconds, mebibytes))
    with bars(settings.language) as progress:
        found = pipeline.read(_named(paths), settings, progress)
    language = settings.language
    typer.echo(
        say(
            "ingested",
            language,
            reports=len(found.reports),
            read=found.count_read,
            known=found.count_known,
            passed_over=found.count_passed_over,
        )
    )
    for rejection in found.rejections:
        path = safe(shown(rejection.source_path))
        message = safe(refusal(rejection.reason, rejection.message, language))
        typer.echo(say(rejection.kind, language, path=path, message=message))
    if any(r.kind == "unreadable" for r in found.rejections):
        raise typer.Exit(ExitCode.INCOMPLETE)


def build(
    ctx: typer.Context,
    db: options.Database = options.DEFAULT_DATABASE,
    config: options.ConfigFile = None,
    lang: options.Language = None,
) -> None:
    """只运行数据模型 · run the SQL models.

    例 example: gouji build
    """
    from checkpoints import pipeline
    from checkpoints.transform import bring_up_to_date

    pipeline.require_database(db)
    with bars(options.chosen(lang)) as progress:
        bring_up_to_date(
            db.absolute(),
            lambda done, total: progress("build", done, total),
            force=True,
            severities=_severities(ctx),
        )


def validate(
    ctx: typer.Context,
    under: options.Under = None,
    db: options.Database = options.DEFAULT_DATABASE,
    site: options.Site = options.DEFAULT_SITE,
    fail_on: options.FailOn = options.FailOnOption.ERROR,
    output: options.Format = options.FormatOption.TEXT,
    baseline: options.Baseline = None,
    jobs: options.Jobs = options.all_cores(),
    config: options.ConfigFile = None,
    lang: options.Language = None,
) -> None:
    """检查已建好的数据并更新网页 · run the checkpoint on what is built.

    例 example: gouji validate --format junit > gouji.xml
    """
    from checkpoints import pipeline

    settings = replace(
        _settings(db, site, fail_on, lang),
        baseline=_baseline(baseline),
        severities=_severities(ctx),
        jobs=jobs,
    )
    with bars(settings.language) as progress:
        outcome = pipeline.validate(settings, under or [], progress)
    finish(outcome, output, settings.language)


def docs(
    ctx: typer.Context,
    under: options.Under = None,
    db: options.Database = options.DEFAULT_DATABASE,
    site: options.Site = options.DEFAULT_SITE,
    jobs: options.Jobs = options.all_cores(),
    config: options.ConfigFile = None,
    lang: options.Language = None,
) -> None:
    """只生成网页 · write the site.

    例 example: gouji docs --site build/site
    """
    from checkpoints import pipeline
    from checkpoints.paths import shown

    settings = _settings(db, site, options.FailOnOption.NEVER, lang)
    settings = replace(settings, severities=_severities(ctx), jobs=jobs)
    with bars(settings.language) as progress:
        outcome = pipeline.document(settings, under or [], progress)
    typer.echo(shown(site.absolute() / "index.html"))
    raise typer.Exit(outcome.exit_code)


def _settings(
    db: Path,
    site: Path | None,
    fail_on: options.FailOnOption,
    lang: options.LanguageOption | None,
) -> Settings:
    from checkpoints.pipeline import Settings

    return Settings(
        database=db.absolute(),
        site=None if site is None else site.absolute(),
        language=options.chosen(lang),
        fail_on=fail_on.value,
    )


def _named(paths: list[str] | None) -> list[str]:
    """PATH, of the command line or the configuration. Raises BadParameter where neither has any."""
    if not paths:
        raise typer.BadParameter("请给出报告所在的文件或文件夹 · missing argument PATH...")
    return paths


def _severities(ctx: typer.Context) -> Mapping[str, Severity] | None:
    """Those of the configuration; None where there is none and those of the last run stay."""
    return None if ctx.obj.path is None else ctx.obj.severities


def _baseline(file: Path | None) -> Baseline | None:
    from checkpoints.baseline import read_baseline

    return None if file is None else read_baseline(file)


def _reading(
    jobs: int, reader: options.PdfReaderOption, seconds: float, mebibytes: int
) -> dict[str, Any]:
    """Put the options of reading as fields of the settings."""
    source = None if reader is options.PdfReaderOption.AUTO else reader.value
    return {"jobs": jobs, "limits": Limits(seconds, mebibytes), "pdf_source": source}


def _master(ctx: typer.Context, engine: options.EngineOption, master: str) -> str | None:
    """Where Spark runs; None where DuckDB does the work."""
    if engine is options.EngineOption.SPARK:
        return master
    if is_given(ctx, "master"):
        raise typer.BadParameter(
            "只用于 --engine spark · for --engine spark alone", param_hint="--master"
        )
    return None


def finish(outcome: Outcome, output: options.FormatOption, language: Language) -> None:
    """Write the result to standard output; the last line says why the code is what it is."""
    from checkpoints.formats.document import as_json
    from checkpoints.formats.github import as_github
    from checkpoints.formats.junit import as_junit
    from checkpoints.summary import last_line, summary

    if output is options.FormatOption.TEXT:
        for line in summary(outcome, language):
            typer.echo(line)
    else:
        write = {"json": as_json, "junit": as_junit, "github": as_github}
        _in_utf8()
        typer.echo(write[output.value](outcome, language))
        # The log of a GitHub step shows both streams, and as_github has said it.
        if output is not options.FormatOption.GITHUB:
            typer.echo(last_line(outcome, language), err=True)
    raise typer.Exit(outcome.exit_code)


def _in_utf8() -> None:
    """Machines read UTF-8 from files and pipes, whatever the console's encoding."""
    if hasattr(sys.stdout, "reconfigure") and not sys.stdout.isatty():
        sys.stdout.reconfigure(encoding="utf-8")
