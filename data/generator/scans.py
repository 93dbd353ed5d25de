"""Reports as scans: page images, turned a little, with noise and a stamp, as PDF or TIFF or PNG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from math import ceil
from typing import Any, Literal

import numpy as np
import pypdfium2
from PIL import Image, ImageDraw

Corner = Literal["top_left", "top_right", "bottom_left", "bottom_right"]
Container = Literal["pdf", "tiff", "png"]

POINTS = 72
MAX_SKEW = 3.0
# A round seal is 42 mm wide; only part of it lies on the sheet where it is put over a corner.
STAMP_POINTS = 119.0
RED = (214, 60, 50)
# What that red becomes on a copy in black and white.
RED_COPIED = 106
THRESHOLD = 160
JPEG_QUALITY = 85


@dataclass(frozen=True)
class Scan:
    """How pages are scanned.

    ``dpi``: 150 to 300. ``bilevel``: black and white only, else grey, or colour with a red stamp.
    ``skew``: degrees counter-clockwise, at most 3. ``noise``: standard deviation of the grey
    values, of 255. ``stamp``: the corner of every page a round seal lies over, ``inset``
    points from the edges of the sheet; the form's tables begin about 72 from them. It is ``red``,
    or of the grey ``ink``: 106 where red was copied, 190 where it is faint.
    """

    dpi: int = 200
    bilevel: bool = False
    skew: float = 0.0
    noise: float = 0.0
    stamp: Corner | None = None
    inset: float = 0.0
    red: bool = False
    ink: int = 190
    seed: int = 0

    def __post_init__(self) -> None:
        """Raise ValueError for a skew beyond 3 degrees."""
        if abs(self.skew) > MAX_SKEW:
            raise ValueError(f"a skew of {self.skew} degrees is more than {MAX_SKEW}")


def scan_pages(pdf: bytes, scan: Scan, pages: Sequence[int] | None = None) -> list[Image.Image]:
    """Render pages (0-based, all by default) of a PDF and make them look scanned."""
    dice = np.random.default_rng(scan.seed)
    document = pypdfium2.PdfDocument(pdf)
    try:
        numbers = range(len(document)) if pages is None else pages
        images = [
            document[number].render(scale=scan.dpi / POINTS).to_pil().convert("RGB")
            for number in numbers
        ]
    finally:
        document.close()
    return [_scanned(image, scan, dice) for image in images]


def scanned_file(images: Sequence[Image.Image], dpi: int, container: Container = "pdf") -> bytes:
    """Return page images as one file; PNG holds one page only.

    Raises ValueError for a PNG of several pages.
    """
    if container == "png" and len(images) != 1:
        raise ValueError("a PNG holds one page")
    target = BytesIO()
    first, *others = images
    settings: dict[Container, dict[str, Any]] = {
        "png": {"dpi": (dpi, dpi)},
        "tiff": {
            "dpi": (dpi, dpi),
            "compression": "group4" if first.mode == "1" else "tiff_lzw",
            "save_all": True,
            "append_images": others,
        },
        "pdf": {
            "resolution": float(dpi),
            # Black and white is written as a fax, which knows no quality.
            **({} if first.mode == "1" else {"quality": JPEG_QUALITY}),
            "save_all": True,
            "append_images": others,
        },
    }
    first.save(target, format=container.upper(), **settings[container])
    return target.getvalue()


def render_scan(
    pdf: bytes, scan: Scan, container: Container = "pdf", pages: Sequence[int] | None = None
) -> bytes:
    """Return a PDF's pages as a scanned file; the same arguments give the same page images."""
    return scanned_file(scan_pages(pdf, scan, pages), scan.dpi, container)


def _scanned(image: Image.Image, scan: Scan, dice: np.random.Generator) -> Image.Image:
    if scan.stamp:
        image = _stamped(image, scan)
    if scan.skew:
        image = image.rotate(scan.skew, Image.Resampling.BICUBIC, fillcolor=(255, 255, 255))
    if not scan.red:
        image = image.convert("L")
    if scan.noise:
        grey = np.asarray(image, dtype=np.float32)
        noisy = grey + dice.normal(0.0, scan.noise, grey.shape[:2] + (1,) * (grey.ndim - 2))
        image = Image.fromarray(np.clip(noisy, 0, 255).astype(np.uint8))
    if scan.bilevel:
        return image.convert("L").point(lambda grey: 255 if grey > THRESHOLD else 0).convert("1")
    return image


def _stamped(image: Image.Image, scan: Scan) -> Image.Image:
    """Lay a ring with a star over a corner; what is printed below stays readable."""
    size = ceil(STAMP_POINTS * scan.dpi / POINTS)
    inset = round(scan.inset * scan.dpi / POINTS)
    right, low = image.width - size - inset, image.height - size - inset
    corner = scan.stamp or "bottom_right"
    at = (right if "right" in corner else inset, low if "bottom" in corner else inset)
    layer = Image.new("RGB", image.size, (255, 255, 255))
    draw = ImageDraw.Draw(layer)
    colour = RED if scan.red else (scan.ink,) * 3
    box = (at[0], at[1], at[0] + size, at[1] + size)
    draw.ellipse(box, outline=colour, width=max(3, size // 28))
    middle = (at[0] + size / 2, at[1] + size / 2)
    turns = [np.pi * (step / 5) - np.pi / 2 for step in range(10)]
    reach = [size * (0.16 if step % 2 == 0 else 0.065) for step in range(10)]
    draw.polygon(
        [
            (middle[0] + r * np.cos(turn), middle[1] + r * np.sin(turn))
            for r, turn in zip(reach, turns, strict=True)
        ],
        fill=colour,
    )
    # Ink on ink is darker than either: the darker of both, so that print under the seal stays.
    return Image.fromarray(np.minimum(np.asarray(image), np.asarray(layer)))
