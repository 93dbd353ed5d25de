"""Join printed lines of text into paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from statistics import median, quantiles

from ingest.wording import compact

INDENT = 1.4
"""Characters by which a line must be set in to open a paragraph; a set-in digit is half a
character wide and lines are justified, so that the usual two characters may measure less."""
SHORT_BY = 2.0
"""Characters by which a line must miss the right margin to close its paragraph."""
CENTRED_WITHIN = 0.8
"""Characters by which the middle of a centred line may miss the middle of the column."""
WIDE_GAP = 1.6
"""Line distance, in units of the usual one, that separates paragraphs."""
SIZE_STEP = 0.15
"""Relative difference in type size that separates paragraphs."""

_PAGE_NUMBER = re.compile(
    r"[-—–－―~～·•\s]*\d{1,4}[-—–－―~～·•\s]*"
    r"|第\s*\d+\s*页([\s,，/]*共\s*\d+\s*页)?"
    r"|\d+\s*[/／]\s*\d+"
)
_LATIN = re.compile(r"[0-9A-Za-z]")


@dataclass(frozen=True)
class Line:
    """One printed line: its text, its box in points from the page's top left, its type size."""

    page: int
    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float


@dataclass(frozen=True)
class Margins:
    """Left and right edge of the text column of pages of one width, in points, and the pitch."""

    left: float
    right: float
    pitch: float


NO_COLUMN = Margins(0.0, float("inf"), float("inf"))
"""The margins of a page without lines; no line is ever measured by them."""


def is_page_number(text: str) -> bool:
    """Tell a line that may be a page number, with what is set around one."""
    words = " ".join(compact(word) for word in text.split())
    return _PAGE_NUMBER.fullmatch(words) is not None


def margins(lines: list[Line]) -> Margins:
    """Measure the text column from the lines of all pages of one width.

    The left margin is the leftmost edge that several lines share: one stray line does not move
    it. The right margin is where most lines that begin there end.
    """
    edges = sorted(line.x0 for line in lines)
    needed = max(2, len(lines) // 20)
    left = next(
        (x for i, x in enumerate(edges) if sum(e <= x + 3 for e in edges[i:]) >= needed), edges[0]
    )
    ends = [line.x1 for line in lines if line.x0 <= left + line.size * INDENT]
    right = quantiles(ends, n=5)[-1] if len(ends) >= 5 else max(line.x1 for line in lines)
    steps = [
        below.top - above.top
        for above, below in pairwise(lines)
        if above.page == below.page and 0 < below.top - above.top < 4 * above.size
    ]
    return Margins(left, right, median(steps) if steps else float("inf"))


def is_centred(line: Line, column: Margins) -> bool:
    """Tell a line set in on both sides alike, such as a title."""
    before, after = line.x0 - column.left, column.right - line.x1
    return (
        before >= line.size * INDENT
        and after >= line.size * INDENT
        and abs(before - after) <= 2 * line.size * CENTRED_WITHIN
    )


def starts_paragraph(line: Line, previous: Line, column: Margins) -> bool:
    """Decide whether ``line`` opens a paragraph rather than continuing the one of ``previous``."""
    if is_centred(line, column) or is_centred(previous, column):
        return True
    if line.x0 - column.left >= line.size * INDENT:
        return True
    if column.right - previous.x1 >= previous.size * SHORT_BY:
        return True
    if abs(line.size - previous.size) > SIZE_STEP * previous.size:
        return True
    return line.page == previous.page and line.top - previous.top > WIDE_GAP * column.pitch


def join(texts: list[str]) -> str:
    """Join the lines of a paragraph; only between Latin letters or digits goes a space."""
    joined = ""
    for text in texts:
        between = joined and _LATIN.match(joined[-1]) and _LATIN.match(text[:1])
        joined += (" " if between else "") + text
    return joined
