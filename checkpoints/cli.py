"""The command ``gouji``."""

from __future__ import annotations

import atexit
import gc
import os
import sys
import traceback
from pathlib import Path
from typing import Annotated

import typer
from typer.exceptions import TyperException

from checkpoints.commands.asking import explain, sql
from checkpoints.commands.checking import build, check, docs, ingest, validate
from checkpoints.commands.command import Command
from checkpoints.commands.handing_on import audit, export, forget
from checkpoints.commands.reviewing import correct, waive
from checkpoints.exit_codes import ExitCode
from checkpoints.language import safe

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

COMMANDS = (
    *(check, ingest, build, validate, docs),
    *(waive, correct),
    *(sql, explain),
    *(export, audit, forget),
)
"""In the order of ``gouji --help``."""

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


for command in COMMANDS:
    # A right value may be negative.
    app.command(cls=Command, context_settings={"ignore_unknown_options": command is correct})(
        command
    )


def main() -> None:
    """Be the process ``gouji``.

    It ends once everything that waits for the end has been told: to free half a million objects
    one by one would take a tenth of the time of a check.
    """
    ended: list[int] = []
    atexit.register(_leave, ended)  # the first to be registered is the last to be called
    ended.append(run())
    sys.exit(ended[0])


def _leave(ended: list[int]) -> None:
    """End with the exit code, unless there is none or the output cannot be written."""
    if ended:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
        os._exit(ended[0])


def run() -> int:
    """Run ``gouji`` to its exit code; whatever goes wrong ends in a sentence and one of these."""
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
    return int(code or 0)


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
