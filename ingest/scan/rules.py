"""Find the rules of a page's tables, and the cells they make."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ingest.scan.clean import Mask, Page

# All lengths are points; Page.unit turns them into pixels.
LEAST_ACROSS = 18.0
"""A level rule is at least this long: longer than the strokes of a character of the text."""
LEAST_DOWN = 13.0
"""An upright rule is at least this long: the lowest row of a form is a little higher."""
THICKEST = 5.0
"""A longer and thicker piece of ink is no rule but a bar or a picture."""
NEAR = 4.0
"""Rules this close are one, and ends this close meet."""
BREAK = 6.0
"""Pieces of one rule may lie this far apart, and a third of it beside each other."""
OPEN = 8.0
"""What rules must stick out for there to be a row or column that lacks its outer rule."""
FEWEST_ENDS = 3
"""Rules that must end at one height to show a row left open at a page break."""
SHORT = 80.0
"""A shorter run of ink may be made of the strokes of characters."""
BESIDE = 1.8
"""How far beside a short run is looked for the rest of such characters."""
MOST_BESIDE = 0.22
"""Share of a short run beside which there may be ink."""
WALL = 0.55
"""Share of a cell's side that must be drawn for it to be a side."""
SHORTEST_EDGE = 0.15
"""Share of a table's width that the rule between two of its rows covers at least: no row of the
forms is parted within one narrow column, where a line of digits may look like a rule."""
FEWEST_RULES, MOST_RULES = 4, 3000
"""Rules of a table; a raster of dots or a drawing has more."""
MOST_MESHES = 4000
"""Meshes of a table's net; the largest form has some 300."""
SMALLEST_TABLE = 60.0
"""A smaller net of rules is a box or a stamp."""


class Rule(NamedTuple):
    """A drawn line in pixels: it lies ``at`` a height (or column) and goes from start to end."""

    at: float
    start: int
    end: int


class Slot(NamedTuple):
    """A cell in the net of rules; places count from 1, edges are pixels."""

    row_no: int
    col_no: int
    row_span: int
    col_span: int
    x0: int
    top: int
    x1: int
    bottom: int
    is_closed: bool
    """False where the rules around make no rectangle: the cell may be part of a larger one."""


@dataclass(frozen=True)
class Net:
    """One table's cells; ``drawn`` marks its rules on the page."""

    slots: list[Slot]
    drawn: Mask

    @property
    def top(self) -> int:
        """Return the upper edge in pixels."""
        return min(slot.top for slot in self.slots)

    @property
    def bottom(self) -> int:
        """Return the lower edge in pixels."""
        return max(slot.bottom for slot in self.slots)


def find_nets(page: Page) -> list[Net]:
    """Find the ruled tables of a page with two columns or more, from the top down."""
    from scipy import ndimage

    across = _runs(page.faint, max(1, round(LEAST_ACROSS * page.unit)), axis=1)
    down = _runs(page.faint, max(1, round(LEAST_DOWN * page.unit)), axis=0)
    across, level = _rules(across, page.faint, page.unit)
    turned, upright = _rules(down.T, page.faint.T, page.unit)
    down = turned.T
    near = round(NEAR * page.unit / 2)
    joined = ndimage.maximum_filter(across | down, size=2 * near + 1)
    labels, _ = ndimage.label(joined)
    of_net: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for rule in level:
        of_net.setdefault(labels[round(rule.at), rule.start], ([], []))[0].append(rule)
    for rule in upright:
        of_net.setdefault(labels[rule.start, round(rule.at)], ([], []))[1].append(rule)
    nets = []
    for number, (rows, columns) in of_net.items():
        edges = _net_edges(rows, columns, page.unit)
        if edges:
            net = _net(*edges, across, down, labels == number, NEAR * page.unit)
            nets += [net] if net else []
    return sorted(nets, key=lambda net: net.top)


