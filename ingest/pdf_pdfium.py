"""Take characters and rules from a PDF with pdfium: fast, and forgiving of broken files."""

from __future__ import annotations

import ctypes
import math
from struct import Struct
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.glyphs import ASCENT, DESCENT, UNKNOWN, Glyph, PageContent, em_box, upright
from ingest.pdf_limits import MOST_GLYPHS, require_pages, too_complex
from ingest.pdf_paths import AT, Matrix, PathReader, quick
from ingest.rejected import UnreadableFile

NAME = "pdfium"
VERSION = f"pdfium-{pypdfium2.version.PYPDFIUM_INFO}"

OFF_LEVEL = 0.17
"""Radians by which text may lean; what leans more is a watermark and no part of a table."""
WIDEST = 1.6
"""Type sizes that a glyph may be wide or high: pdfium makes the boxes of vertical fonts far too
high, one character over half the page."""

FIRST_WIDE = 0x2E80
"""The first of the characters set a full em wide, radicals."""
NO_CHARACTERS = range(0xD800, 0xE000)
"""Halves of pairs in UTF-16; a broken table of a font gives them alone, which no text may hold."""


def read_pages(data: bytes) -> list[PageContent]:
    """Return the content of all pages, their text upright.

    Raises :class:`UnreadableFile` with reason ``encrypted``, ``damaged``, ``too_many_pages`` or
    ``too_complex``.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise _unreadable(data) from error
    try:
        count = len(document)
        require_pages(count)
        return [_read_page(document.raw, index) for index in range(count)]
    finally:
        document.close()


def _unreadable(data: bytes) -> UnreadableFile:
    """Word the library's last error, which may be that of a former file if this one has none."""
    locked = pdfium.FPDF_GetLastError() in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
    if locked and b"/Encrypt" in data:
        return UnreadableFile("encrypted", "PDF设有打开密码，请去掉密码后另存一份再提供。")
    return UnreadableFile("damaged", "PDF已损坏，请重新下载或重新导出。")


def _read_page(document: Any, index: int) -> PageContent:
    page = pdfium.FPDF_LoadPage(document, index)
    if not page:
        raise UnreadableFile("damaged", f"PDF第{index + 1}页已损坏，请重新下载或重新导出。")
    try:
        to_page = _page_matrix(page)
        text_page = pdfium.FPDFText_LoadPage(page)
        try:
            glyphs = _glyphs(text_page, to_page)
        finally:
            pdfium.FPDFText_ClosePage(text_page)
        paths = PathReader(page, to_page)
        rules = paths.rules()
        return upright(
            PageContent(
                index + 1,
                pdfium.FPDF_GetPageWidthF(page),
                pdfium.FPDF_GetPageHeightF(page),
                glyphs,
                rules,
                is_lossy=paths.is_lossy,
            )
        )
    finally:
        pdfium.FPDF_ClosePage(page)


def _page_matrix(page: Any) -> Matrix:
    """Return what takes user space to points from the top left of the page as displayed."""
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, box)
    rotation = pdfium.FPDFPage_GetRotation(page)
    if rotation == 1:
        return 0.0, 1.0, 1.0, 0.0, -box.bottom, -box.left
    if rotation == 2:
        return -1.0, 0.0, 0.0, 1.0, box.right, -box.bottom
    if rotation == 3:
        return 0.0, -1.0, -1.0, 0.0, box.top, box.right
    return 1.0, 0.0, 0.0, -1.0, -box.left, box.top


