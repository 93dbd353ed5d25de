"""Take characters and rules from a PDF with pdfplumber: slow, and the reader of record."""

from __future__ import annotations

import io
import logging
import math
import struct
from typing import Any

import pdfplumber
from pdfplumber.page import Page
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from ingest.glyphs import UNKNOWN, Glyph, PageContent, Rule, em_box, upright
from ingest.grid import Box
from ingest.pdf_limits import MOST_GLYPHS, MOST_OBJECTS, require_pages, too_complex
from ingest.rejected import UnreadableFile
from ingest.ruling import is_white, rules_of_path

NAME = "pdfplumber"
VERSION = f"pdfplumber-{pdfplumber.__version__}"

OFF_LEVEL = 0.17
"""Radians by which text may lean; what leans more is a watermark and no part of a table."""

_ENCRYPTED = {"PDFPasswordIncorrect", "PDFEncryptionError"}
_OF_OTHER_TYPES = (
    *(ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, struct.error),
    *(TypeError, ValueError, MalformedPDFException),
)
"""What the library comes upon where an object is not of the type that it must be."""


def read_pages(data: bytes) -> list[PageContent]:
    """Return the content of all pages, their text upright.

    Raises :class:`UnreadableFile` with reason ``encrypted``, ``damaged``, ``too_many_pages`` or
    ``too_complex``.
    """
    for library in ("pdfminer", "pdfplumber"):  # fonts, colours and titles of any document
        logging.getLogger(library).setLevel(logging.CRITICAL)
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            require_pages(len(pdf.pages))
            return [_read_page(page) for page in pdf.pages]
    except (PdfminerException, *_OF_OTHER_TYPES) as error:
        raise _unreadable(error) from error


def _unreadable(error: Exception) -> UnreadableFile:
    """Word what the PDF library raises; where it has wrapped it, the cause is the only argument."""
    is_wrapped = isinstance(error, PdfminerException) and bool(error.args)
    name = type(error.args[0] if is_wrapped else error).__name__
    if name in _ENCRYPTED:
        return UnreadableFile("encrypted", "PDF设有打开密码，请去掉密码后另存一份再提供。")
    return UnreadableFile("damaged", f"PDF已损坏（{name}），请重新下载或重新导出。")


def _read_page(page: Page) -> PageContent:
    if len(page.chars) > MOST_GLYPHS or sum(map(len, page.objects.values())) > MOST_OBJECTS:
        raise too_complex()
    left, top, right, bottom = _shown(page)
    glyphs = [glyph for char in page.chars if (glyph := _glyph(char, page, left, top)) is not None]
    rules = _rules(page, left, top)
    content = PageContent(page.page_number, right - left, bottom - top, glyphs, rules)
    page.close()
    return upright(content)


def _shown(page: Page) -> Box:
    """Return the part of a page that a viewer shows.

    pdfplumber's own crop box has the sides of a turned page swapped, but not turned.
    """
    media, crop = page.page_obj.mediabox, page.page_obj.cropbox
    cut = [crop[0] - media[0], media[3] - crop[3], media[2] - crop[2], crop[1] - media[1]]
    cut = [max(0.0, float(side)) for side in cut]
    quarters = page.rotation // 90
    left, top, right, bottom = cut[-quarters:] + cut[:-quarters]
    x0, y0, x1, y1 = (float(edge) for edge in page.mediabox)
    return x0 + left, y0 + top, x1 - right, y1 - bottom


def _glyph(char: dict[str, Any], page: Page, left: float, top: float) -> Glyph | None:
    """Return the em box of a character on its baseline; None for a control sign or slanted text.

    pdfplumber tells neither angle nor baseline: both are in the matrix, whose last two numbers
    are the origin, with y upwards. The box of a vertical font begins left of its origin and is
    kept as it is.
    """
    a, b, _, _, x, y = char["matrix"]
    turn = math.atan2(b, a) / (math.pi / 2)
    quarter = round(turn) % 4
    text = UNKNOWN if char["text"].startswith("(cid:") else char["text"]
    if abs(turn - round(turn)) * (math.pi / 2) > OFF_LEVEL or text < " ":
        return None
    wide, high = float(char["width"]), float(char["height"])
    advance, size = (high, wide) if quarter % 2 else (wide, high)
    if size <= 0:
        return None
    # The matrix counts from the corner of the media box, everything else from user space.
    x += float(page.mediabox[0])
    y = float(page.mediabox[1]) + float(page.height) - y
    x0, y0 = float(char["x0"]), float(char["top"])
    if quarter == 0 and abs(x0 - x) > size / 4:
        x0, y0 = x0 - left, y0 - top
        return Glyph(text, x0, y0, x0 + wide, y0 + high, wide, 0)
    return Glyph(text, *em_box(x - left, y - top, advance, size, quarter), size, quarter)


def _rules(page: Page, left: float, top: float) -> list[Rule]:
    rules: list[Rule] = []
    for item in (*page.lines, *page.rects, *page.curves):
        is_stroked = bool(item.get("stroke")) and not is_white(item.get("stroking_color"))
        is_filled = bool(item.get("fill")) and not is_white(item.get("non_stroking_color"))
        if not is_stroked and not is_filled:
            continue
        points = [(float(x) - left, float(y) - top) for x, y in _points(item)]
        rules.extend(rules_of_path(points, is_stroked=is_stroked))
    return rules


def _points(item: dict[str, Any]) -> list[tuple[float, float]]:
    if item["object_type"] == "rect":
        x0, top, x1, bottom = (item[side] for side in ("x0", "top", "x1", "bottom"))
        return [(x0, top), (x1, top), (x1, bottom), (x0, bottom), (x0, top)]
    return list(item["pts"])
