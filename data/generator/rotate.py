"""PDF pages turned: content drawn sideways on an upright sheet, with or without the page's flag."""

from __future__ import annotations

from ctypes import byref
from io import BytesIO

import pypdfium2
import pypdfium2.raw as pdfium

QUARTER = 90


def turn_landscape_pages(pdf: bytes, flag: bool, clockwise: bool = False) -> bytes:
    """Draw the landscape pages of a PDF sideways on upright sheets.

    With ``flag`` the page's /Rotate turns them back, so that a viewer shows them as before;
    without it a reader has to turn the head. ``clockwise`` says which way the content is turned.
    """
    document = pypdfium2.PdfDocument(pdf)
    try:
        for page in document:
            width, height = page.get_size()
            if width > height:
                _turn(page, width, height, flag, clockwise)
        target = BytesIO()
        document.save(target)
    finally:
        document.close()
    return target.getvalue()


def _turn(
    page: pypdfium2.PdfPage, width: float, height: float, flag: bool, clockwise: bool
) -> None:
    # (x, y) becomes (height - y, x), or (y, width - x) clockwise; the origin is at the lower left.
    numbers = (0, -1, 1, 0, 0, width) if clockwise else (0, 1, -1, 0, height, 0)
    matrix = pdfium.FS_MATRIX(*numbers)
    clip = pdfium.FS_RECTF(0, width, height, 0)
    if not pdfium.FPDFPage_TransFormWithClip(page, byref(matrix), byref(clip)):
        raise RuntimeError("pdfium cannot turn the page")
    page.set_mediabox(0, 0, height, width)
    page.set_cropbox(0, 0, height, width)
    if flag:
        page.set_rotation(3 * QUARTER if clockwise else QUARTER)
