"""Charts as shapes in a plane, which templates draw as SVG. What is not printed is never a 0.

Lengths are units of the drawing, 1 at its natural size a pixel; y grows downwards.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from itertools import pairwise
from typing import Literal

from checkpoints.numbers import plain
from checkpoints.site.years import Key, Links, Year

Words = tuple[str, str]
"""The same in Chinese and English."""

WIDTH = 380.0
"""Of a drawing, so that its type can be read on a telephone and several stand side by side."""
LEFT, RIGHT, TOP, BOTTOM = 34.0, 8.0, 26.0, 26.0
PLOT = 170.0
"""Height from the largest tick to the ground line."""
WIDEST_SLOT, NARROWEST_SLOT = 64.0, 21.0
"""Of a column with the space around it; more columns than fit make the drawing wider."""
SHORT_LABELS = 34.0
"""Slots narrower than this name a year by its last two digits."""
BAR = 0.68
"""Share of its slot that a bar takes."""
WIDE_TOTAL = 40.0
"""Slots narrower than this have no room for what the parts add up to."""
GROUP_GAP = 14.0
LEAST_FOR_TEXT = 13.0
"""Height of a segment that has room for its number."""
UNKNOWN_HEIGHT = 16.0
"""Of the open box that stands for what is not printed."""
MOST_TICKS = 5
LEAST_BELOW = 22.0
"""Height above the ground line of a point whose number stands below it."""

Side = Literal["above", "below", "right"]
LinkState = Literal["holds", "partly", "differs", "unjudged", "apart"]


@dataclass(frozen=True)
class Tick:
    """A level of the scale."""

    y: float
    text: str


@dataclass(frozen=True)
class Segment:
    """A part of a bar; ``text`` is blank where there is no room for it."""

    series: int
    y: float
    height: float
    text: str


@dataclass(frozen=True)
class Bar:
    """A column. ``total`` says what is printed, and that the parts add up to something else.

    ``unknown`` is the top of the open box for parts that are not printed. Without a report, or
    where it has none of these figures, ``is_absent``.
    """

    label: str
    x: float
    width: float
    segments: tuple[Segment, ...]
    top: float
    total: str
    is_broken: bool
    unknown: float | None
    is_absent: bool
    state: str

    @property
    def middle(self) -> float:
        """Where its label is centred."""
        return self.x + self.width / 2


@dataclass(frozen=True)
class Group:
    """Bars under one heading, from ``x`` to ``right``."""

    words: Words | None
    x: float
    right: float
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Stack:
    """Stacked bars."""

    width: float
    height: float
    ground: float
    ticks: tuple[Tick, ...]
    groups: tuple[Group, ...]


@dataclass(frozen=True)
class Parts:
    """What the bars of a group are made of: keys of the parts, and of their printed total."""

    words: Words | None
    keys: tuple[Key, ...]
    total: Key


def stack(years: Sequence[Year], parts: Sequence[Parts]) -> Stack:
    """Bars of each year, in groups with one scale."""
    sums = [_sum(year, part) for part in parts for year in years]
    ticks = tuple(_ticks(max(sums, default=Decimal())))
    top_value = Decimal(ticks[-1].text)
    count = len(years) * len(parts)
    gaps = GROUP_GAP * (len(parts) - 1)
    slot = (WIDTH - LEFT - RIGHT - gaps) / max(count, 1)
    slot = min(max(slot, NARROWEST_SLOT), WIDEST_SLOT)
    groups = []
    x = LEFT
    for part in parts:
        bars = tuple(
            _bar(year, part, x + slot * number, slot, top_value)
            for number, year in enumerate(years)
        )
        groups.append(Group(part.words, x, x + slot * len(years), bars))
        x += slot * len(years) + GROUP_GAP
    heading = 18.0 if parts[0].words else 0.0
    ground = TOP + PLOT
    return Stack(
        max(WIDTH, x - GROUP_GAP + RIGHT), ground + BOTTOM + heading, ground, ticks, tuple(groups)
    )


def _sum(year: Year, part: Parts) -> Decimal:
    known = [value for key in part.keys if (value := year.value(key)) is not None]
    return max(sum(known, Decimal()), year.value(part.total) or Decimal())


def _bar(year: Year, part: Parts, x: float, slot: float, top_value: Decimal) -> Bar:
    values = [year.value(key) for key in part.keys]
    printed = year.value(part.total)
    ground = TOP + PLOT
    y = ground
    segments = []
    for series, value in enumerate(values):
        if value:
            height = float(value / top_value) * PLOT
            y -= height
            text = plain(value) if height >= LEAST_FOR_TEXT else ""
            segments.append(Segment(series, y, height, text))
    is_absent = not year.has(part.keys) or (
        printed is None and not any(v is not None for v in values)
    )
    lacks = not is_absent and None in values
    whole = sum((value for value in values if value is not None), Decimal())
    differs = not lacks and printed is not None and printed != whole
    return Bar(
        label=_label(year.label, slot),
        x=x + slot * (1 - BAR) / 2,
        width=slot * BAR,
        segments=tuple(segments),
        top=y - (UNKNOWN_HEIGHT if lacks else 0),
        total=_total(printed, whole if differs else None, slot),
        is_broken=differs,
        unknown=y - UNKNOWN_HEIGHT if lacks else None,
        is_absent=is_absent,
        state=year.state,
    )


def _total(printed: Decimal | None, added: Decimal | None, slot: float) -> str:
    if printed is None:
        return "?"
    if added is None:
        return plain(printed)
    return f"{plain(printed)}≠{plain(added)}" if slot >= WIDE_TOTAL else f"✗{plain(printed)}"


def _label(label: str, slot: float) -> str:
    return label[2:] if slot < SHORT_LABELS and label.isdigit() else label


def _ticks(most: Decimal) -> Iterator[Tick]:
    """Round levels from 0 to at least ``most``, and at least to 1."""
    step = Decimal(1)
    while step * (MOST_TICKS - 1) < most:
        step *= Decimal(2) if str(step.normalize())[0] in "15" else Decimal("2.5")
    count = max(1, int((most / step).to_integral_value(ROUND_CEILING)))
    for number in range(count + 1):
        value = step * number
        yield Tick(TOP + PLOT * (1 - number / count), plain(value))


@dataclass(frozen=True)
class Point:
    """A year's value of a line, and where its number stands."""

    x: float
    y: float
    text: str
    side: Side