def _runs(dark: Mask, length: int, axis: int) -> Mask:
    """Keep what is at least ``length`` pixels long along an axis, short breaks mended."""
    from scipy import ndimage

    # A line that is a hair askew steps to the next row of pixels: take both rows for one.
    thick = ndimage.maximum_filter1d(dark, 3, axis=1 - axis)
    mended = ndimage.minimum_filter1d(ndimage.maximum_filter1d(thick, 3, axis=axis), 3, axis=axis)
    worn = ndimage.minimum_filter1d(mended, length, axis=axis)
    whole = ndimage.maximum_filter1d(worn, length, axis=axis, origin=-1 if length % 2 == 0 else 0)
    return np.asarray(whole, dtype=np.bool_)


def _rules(runs: Mask, dark: Mask, unit: float) -> tuple[Mask, list[Rule]]:
    """Part level runs into rules and drop what is none: bars, and strokes of characters in line."""
    from scipy import ndimage

    labels, _ = ndimage.label(runs, structure=np.ones((3, 3)))
    kept = np.zeros_like(runs)
    rules = []
    for number, (rows, columns) in enumerate(ndimage.find_objects(labels), start=1):
        piece = labels[rows, columns] == number
        length = columns.stop - columns.start
        if piece.sum() > THICKEST * unit * length:
            continue
        if length < SHORT * unit and _ink_beside(dark, rows, columns, unit) > MOST_BESIDE:
            continue
        kept[rows, columns] |= piece
        weights = piece.sum(axis=1)
        at = rows.start + float(np.average(np.arange(len(weights)), weights=weights))
        rules.append(Rule(at, columns.start, columns.stop - 1))
    return kept, _mend(rules, unit)


def _length(rule: Rule) -> int:
    return rule.end - rule.start + 1


def _continues(rule: Rule, other: Rule, beside: float, gap: float) -> bool:
    return abs(rule.at - other.at) <= beside and 0 <= rule.start - other.end <= gap