_unicode = quick("FPDFText_GetUnicode", ctypes.c_uint, *AT)
_is_generated = quick("FPDFText_IsGenerated", ctypes.c_int, *AT)
_is_unmapped = quick("FPDFText_HasUnicodeMapError", ctypes.c_int, *AT)
_text_object = quick("FPDFText_GetTextObject", ctypes.c_void_p, *AT)
_loose_box = quick("FPDFText_GetLooseCharBox", ctypes.c_int, *AT, ctypes.c_void_p)
_matrix_of = quick("FPDFText_GetMatrix", ctypes.c_int, *AT, ctypes.c_void_p)
_type_size = quick("FPDFText_GetFontSize", ctypes.c_double, *AT)
_origin = quick("FPDFText_GetCharOrigin", ctypes.c_int, *AT, ctypes.c_void_p, ctypes.c_void_p)
_unpack_turn = Struct("4f").unpack_from
_unpack_box, _unpack_point = Struct("4f").unpack, Struct("2d").unpack


def _glyphs(text_page: Any, to_page: Matrix) -> list[Glyph]:
    """Return the glyphs that stand level or at a right angle; blanks pdfium has made up are none.

    This runs for every character of a report: what does not change from one to the next is worked
    out before, and pdfium writes its answers into buffers that are used again.
    """
    count = pdfium.FPDFText_CountChars(text_page)
    if count > MOST_GLYPHS:
        raise too_complex()
    a, b, c, d, e, f = to_page
    matrix, box, origin = pdfium.FS_MATRIX(), pdfium.FS_RECTF(), (ctypes.c_double * 2)()
    to_matrix, to_box, to_x = map(ctypes.addressof, (matrix, box, origin))
    to_y = to_x + ctypes.sizeof(ctypes.c_double)
    handle = ctypes.cast(text_page, ctypes.c_void_p).value
    last, drawn_as, unit = None, (0.0, 0.0, 0.0, 0.0), 0.0
    size, quarter, is_unmapped = 0.0, None, False
    widest, up, down, is_along = 0.0, 0.0, 0.0, True
    glyphs: list[Glyph] = []
    for i in range(count):
        code = _unicode(handle, i)
        if code <= 32 and (0 < code < 32 or _is_generated(handle, i) == 1):
            continue
        drawn = _text_object(handle, i)
        is_new, last = drawn != last or drawn is None, drawn
        # A font maps all its ideographs or none; a digit is worth asking for each time.
        if is_new or code < FIRST_WIDE:
            is_unmapped = _is_unmapped(handle, i) == 1
        # Glyphs drawn together share their size and direction.
        if is_new:
            _matrix_of(handle, i, to_matrix)
            now_as, now_unit = _unpack_turn(matrix), _type_size(handle, i)
            if now_as != drawn_as or now_unit != unit:
                drawn_as, unit = now_as, now_unit
                p, q, r, s = drawn_as
                size = unit * math.hypot(r, s)
                quarter = _quarter(p * a + q * c, p * b + q * d) if size > 0 else None
                widest, up, down = WIDEST * size, ASCENT * size, DESCENT * size
                # The direction of the text in user space, where the page may be turned.
                is_along = quarter is not None and (quarter % 2 == 0) == (b == 0)
        if quarter is None:
            continue
        _loose_box(handle, i, to_box)
        _origin(handle, i, to_x, to_y)
        x0, y1, x1, y0 = _unpack_box(box)
        px, py = _unpack_point(origin)
        wide, high = x1 - x0, y1 - y0
        advance = wide if is_along else high
        if advance > widest or wide > 2 * widest or high > 2 * widest:
            advance = size if code >= FIRST_WIDE else size / 2
        left, base = a * px + c * py + e, b * px + d * py + f
        text = UNKNOWN if is_unmapped or not code or code in NO_CHARACTERS else chr(code)
        if quarter:
            glyphs.append(Glyph(text, *em_box(left, base, advance, size, quarter), size, quarter))
        else:
            glyphs.append(Glyph(text, left, base - up, left + advance, base + down, size))
    return glyphs


def _quarter(right: float, down: float) -> int | None:
    """Return the quarter turns to the left of a direction on the page; None if it is askew."""
    if right > 0 and down == 0:
        return 0
    turn = -math.atan2(down, right) / (math.pi / 2)
    quarter = round(turn)
    return quarter % 4 if abs(turn - quarter) * (math.pi / 2) <= OFF_LEVEL else None
