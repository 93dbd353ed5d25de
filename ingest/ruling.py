"""Tell which drawn paths are rules of a table, and find the cells they make."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ingest.glyphs import Rule
from ingest.grid import SNAP, Box, edges_of

THIN = 3.0
"""Points: a filled shape narrower than this in one direction is a rule."""
WHITE = 0.99
"""A fill at least this light in every channel leaves no mark on paper."""
FEWEST_ENDS = 3
"""Vertical rules that must end at one height, with no rule across, to show an open table."""
OPEN_END = 20.0
"""Points by which a rule may run on below the last row before a page break."""
SHORTEST = 1.0
"""Points: a shorter mark is a dot."""

Interval = tuple[float, float]


def is_white(colour: object) -> bool:
    """Tell white in grey, RGB or CMYK; no colour at all means black, a pattern is not white."""
    channels = colour if isinstance(colour, tuple | list) else (colour,)
    numbers = [channel for channel in channels if isinstance(channel, int | float)]
    if len(numbers) != len(channels) or not numbers:
        return False
    if len(numbers) == 4:
        return all(channel <= 1 - WHITE for channel in numbers)
    return all(channel >= WHITE for channel in numbers)


def rules_of_path(points: Sequence[tuple[float, float]], *, is_stroked: bool) -> Iterator[Rule]:
    """Yield the rules that one path with a visible colour draws.

    A thin shape is one rule however it is painted. A larger one has rules along its straight
    edges if it is stroked: WPS paints every paragraph line on a rectangle without outline, and
    header rows are shaded; taken as rules, the edges of either make tables of prose.
    """
    xs, ys = [x for x, _ in points], [y for _, y in points]
    x0, top, x1, bottom = min(xs), min(ys), max(xs), max(ys)
    if x1 - x0 < THIN or bottom - top < THIN:
        yield from _rule(x0, top, x1, bottom)
    elif is_stroked:
        for (ax, ay), (bx, by) in pairwise(points):
            if abs(ax - bx) < THIN or abs(ay - by) < THIN:
                yield from _rule(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))


def _rule(x0: float, top: float, x1: float, bottom: float) -> Iterator[Rule]:
    if max(x1 - x0, bottom - top) < SHORTEST:
        return
    if x1 - x0 >= bottom - top:
        middle = (top + bottom) / 2
        yield Rule(x0, middle, x1, middle)
    else:
        middle = (x0 + x1) / 2
        yield Rule(middle, top, middle, bottom)


@dataclass(frozen=True)
class Lattice:
    """All rules of a page, extended to a lattice whose fields are joined where no rule is drawn.

    ``boxes`` are the cells: joined fields that make a rectangle closed on all sides. ``tables``
    are the cells that share a side, by their numbers. ``upright`` has the x of each upright
    rule with the intervals in which it is drawn, ``level`` the y of each level one.
    """

    upright: list[tuple[float, list[Interval]]] = field(default_factory=list)
    level: list[tuple[float, list[Interval]]] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    tables: list[list[int]] = field(default_factory=list)
    _xs: list[float] = field(default_factory=list)
    _ys: list[float] = field(default_factory=list)
    _owner: dict[tuple[int, int], int] = field(default_factory=dict)

    def cell_at(self, x: float, y: float) -> int | None:
        """Return the number of the cell around a point, if any."""
        return self._owner.get((bisect_right(self._xs, x), bisect_right(self._ys, y)))

    def parts(self, x0: float, x1: float, y: float) -> bool:
        """Tell whether an upright rule stands between two points of one height."""
        first, last = bisect_left(self._xs, x0), bisect_right(self._xs, x1)
        return any(
            low <= y <= high for _, intervals in self.upright[first:last] for low, high in intervals
        )


def find_cells(rules: Sequence[Rule]) -> Lattice:
    """Find the cells that rules close.

    A row at a page break may lack its rule at the bottom, or at the top of the next page; it is
    closed where the upright rules end, or the row would be lost.
    """
    level = _joined([(rule.top, rule.x0, rule.x1) for rule in rules if rule.x1 - rule.x0 > 0])
    upright = _joined([(rule.x0, rule.top, rule.bottom) for rule in rules if rule.x1 == rule.x0])
    closing = [rule for side in (0, 1) for rule in _closing_rules(upright, level, side)]
    if closing:
        level = _joined([(y, x0, x1) for y, intervals in level for x0, x1 in intervals] + closing)
    xs, ys = [x for x, _ in upright], [y for y, _ in level]
    lattice = Lattice(upright, level, _xs=xs, _ys=ys)
    if len(xs) < 2 or len(ys) < 2:
        return lattice
    _number_cells(lattice, xs, ys)
    return lattice


def _joined(segments: list[tuple[float, float, float]]) -> list[tuple[float, list[Interval]]]:
    """Put segments (position, from, to) that lie in one line together, and join what meets."""
    positions = edges_of([position for position, _, _ in segments])
    lines: dict[int, list[Interval]] = defaultdict(list)
    for position, start, end in segments:
        lines[bisect_right(positions, position) - 1].append((start, end))
    return [(positions[at], _merged(lines[at])) for at in sorted(lines)]


def _merged(intervals: list[Interval]) -> list[Interval]:
    merged: list[Interval] = []
    for start, end in sorted(intervals):
        if merged and start <= merged[-1][1] + SNAP:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _closing_rules(
    upright: list[tuple[float, list[Interval]]],
    level: list[tuple[float, list[Interval]]],
    side: int,
) -> list[tuple[float, float, float]]:
    """Return a rule for each height where upright rules end in the open.

    A single open end is that of a label over several rows, cut by a page break: it is closed
    where the rows beside it are.
    """
    ends = sorted(
        (interval[side], x, interval)
        for x, intervals in upright
        for interval in intervals
        if not _meets(level, x, interval[side])
    )
    rules = []
    while ends:
        height = ends[0][0]
        group = [end for end in ends if end[0] <= height + SNAP]
        ends = ends[len(group) :]
        xs = [x for _, x, _ in group]
        if len(xs) >= FEWEST_ENDS and max(xs) - min(xs) > SNAP:
            rules.append((height, min(xs), max(xs)))
        else:
            rules.extend(
                rule for _, x, interval in group for rule in _beside(level, x, interval, side)
            )
    return rules


def _beside(
    level: list[tuple[float, list[Interval]]], x: float, interval: Interval, side: int
) -> list[tuple[float, float, float]]:
    """Return the rule that closes a cell right of an upright rule at the last level rule by it."""
    beside = [
        (y, start)
        for y, intervals in level
        for start, _ in intervals
        if interval[0] - SNAP <= y <= interval[1] + SNAP and start > x + SNAP
    ]
    if not beside:
        return []
    y, start = max(beside) if side else min(beside)
    return [(y, x, start)] if abs(y - interval[side]) <= OPEN_END else []


def _meets(level: list[tuple[float, list[Interval]]], x: float, y: float) -> bool:
    """Tell whether a level rule touches the end of an upright one."""
    return any(
        start - SNAP <= x <= end + SNAP
        for height, intervals in level
        if abs(height - y) <= SNAP
        for start, end in intervals
    )


def _walls(lines: list[tuple[float, list[Interval]]], stops: list[float]) -> set[tuple[int, int]]:
    """Return (line, field) for each field between two stops that a line closes."""
    return {
        (at, i)
        for at, (_, intervals) in enumerate(lines)
        for start, end in intervals
        for i in range(len(stops) - 1)
        if start <= stops[i] + SNAP and end >= stops[i + 1] - SNAP
    }


def _number_cells(lattice: Lattice, xs: list[float], ys: list[float]) -> None:
    """Join the fields of the lattice into cells; what reaches outside is none."""
    level = _walls(lattice.level, xs)
    upright = _walls(lattice.upright, ys)
    rows, columns = len(ys) - 1, len(xs) - 1
    region: dict[tuple[int, int], int] = {}
    for start in ((row, column) for row in range(rows) for column in range(columns)):
        if start in region:
            continue
        number, is_open = len(lattice.boxes), False
        stack, fields = [start], [start]
        region[start] = number
        while stack:
            row, column = stack.pop()
            for near, wall in (
                ((row - 1, column), (row, column) in level),
                ((row + 1, column), (row + 1, column) in level),
                ((row, column - 1), (column, row) in upright),
                ((row, column + 1), (column + 1, row) in upright),
            ):
                if wall:
                    continue
                if not (0 <= near[0] < rows and 0 <= near[1] < columns):
                    is_open = True
                elif near not in region:
                    region[near] = number
                    stack.append(near)
                    fields.append(near)
        top, bottom = min(f[0] for f in fields), max(f[0] for f in fields) + 1
        left, right = min(f[1] for f in fields), max(f[1] for f in fields) + 1
        if is_open or len(fields) != (bottom - top) * (right - left):
            region.update(dict.fromkeys(fields, -1))
            continue
        lattice.boxes.append((xs[left], ys[top], xs[right], ys[bottom]))
        lattice._owner.update({(c + 1, r + 1): number for r, c in fields})
    lattice.tables.extend(_tables(region, len(lattice.boxes)))


def _tables(region: dict[tuple[int, int], int], count: int) -> list[list[int]]:
    """Group the cells that share a side."""
    parent = list(range(count))

    def root(cell: int) -> int:
        while parent[cell] != cell:
            parent[cell] = parent[parent[cell]]
            cell = parent[cell]
        return cell

    for (row, column), cell in region.items():
        for near in ((row, column + 1), (row + 1, column)):
            other = region.get(near, -1)
            if cell >= 0 and other >= 0 and cell != other:
                parent[root(other)] = root(cell)
    groups: dict[int, list[int]] = defaultdict(list)
    for cell in range(count):
        groups[root(cell)].append(cell)
    return list(groups.values())
