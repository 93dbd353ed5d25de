"""A page of a source file as a small picture, with cells outlined and numbered."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from typing import Literal, NamedTuple

import numpy as np
import PIL.Image
import PIL.ImageDraw
import PIL.ImageFont
from numpy.typing import NDArray

from ingest.scan.pages import POINTS, Picture

Kind = Literal["error", "warning", "info", "waived", "suspect"]

VERSION = "2"
"""Of what is drawn: another version draws all pictures anew."""

DPI = 110.0
"""Dots per inch: the smallest Chinese type of a report, 9 points, has 14 dots and can be read."""
LONGEST_SIDE = 1900
"""Pixels of the longer side of an oversized page; A4 has 1287."""
MOST_BYTES = 120_000
"""Of a PNG; beyond it the page is a photograph or a scan, and WebP is smaller."""
WEBP_QUALITY = 60

COLOURS: dict[Kind, tuple[int, int, int]] = {
    "error": (166, 27, 27),
    "warning": (122, 74, 0),
    "info": (31, 90, 138),
    "waived": (77, 88, 102),
    "suspect": (91, 58, 140),
}
"""Those of the style sheet; the number on the badge says the same without colour."""

PAGE_COLOURS = 24
"""Of the page itself. Each comes again tinted for every kind, so that a PNG has a palette."""
SHADES = 5
"""From a kind's colour to white, for the edges of the badge's figures."""
TINT = 0.16
"""Share of the kind's colour over an outlined cell."""

LINE = 2
DASH = 6
"""Pixels of an outline's line, and of the dashes around a cell that is suspected."""
RULE = 30
"""Pixels from which on a line is no stroke of a character."""
DARK = 96
"""Darkness, 0 to 255, from which on a pixel may belong to a rule."""
BADGE_SIZE = 12
BADGE_HEIGHT, BADGE_PADDING = 15, 4

Indices = NDArray[np.uint8]
Rectangle = tuple[int, int, int, int]


class Outline(NamedTuple):
    """A cell to be outlined: its box in points from the page's top left, and its badge.

    ``is_suspect`` draws dashes; ``label`` is blank where a neighbour has the badge.
    """

    x0: float
    top: float
    x1: float
    bottom: float
    kind: Kind
    is_suspect: bool
    label: str


class MarkedPage(NamedTuple):
    """A page with at least one cell to outline."""

    report_id: str
    page: int
    outlines: tuple[Outline, ...]


def draw_page(picture: Picture, outlines: Sequence[Outline]) -> PIL.Image.Image:
    """The page with its cells outlined, as a picture with a palette."""
    page = _reduced(picture)
    ink = _ink(page)
    base = page.quantize(PAGE_COLOURS, PIL.Image.Quantize.FASTOCTREE)
    pixels: Indices = np.array(base, dtype=np.uint8)
    across, down = page.width / picture.width, page.height / picture.height
    placed = [(outline, _pixels(outline, across, down, page.size)) for outline in outlines]
    for outline, (x0, top, x1, bottom) in placed:
        cell = pixels[top:bottom, x0:x1]
        cell[...] = cell % PAGE_COLOURS + _tinted(outline.kind)
    for outline, rectangle in placed:
        _frame(pixels, rectangle, outline)
    for outline, rectangle in placed:
        if outline.label:
            _badge(pixels, ink, rectangle, outline)
    drawn = PIL.Image.fromarray(pixels, "P")
    drawn.putpalette(_palette(base))
    return drawn


def encode(drawn: PIL.Image.Image) -> tuple[str, bytes]:
    """The file's suffix and bytes: PNG, or WebP where that would be large."""
    out = io.BytesIO()
    drawn.save(out, "PNG")
    if out.tell() <= MOST_BYTES:
        return "png", out.getvalue()
    out = io.BytesIO()
    drawn.convert("RGB").save(out, "WEBP", quality=WEBP_QUALITY)
    return "webp", out.getvalue()


def _reduced(picture: Picture) -> PIL.Image.Image:
    image = PIL.Image.fromarray(picture.pixels)
    longest = max(image.size)
    target = min(max(picture.width, picture.height) / POINTS * DPI, LONGEST_SIDE)
    if longest <= math.ceil(target):
        return image
    scale = target / longest
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    return image.resize(size, PIL.Image.Resampling.LANCZOS)


def _pixels(outline: Outline, across: float, down: float, size: tuple[int, int]) -> Rectangle:
    """The pixels inside the outline, within the page and at least one."""
    width, height = size
    x0 = min(max(math.floor(outline.x0 * across), 0), width - 1)
    top = min(max(math.floor(outline.top * down), 0), height - 1)
    x1 = min(max(math.ceil(outline.x1 * across), x0 + 1), width)
    bottom = min(max(math.ceil(outline.bottom * down), top + 1), height)
    return x0, top, x1, bottom


