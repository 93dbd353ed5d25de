"""Make a page's picture grey, even and straight."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ingest.grid import Box
from ingest.scan.pages import Picture, Pixels

Mask = NDArray[np.bool_]

A4_HEIGHT = 842.0
"""Points: taken for the longer side of a page whose size is not known or cannot be true."""
SHORTEST_PAGE, LONGEST_PAGE = 150.0, 1300.0
"""Points between which the longer side of a page is taken as it is said to be."""
RED = 40
"""Levels by which red must exceed the other channels for a pixel to be stamp ink."""
RED_INK = 170
"""The red of the darkest stamp on bare paper, which is to become white."""
BLOCK = 16
"""Pixels of the squares in which the paper's brightness is measured."""
DARKEST_PAPER = 110
"""Brightness below which a large area is no shaded paper but print."""
STEEPEST = 6.0
"""Degrees of skew looked for."""
STEPS = (0.25, 0.05, 0.01)
"""Degrees between the angles tried, coarse to fine."""
WIDEST_SEARCH = 1000
"""Pixels of width at which the angle is searched, the last step excepted."""
MOST_POINTS = 400_000
"""Dark pixels looked at in that search."""


@dataclass(frozen=True)
class Page:
    """A straightened page.

    ``grey`` is 0 for print and 255 for paper; ``ink`` is what is print beyond doubt, ``faint``
    also what may be; ``dropped`` marks stamp ink. ``unit`` are the pixels of one point, taken
    from A4 where the true size is not known. ``angle`` are the degrees by which the page was
    turned counter-clockwise; ``original`` are the rows and columns it had, ``width`` and
    ``height`` its size in points.
    """

    page: int
    grey: Pixels
    ink: Mask
    faint: Mask
    dropped: Mask
    unit: float
    angle: float
    original: tuple[int, int]
    width: float
    height: float

    def level_points(self, box: Box) -> Box:
        """Return a box of pixels in points of the straightened page, around the same middle."""
        height, width = self.grey.shape
        x0, top, x1, bottom = box
        scale = self.width / self.original[1]
        return (
            (x0 - width / 2) * scale + self.width / 2,
            (top - height / 2) * scale + self.height / 2,
            (x1 - width / 2) * scale + self.width / 2,
            (bottom - height / 2) * scale + self.height / 2,
        )

    def points(self, box: Box) -> Box:
        """Return where a box of pixels lies on the page as it came, in points, box upright."""
        height, width = self.grey.shape
        x0, top, x1, bottom = box
        corners = np.array([(x0, top), (x1, top), (x1, bottom), (x0, bottom)])
        turn = math.radians(self.angle)
        matrix = np.array([[math.cos(turn), -math.sin(turn)], [math.sin(turn), math.cos(turn)]])
        rows, columns = self.original
        back = (corners - (width / 2, height / 2)) @ matrix.T + (columns / 2, rows / 2)
        scaled = back * (self.width / columns, self.height / rows)
        low, high = scaled.min(axis=0), scaled.max(axis=0)
        return float(low[0]), float(low[1]), float(high[0]), float(high[1])


def straighten(picture: Picture) -> Page:
    """Drop stamp ink, even out the paper and turn the page upright."""
    is_red = _is_red(picture.pixels)
    grey = _even(_without_red(picture.pixels, is_red))
    angle = skew(grey < threshold(grey))
    straight = _turned(grey, angle, 255)
    level = threshold(straight)
    rows, columns = grey.shape
    return Page(
        page=picture.page,
        grey=straight,
        ink=straight < level,
        faint=straight < level + (255 - level) // 3,
        dropped=_turned(is_red.astype(np.uint8) * 255, angle, 0) > 127,
        unit=_unit(picture),
        angle=angle,
        original=(rows, columns),
        width=picture.width,
        height=picture.height,
    )


def _unit(picture: Picture) -> float:
    """Return the pixels of one point; type has much the same size on all sheets."""
    points = max(picture.width, picture.height)
    is_likely = picture.is_measured and SHORTEST_PAGE <= points <= LONGEST_PAGE
    pixels: int = max(picture.pixels.shape[:2])
    return pixels / (points if is_likely else A4_HEIGHT)


