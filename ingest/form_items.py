"""Find the labels and headers of the form among the words of a page, however they are broken."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from ingest.form_rows import is_figure
from ingest.grid import Box
from ingest.vocabulary import LONGEST, Meaning, is_beginning, is_wording, may_begin, meanings
from ingest.wording import compact
from ingest.words import Word, word

LONGEST_CHAIN = 14
"""Lines over which a label may be broken; 三、本年度办理结果 may be set one character a line."""
LEVEL = 0.5
"""Type sizes by which the middles of words on one line may differ."""
LINE_GAP = 1.0
"""Type sizes that may lie between two lines of one label."""
OVERLAP = 0.5
"""Share of the narrower of two lines that must lie above the wider one."""
NARROW_GAP = 0.15
"""Type sizes of blank at which two labels that are not set apart any further may be parted."""
BRANCHES = 2
"""Lines below another that are tried as its continuation."""
_CLAUSE = re.compile(r"[元万件条项宗个起份次][^()（）]*[，,。；;、]")
"""How a sentence goes on behind a figure that stands in it between blanks."""


@dataclass(frozen=True, eq=False)
class Item:
    """A label, header or caption of the form on a page, with all it may mean."""

    text: str
    words: tuple[Word, ...]
    meanings: tuple[Meaning, ...]

    box: Box = field(init=False)
    """The box around its words, in the coordinates of the text."""

    def __post_init__(self) -> None:
        """Work out the box once: it is asked for very often."""
        box = (
            min(word.x0 for word in self.words),
            min(word.top for word in self.words),
            max(word.x1 for word in self.words),
            max(word.bottom for word in self.words),
        )
        object.__setattr__(self, "box", box)

    @property
    def height(self) -> float:
        """The y of its middle."""
        return (self.box[1] + self.box[3]) / 2

    def means(self, form_table: str, kind: str) -> str | None:
        """Return the code it has as this kind of text in this table, if any."""
        codes = (m.code for m in self.meanings if m[:2] == (form_table, kind))
        return next(codes, None)


def find_items(words: Sequence[Word]) -> tuple[list[Item], list[Word]]:
    """Return the items of the form, and the words that belong to none.

    Words that stand one below the other are read on as long as they may begin a label; of all
    readings the exact and the longest come first, so that 其他结果 is not taken for 其他.
    """
    words = [part for one in words for part in _parted(one)]
    figures = [one for one in words if is_figure(one.text)]
    words = [one for one in words if not is_figure(one.text)]
    candidates: list[Item] = []
    for first in range(len(words)):
        for chain in _chains(words, (first,)):
            text = "".join(words[i].text for i in chain)
            found = meanings(text)
            # Two labels one below the other are like the longer of them.
            if found and (is_wording(text) or not any(is_wording(words[i].text) for i in chain)):
                printed = "\n".join(words[i].text for i in chain)
                candidates.append(Item(printed, tuple(words[i] for i in chain), found))
    used: set[Word] = set()
    items = []
    for item in sorted(candidates, key=_exact_and_long_first):
        if not used.intersection(item.words):
            used.update(item.words)
            items.append(item)
    loose = [*figures, *(one for one in words if one not in used)]
    items, quoted = _apart_from_prose(items, loose)
    return items, [*loose, *(one for item in quoted for one in item.words)]


def _apart_from_prose(items: list[Item], loose: list[Word]) -> tuple[list[Item], list[Item]]:
    """Tell the items from words of the form in a sentence, which goes on beside them.

    规范性文件 4 件，废止 0 件 is set like a row of 表二.
    """
    clauses = [one for one in loose if _CLAUSE.match(one.text)]
    if not clauses:
        return items, []
    quoted = [
        item
        for item in items
        if any(
            abs(one.height - item.height) < one.size * LEVEL and one.x0 >= item.box[2]
            for one in clauses
        )
    ]
    return [item for item in items if item not in quoted], quoted


def _exact_and_long_first(item: Item) -> tuple[bool, int]:
    """Order readings: the form's own words before what is like them, then the longer one."""
    return not is_wording("".join(one.text for one in item.words)), -len(compact(item.text))


def _chains(words: Sequence[Word], chain: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """Yield the chain and its continuations as long as they may begin a label."""
    text = "".join(words[i].text for i in chain)
    if not may_begin(text):
        return
    yield chain
    if len(chain) < LONGEST_CHAIN:
        for below in _below(words, chain[-1]):
            yield from _chains(words, (*chain, below))


def _below(words: Sequence[Word], index: int) -> list[int]:
    """Return the words that stand right below one, the nearest first."""
    above = words[index]
    found = []
    for i, other in enumerate(words):
        gap = other.top - above.bottom
        if not -0.3 * above.size <= gap <= LINE_GAP * above.size or other.top <= above.height:
            continue
        shared = min(other.x1, above.x1) - max(other.x0, above.x0)
        if shared >= OVERLAP * min(other.x1 - other.x0, above.x1 - above.x0):
            found.append((gap, i))
    return [i for _, i in sorted(found)[:BRANCHES]]


def _parted(one: Word) -> Iterator[Word]:
    """Part a word in which several labels, or a label and its value, stand without a blank."""
    is_prose = "。" in one.text or len(one.text) > LONGEST
    if is_prose or len(one.text) < 3 or is_beginning(one.text):
        yield one
        return
    ends = (None if may_begin(one.text) else _series(one.text)) or _narrow_gap(one)
    start = 0
    for end in ends or [len(one.glyphs)]:
        yield word(one.glyphs[start:end])
        start = end


def _narrow_gap(one: Word) -> list[int] | None:
    """Return where a gap too narrow for a blank lies between the beginnings of two labels."""
    for cut, (left, right) in enumerate(pairwise(one.glyphs), start=1):
        if (
            right.x0 - left.x1 > NARROW_GAP * one.size
            and may_begin(one.text[:cut])
            and may_begin(one.text[cut:])
        ):
            return [cut, len(one.glyphs)]
    return None


@lru_cache(maxsize=4096)
def _series(text: str) -> list[int] | None:
    """Return where the parts end if the text is wordings of the form, the last perhaps a figure."""
    if not may_begin(text[:2]):
        return None
    if is_wording(text):
        return [len(text)]
    for cut in range(len(text) - 1, 1, -1):
        if not is_wording(text[:cut]):
            continue
        rest = text[cut:]
        if is_figure(rest):
            return [cut, len(text)]
        further = _series(rest) if len(rest) > 1 else None
        if further:
            return [cut, *(cut + end for end in further)]
    return None
