"""Characters and rules of a page: the one record that every source of PDF content fills.

A source gives what is on a page as displayed; :func:`upright` turns a page whose text runs
sideways, so that everything after it reads from left to right and from top to bottom.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import isfinite
from operator import itemgetter
from typing import NamedTuple

from ingest.grid import Box

ASCENT = 0.88
"""Share of the type size above the baseline. Fonts state their own, but differently for the
digits and the characters of one line; with one share for all, what is set on one line is level."""
DESCENT = 1 - ASCENT
SAME_PLACE = 0.5
"""Points within which the same character drawn twice is one, made bold by overprinting. Not more:
two whole points then lie around any place."""
FARTHEST = 1 << 20
"""Points beyond any place on a page."""
UNKNOWN = "\ufffd"
"""Text of a glyph for which the document gives no character."""


class Glyph(NamedTuple):
    """One character and its em box; ``quarter`` counts quarter turns of its text to the left."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    quarter: int = 0


_QUARTER = itemgetter(6)


class Rule(NamedTuple):
    """A drawn line, level or upright: a box without area."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True)
class PageContent:
    """What is drawn on one page; ``turn`` is the quarter turn to the left its text was drawn with.

    ``width`` and ``height`` are those of the page as displayed; glyphs and rules are in the
    coordinates of the text, which differ from the page's own where ``turn`` is not 0. ``is_lossy``
    says that the source could not give all characters.
    """

    number: int
    width: float
    height: float
    glyphs: list[Glyph]
    rules: list[Rule]
    turn: int = 0
    is_lossy: bool = False

    @property
    def text_height(self) -> float:
        """Height of the page as the text runs."""
        return self.width if self.turn % 2 else self.height

    @property
    def text_width(self) -> float:
        """Width of the page as the text runs."""
        return self.height if self.turn % 2 else self.width

    def displayed(self, box: Box) -> Box:
        """Return a box in the page's own coordinates, from its top left as displayed."""
        return turned_box(box, -self.turn % 4, self.text_width, self.text_height)


def em_box(x: float, y: float, advance: float, size: float, quarter: int) -> Box:
    """Return the box of a glyph whose text starts at x, y (from the top left) on the baseline."""
    up, down = ASCENT * size, DESCENT * size
    if quarter == 0:
        return x, y - up, x + advance, y + down
    if quarter == 1:
        return x - up, y - advance, x + down, y
    if quarter == 2:
        return x - advance, y - down, x, y + up
    return x - down, y, x + up, y + advance


def turned_box(box: Box, quarter: int, width: float, height: float) -> Box:
    """Turn a box so that text ``quarter`` turns to the left runs level; the page is given too."""
    x0, top, x1, bottom = box
    if quarter == 0:
        return box
    if quarter == 1:
        return height - bottom, x0, height - top, x1
    if quarter == 2:
        return width - x1, height - bottom, width - x0, height - top
    return top, width - x1, bottom, width - x0


def upright(page: PageContent) -> PageContent:
    """Turn the page by the direction of most of its glyphs.

    What is drawn twice is dropped, and what a broken matrix draws nowhere.
    """
    turns = Counter(map(_QUARTER, page.glyphs))
    turn = turns.most_common(1)[0][0] if turns else 0
    glyphs = _once(page.glyphs)
    rules = [rule for rule in page.rules if isfinite(sum(rule))]
    if not turn:
        return replace(page, glyphs=glyphs, rules=rules)
    size = page.width, page.height
    return replace(
        page,
        turn=turn,
        glyphs=[
            Glyph(g.text, *turned_box(g[1:5], turn, *size), g.size, (g.quarter - turn) % 4)
            for g in glyphs
        ],
        rules=[Rule(*turned_box(rule, turn, *size)) for rule in rules],
    )


def _once(glyphs: Iterable[Glyph]) -> list[Glyph]:
    """Return each glyph that is somewhere once; overprinting moves it by less than a point."""
    kept: list[Glyph] = []
    seen: dict[str, set[int]] = defaultdict(set)
    for glyph in glyphs:
        text, x, y, x1, y1, _, _ = glyph
        if not isfinite(x + y + x1 + y1):
            continue
        if text != " ":
            places, level = seen[text], round(y) * FARTHEST
            if level + int(x) in places:
                continue
            places.add(level + int(x - SAME_PLACE))
            places.add(level + int(x + SAME_PLACE))
        kept.append(glyph)
    return kept
