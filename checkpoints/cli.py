"""The command ``gouji``."""

from __future__ import annotations

import gc
import sys
import traceback
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.exceptions import TyperException

from checkpoints import cli_export, options
from checkpoints.exit_codes import ExitCode
from checkpoints.language import Language, safe
from checkpoints.progress import bars
from ingest.limits import Limits

if TYPE_CHECKING:
    from checkpoints.baseline import Baseline
    from checkpoints.groups import Severity
    from checkpoints.outcome import Outcome
    from checkpoints.pipeline import Settings
    from checkpoints.review import Added

app = typer.Typer(
    name="gouji",
    help="勾稽：检查政府信息公开工作年度报告的数字是否对得上。\n\n"
    "Checks whether the figures of government-information-disclosure annual reports tie out.\n\n"
    "例 example: gouji check 报告文件夹",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

INTERRUPTED = 130
"""What Typer returns for Ctrl-C."""
COLLECTED_AFTER = (50_000, 20, 100)
"""New objects after which Python looks for dead cycles; at its own 700, dbt and the site spend a
fifth of their time on it."""


@app.callback(invoke_without_command=True)
def root(
    show_version: Annotated[
        bool, typer.Option("--version", help="版本 · version", show_default=False)
    ] = False,
) -> None:
    """Options before the verb."""
    if show_version:
        from importlib.metadata import version

        typer.echo(f"gouji {version('gouji')}")
        raise typer.Exit


@app.command()
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

    found = _Configured(ctx, config, paths)
    how = _reading(jobs, reader, seconds, mebibytes)
    settings = replace(
        found.settings(_settings(db, site, fail_on, lang)),
        **how,
        baseline=_baseline(baseline),
        severities=found.config.severities,
        spark_master=_master(ctx, engine, master),
    )
    with bars(settings.language) as progress:
        outcome = pipeline.check(found.paths, settings, progress)
    _finish(outcome, output, settings.language)


@app.command()
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

    configured = _Configured(ctx, config, paths)
    how = _reading(jobs, reader, seconds, mebibytes)
    plain = _settings(db, None, options.FailOnOption.NEVER, lang)
    settings = replace(configured.settings(plain), **how)
    with bars(settings.language) as progress:
        found = pipeline.read(configured.paths, settings, progress)
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


@app.command()
def build(db: options.Database = options.DEFAULT_DATABASE, lang: options.Language = None) -> None:
    """只运行数据模型 · run the SQL models.

    例 example: gouji build
    """
    from checkpoints import pipeline
    from checkpoints.transform import bring_up_to_date

    language = _language(lang)
    pipeline.require_database(db)
    with bars(language) as progress:
        bring_up_to_date(
            db.absolute(), lambda done, total: progress("build", done, total), force=True
        )


@app.command()
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

    found = _Configured(ctx, config)
    settings = replace(
        found.settings(_settings(db, site, fail_on, lang)),
        baseline=_baseline(baseline),
        severities=found.severities,
        jobs=jobs,
    )
    with bars(settings.language) as progress:
        outcome = pipeline.validate(settings, under or [], progress)
    _finish(outcome, output, settings.language)


@app.command()
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

    found = _Configured(ctx, config)
    settings = found.settings(_settings(db, site, options.FailOnOption.NEVER, lang))
    settings = replace(settings, severities=found.severities, jobs=jobs)
    with bars(settings.language) as progress:
        outcome = pipeline.document(settings, under or [], progress)
    typer.echo(shown((settings.site or site) / "index.html"))
    raise typer.Exit(outcome.exit_code)


@app.command()
def waive(
    report: options.ReportRef,
    rule: Annotated[str, typer.Argument(metavar="RULE", help="规则 · the rule")],
    reason: options.Reason,
    who: options.Who,
    cell: Annotated[
        str | None,
        typer.Argument(metavar="CELL", help="位置 · code or place", show_default=False),
    ] = None,
    until: Annotated[
        str | None,
        typer.Option(
            "--until", metavar="DATE", help="有效期至 · last day it holds", show_default=False
        ),
    ] = None,
    file: options.ReviewFile = None,
    db: options.Database = options.DEFAULT_DATABASE,
    lang: options.Language = None,
) -> None:
    """说明一处问题，不再计入 · add a line to waivers.csv.

    例 example: gouji waive "某局 2022" balance.disputes_total --reason 口径如此 --who 张三
    """
    from checkpoints import review

    signed = review.Signed(reason, who, file)
    _added(review.waive(db.absolute(), report, rule, cell, signed, until), _language(lang))


@app.command(context_settings={"ignore_unknown_options": True})
def correct(
    report: options.ReportRef,
    cell: Annotated[str, typer.Argument(metavar="CELL", help="单元格 · code or name of the cell")],
    right_value: Annotated[
        str,
        typer.Argument(
            metavar="RIGHT_VALUE", help='原件上的值，空白写"" · what the original shows'
        ),
    ],
    reason: options.Reason,
    who: options.Who,
    file: options.ReviewFile = None,
    db: options.Database = options.DEFAULT_DATABASE,
    lang: options.Language = None,
) -> None:
    """更正读错的一格 · add a line to corrections.csv.

    例 example: gouji correct 报告.pdf applications.granted.total 11 --reason 扫描不清 --who 张三
    """
    from checkpoints import review

    signed = review.Signed(reason, who, file)
    _added(review.correct(db.absolute(), report, cell, right_value, signed), _language(lang))


@app.command("sql")
def sql_command(
    query: Annotated[
        str | None,
        typer.Argument(
            help="SELECT 查询，- 表示从标准输入读取 · a SELECT; - reads it", show_default=False
        ),
    ] = None,
    listing: Annotated[
        bool, typer.Option("--list", help="列出现成分析 · list the saved analyses")
    ] = False,
    name: Annotated[
        str | None,
        typer.Option(
            "--name", metavar="NAME", help="运行现成分析 · run a saved analysis", show_default=False
        ),
    ] = None,
    db: options.Database = options.DEFAULT_DATABASE,
    output: Annotated[
        options.TableFormatOption, typer.Option("--format", help="输出格式 · output format")
    ] = options.TableFormatOption.TABLE,
    seconds: options.QuerySeconds = 300,
    mebibytes: options.QueryMebibytes = 4096,
    lang: options.Language = None,
) -> None:
    """只读查询 · ad hoc SQL, read-only.

    例 example: gouji sql "select agency, report_year, total from applications"
    """
    from checkpoints import pipeline, tables
    from checkpoints import query as queries

    if sum([query is not None, listing, name is not None]) != 1:
        raise typer.BadParameter(
            "请给出一条查询，或用 --list、--name · give a query, --list or --name"
        )
    if listing:
        typer.echo(tables.listing(queries.analyses(), _language(lang)))
        return
    if name is not None:
        query = queries.analysis(name).sql
    pipeline.require_database(db)
    text = sys.stdin.read() if query == "-" else query or ""
    rows = queries.run_query(db, text, seconds, mebibytes)
    typer.echo(tables.render(rows, output.value, _language(lang)), nl=False)


@app.command("explain")
def explain_command(
    report: Annotated[
        str,
        typer.Argument(
            metavar="REPORT",
            help="报告路径、编号开头或“机关 年度” · path, beginning of the id, or agency and year",
            show_default=False,
        ),
    ],
    db: options.Database = options.DEFAULT_DATABASE,
    lang: options.Language = None,
) -> None:
    """在终端详列一份报告：表格、问题、疑似有误的格 · one report: form, findings, suspects.

    例 example: gouji explain "松岭县示例教育局 2023"
    """
    from checkpoints import pipeline
    from checkpoints.explain import explain
    from checkpoints.form_view import draw

    pipeline.require_marts(db)
    draw(explain(db, report), _language(lang))


app.command("export")(cli_export.export)
app.command("audit")(cli_export.audit)
app.command("forget")(cli_export.forget)


def main() -> None:
    """Run ``gouji``; whatever goes wrong ends in a sentence and an exit code."""
    gc.set_threshold(*COLLECTED_AFTER)
    # A console of another encoding must not cost the output.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        code = app(standalone_mode=False)
        if code == INTERRUPTED:
            code = _explain(KeyboardInterrupt())
    except typer.Abort:
        code = _explain(KeyboardInterrupt())
    except TyperException as error:
        hint = "用法见 gouji --help · usage: gouji --help"
        code = _complain(f"{error.format_message()}\n{hint}", ExitCode.USAGE)
    except Exception as error:
        code = _explain(error)
    sys.exit(int(code or 0))


def _explain(error: BaseException) -> ExitCode:
    """Put an error in words; one that nobody foresaw goes into a log, not on the screen."""
    from checkpoints import errors

    known = errors.explained(error)
    if known is not None:
        return _complain(*known)
    log = Path("build/gouji-error.log").absolute()
    log.parent.mkdir(parents=True, exist_ok=True)
    log.write_text("".join(traceback.format_exception(error)), encoding="utf-8")
    return _complain(
        f"程序出错（{type(error).__name__}），详情已写入 {log}，请附上该文件反馈 · "
        f"internal error, details in {log}",
        ExitCode.INCOMPLETE,
    )


def _complain(message: str, code: ExitCode) -> ExitCode:
    for line in message.splitlines():
        typer.echo(safe(line), err=True)
    return code


def _language(lang: options.LanguageOption | None) -> Language:
    return options.chosen(lang)


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
        language=_language(lang),
        fail_on=fail_on.value,
    )


