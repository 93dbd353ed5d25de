"""The commands that hand results on: ``export``, ``audit``, ``forget``."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from checkpoints.commands import options
from checkpoints.language import Language, safe
from checkpoints.progress import bars

if TYPE_CHECKING:
    from checkpoints.audit.verdict import Rate

DEFAULT_AUDIT = Path("build/audit.xlsx")


class ByOption(StrEnum):
    """What lists are made by."""

    AGENCY = "agency"


def export(
    target: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="长表.parquet、.csv或.xlsx；有--by时为文件夹 · the panel; with --by a folder",
            show_default=False,
        ),
    ],
    by: Annotated[
        ByOption | None,
        typer.Option(
            "--by",
            help="按机关导出整改清单 · rectification lists, one workbook for each agency",
            show_default=False,
        ),
    ] = None,
    under: options.Under = None,
    db: options.Database = options.DEFAULT_DATABASE,
    config: options.ConfigFile = None,
    lang: options.Language = None,
) -> None:
    """导出长表或整改清单 · write the long panel or rectification lists.

    例 example: gouji export panel.xlsx
    """
    from checkpoints.export import export as exports
    from checkpoints.paths import shown
    from checkpoints.wording import say

    language = options.chosen(lang)
    others: list[Path] = []
    with bars(language) as progress:
        if by is None:
            written = exports.export_panel(db.absolute(), target, under or [], progress)
        else:
            written, others = exports.export_lists(
                db.absolute(), target, under or [], language, progress
            )
    for path in written:
        typer.echo(safe(shown(path)))
    if others:
        names = say("comma", language).join(safe(path.name) for path in others)
        typer.echo(say("other_workbooks", language, n=len(others), names=names), err=True)


def audit(
    target: Annotated[
        Path,
        typer.Argument(metavar="[FILE]", help="抽样工作簿 · the workbook to write"),
    ] = DEFAULT_AUDIT,
    cells: Annotated[
        int, typer.Option("--cells", metavar="N", min=1, help="抽取格数 · cells to draw")
    ] = 200,
    seed: Annotated[
        int | None,
        typer.Option(
            "--seed",
            metavar="N",
            help="抽样种子，默认1；种子相同则样本相同 · the same seed draws the same, default 1",
            show_default=False,
        ),
    ] = None,
    read: Annotated[
        Path | None,
        typer.Option(
            "--read",
            metavar="FILE",
            help="读回填好的工作簿 · read a filled-in workbook",
            show_default=False,
        ),
    ] = None,
    under: options.Under = None,
    db: options.Database = options.DEFAULT_DATABASE,
    config: options.ConfigFile = None,
    lang: options.Language = None,
) -> None:
    """抽样核对读取是否正确 · draw cells to compare with the originals, or read the answers.

    例 example: gouji audit --cells 200 --seed 1
    """
    from checkpoints.audit import audit as audits
    from checkpoints.paths import shown
    from checkpoints.wording import say

    language = options.chosen(lang)
    if read is not None:
        result = audits.read_audit(db.absolute(), read, seed)
        left = result.count_cells - result.rate.count_judged
        typer.echo(_rate_line("audit_rate", result.rate, language))
        for kind, rate in result.kinds.items():
            typer.echo(_rate_line(f"audit_{kind}", rate, language))
        if left:
            typer.echo(say("audit_open", language, n=left))
        if result.unclear:
            numbers = say("comma", language).join(map(str, result.unclear))
            typer.echo(say("audit_unclear", language, numbers=numbers), err=True)
        return
    with bars(language) as progress:
        sample, gone = audits.draw_audit(
            db.absolute(),
            target,
            cells,
            1 if seed is None else seed,
            under or [],
            language,
            progress,
        )
    typer.echo(safe(shown(target)))
    typer.echo(say("audit_drawn", language, n=len(sample.items)), err=True)
    if gone:
        typer.echo(say("audit_gone", language, n=gone), err=True)


def forget(
    path: Annotated[
        Path,
        typer.Argument(
            metavar="PATH",
            help="要移除的报告文件，或其所在文件夹 · the report's file, or a folder of them",
            show_default=False,
        ),
    ],
    db: options.Database = options.DEFAULT_DATABASE,
    config: options.ConfigFile = None,
    lang: options.Language = None,
) -> None:
    """把报告移出数据库，不删文件 · take a report out of the database; the file stays.

    例 example: gouji forget 报告/旧稿.pdf
    """
    from contextlib import closing

    from checkpoints import pipeline
    from checkpoints.paths import shown
    from checkpoints.transform import bring_up_to_date
    from checkpoints.wording import say
    from ingest import forget as forgetting
    from ingest import warehouse
    from ingest.discover import absolute

    language = options.chosen(lang)
    pipeline.require_database(db)
    with closing(warehouse.connect(db)) as con:
        gone = forgetting.forget(con, absolute(path))
    with bars(language) as progress:
        bring_up_to_date(db.absolute(), lambda done, total: progress("build", done, total))
    for name in gone:
        typer.echo(say("forgotten", language, path=safe(shown(name))))
    typer.echo(say("forgotten_files", language), err=True)


def _rate_line(key: str, rate: Rate, language: Language) -> str:
    from checkpoints.wording import say

    return say(
        key,
        language,
        judged=rate.count_judged,
        wrong=rate.count_wrong,
        rate=f"{rate.rate:.2%}",
        low=f"{rate.low:.2%}",
        high=f"{rate.high:.2%}",
    )
