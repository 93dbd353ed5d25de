"""Take the rules from the objects of a page with pdfium, and tell whether text is lost."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable
from typing import Any

import pypdfium2.raw as pdfium

from ingest.glyphs import Rule
from ingest.pdf_limits import MOST_OBJECTS, too_complex
from ingest.ruling import WHITE, rules_of_path

DEEPEST_FORM = 8
"""Form XObjects inside one another that are followed; a form may contain itself."""
RECTANGLE = 6
"""Segments of a rectangle at most; the bounds of such a shape tell all about it."""

NO_WIDTH = 0.01
"""Points of width below which pdfium passes over text; it gives no width to a character of a font
that is neither in the file nor on the machine."""

Matrix = tuple[float, float, float, float, float, float]


def quick(name: str, result: Any, *arguments: Any) -> Any:
    """Bind a function that is called very often, its pointers passed as plain addresses.

    The interpreter's lock is kept meanwhile: the functions are short, and pdfium knows no threads.
    """
    address = ctypes.cast(getattr(pdfium, name), ctypes.c_void_p).value
    return ctypes.PYFUNCTYPE(result, *arguments)(address or 0)


_POINTER, _INT = ctypes.c_void_p, ctypes.c_int
AT = (_POINTER, _INT)
"""Arguments of what takes an object and a place in it."""

_PATH, _FORM = pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_FORM
_TEXT = pdfium.FPDF_PAGEOBJ_TEXT
_object_at = quick("FPDFPage_GetObject", _POINTER, *AT)
_inner_object_at = quick("FPDFFormObj_GetObject", _POINTER, _POINTER, ctypes.c_ulong)
_count_inner = quick("FPDFFormObj_CountObjects", _INT, _POINTER)
_font_of = quick("FPDFTextObj_GetFont", _POINTER, _POINTER)
_is_embedded = quick("FPDFFont_GetIsEmbedded", _INT, _POINTER)
_kind = quick("FPDFPageObj_GetType", _INT, _POINTER)
_matrix = quick("FPDFPageObj_GetMatrix", _INT, _POINTER, _POINTER)
_bounds = quick("FPDFPageObj_GetBounds", _INT, *(_POINTER,) * 5)
_draw_mode = quick("FPDFPath_GetDrawMode", _INT, *(_POINTER,) * 3)
_stroke_colour = quick("FPDFPageObj_GetStrokeColor", _INT, *(_POINTER,) * 5)
_fill_colour = quick("FPDFPageObj_GetFillColor", _INT, *(_POINTER,) * 5)
_count_segments = quick("FPDFPath_CountSegments", _INT, _POINTER)
_segment_at = quick("FPDFPath_GetPathSegment", _POINTER, *AT)
_point = quick("FPDFPathSegment_GetPoint", _INT, *(_POINTER,) * 3)
_segment_kind = quick("FPDFPathSegment_GetType", _INT, _POINTER)
_is_closing = quick("FPDFPathSegment_GetClose", _INT, _POINTER)


class PathReader:
    """Reads the rules of one page; pdfium writes its answers into a few numbers kept here.

    ``is_lossy`` tells, once they are read, whether the page has text that pdfium passes over.
    """

    def __init__(self, page: Any, to_page: Matrix) -> None:
        self._page = ctypes.cast(page, _POINTER).value
        self._count = pdfium.FPDFPage_CountObjects(page)
        self._to_page = to_page
        self._budget = MOST_OBJECTS
        self.is_lossy = False
        self._given = pdfium.FS_MATRIX()
        self._mode, self._to_mode = _numbers(_INT, 2)
        self._colour, self._to_colour = _numbers(ctypes.c_uint, 4)
        self._floats, self._to_floats = _numbers(ctypes.c_float, 4)

    def rules(self) -> list[Rule]:
        """Return the rules; raise :class:`UnreadableFile` (``too_complex``) if too many."""
        rules: list[Rule] = []
        objects = (_object_at(self._page, i) for i in range(self._count))
        self._spend(self._count)
        self._add(objects, self._to_page, rules, DEEPEST_FORM)
        return rules

    def _add(self, objects: Iterable[int], to_page: Matrix, rules: list[Rule], depth: int) -> None:
        """Add the rules of objects; those in a form go through the form's own matrix."""
        for item in objects:
            kind = _kind(item)
            if kind == _PATH:
                for points, is_stroked in self._shapes(item, to_page):
                    rules.extend(rules_of_path(points, is_stroked=is_stroked))
            elif kind == _TEXT:
                self.is_lossy = self.is_lossy or self._is_passed_over(item)
            elif kind == _FORM and depth:
                count = _count_inner(item)
                self._spend(count)
                inner = _times(self._matrix_of(item), to_page)
                parts = (_inner_object_at(item, i) for i in range(count))
                self._add(parts, inner, rules, depth - 1)

    def _is_passed_over(self, text: int) -> bool:
        _bounds(text, *self._to_floats)
        left, _, right, _ = self._floats
        return right - left < NO_WIDTH and not _is_embedded(_font_of(text))

    def _shapes(self, path: int, to_page: Matrix) -> list[tuple[list[tuple[float, float]], bool]]:
        """Return the shapes a path draws in a visible colour, and whether they are outlined."""
        _draw_mode(path, *self._to_mode)
        fill, stroke = self._mode
        is_stroked = bool(stroke) and not self._is_white(path, _stroke_colour)
        if not is_stroked and (not fill or self._is_white(path, _fill_colour)):
            return []
        count = _count_segments(path)
        self._spend(count)
        if not is_stroked and count <= RECTANGLE:
            return [(self._corners(path, to_page), False)]
        matrix = _times(self._matrix_of(path), to_page)
        return [(points, is_stroked) for points in self._subpaths(path, count, matrix)]

    def _corners(self, item: int, to_page: Matrix) -> list[tuple[float, float]]:
        """Return two opposite corners of what an object covers."""
        _bounds(item, *self._to_floats)
        left, bottom, right, top = self._floats
        return [_moved(left, bottom, to_page), _moved(right, top, to_page)]

    def _subpaths(self, path: int, count: int, matrix: Matrix) -> list[list[tuple[float, float]]]:
        to_x, to_y, *_ = self._to_floats
        subpaths: list[list[tuple[float, float]]] = []
        for i in range(count):
            segment = _segment_at(path, i)
            _point(segment, to_x, to_y)
            if not subpaths or _segment_kind(segment) == pdfium.FPDF_SEGMENT_MOVETO:
                subpaths.append([])
            x, y, *_ = self._floats
            subpaths[-1].append(_moved(x, y, matrix))
            if _is_closing(segment):
                subpaths[-1].append(subpaths[-1][0])
        return subpaths

    def _is_white(self, path: int, colour_of: Any) -> bool:
        """Tell a colour that leaves no mark on paper: white, or fully transparent."""
        if not colour_of(path, *self._to_colour):
            return False
        red, green, blue, alpha = self._colour
        return not alpha or min(red, green, blue) >= WHITE * 255

    def _matrix_of(self, item: int) -> Matrix:
        matrix = self._given
        if not _matrix(item, ctypes.addressof(matrix)):
            return 1.0, 0.0, 0.0, 1.0, 0.0, 0.0
        return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f

    def _spend(self, count: int) -> None:
        self._budget -= count
        if self._budget < 0:
            raise too_complex()


def _numbers(kind: Any, count: int) -> tuple[Any, list[int]]:
    """Return an array of numbers, and the address of each."""
    numbers = (kind * count)()
    start, step = ctypes.addressof(numbers), ctypes.sizeof(kind)
    return numbers, [start + at * step for at in range(count)]


def _moved(x: float, y: float, matrix: Matrix) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _times(first: Matrix, then: Matrix) -> Matrix:
    """Return the matrix that applies ``first``, then ``then``."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (
        a * p + b * r,
        a * q + b * s,
        c * p + d * r,
        c * q + d * s,
        e * p + f * r + t,
        e * q + f * s + u,
    )
