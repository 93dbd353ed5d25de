"""Running a command as a process of its own and saying what it took.

Nothing heavy may be imported where this runs: Linux counts the memory of the process that starts
another as that one's own peak.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
MOST_SECONDS = 7200
MOST_MEMORY = 12 * 1024
"""MiB that a process and its children may hold together before it is ended."""
_LOOK_EVERY = 0.5
_PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True)
class Spent:
    """What one run took: CPU is user and system time, of all its processes, in seconds.

    ``peak`` is the most memory that one of its processes held, in MiB; ``told`` what the command
    printed as JSON in its last line; ``failed`` why there is no result.
    """

    cpu: float
    wall: float
    peak: float
    told: Mapping[str, Any] = field(default_factory=dict)
    failed: str | None = None


def python(module: str, *arguments: object, of: Path | None = None) -> list[str]:
    """The command that runs a module of this project, with the Python of another environment."""
    return [str(of or sys.executable), "-m", module, *map(str, arguments)]


def gouji(*arguments: object) -> list[str]:
    """The command ``gouji``, of this very source tree."""
    start = "from checkpoints.cli import main; main()"
    return [sys.executable, "-c", start, *map(str, arguments)]


def spend(command: Sequence[str], may_end: Sequence[int] = (0,)) -> Spent:
    """Run a command to its end and measure it; exit codes other than ``may_end`` are failures."""
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=ROOT, stdout=out, stderr=err, start_new_session=True
        )
        ended: list[str] = []
        over = threading.Event()
        watch = threading.Thread(target=_watch, args=(process.pid, over, ended), daemon=True)
        watch.start()
        try:
            _, status, usage = os.wait4(process.pid, 0)
        except BaseException:
            _end(process.pid)
            raise
        finally:
            over.set()
            watch.join()
        process.returncode = os.waitstatus_to_exitcode(status)
        wall = time.perf_counter() - start
        out.seek(0)
        err.seek(0)
        said, complaint = out.read(), err.read()
    cpu, peak = usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024
    if ended:
        return Spent(cpu, wall, peak, failed=ended[0])
    if process.returncode not in may_end:
        last = (complaint.strip() or said.strip() or "?").splitlines()[-1][:200]
        return Spent(cpu, wall, peak, failed=f"exit code {process.returncode}: {last}")
    return Spent(cpu, wall, peak, _told(said))


def require(spent: Spent) -> Spent:
    """The same, where it did not fail; raises RuntimeError where it did."""
    if spent.failed:
        raise RuntimeError(spent.failed)
    return spent


def own(spent: Spent, part: str | None = None) -> Spent:
    """The same with what the command itself tells of its timed part, or of one of several."""
    if spent.failed:
        return spent
    told = spent.told if part is None else spent.told[part]
    return replace(spent, **{name: told[name] for name in ("cpu", "wall", "peak") if name in told})


def take_turns(
    contestants: Mapping[str, Callable[[], Spent]], rounds: int, say: Callable[[str], None]
) -> dict[str, list[Spent]]:
    """Let all run in turn, round by round, so that a busy machine slows them alike.

    One that fails is not asked again; its failure stands last in its list.
    """
    spent: dict[str, list[Spent]] = {name: [] for name in contestants}
    for number in range(1, rounds + 1):
        for name, run in contestants.items():
            if spent[name] and spent[name][-1].failed:
                continue
            once = run()
            spent[name].append(once)
            said = once.failed or f"CPU {once.cpu:.2f} s, {once.wall:.2f} s, {once.peak:.0f} MiB"
            say(f"round {number} of {rounds}: {name}: {said}")
    return spent


def _told(said: str) -> dict[str, Any]:
    """The last line, where it is a JSON object."""
    lines = said.strip().splitlines()
    if lines and lines[-1].startswith("{"):
        told: dict[str, Any] = json.loads(lines[-1])
        return told
    return {}


def _watch(pid: int, over: threading.Event, ended: list[str]) -> None:
    """End a process that takes too long or too much, with its children, and say why."""
    start = time.monotonic()
    while not over.wait(_LOOK_EVERY):
        if time.monotonic() - start > MOST_SECONDS:
            ended.append(f"not done after {MOST_SECONDS} s")
        elif _held(pid) > MOST_MEMORY:
            ended.append(f"needs more than {MOST_MEMORY // 1024} GiB")
        if ended:
            _end(pid)
            return


def _end(session: int) -> None:
    try:
        os.killpg(session, signal.SIGKILL)
    except ProcessLookupError:
        return


def _held(session: int) -> float:
    """MiB that the processes of a session hold."""
    pages = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
            if int(fields[3]) == session:
                pages += int(stat.with_name("statm").read_text().split()[1])
        except (OSError, IndexError, ValueError):
            continue
    return pages * _PAGE / 2**20
