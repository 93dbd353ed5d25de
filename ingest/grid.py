"""Number the cells of a ruled table by the rows and columns its rules make."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple

SNAP = 3.0
"""Points within which edges are one rule; drawing programs misplace them by up to two."""

Box = tuple[float, float, float, float]
"""x0, top, x1, bottom in points from the page's top left."""


class Placed(NamedTuple):
    """A cell's place in the grid, counted from 1, its box, and its number among the boxes."""

    row_no: int
    col_no: int
    row_span: int
    col_span: int
    box: Box
    at: int


def number(boxes: Iterable[Box]) -> list[Placed]:
    """Give each cell box its row, column and spans, in reading order."""
    boxes = list(boxes)
    columns = edges_of([x for x0, _, x1, _ in boxes for x in (x0, x1)])
    rows = edges_of([y for _, top, _, bottom in boxes for y in (top, bottom)])
    placed = []
    for index, box in enumerate(boxes):
        x0, top, x1, bottom = box
        col, row = bisect_right(columns, x0), bisect_right(rows, top)
        col_end, row_end = bisect_right(columns, x1), bisect_right(rows, bottom)
        placed.append(Placed(row, col, max(1, row_end - row), max(1, col_end - col), box, index))
    return sorted(placed)


def edges_of(values: Iterable[float]) -> list[float]:
    """Return the first value of each run of values less than :data:`SNAP` apart.

    A run is at most twice as long: edges of different tables may lie close in a row.
    """
    edges: list[float] = []
    last = float("-inf")
    for value in sorted(values):
        if value - last > SNAP or value - edges[-1] > 2 * SNAP:
            edges.append(value)
        last = value
    return edges