@dataclass(frozen=True)
class Stretch:
    """From one year's point to the next, and whether the figure carries over."""

    start: Point
    end: Point
    state: LinkState
    difference: str


@dataclass(frozen=True)
class Line:
    """A series over the years."""

    words: Words
    points: tuple[Point, ...]
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True)
class Lines:
    """Lines over the same years; ``absent`` are the middles of years without a figure."""

    width: float
    height: float
    ground: float
    ticks: tuple[Tick, ...]
    labels: tuple[tuple[float, str], ...]
    lines: tuple[Line, ...]
    absent: tuple[float, ...]


@dataclass(frozen=True)
class Series:
    """A line to be drawn: its words, its figure, and the rule by which it carries over."""

    words: Words
    key: Key
    rule: str


def lines(years: Sequence[Year], series: Sequence[Series]) -> Lines:
    """Points of each year, joined where the years follow each other."""
    values = [value for each in series for y in years if (value := y.value(each.key)) is not None]
    ticks = tuple(_ticks(max(values, default=Decimal())))
    top_value = Decimal(ticks[-1].text)
    slot = max((WIDTH - LEFT - RIGHT) / max(len(years), 1), NARROWEST_SLOT)
    middles = [LEFT + slot * (number + 0.5) for number in range(len(years))]
    ground = TOP + PLOT
    drawn = tuple(_line(years, each, series, middles, top_value) for each in series)
    return Lines(
        max(WIDTH, LEFT + slot * len(years) + RIGHT),
        ground + BOTTOM,
        ground,
        ticks,
        tuple((x, _label(year.label, slot)) for x, year in zip(middles, years, strict=True)),
        drawn,
        tuple(
            x
            for x, year in zip(middles, years, strict=True)
            if all(year.value(each.key) is None for each in series)
        ),
    )


def _line(
    years: Sequence[Year],
    series: Series,
    every: Sequence[Series],
    middles: Sequence[float],
    top_value: Decimal,
) -> Line:
    points: list[Point | None] = []
    for x, year in zip(middles, years, strict=True):
        value = year.value(series.key)
        y = 0.0 if value is None else TOP + PLOT * (1 - float(value / top_value))
        side = _side(year, series, every, y)
        points.append(None if value is None else Point(x, y, plain(value), side))
    stretches = []
    for (before, after), (start, end) in zip(pairwise(years), pairwise(points), strict=True):
        if start and end:
            state, difference = _carried(before, after, series)
            stretches.append(Stretch(start, end, state, difference))
    return Line(series.words, tuple(p for p in points if p), tuple(stretches))


def _side(year: Year, series: Series, every: Sequence[Series], y: float) -> Side:
    """Above the highest point of a year, and where the others keep off that and the ground."""
    values = {each.key: value for each in every if (value := year.value(each.key)) is not None}
    if not values or max(values, key=lambda key: values[key]) == series.key:
        return "above"
    return "below" if y < TOP + PLOT - LEAST_BELOW else "right"


def _carried(before: Year, after: Year, series: Series) -> tuple[LinkState, str]:
    links = _links(before, after, series.rule)
    link = links and links.of(series.key[1])
    if not link or link.holds is None:
        return "unjudged", ""
    if link.holds:
        return "holds", ""
    return "differs", signed(link.difference)


def _links(before: Year, after: Year, rule: str) -> Links | None:
    """The links between two years that stand beside each other."""
    links = after.links.get(rule)
    return links if links and links.before == before.report_id else None


def signed(value: Decimal | None) -> str:
    """A difference with its sign."""
    if value is None:
        return "?"
    return ("−" if value < 0 else "+") + plain(abs(value))


@dataclass(frozen=True)
class Joint:
    """How a year's carry-over goes on in the next: what left, what arrived, and what differs.

    ``subjects`` are the columns of the table that differ, the total among them.
    """

    state: LinkState
    left: Decimal | None
    right: Decimal | None
    difference: str
    subjects: tuple[str, ...]


def joint(before: Year, after: Year, rule: str, whole: str = "total") -> Joint:
    """What joins two years beside each other; ``apart`` where one of them has no report."""
    if before.state != "report" or after.state != "report":
        return Joint("apart", None, None, "", ())
    links = _links(before, after, rule)
    if links is None or all(link.holds is None for link in links.links):
        return Joint("unjudged", None, None, "", ())
    total = links.of(whole)
    left, right = (total.left, total.right) if total else (None, None)
    subjects = tuple(link.subject for link in links.breaks)
    if subjects:
        difference = signed(total.difference) if total else "?"
        return Joint("differs", left, right, difference, subjects)
    is_whole = all(link.holds for link in links.links)
    return Joint("holds" if is_whole else "partly", left, right, "", ())
