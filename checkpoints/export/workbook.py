"""Workbooks that are the same bytes each time, in which text is always text."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

MADE = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""Date of creation that every workbook bears, so that the same input gives the same bytes."""

MOST_ROWS = 1_048_576
"""Rows of a worksheet, the heading included."""

A4 = 9
"""Excel's number for the paper."""

LONGEST_TEXT = 32_767
"""Characters that a cell holds."""

_FONT = {"font_name": "等线", "font_size": 10}


@contextmanager
def workbook(path: Path, title: str, *, row_by_row: bool = False) -> Iterator[Workbook]:
    """A workbook to be written to ``path``. With ``row_by_row`` rows must come in their order.

    No text becomes a formula, a number or a link.
    """
    book = Workbook(
        str(path),
        {
            "constant_memory": row_by_row,
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            "strings_to_urls": False,
        },
    )
    book.set_properties({"title": title, "author": "gouji", "created": MADE})
    try:
        yield book
    finally:
        book.close()


def style(book: Workbook, **properties: Any) -> Format:
    """A format with the font that all cells have, wrapped and at the top unless told otherwise."""
    return book.add_format({**_FONT, "text_wrap": True, "valign": "top", **properties})


def put(
    sheet: Worksheet, row: int, column: int, value: object, shape: Format | None = None
) -> None:
    """Write a value by its kind: numbers as numbers, everything else as text, None as a blank."""
    if value is None:
        sheet.write_blank(row, column, None, shape)
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value, shape)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value, shape)
    else:
        sheet.write_string(row, column, str(value)[:LONGEST_TEXT], shape)


def width_of(text: object) -> int:
    """Columns of an Excel sheet that a text takes: two for a Chinese character."""
    lines = str("" if text is None else text).split("\n")
    return max(sum(2 if ord(letter) > 0x2E80 else 1 for letter in line) for line in lines)


def lines_of(text: object, width: float) -> int:
    """Lines that a text takes when it is wrapped in a column of ``width``."""
    lines = str("" if text is None else text).split("\n")
    return sum(max(1, -(-width_of(line) // max(1, int(width)))) for line in lines)
