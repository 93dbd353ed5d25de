"""Where a value is printed: the layouts of PDF, and the text another program finds at a place."""

from __future__ import annotations

import math
import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import pypdfium2
import pytest

from data.generator.chromium import find_chromium

LAYOUTS = (
    "ruled", "borderless", "borderless_blank", "partial", "split", "landscape", "rotated",
    "sideways", "pieces", "boxes",
)  # fmt: skip
PRINTED = {**{f"{layout}.pdf": layout for layout in LAYOUTS}, "cropped.pdf": "ruled"}
EDITIONS = ("trial_2019", "standard_2021", "decimal_2021")
CUT = 30, 15
"""Points cut off the left and the top of the cropped file's pages."""
FINE = 10
"""Pixels of a point in which the other program is told where to cut."""

needs_chromium = pytest.mark.skipif(not find_chromium(), reason="Chromium is not installed")
needs_poppler = pytest.mark.skipif(
    not shutil.which("pdftotext"), reason="pdftotext of poppler is not installed"
)


class Place(NamedTuple):
    """Where a cell is printed: page, and box in points from the page's top left as shown."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float


def shown(file: Path, place: Place) -> str:
    """The text another program finds in the page, turned as its flag says, cut to the box."""
    if file.name == "cropped.pdf":  # It counts from the corner of the whole sheet.
        page, x0, top, x1, bottom = place
        place = Place(page, x0 + CUT[0], top + CUT[1], x1 + CUT[0], bottom + CUT[1])
    # Half a pixel further out: a glyph that begins on the very edge is cut away.
    left, top = (math.floor(edge * FINE) - 1 for edge in place[1:3])
    right, bottom = (math.ceil(edge * FINE) + 1 for edge in place[3:5])
    ended = subprocess.run(
        [
            *("pdftotext", "-q", "-r", str(72 * FINE)),
            *("-f", str(place.page), "-l", str(place.page)),
            *("-x", str(left), "-y", str(top), "-W", str(right - left), "-H", str(bottom - top)),
            *(str(file), "-"),
        ],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return bare(ended.stdout)


def bare(text: str) -> str:
    return "".join(text.split())


def cropped(data: bytes, rotation: int = 0) -> bytes:
    """Cut the margins of all pages off, so that a viewer shows only part, and turn them."""
    document = pypdfium2.PdfDocument(data)
    for page in document:
        page.set_rotation(rotation)
        left, bottom, right, top = page.get_mediabox()
        page.set_cropbox(left + CUT[0], bottom + 20, right - 10, top - CUT[1])
    target = BytesIO()
    document.save(target)
    document.close()
    return target.getvalue()
