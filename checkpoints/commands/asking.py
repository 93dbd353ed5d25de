"""The commands that answer questions: ``sql``, ``explain``."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from checkpoints.commands import options


def sql(
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
    config: options.ConfigFile = None,
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
        typer.echo(tables.listing(queries.analyses(), options.chosen(lang)))
        return
    if name is not None:
        query = queries.analysis(name).sql
    pipeline.require_database(db)
    text = sys.stdin.read() if query == "-" else query or ""
    rows = queries.run_query(db, text, seconds, mebibytes)
    typer.echo(tables.render(rows, output.value, options.chosen(lang)), nl=False)


def explain(
    report: options.ReportRef,
    db: options.Database = options.DEFAULT_DATABASE,
    config: options.ConfigFile = None,
    lang: options.Language = None,
) -> None:
    """在终端详列一份报告：表格、问题、疑似有误的格 · one report: form, findings, suspects.

    例 example: gouji explain "松岭县示例教育局 2023"
    """
    from checkpoints import explain as explaining
    from checkpoints import pipeline
    from checkpoints.form_view import draw

    pipeline.require_marts(db)
    draw(explaining.explain(db, report), options.chosen(lang))
