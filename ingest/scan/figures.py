"""Judge what a cell is read as, above all figures: better in doubt than wrong.

A figure must be read alike in two views of its picture, and what is read must fit the pieces of
ink it is read from: as many digits, a point where there is a dot, a minus where there is a dash.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ingest.scan.recogniser import Reading
from ingest.scan.strips import Piece, Strip

DOUBT = 0.5
"""The most confidence of a value that its views or its ink contradict."""

# Shares of the height of a digit.
TALL = 0.6
"""A piece at least this high is a digit, or several that touch."""
DOT = 0.42
"""A dot is no larger than this either way."""
LOW = 0.5
"""The middle of a decimal point lies below this share of the height."""
FLAT = 0.28
"""A minus is no higher than this."""
LONE = 1.0
"""A piece no wider than this is one digit."""
PITCH = 0.745
"""From one digit to the next, over the common fonts; Latin and Chinese ones differ by 0.03."""
BEARING = 0.12
"""Blank that belongs to a digit and that the outermost lack."""
OFF, OFF_SHARE = 0.42, 0.1
"""Digits by which a count from the width may be off, and their share in a long figure."""
OVERLAP = 0.35
"""Share of the narrower of two pieces that lies above or below the other if they are one digit."""

_ZEROS = dict.fromkeys("oOο〇○Q。D", "0")
_ONES = dict.fromkeys("lI|丨!", "1")
_SIGNS = dict.fromkeys("－—–−一", "-") | {"，": ",", "．": ".", "·": ".", "＋": "+", "、": "."}
_FIGURE = re.compile(r"[-+]?\d[\d.,]*")
_MAY_BE_FIGURE = re.compile(r"[\doOο〇○Q。DlI|丨!.,，．·、+＋\-－—–−\s]+(万?元|[件条项次个人])?")


class Judged(NamedTuple):
    """The text of a cell or line, and how sure it is, 0 to 1."""

    text: str
    confidence: float


def may_be_figure(text: str) -> bool:
    """Tell a text that is a figure or that a figure may have been misread as."""
    has_digit = any(map(str.isdigit, text))
    short = len(text) <= 8 and has_digit
    return bool(not text or _MAY_BE_FIGURE.fullmatch(text) or short or _is_like_figure(text))


def judge_words(reading: Reading) -> Judged:
    """Judge a line of words by the mean over its characters."""
    chances = reading.chances
    return Judged(reading.text.strip(), sum(chances) / len(chances) if chances else 0.0)


def judge_figure(strip: Strip, views: Sequence[Reading]) -> Judged:
    """Judge a line that may be a figure by its views and its ink.

    A view is as sure as its least sure character; views that agree are as sure as the surest.
    """
    texts = [as_figure(view.text) for view in views]
    text = next(filter(None, texts), "")
    sure = max(min(view.chances, default=0.0) for view in views)
    is_figure = bool(_FIGURE.fullmatch(text))
    in_doubt = (
        len(set(texts)) > 1
        or any(char in _ONES for view in views for char in view.text)
        or (is_figure and not fits(text, strip.pieces))
        or (_is_like_figure(text) and not is_figure)
    )
    return Judged(text, min(sure, DOUBT) if in_doubt else sure)


def _is_like_figure(text: str) -> bool:
    """Tell a text that is mostly digits, yet no figure with its unit: 160) or S224."""
    digits = sum(char.isdigit() for char in text)
    return 2 * digits >= max(len(text), 1) and not _MAY_BE_FIGURE.fullmatch(text.replace(" ", "x"))


def as_figure(text: str) -> str:
    """Replace what a digit or sign is commonly misread as, if that makes the text a figure."""
    text = text.strip()
    plain = "".join((_ZEROS | _ONES | _SIGNS).get(char, char) for char in text)
    return plain if _FIGURE.fullmatch(plain) else text


def fits(text: str, pieces: Sequence[Piece]) -> bool:
    """Tell whether a figure has the digits and marks that its pieces of ink show."""
    shapes = _shapes(pieces)
    height = max(shape.height for shape in shapes)
    top = min(shape.top for shape in shapes if shape.height == height)
    tall = [shape for shape in shapes if shape.height >= TALL * height]
    left, right = tall[0].x0, tall[-1].x1
    dots = [shape for shape in shapes if left < shape.x0 and shape.x1 < right]
    dots = [shape for shape in dots if _is_dot(shape, top, height)]
    dashes = [
        shape
        for shape in shapes
        if shape.height <= FLAT * height < shape.width and shape.x1 <= left + 1
    ]
    digits = re.sub(r"\D", "", text)
    return (
        len(dots) == sum(text.count(mark) for mark in ".,")
        and (len(dashes) == 1) == text.startswith("-")
        and _count_fits(len(digits), tall, len(dots), height)
    )


def _shapes(pieces: Sequence[Piece]) -> list[Piece]:
    """Put together pieces that lie above each other: a digit of which a thin stroke is lost."""
    shapes: list[Piece] = []
    for piece in sorted(pieces, key=lambda piece: piece.x0):
        last = shapes[-1] if shapes else piece
        over = min(last.x1, piece.x1) - piece.x0
        if shapes and over > OVERLAP * min(last.width, piece.width):
            shapes[-1] = Piece(
                last.x0,
                min(last.top, piece.top),
                max(last.x1, piece.x1),
                max(last.bottom, piece.bottom),
                last.area + piece.area,
            )
        else:
            shapes.append(piece)
    return shapes


def _is_dot(shape: Piece, top: int, height: int) -> bool:
    low = (shape.top + shape.bottom) / 2 - top > LOW * height
    return low and max(shape.width, shape.height) <= DOT * height


def _count_fits(count: int, tall: Sequence[Piece], dots: int, height: int) -> bool:
    """Compare with the number of shapes, or, where digits touch or are broken, with the width."""
    single = sum(
        1 if shape.width <= LONE * height else round(shape.width / (PITCH * height))
        for shape in tall
    )
    if single == count:
        return True
    width = tall[-1].x1 - tall[0].x0
    by_width = (width / height + BEARING - dots * PITCH / 2) / PITCH
    return abs(by_width - count) <= max(OFF, OFF_SHARE * count)
