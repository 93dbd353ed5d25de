"""CPU and wall time of a part of a process, its children included, for what cannot run alone."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Stopwatch:
    """Adds up what its ``running`` blocks take, in seconds."""

    def __init__(self) -> None:
        self.cpu = 0.0
        self.wall = 0.0

    @contextmanager
    def running(self) -> Iterator[None]:
        """Count what happens within."""
        before, start = os.times(), time.perf_counter()
        yield
        after = os.times()
        self.wall += time.perf_counter() - start
        self.cpu += sum(after[:4]) - sum(before[:4])

    def told(self) -> dict[str, float]:
        """What it shows."""
        return {"cpu": self.cpu, "wall": self.wall}
