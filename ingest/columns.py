"""Place the values of a row in the columns of a table without rules, or refuse to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.grid import Box
from ingest.words import Word, word

OFF_CENTRE = 0.35
"""Share of the distance to the next column by which a value may miss its own."""
SEAM = 0.04
"""Type sizes of blank at which two values set close together may be parted."""


@dataclass(frozen=True)
class Columns:
    """The columns of a table: x of the side at which headers and values are aligned."""

    boxes: tuple[Box, ...]
    side: str = "middle"

    @property
    def xs(self) -> list[float]:
        """Where the aligned side of each column lies, from the left."""
        return [side_of(box[0], box[2], self.side) for box in self.boxes]

    @property
    def left(self) -> float:
        """The x left of which no value of the first column can begin its second half."""
        middles = [(box[0] + box[2]) / 2 for box in self.boxes]
        if len(middles) < 2:
            return self.boxes[0][0]
        return middles[0] - min(b - a for a, b in pairwise(middles)) / 2


def side_of(x0: float, x1: float, side: str) -> float:
    """Return the x of one side of a box."""
    return {"left": x0, "middle": (x0 + x1) / 2, "right": x1}[side]


def aligned(boxes: Sequence[Box], values: Sequence[Word]) -> Columns:
    """Choose the side at which most values stand exactly below their headers."""

    def misfit(side: str) -> float:
        xs = Columns(tuple(boxes), side).xs
        places = [side_of(value.x0, value.x1, side) for value in values]
        return sum(min([abs(place - x) for x in xs]) for place in places)

    if not values:
        return Columns(tuple(boxes))
    best = min(("middle", "left", "right"), key=misfit)
    return Columns(tuple(boxes), best)


def from_rows(rows: Sequence[Sequence[Word]], count: int) -> list[Box] | None:
    """Return the columns that rows with as many values as the form show; None if there are none."""
    full = [row for row in rows if len(row) == count]
    if not full:
        return None
    return [
        (
            min(row[k].x0 for row in full),
            min(row[k].top for row in full),
            max(row[k].x1 for row in full),
            max(row[k].bottom for row in full),
        )
        for k in range(count)
    ]


def place(values: Sequence[Word], columns: Columns) -> list[Word | None] | None:
    """Return the value in each column, None for an empty one; None altogether if it is not clear.

    As many values as columns stand in order. Fewer are placed by position, each clearly nearer to
    its own column than to the next.
    """
    xs = columns.xs
    values = [
        part for value in sorted(values, key=lambda v: v.x0) for part in _parted(value, columns)
    ]
    if len(values) == len(xs):
        return list(values)
    if len(values) > len(xs):
        return None
    placed: list[Word | None] = [None] * len(xs)
    for value in values:
        x = side_of(value.x0, value.x1, columns.side)
        at = min(range(len(xs)), key=lambda k: abs(xs[k] - x))
        near = [abs(xs[k] - xs[at]) for k in (at - 1, at + 1) if 0 <= k < len(xs)]
        if near and abs(xs[at] - x) > OFF_CENTRE * min(near):
            return None
        if placed[at] is not None:
            return None
        placed[at] = value
    return placed


def _parted(value: Word, columns: Columns) -> list[Word]:
    """Part a run of glyphs that covers the middles of several columns where its glyphs part."""
    middles = [(box[0] + box[2]) / 2 for box in columns.boxes]
    covered = [x for x in middles if value.x0 < x < value.x1]
    if len(covered) < 2:
        return [value]
    parts: list[Word] = []
    rest = list(value.glyphs)
    for here, there in pairwise(covered):
        cuts = [
            (b.x0 - a.x1, i)
            for i, (a, b) in enumerate(pairwise(rest), start=1)
            if here < a.x1 and b.x0 < there
        ]
        gap, cut = max(cuts, default=(0.0, 0))
        if gap <= SEAM * value.size:
            return [value]
        parts.append(word(rest[:cut]))
        rest = rest[cut:]
    return [*parts, word(rest)]