class _Configured:
    """What gouji.toml says where the command line says nothing."""

    def __init__(
        self, ctx: typer.Context, file: Path | None, paths: list[str] | None = None
    ) -> None:
        from checkpoints.config import find_config

        self._ctx = ctx
        self.config = find_config(file, paths or [])
        self._named = paths or [str(path) for path in self.config.paths]

    @property
    def paths(self) -> list[str]:
        """PATH, or what the file names instead."""
        if not self._named:
            raise typer.BadParameter("请给出报告所在的文件或文件夹 · missing argument PATH...")
        return self._named

    @property
    def severities(self) -> Mapping[str, Severity] | None:
        """Those of the file; None where there is none and those of the last run stay."""
        return None if self.config.path is None else self.config.severities

    def settings(self, settings: Settings) -> Settings:
        """The settings, with those of the file for options that were not given."""
        config = self.config
        named: dict[str, tuple[str, Any]] = {
            "db": ("database", config.db),
            "site": ("site", config.site),
            "fail_on": ("fail_on", config.fail_on),
            "lang": ("language", config.language),
        }
        changes = {
            name: value
            for option, (name, value) in named.items()
            if value is not None and option in self._ctx.params and self._is_default(option)
        }
        return replace(settings, **changes)

    def _is_default(self, option: str) -> bool:
        source = self._ctx.get_parameter_source(option)
        return source is None or source.name.startswith("DEFAULT")


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
    source = ctx.get_parameter_source("master")
    if source is not None and not source.name.startswith("DEFAULT"):
        raise typer.BadParameter(
            "只用于 --engine spark · for --engine spark alone", param_hint="--master"
        )
    return None


def _added(line: Added, language: Language) -> None:
    from checkpoints.paths import shown
    from checkpoints.wording import say

    path = safe(shown(line.file))
    typer.echo(say("added", language, path=path, line=line.line_no, words=safe(line.words)))


def _finish(outcome: Outcome, output: options.FormatOption, language: Language) -> None:
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
