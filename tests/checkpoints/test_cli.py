"""What the command writes where."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import typer

from checkpoints.commands.checking import finish
from checkpoints.commands.options import FormatOption
from checkpoints.summary import last_line
from tests.checkpoints.formats.runs import FULL


def written(
    output: FormatOption, encoding: str, monkeypatch: pytest.MonkeyPatch
) -> tuple[bytes, bytes]:
    """Standard output and error of a run that has ended, on a system of that encoding."""
    streams = [io.TextIOWrapper(io.BytesIO(), encoding, errors="replace") for _ in range(2)]
    monkeypatch.setattr(sys, "stdout", streams[0])
    monkeypatch.setattr(sys, "stderr", streams[1])
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    with pytest.raises(typer.Exit) as end:
        finish(FULL, output, "zh")
    assert end.value.exit_code == 1
    for stream in streams:
        stream.flush()
    out, err = (stream.buffer for stream in streams)
    assert isinstance(out, io.BytesIO)
    assert isinstance(err, io.BytesIO)
    return out.getvalue(), err.getvalue()


@pytest.mark.parametrize(
    ("output", "read"),
    [
        (FormatOption.JSON, json.loads),
        (FormatOption.JUNIT, ET.fromstring),
        (FormatOption.GITHUB, bytes.decode),
    ],
)
def test_machines_get_utf8_whatever_the_system_speaks(
    output: FormatOption, read: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, _ = written(output, "gbk", monkeypatch)
    assert read(out) is not None
    assert "须更正" in out.decode()


def test_people_get_the_encoding_of_their_console(monkeypatch: pytest.MonkeyPatch) -> None:
    out, _ = written(FormatOption.TEXT, "gbk", monkeypatch)
    assert "须更正" in out.decode("gbk")


@pytest.mark.parametrize("output", FormatOption)
def test_the_reason_is_said_once_on_a_screen(
    output: FormatOption, monkeypatch: pytest.MonkeyPatch
) -> None:
    """JSON and JUnit go to a file; text and what GitHub shows hold the reason themselves."""
    out, err = written(output, "utf-8", monkeypatch)
    reason = last_line(FULL, "zh")
    told = {"text": out, "github": out, "json": err, "junit": err}[output.value].decode()
    assert told.splitlines()[-1] == reason
    assert (reason in err.decode()) == (output.value in ("json", "junit"))


@pytest.mark.parametrize(
    ("output", "code", "is_freed"),
    [("sys.stdout", 3, False), ("open('/dev/full', 'w')", 120, True)],
    ids=["the end", "an output that is full"],
)
def test_a_process_ends_without_freeing_what_it_holds(
    output: str, code: int, is_freed: bool
) -> None:
    program = f"""
import atexit, sys
from checkpoints import cli

class Held:
    def __del__(self):
        sys.stderr.write("freed")

def run():
    held.append(Held())
    held.append(held)
    atexit.register(sys.stderr.write, "told ")
    sys.stdout = {output}
    sys.stdout.write("said")
    return 3

held = []
cli.run = run
cli.main()
"""
    ended = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=False
    )
    assert (ended.returncode, ended.stdout) == (code, "" if is_freed else "said")
    assert ended.stderr.startswith("told ")
    assert ("freed" in ended.stderr) == is_freed