def _turned(grey: Pixels, angle: float, around: int) -> Pixels:
    """Turn a picture counter-clockwise by degrees; it grows, so that no corner is lost."""
    import PIL.Image

    if not angle:
        return grey
    turned = PIL.Image.fromarray(grey).rotate(
        angle, PIL.Image.Resampling.BICUBIC, expand=True, fillcolor=around
    )
    return np.array(turned, dtype=np.uint8)


def _is_red(pixels: Pixels) -> Mask:
    red, green, blue = (pixels[:, :, channel].astype(np.int16) for channel in range(3))
    return np.asarray(red - np.maximum(green, blue) > RED, dtype=np.bool_)


def _without_red(pixels: Pixels, is_red: Mask) -> Pixels:
    """Make grey; red ink on paper becomes white, black print under it stays."""
    import PIL.Image

    grey = np.array(PIL.Image.fromarray(pixels).convert("L"), dtype=np.uint8)
    red = pixels[:, :, 0][is_red].astype(np.int32)
    grey[is_red] = np.minimum(red * 255 // RED_INK, 255)
    return grey


def _even(grey: Pixels) -> Pixels:
    """Divide by the brightness of the paper around, so that shadows and shading become white."""
    import PIL.Image
    from scipy import ndimage

    rows, columns = (-(-side // BLOCK) * BLOCK for side in grey.shape)
    padded = np.pad(
        grey, ((0, rows - grey.shape[0]), (0, columns - grey.shape[1])), mode="edge"
    ).reshape(rows // BLOCK, BLOCK, columns // BLOCK, BLOCK)
    paper = ndimage.median_filter(np.percentile(padded, 90, axis=(1, 3)), size=5, mode="nearest")
    paper = np.clip(paper, DARKEST_PAPER, 255).astype(np.uint8)
    smooth = PIL.Image.fromarray(paper).resize((columns, rows), PIL.Image.Resampling.BILINEAR)
    smooth_paper = np.asarray(smooth, dtype=np.float32)[: grey.shape[0], : grey.shape[1]]
    return np.clip(grey * (255.0 / smooth_paper), 0, 255).astype(np.uint8)


def threshold(grey: Pixels) -> int:
    """Return the level that best parts print from paper (Otsu), within reason."""
    counts = np.bincount(grey.ravel(), minlength=256).astype(np.float64)
    levels = np.arange(256)
    below, total = np.cumsum(counts), counts.sum()
    dark = np.cumsum(counts * levels)
    above = total - below
    with np.errstate(divide="ignore", invalid="ignore"):
        apart = dark / below - (dark[-1] - dark) / above
        between = np.nan_to_num(below * above * apart**2)
    return int(np.clip(np.argmax(between) + 1, 110, 190))


def skew(ink: Mask) -> float:
    """Return the degrees by which to turn a page counter-clockwise so that its lines lie level.

    Level lines put the dark pixels into few rows: the angle wanted is the one at which the
    squares of the row counts add up to most.
    """
    step = max(1, ink.shape[1] // WIDEST_SEARCH)
    best, reach = 0.0, STEEPEST
    for size in STEPS:
        rows, columns = np.nonzero(ink[::step, ::step] if size > STEPS[-1] else ink)
        thin = max(1, len(rows) // MOST_POINTS)
        if not len(rows):
            return 0.0
        across, down = columns[::thin].astype(np.float32), rows[::thin].astype(np.float32)
        steps = round(reach / size)
        tried = [best + size * number for number in range(-steps, steps + 1)]
        # The smallest turn wins a tie.
        best = max(tried, key=lambda angle: (_levelness(down, across, angle), -abs(angle)))
        reach = size
    return round(best, 4)


def _levelness(down: NDArray[np.float32], across: NDArray[np.float32], angle: float) -> float:
    turn = math.radians(angle)
    heights = down * math.cos(turn) - across * math.sin(turn)
    counts = np.bincount((heights - heights.min()).astype(np.int64))
    return float(np.square(counts, dtype=np.float64).sum())
