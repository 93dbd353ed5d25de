"""The processes of a run of Spark: found by who has started them, and killed."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

EXECUTOR = "CoarseGrainedExecutorBackend"
WORKER = "pyspark.daemon"

_LOOK_EVERY = 0.05


class Process(NamedTuple):
    """A process: its number, who has started it, and its command line."""

    pid: int
    parent: int
    line: str


def started_here() -> list[Process]:
    """All processes that this one has started, and those that they have."""
    told = subprocess.run(
        ["ps", "-eo", "pid=,ppid=,args="], capture_output=True, text=True, check=True
    ).stdout
    fields = [line.split(maxsplit=2) for line in told.splitlines()]
    everyone = [Process(int(each[0]), int(each[1]), each[2]) for each in fields]
    found: list[Process] = []
    parents = {os.getpid()}
    while parents:
        children = [each for each in everyone if each.parent in parents]
        found += children
        parents = {each.pid for each in children}
    return found


def executors() -> list[int]:
    """The executors of a cluster."""
    return [each.pid for each in started_here() if EXECUTOR in each.line]


def python_workers() -> list[int]:
    """The processes in which tasks run Python; each is forked by a daemon of the same name."""
    found = [each for each in started_here() if WORKER in each.line]
    daemons = {each.pid for each in found}
    return [each.pid for each in found if each.parent in daemons]


@contextmanager
def killing(*victims: tuple[Callable[[], bool], Callable[[], list[int]]]) -> Iterator[list[int]]:
    """Kill, one after the other, a process that the second names when the first comes true.

    Yields the processes killed so far.
    """
    killed: list[int] = []
    over = threading.Event()

    def watch() -> None:
        for is_time, those in victims:
            while not over.is_set() and not (is_time() and (found := those())):
                time.sleep(_LOOK_EVERY)
            if over.is_set():
                return
            os.kill(found[0], signal.SIGKILL)
            killed.append(found[0])

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield killed
    finally:
        over.set()
        thread.join()
