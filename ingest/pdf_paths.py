"""Take the rules from the path objects of a page with pdfium."""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as pdfium

from ingest.glyphs import Rule
from ingest.pdf_limits import MOST_OBJECTS, too_complex
from ingest.ruling import is_white, rules_of_path

DEEPEST_FORM = 8
"""Form XObjects inside one another that are followed; a form may contain itself."""
RECTANGLE = 6
"""Segments of a rectangle at most; the bounds of such a shape tell all about it."""

Matrix = tuple[float, float, float, float, float, float]


def quick(name: str, result: Any, *arguments: Any) -> Any:
    """Bind a function that is called very often, its pointers passed as plain addresses."""
    address = ctypes.cast(getattr(pdfium, name), ctypes.c_void_p).value
    return ctypes.CFUNCTYPE(result, *arguments)(address or 0)


_POINTER, _INT = ctypes.c_void_p, ctypes.c_int
AT = (_POINTER, _INT)
"""Arguments of what takes an object and a place in it."""

_object_at = quick("FPDFPage_GetObject", _POINTER, *AT)
_inner_object_at = quick("FPDFFormObj_GetObject", _POINTER, _POINTER, ctypes.c_ulong)
_count_inner = quick("FPDFFormObj_CountObjects", _INT, _POINTER)
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
    """Reads the rules of one page; pdfium writes its answers into a few numbers kept here."""

    def __init__(self, page: Any, to_page: Matrix) -> None:
        self._page = ctypes.cast(page, _POINTER).value
        self._count = pdfium.FPDFPage_CountObjects(page)
        self._to_page = to_page
        self._budget = MOST_OBJECTS
        self._given = pdfium.FS_MATRIX()
        self._fill, self._stroke = ctypes.c_int(), ctypes.c_int()
        self._colour = [ctypes.c_uint() for _ in range(4)]
        self._floats = [ctypes.c_float() for _ in range(4)]
        self._to_colour = [ctypes.addressof(channel) for channel in self._colour]
        self._to_floats = [ctypes.addressof(value) for value in self._floats]

    def rules(self) -> list[Rule]:
        """Return the rules; raise :class:`UnreadableFile` (``too_complex``) if too many."""
        rules: list[Rule] = []
        for i in range(self._count):
            self._add(_object_at(self._page, i), self._to_page, rules, DEEPEST_FORM)
        return rules

    def _add(self, item: int, to_page: Matrix, rules: list[Rule], depth: int) -> None:
        """Add the rules of one object; those of a form go through the form's own matrix."""
        self._spend(1)
        kind = _kind(item)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            for points, is_stroked in self._shapes(item, to_page):
                rules.extend(rules_of_path(points, is_stroked=is_stroked))
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth:
            inner = _times(self._matrix_of(item), to_page)
            for i in range(_count_inner(item)):
                self._add(_inner_object_at(item, i), inner, rules, depth - 1)

    def _shapes(self, path: int, to_page: Matrix) -> list[tuple[list[tuple[float, float]], bool]]:
        """Return the shapes a path draws in a visible colour, and whether they are outlined."""
        _draw_mode(path, ctypes.addressof(self._fill), ctypes.addressof(self._stroke))
        is_stroked = bool(self._stroke.value) and not self._is_white(path, _stroke_colour)
        if not is_stroked and (not self._fill.value or self._is_white(path, _fill_colour)):
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
        left, bottom, right, top = (value.value for value in self._floats)
        return [_moved(left, bottom, to_page), _moved(right, top, to_page)]

    def _subpaths(self, path: int, count: int, matrix: Matrix) -> list[list[tuple[float, float]]]:
        x, y = self._floats[:2]
        to_x, to_y = self._to_floats[:2]
        subpaths: list[list[tuple[float, float]]] = []
        for i in range(count):
            segment = _segment_at(path, i)
            _point(segment, to_x, to_y)
            if not subpaths or _segment_kind(segment) == pdfium.FPDF_SEGMENT_MOVETO:
                subpaths.append([])
            subpaths[-1].append(_moved(x.value, y.value, matrix))
            if _is_closing(segment):
                subpaths[-1].append(subpaths[-1][0])
        return subpaths

    def _is_white(self, path: int, colour_of: Any) -> bool:
        """Tell a colour that leaves no mark on paper: white, or fully transparent."""
        if not colour_of(path, *self._to_colour):
            return False
        red, green, blue, alpha = (channel.value for channel in self._colour)
        return not alpha or is_white((red / 255, green / 255, blue / 255))

    def _matrix_of(self, item: int) -> Matrix:
        matrix = self._given
        if not _matrix(item, ctypes.addressof(matrix)):
            return 1.0, 0.0, 0.0, 1.0, 0.0, 0.0
        return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f

    def _spend(self, count: int) -> None:
        self._budget -= count
        if self._budget < 0:
            raise too_complex()


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
