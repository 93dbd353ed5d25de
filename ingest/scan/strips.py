"""Cut a region of a page into its lines of print."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ingest.scan.clean import Mask
from ingest.scan.pages import Pixels

# All lengths are points; Page.unit turns them into pixels.
SPECK = 0.75
"""Side of the largest square of ink that is dirt; the dot of a figure is wider than one point."""
MARK = 2.5
"""The least length of the longest side of a character: a dash, or the dot in 一、."""
REMNANT = 2.2
"""A piece at the edge of a cell that is thinner than this is left over from its rule."""
FULL = 0.62
"""Share of the height of a line below which a run of rows is part of a character: 二, 三, 一."""
GAP = 1.35
"""Heights of a line that two runs of rows of the same characters may span at most."""
DOUBLE = 1.75
"""Heights of a line from which a run of rows holds two lines that touch."""
LARGEST = 16.0
"""The highest line in a cell; a higher run of rows is several lines that touch."""
SQUARE = 0.72
"""The least share of the longer side of a character that the shorter has; of two characters, one
below the other, half."""
HALVES = 0.2
"""Share of a character that may be blank between its upper and its lower half."""
PADDING = 0.16
"""Share of a line's height that is added around it, as in what the recogniser was taught."""


@dataclass(frozen=True)
class Piece:
    """A connected piece of ink; edges are pixels of the page, ``area`` its pixels."""

    x0: int
    top: int
    x1: int
    bottom: int
    area: int

    @property
    def height(self) -> int:
        """Return the height in pixels."""
        return self.bottom - self.top

    @property
    def width(self) -> int:
        """Return the width in pixels."""
        return self.x1 - self.x0


@dataclass(frozen=True)
class Strip:
    """One line of print: its box in pixels and its pieces from left to right."""

    x0: int
    top: int
    x1: int
    bottom: int
    pieces: tuple[Piece, ...]

    @property
    def height(self) -> int:
        """Return the height in pixels."""
        return self.bottom - self.top


def pieces(ink: Mask, unit: float, left: int = 0, top: int = 0) -> list[Piece]:
    """Return the pieces of ink in a region, without dirt and what is left of the rules around.

    ``left`` and ``top`` are where the region lies on the page.
    """
    from scipy import ndimage

    labels, count = ndimage.label(ink, structure=np.ones((3, 3)))
    if not count:
        return []
    areas = np.bincount(labels.ravel(), minlength=count + 1)
    found = []
    for area, (rows, columns) in zip(areas[1:], ndimage.find_objects(labels), strict=True):
        if area > (SPECK * unit) ** 2 and not _is_remnant(rows, columns, ink.shape, unit):
            found.append(
                Piece(
                    left + columns.start, top + rows.start,
                    left + columns.stop, top + rows.stop, int(area),
                )
            )  # fmt: skip
    return found


def _is_remnant(rows: slice, columns: slice, shape: tuple[int, ...], unit: float) -> bool:
    """Tell a sliver of the rule beside it from print that comes near the rule."""
    width: int = columns.stop - columns.start
    height: int = rows.stop - rows.start
    at_side = columns.start <= 1 or columns.stop >= shape[1] - 1
    at_top = rows.start <= 1 or rows.stop >= shape[0] - 1
    thin = REMNANT * unit
    return bool((at_side and width < thin) or (at_top and height < thin))


def strips(found: list[Piece], unit: float, is_cell: bool = True) -> list[Strip]:
    """Gather pieces of ink into lines, from the top down.

    In a cell all lines are of one type, and may touch; elsewhere they stand apart, and a title
    may be twice as high as the rest.
    """
    marks = [piece for piece in found if max(piece.width, piece.height) >= MARK * unit]
    if not marks:
        return []
    first, last = min(p.top for p in marks), max(p.bottom for p in marks)
    filled = np.zeros(last - first, dtype=np.int64)
    for piece in marks:
        filled[piece.top - first : piece.bottom - first] += piece.width
    runs = _runs(filled)
    heights = sorted(end - start for start, end in runs)
    if is_cell:
        height = min(heights[-1], round(LARGEST * unit))
        lines = _split(_joined(runs, height), filled, height)
    else:
        lines = _whole(_joined(runs, heights[len(heights) // 2]), marks, first)
    made = []
    for start, end in lines:
        inside = sorted(
            (p for p in found if start <= (p.top + p.bottom) / 2 - first < end),
            key=lambda p: p.x0,
        )
        of_line = [p for p in inside if max(p.width, p.height) >= MARK * unit]
        if of_line:
            made.append(
                Strip(
                    min(p.x0 for p in of_line), first + start,
                    max(p.x1 for p in of_line), first + end, tuple(inside),
                )
            )  # fmt: skip
    return made


def _runs(filled: NDArray[np.int64]) -> list[tuple[int, int]]:
    """Return where rows with ink begin and end."""
    steps = np.flatnonzero(np.diff(np.concatenate(([0], filled > 0, [0]))))
    return [(int(start), int(end)) for start, end in zip(steps[::2], steps[1::2], strict=True)]


def _joined(runs: list[tuple[int, int]], height: int) -> list[tuple[int, int]]:
    """Join runs of rows that together are no higher than a line: the strokes of 二 and 三."""
    lines = [runs[0]]
    for start, end in runs[1:]:
        above = lines[-1]
        small = end - start < FULL * height or above[1] - above[0] < FULL * height
        if small and end - above[0] <= GAP * height:
            lines[-1] = (above[0], end)
        else:
            lines.append((start, end))
    return lines


def _whole(lines: list[tuple[int, int]], marks: list[Piece], first: int) -> list[tuple[int, int]]:
    """Join the halves of one large character that a title has left for its last line: 告."""
    whole: list[tuple[int, int]] = []
    for start, end in lines:
        above, until = whole[-1] if whole else (start, end)
        inside = [p for p in marks if above <= (p.top + p.bottom) / 2 - first < end]
        wide = max(p.x1 for p in inside) - min(p.x0 for p in inside)
        high = end - above
        is_near = until <= start <= until + HALVES * high
        if is_near and SQUARE * wide <= high <= wide / SQUARE:
            whole[-1] = (above, end)
        else:
            whole.append((start, end))
    return whole


def _split(
    lines: list[tuple[int, int]], filled: NDArray[np.int64], height: int
) -> list[tuple[int, int]]:
    """Cut runs that hold several lines where there is least ink."""
    made = []
    for start, end in lines:
        count = round((end - start) / height / 1.15) if end - start > DOUBLE * height else 1
        cuts = [start]
        for number in range(1, max(1, count)):
            middle = start + (end - start) * number / count
            low = max(cuts[-1] + 1, round(middle - height / 3))
            high = max(low + 1, round(middle + height / 3))
            cuts.append(low + int(filled[low:high].argmin()))
        made += list(pairwise([*cuts, end]))
    return made


def crop(grey: Pixels, strip: Strip, padding: float = PADDING) -> Pixels:
    """Cut out a line with some paper around it; beyond the page there is white paper."""
    around = max(2, round(strip.height * padding))
    rows, columns = grey.shape
    x0, top, x1, bottom = (
        strip.x0 - 2 * around, strip.top - around, strip.x1 + 2 * around, strip.bottom + around
    )  # fmt: skip
    inner = grey[max(0, top) : min(rows, bottom), max(0, x0) : min(columns, x1)]
    return np.pad(
        inner,
        (
            (max(0, -top), max(0, bottom - rows)),
            (max(0, -x0), max(0, x1 - columns)),
        ),
        constant_values=255,
    )