def _mend(rules: list[Rule], unit: float) -> list[Rule]:
    """Join the pieces of a rule that has come out broken."""
    beside = BREAK / 3 * unit
    mended: dict[int, list[Rule]] = {}
    for rule in sorted(rules, key=lambda rule: rule.start):
        height = int(rule.at // beside)
        for same in (mended.get(height + step, []) for step in (0, -1, 1)):
            other = same[-1] if same else None
            if other and _continues(rule, other, beside, BREAK * unit):
                same[-1] = Rule(max(rule, other, key=_length).at, other.start, rule.end)
                break
        else:
            mended.setdefault(height, []).append(rule)
    return [rule for same in mended.values() for rule in same]


def _ink_beside(dark: Mask, rows: slice, columns: slice, unit: float) -> float:
    """Return the share of a level run above which there is ink, or below if that is more."""
    beside = max(2, round(BESIDE * unit))
    above = dark[max(0, rows.start - beside) : max(0, rows.start - 1), columns]
    below = dark[rows.stop + 1 : rows.stop + beside, columns]
    return max(
        (float(side.any(axis=0).mean()) for side in (above, below) if side.size), default=0.0
    )


def _net_edges(
    rows: list[Rule], columns: list[Rule], unit: float
) -> tuple[list[int], list[int]] | None:
    """Return the columns and rows of pixels where the rules of a table lie, if it is one."""
    if not rows or not columns or not FEWEST_RULES <= len(rows) + len(columns) <= MOST_RULES:
        return None
    near = NEAR * unit
    columns = [rule for rule in columns if _is_held(rule, rows, near)]
    rows = [rule for rule in rows if _is_held(rule, columns, near)]
    width = max((rule.end for rule in rows), default=0) - min((r.start for r in rows), default=0)
    xs, ys = _edges(columns, rows, unit), _edges(rows, columns, unit, SHORTEST_EDGE * width)
    is_table = len(xs) >= 3 and len(ys) >= 2 and xs[-1] - xs[0] >= SMALLEST_TABLE * unit
    return (xs, ys) if is_table and len(xs) * len(ys) <= MOST_MESHES else None


def _net(
    xs: list[int], ys: list[int], across: Mask, down: Mask, area: Mask, near: float
) -> Net | None:
    slots = _slots(xs, ys, across & area, down & area, near)
    if len({slot.col_no for slot in slots}) < 2:
        return None
    # Strokes of characters, taken for a run but for no rule, must stay.
    drawn = _near(across & area, ys, near) | _near((down & area).T, xs, near).T
    return Net(slots, drawn)


def _near(level: Mask, heights: list[int], near: float) -> Mask:
    """Keep the level runs that lie at one of the heights."""
    kept = np.zeros_like(level)
    for height in heights:
        rows = slice(max(0, height - round(near)), height + round(near) + 1)
        kept[rows] = level[rows]
    return kept


def _is_held(rule: Rule, others: list[Rule], near: float) -> bool:
    """Tell a rule, which meets or crosses two others, from a stroke of print."""
    crossed = [
        other
        for other in others
        if rule.start - near <= other.at <= rule.end + near
        and other.start - near <= rule.at <= other.end + near
    ]
    at_ends = sum(
        min(abs(other.at - rule.start), abs(other.at - rule.end)) <= near for other in crossed
    )
    return at_ends >= 2 or len(crossed) >= 2


def _edges(rules: list[Rule], others: list[Rule], unit: float, least: float = 0.0) -> list[int]:
    """Return where rules lie, and where the rules across stick out beyond the last of them.

    Rules in line that together are shorter than ``least`` pixels are left out.
    """
    edges: list[list[Rule]] = []
    for rule in sorted(rules):
        if edges and rule.at - edges[-1][-1].at <= NEAR * unit:
            edges[-1].append(rule)
        else:
            edges.append([rule])
    found = [
        float(np.average([r.at for r in same], weights=[r.end - r.start + 1 for r in same]))
        for same in edges
        if sum(_length(rule) for rule in same) >= least
    ]
    sticking = OPEN * unit
    starts = [rule.start for rule in others if not found or rule.start < found[0] - sticking]
    ends = [rule.end for rule in others if not found or rule.end > found[-1] + sticking]
    if len(starts) >= FEWEST_ENDS:
        found.append(float(min(starts)))
    if len(ends) >= FEWEST_ENDS:
        found.append(float(max(ends)))
    return [round(edge) for edge in sorted(found)]


def _slots(xs: list[int], ys: list[int], across: Mask, down: Mask, near: float) -> list[Slot]:
    """Join the meshes of the net between which no rule is drawn."""
    count_rows, count_columns = len(ys) - 1, len(xs) - 1
    owner = np.arange(count_rows * count_columns).reshape(count_rows, count_columns)

    def join(one: tuple[int, int], other: tuple[int, int]) -> None:
        owner[owner == owner[other]] = owner[one]

    for row, (top, bottom) in enumerate(pairwise(ys)):
        for column, (left, right) in enumerate(pairwise(xs)):
            if column + 1 < count_columns and not _is_wall(down, right, top, bottom, near):
                join((row, column), (row, column + 1))
            if row + 1 < count_rows and not _is_wall(across.T, bottom, left, right, near):
                join((row, column), (row + 1, column))
    slots = []
    for number in dict.fromkeys(owner.ravel().tolist()):
        rows, columns = np.nonzero(owner == number)
        whole = len(rows) == (np.ptp(rows) + 1) * (np.ptp(columns) + 1)
        parts: list[tuple[NDArray[np.intp], NDArray[np.intp]]] = [(rows, columns)]
        if not whole:
            parts = [(rows[at : at + 1], columns[at : at + 1]) for at in range(len(rows))]
        for part_rows, part_columns in parts:
            top, bottom = int(part_rows.min()), int(part_rows.max()) + 1
            left, right = int(part_columns.min()), int(part_columns.max()) + 1
            slots.append(
                Slot(
                    top + 1, left + 1, bottom - top, right - left,
                    xs[left], ys[top], xs[right], ys[bottom], whole,
                )
            )  # fmt: skip
    return sorted(slots)


def _is_wall(upright: Mask, at: int, start: int, end: int, near: float) -> bool:
    """Tell whether an upright rule is drawn at a column over most of the way between two rows."""
    margin = min(round(near / 2), (end - start) // 4)
    reach = round(near)
    strip = upright[start + margin : end - margin, max(0, at - reach) : at + reach + 1]
    return bool(strip.size and strip.any(axis=1).mean() >= WALL)
