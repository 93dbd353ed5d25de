"""Number the cells of a ruled table by the rows and columns its rules make."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

SNAP = 3.0
"""Points within which edges are one rule; drawing programs misplace them by up to two."""


Box = tuple[float, float, float, float]
"""x0, top, x1, bottom in points from the page's top left."""


class Placed(NamedTuple):
    """A cell's place in the grid, counted from 1, and its box."""

    row_no: int
    col_no: int
    row_span: int
    col_span: int
    box: Box


def number(boxes: Iterable[Box]) -> list[Placed]:
    """Give each cell box its row, column and spans, in reading order."""
    boxes = list(boxes)
    columns = _edges([x for x0, _, x1, _ in boxes for x in (x0, x1)])
    rows = _edges([y for _, top, _, bottom in boxes for y in (top, bottom)])
    placed = []
    for box in boxes:
        x0, top, x1, bottom = box
        col, row = bisect_right(columns, x0), bisect_right(rows, top)
        col_end, row_end = bisect_right(columns, x1), bisect_right(rows, bottom)
        placed.append(Placed(row, col, max(1, row_end - row), max(1, col_end - col), box))
    return sorted(placed)


def inside(item: Mapping[str, Any], box: Box) -> bool:
    """Tell whether the middle of an item with ``x0``, ``x1``, ``top``, ``bottom`` is in a box."""
    x0, top, x1, bottom = box
    middle = (item["x0"] + item["x1"]) / 2
    height = (item["top"] + item["bottom"]) / 2
    return bool(x0 <= middle < x1 and top <= height < bottom)


def _edges(values: list[float]) -> list[float]:
    """Return the first value of each run of values less than :data:`SNAP` apart."""
    edges: list[float] = []
    last = float("-inf")
    for value in sorted(values):
        if value - last > SNAP:
            edges.append(value)
        last = value
    return edges
