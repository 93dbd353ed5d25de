"""A command in a session of its own: what it has taken so far, and ways to end it at once."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

ROOT = Path(__file__).resolve().parent.parent

Victim = Literal["all", "main", "worker"]

LOOK_EVERY = 0.02
"""Seconds between two looks at what the command has taken."""
LONGEST = 900.0
"""Seconds after which a command counts as hanging."""
PATIENCE = 15.0
"""Seconds for which processes whose parent was killed may go on."""
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Ended:
    """A run that came to its end, or was killed in a step after some CPU seconds.

    ``code`` is None where the main process was killed; ``killed`` says who was, if anybody;
    ``left_behind`` counts the processes that had to be ended by hand; ``steps`` are the CPU seconds
    at which each step began.
    """

    code: int | None
    cpu: float
    step: str
    killed: Victim | None
    said: str
    left_behind: int = 0
    steps: Mapping[str, float] = field(default_factory=dict)


def run(
    arguments: list[str],
    place: Path,
    moment: float | None = None,
    victim: Victim = "all",
    dice: random.Random | None = None,
) -> Ended:
    """Run ``gouji`` with ``place`` as the current folder; kill it after ``moment`` CPU seconds.

    A ``worker`` is one of the processes that the main one has started, drawn by ``dice``; where
    there is none at that moment, all are killed. A worker's death does not end the run.
    """
    note = place / "step"
    command = [sys.executable, "-m", "reliability.command", str(note), *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    out = place / "said"
    note.unlink(missing_ok=True)
    with out.open("wb") as said:
        process = subprocess.Popen(
            command,
            cwd=place,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        killed: Victim | None = None
        spent, steps = 0.0, {"start": 0.0}
        deadline = time.monotonic() + LONGEST
        while process.poll() is None:
            spent = max(spent, _cpu(process.pid))
            if note.exists():
                steps.setdefault(note.read_text("ascii") or "start", spent)
            if moment is not None and killed is None and spent >= moment:
                killed_in = list(steps)[-1]
                killed = _kill(process.pid, victim, dice or random.Random(0))
            if time.monotonic() > deadline:
                os.killpg(process.pid, signal.SIGKILL)
                raise RuntimeError(f"gouji {' '.join(arguments)}: hangs")
            time.sleep(LOOK_EVERY)
    left = _end_session(process.pid)
    code = None if process.returncode < 0 else process.returncode
    step = list(steps)[-1] if killed is None else killed_in
    return Ended(code, spent, step, killed, out.read_text("utf-8", "replace"), left, steps)


def _kill(main: int, victim: Victim, dice: random.Random) -> Victim:
    workers = sorted(_descendants(main))
    if victim == "worker" and workers:
        os.kill(dice.choice(workers), signal.SIGKILL)
        return "worker"
    if victim == "main":
        os.kill(main, signal.SIGKILL)
        return "main"
    os.killpg(main, signal.SIGKILL)
    return "all"


def _end_session(session: int) -> int:
    """Wait for what is left of a session; end it, and count it, where it does not end by itself."""
    deadline = time.monotonic() + PATIENCE
    while left := list(_of_session(session)):
        if time.monotonic() > deadline:
            for pid in left:
                os.kill(pid, signal.SIGKILL)
            return len(left)
        time.sleep(0.05)
    return 0


def _of_session(session: int) -> Iterator[int]:
    for path in Path("/proc").glob("[0-9]*/stat"):
        fields = _fields(path)
        if len(fields) > 3 and int(fields[3]) == session and fields[0] != "Z":
            yield int(path.parent.name)


def _descendants(pid: int) -> Iterator[int]:
    for child in _children(pid):
        yield child
        yield from _descendants(child)


def _children(pid: int) -> list[int]:
    """Of all threads; a process or thread that ends while it is looked at has none."""
    found: list[int] = []
    with contextlib.suppress(OSError):
        for path in Path(f"/proc/{pid}/task").glob("*/children"):
            with contextlib.suppress(OSError):
                found += map(int, path.read_text().split())
    return found


def _cpu(pid: int) -> float:
    """CPU seconds of a process and all it has started, those that have ended included."""
    ticks = 0
    for each in (pid, *_descendants(pid)):
        fields = _fields(Path(f"/proc/{each}/stat"))
        ticks += sum(map(int, fields[11:15]))
    return ticks / _TICKS


def _fields(stat: Path) -> list[str]:
    """The fields of a stat file after the name: state, parent, group, session, …"""
    try:
        return stat.read_text().rpartition(")")[2].split()
    except OSError:
        return []
