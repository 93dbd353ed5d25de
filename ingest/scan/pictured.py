"""Tell the pages of a PDF that are pictures, without looking at what the pictures show."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pypdfium2
from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

MOSTLY = 0.5
"""Share of a page that images cover if it is a picture; a seal covers a thirtieth, a logo less."""
DEEPEST = 5
"""Groups within groups in which images are looked for."""


def pictured_pages(data: bytes, pages: Iterable[int], few: int) -> list[int]:
    """Return those of the pages, counted from 1, that images cover, with ``few`` characters."""
    document = pypdfium2.PdfDocument(data)
    try:
        return [number for number in pages if _is_picture(document[number - 1], few)]
    finally:
        document.close()


def _is_picture(page: Any, few: int) -> bool:
    try:
        if _share_of_images(page) < MOSTLY:
            return False
        text = page.get_textpage()
        count = len("".join(text.get_text_bounded().split()))
        text.close()
        return count <= few
    finally:
        page.close()


def _share_of_images(page: Any) -> float:
    """Add up what images cover of a page; some scanners cut a page into bands."""
    x0, y0, x1, y1 = page.get_bbox()
    covered = 0.0
    for image in page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE], max_depth=DEEPEST):
        left, bottom, right, top = image.get_bounds()
        wide, high = min(right, x1) - max(left, x0), min(top, y1) - max(bottom, y0)
        covered += max(0.0, wide) * max(0.0, high)
    return float(covered / max((x1 - x0) * (y1 - y0), 1.0))
