"""What was measured, as lines of JSON: the page is drawn from them, parts can be run alone."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from bench.processes import Spent


@dataclass(frozen=True)
class Record:
    """One contestant of one part at one size (in reports), over the rounds of one run.

    ``cpu`` and ``wall`` in seconds, ``peak`` in MiB. ``told`` is what the contestant says of its
    work; ``failed`` why it has no figures. ``run`` tells day, machine, versions and command.
    """

    part: str
    size: int
    name: str
    cpu: Sequence[float] = ()
    wall: Sequence[float] = ()
    peak: Sequence[float] = ()
    told: dict[str, Any] = field(default_factory=dict)
    failed: str | None = None
    run: dict[str, Any] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """The name as a table shows it: with its version, where it tells one."""
        return str(self.told.get("title", self.name))

    @property
    def seconds(self) -> float:
        """The median of the CPU seconds."""
        return median(self.cpu)

    def times(self, other: Record) -> float:
        """How many times the CPU of another: the median of the rounds' own ratios."""
        return median(one / its for one, its in zip(self.cpu, other.cpu, strict=False))


def record(part: str, size: int, name: str, runs: Sequence[Spent], **told: Any) -> Record:
    """The record of a contestant's runs; what the last of them told, and ``told``."""
    failed = next((spent.failed for spent in runs if spent.failed), None)
    if failed:
        return Record(part, size, name, told=told, failed=failed)
    return Record(
        part,
        size,
        name,
        [spent.cpu for spent in runs],
        [spent.wall for spent in runs],
        [spent.peak for spent in runs],
        {**runs[-1].told, **told},
    )


def beside(each: Record, records: Iterable[Record], name: str) -> Record:
    """The record of the contestant ``name`` at the same size."""
    return next(other for other in records if other.size == each.size and other.name == name)


def append(path: Path, records: Iterable[Record], run: dict[str, Any]) -> None:
    """Add the records of one run."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        for each in records:
            line = json.dumps({**asdict(each), "run": run}, ensure_ascii=False)
            file.write(line + "\n")


def latest(path: Path, part: str) -> list[Record]:
    """The records of a part, of each size those of its last run, the smallest size first."""
    by_size: dict[int, list[Record]] = {}
    if path.is_file():
        for line in path.read_text(encoding="utf-8").splitlines():
            each = Record(**json.loads(line))
            if each.part == part:
                known = by_size.get(each.size, [])
                same = [other for other in known if other.run == each.run]
                by_size[each.size] = [*same, each]
    return [each for size in sorted(by_size) for each in by_size[size]]
