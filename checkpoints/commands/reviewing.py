"""The commands that keep what a person has decided: ``waive``, ``correct``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from checkpoints.commands import options
from checkpoints.language import Language, safe

if TYPE_CHECKING:
    from checkpoints.review import Added


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
    config: options.ConfigFile = None,
    lang: options.Language = None,
) -> None:
    """说明一处问题，不再计入 · add a line to waivers.csv.

    例 example: gouji waive "某局 2022" balance.disputes_total --reason 口径如此 --who 张三
    """
    from checkpoints import review

    signed = review.Signed(reason, who, file)
    _added(review.waive(db.absolute(), report, rule, cell, signed, until), options.chosen(lang))


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
    config: options.ConfigFile = None,
    lang: options.Language = None,
) -> None:
    """更正读错的一格 · add a line to corrections.csv.

    例 example: gouji correct 报告.pdf applications.granted.total 11 --reason 扫描不清 --who 张三
    """
    from checkpoints import review

    signed = review.Signed(reason, who, file)
    _added(review.correct(db.absolute(), report, cell, right_value, signed), options.chosen(lang))


def _added(line: Added, language: Language) -> None:
    from checkpoints.paths import shown
    from checkpoints.wording import say

    path = safe(shown(line.file))
    typer.echo(say("added", language, path=path, line=line.line_no, words=safe(line.words)))