def _tinted(kind: Kind) -> int:
    """Where the page's colours, tinted for the kind, begin in the palette."""
    return PAGE_COLOURS * (1 + list(COLOURS).index(kind))


def _solid(kind: Kind) -> int:
    """Where the shades of the kind begin in the palette: its colour first, white last."""
    return PAGE_COLOURS * (1 + len(COLOURS)) + SHADES * list(COLOURS).index(kind)


def _palette(base: PIL.Image.Image) -> list[int]:
    given = base.getpalette() or []
    page = np.zeros((PAGE_COLOURS, 3))
    page.reshape(-1)[: len(given)] = given[: page.size]
    colours = np.array(list(COLOURS.values()), dtype=np.float64)
    tints = [page * (1 - TINT) + page / 255 * colour * TINT for colour in colours]
    steps = np.linspace(0, 1, SHADES)[:, np.newaxis]
    shades = [colour + (255 - colour) * steps for colour in colours]
    every = np.concatenate([page, *tints, *shades])
    return [int(value) for value in np.rint(every).reshape(-1)]


def _frame(pixels: Indices, rectangle: Rectangle, outline: Outline) -> None:
    """Draw the line around the pixels of the cell, not over them."""
    x0, top, x1, bottom = rectangle
    left, upper = max(x0 - LINE, 0), max(top - LINE, 0)
    sides = (
        pixels[upper:top, left : x1 + LINE],
        pixels[bottom : bottom + LINE, left : x1 + LINE],
        pixels[upper : bottom + LINE, left:x0].T,
        pixels[upper : bottom + LINE, x1 : x1 + LINE].T,
    )
    for side in sides:
        side[...] = _solid(outline.kind)
        if outline.is_suspect:
            along = np.arange(side.shape[1]) // DASH % 2 == 0
            side[:, along] = _solid("suspect") if outline.kind != "suspect" else _white("suspect")


def _white(kind: Kind) -> int:
    return _solid(kind) + SHADES - 1


def _badge(pixels: Indices, ink: Indices, rectangle: Rectangle, outline: Outline) -> None:
    """Put the number on the edge of the outline, where it hides least print."""
    font = PIL.ImageFont.load_default(BADGE_SIZE)
    width = math.ceil(font.getlength(outline.label)) + 2 * BADGE_PADDING

    def covered(place: tuple[int, int]) -> Indices:
        x, y = place
        return ink[y : y + BADGE_HEIGHT, x : x + width]

    places = _places(rectangle, width, pixels.shape)
    x, y = min(places, key=lambda place: int(covered(place).sum(dtype=np.int64)))
    mask = PIL.Image.new("L", (width, BADGE_HEIGHT), 0)
    middle = (width / 2, BADGE_HEIGHT / 2)
    PIL.ImageDraw.Draw(mask).text(middle, outline.label, fill=255, font=font, anchor="mm")
    levels = np.rint(np.asarray(mask, dtype=np.float64) / 255 * (SHADES - 1)).astype(np.uint8)
    target = pixels[y : y + BADGE_HEIGHT, x : x + width]
    target[...] = (levels + _solid(outline.kind))[: target.shape[0], : target.shape[1]]
    # The next badge keeps off this one as off print.
    covered((x, y))[...] = 255


def _places(rectangle: Rectangle, width: int, shape: tuple[int, ...]) -> list[tuple[int, int]]:
    """Where a badge may stand, the best first: on corners and edges of the outline, beside it."""
    x0, top, x1, bottom = rectangle
    left, centre, right = (x - width // 2 for x in (x0, (x0 + x1) // 2, x1))
    above, middle, below = (y - BADGE_HEIGHT // 2 for y in (top, (top + bottom) // 2, bottom))
    places = [
        *((x, y) for y in (above, below) for x in (left, right, centre)),
        *((x, y) for x in (x0 - width - LINE, left, right, x1 + LINE) for y in (middle,)),
    ]
    most_x, most_y = shape[1] - width, shape[0] - BADGE_HEIGHT
    return [(max(min(x, most_x), 0), max(min(y, most_y), 0)) for x, y in places]


def _ink(page: PIL.Image.Image) -> Indices:
    """How dark each pixel is; the rules of tables count nothing, as nobody reads them."""
    ink = 255 - np.array(page.convert("L"), dtype=np.uint8)
    dark = ink > DARK
    ink[_runs(dark) | _runs(dark.T).T] = 0
    return ink


def _runs(dark: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The dark pixels that lie in a row of at least ``RULE``."""
    ends = np.cumsum(np.pad(dark, ((0, 0), (RULE, RULE))), axis=1, dtype=np.int32)
    full = ends[:, RULE:] - ends[:, :-RULE] == RULE
    counts = np.cumsum(np.pad(full, ((0, 0), (1, RULE))), axis=1, dtype=np.int32)
    return (counts[:, RULE:] - counts[:, :-RULE])[:, : dark.shape[1]] > 0
