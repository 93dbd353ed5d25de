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

UNSEEN, OUTSIDE, NO_CELL = -1, -2, -3
"""What a field of the lattice may be that belongs to no cell."""

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
        return first < last and any(
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


def _walls(
    lines: list[tuple[float, list[Interval]]], stops: list[float]
) -> Iterator[tuple[int, int]]:
    """Yield (line, field) for each field between two stops that a line closes."""
    for at, (_, intervals) in enumerate(lines):
        for start, end in intervals:
            first, last = bisect_left(stops, start - SNAP), bisect_right(stops, end + SNAP) - 1
            for i in range(first, last):
                yield at, i


def _number_cells(lattice: Lattice, xs: list[float], ys: list[float]) -> None:
    """Join the fields of the lattice into cells; what reaches outside is none.

    Fields are numbered row by row, with a ring of fields around that are the outside.
    """
    rows, columns = len(ys) - 1, len(xs) - 1
    stride = columns + 2
    has_above, has_before = bytearray((rows + 3) * stride), bytearray((rows + 3) * stride)
    for at, column in _walls(lattice.level, xs):
        has_above[(at + 1) * stride + column + 1] = True
    for at, row in _walls(lattice.upright, ys):
        has_before[(row + 1) * stride + at + 1] = True
    region = [OUTSIDE] * ((rows + 2) * stride)
    inner = [range(row * stride + 1, row * stride + columns + 1) for row in range(1, rows + 1)]
    for fields in inner:
        region[fields.start : fields.stop] = [UNSEEN] * columns
    for start in (one for fields in inner for one in fields):
        if region[start] != UNSEEN:
            continue
        number, is_open = len(lattice.boxes), False
        region[start] = number
        joined = [start]
        for one in joined:
            for near, is_closed in (
                (one - stride, has_above[one]),
                (one + stride, has_above[one + stride]),
                (one - 1, has_before[one]),
                (one + 1, has_before[one + 1]),
            ):
                if is_closed:
                    continue
                if region[near] == UNSEEN:
                    region[near] = number
                    joined.append(near)
                elif region[near] == OUTSIDE:
                    is_open = True
        top, bottom = min(joined) // stride, max(joined) // stride
        left, right = min(one % stride for one in joined), max(one % stride for one in joined)
        if is_open or len(joined) != (bottom - top + 1) * (right - left + 1):
            for one in joined:
                region[one] = NO_CELL
            continue
        lattice.boxes.append((xs[left - 1], ys[top - 1], xs[right], ys[bottom]))
        lattice._owner.update({(one % stride, one // stride): number for one in joined})
    lattice.tables.extend(_tables(region, stride, len(lattice.boxes)))


def _tables(region: list[int], stride: int, count: int) -> list[list[int]]:
    """Group the cells that share a side."""
    parent = list(range(count))

    def root(cell: int) -> int:
        while parent[cell] != cell:
            parent[cell] = parent[parent[cell]]
            cell = parent[cell]
        return cell

    sides = {*pairwise(region), *zip(region, region[stride:], strict=False)}
    for cell, other in sides:
        if cell >= 0 and other >= 0 and cell != other:
            parent[root(other)] = root(cell)
    groups: dict[int, list[int]] = defaultdict(list)
    for cell in range(count):
        groups[root(cell)].append(cell)
    return list(groups.values())
