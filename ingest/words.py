"""Put the glyphs of a page together to printed lines, words and cell texts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import itemgetter

from ingest.glyphs import Glyph
from ingest.grid import Box
from ingest.ruling import Lattice

LEVEL = 0.3
"""Type sizes by which baselines on one line may differ."""
WORD_GAP = 0.3
"""Type sizes of blank that part two words; a space of the narrowest common font is a quarter,
and digits of one number set singly stand closer."""
CJK_GAP = 0.55
"""The same between two characters of a full em, which justified lines spread."""

MIXED_GAP = 0.2
"""The same between a wide and a narrow character, where word processors set a quarter."""

FIRST_WIDE = "\u2e80"
"""The first of the characters set a full em wide, radicals."""


_LEFT, _BOTTOM = itemgetter(1), itemgetter(4)


@dataclass(eq=False, slots=True)
class Word:
    """A run of glyphs on one line without a blank, left to right; it stands on a page once."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    glyphs: tuple[Glyph, ...]

    @property
    def box(self) -> Box:
        """The box in the coordinates of the text."""
        return self.x0, self.top, self.x1, self.bottom

    @property
    def middle(self) -> float:
        """The x of its middle."""
        return (self.x0 + self.x1) / 2

    @property
    def height(self) -> float:
        """The y of its middle."""
        return (self.top + self.bottom) / 2


def lines_of(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Group glyphs by their baseline, from the top; each line from left to right."""
    lines: list[list[Glyph]] = []
    base = float("-inf")
    # Bottoms differ from baselines by the same share of the type size.
    for glyph in sorted(glyphs, key=_BOTTOM):
        if glyph.bottom - base > LEVEL * glyph.size:
            line: list[Glyph] = []
            lines.append(line)
            base = glyph.bottom
        line.append(glyph)
    for line in lines:
        line.sort(key=_LEFT)
    return lines


def text_of(line: Sequence[Glyph], mixed_gap: float = MIXED_GAP) -> str:
    """Return the text of a line; blank glyphs and gaps as wide as a blank become one space.

    ``mixed_gap`` is that between a wide and a narrow character, in type sizes.
    """
    parts: list[str] = []
    narrowest = min(mixed_gap, WORD_GAP)
    previous: Glyph | None = None
    for glyph in line:
        if glyph.text.isspace():
            if parts and parts[-1] != " ":
                parts.append(" ")
            continue
        if (
            previous
            and glyph.x0 - previous.x1 > narrowest * previous.size
            and parts[-1] != " "
            and _has_blank(previous, glyph, mixed_gap)
        ):
            parts.append(" ")
        parts.append(glyph.text)
        previous = glyph
    return "".join(parts).strip()


def cell_text(glyphs: Iterable[Glyph]) -> str:
    """Return the text in a cell, one printed line below the other.

    The quarter em that word processors set between a number and 元 is no blank there.
    """
    return "\n".join(text for line in lines_of(glyphs) if (text := text_of(line, WORD_GAP)))


def words_of(glyphs: Iterable[Glyph], lattice: Lattice) -> list[Word]:
    """Return the words in reading order; an upright rule parts two words however close."""
    words: list[Word] = []
    for line in lines_of(glyphs):
        if not _may_part(line, lattice):
            words.append(word(line))
            continue
        run: list[Glyph] = []
        for glyph in line:
            is_blank = glyph.text.isspace()
            if run and (is_blank or _is_apart(run[-1], glyph, lattice)):
                words.append(word(run))
                run = []
            if not is_blank:
                run.append(glyph)
        if run:
            words.append(word(run))
    return words


def word(glyphs: Sequence[Glyph]) -> Word:
    """Put the glyphs of one word together."""
    texts, lefts, tops, rights, bottoms, sizes, _ = zip(*glyphs, strict=True)
    return Word(
        "".join(texts),
        lefts[0],
        min(tops),
        max(rights),
        max(bottoms),
        max(sizes),
        tuple(glyphs),
    )


def _may_part(line: Sequence[Glyph], lattice: Lattice) -> bool:
    """Tell a line with a gap as wide as the narrowest that parts words, or with rules around."""
    if lattice.upright:
        return True
    gap = WORD_GAP * line[0].size
    return (
        any(right.x0 - left.x1 > gap or right.text.isspace() for left, right in pairwise(line))
        or line[0].text.isspace()
    )


def _is_apart(one: Glyph, other: Glyph, lattice: Lattice) -> bool:
    gap = other.x0 - one.x1
    if gap > WORD_GAP * one.size and gap > _gap(one, other):
        return True
    return bool(lattice.upright) and lattice.parts(
        (one.x0 + one.x1) / 2, (other.x0 + other.x1) / 2, (other.top + other.bottom) / 2
    )


def _gap(one: Glyph, other: Glyph) -> float:
    is_wide = one.text >= FIRST_WIDE and other.text >= FIRST_WIDE
    return (CJK_GAP if is_wide else WORD_GAP) * one.size


def _has_blank(one: Glyph, other: Glyph, mixed_gap: float) -> bool:
    """Tell whether two glyphs of a text stand apart as with a blank between them."""
    gap = other.x0 - one.x1
    if (one.text >= FIRST_WIDE) != (other.text >= FIRST_WIDE):
        return gap > mixed_gap * one.size
    return gap > _gap(one, other)
