"""What a reader returns: one document as a faithful transcript."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Literal, NamedTuple

Format = Literal["docx", "pdf", "html", "text", "scan"]
"""What a document was published as; the models rank these (``format_rank``)."""

_GREATEST = 2**31 - 1
"""The greatest number of a row or column: the tables have 32 bits for it."""

LEAST_SURE = 0.8
"""Confidence (0-1) below which a value must be checked by eye; the models know it as a variable."""


class Cell(NamedTuple):
    """One cell of a table fragment, a row of ``raw.cells``; numbers count from 1.

    A merged cell is one cell with its spans, where it begins; there is none for what it covers.
    ``x0`` to ``bottom`` are points from the page's top left. ``col_no`` is None where nobody knows
    the column, ``page`` in formats without pages; ``confidence`` is for what is recognised or
    placed by guess, and None for what is as printed.
    """

    block_no: int
    page: int | None
    row_no: int
    col_no: int | None
    row_span: int
    col_span: int
    text: str
    x0: float | None = None
    top: float | None = None
    x1: float | None = None
    bottom: float | None = None
    confidence: float | None = None


class Paragraph(NamedTuple):
    """One paragraph, a row of ``raw.paragraphs``."""

    block_no: int
    page: int | None
    text: str


@dataclass(frozen=True)
class Document:
    """One document as read.

    ``block_no`` numbers paragraphs and table fragments together, from 1, in reading order.
    ``reader`` and ``reader_version`` say what has read it; a later version does not read again the
    bytes that a database knows.
    """

    sha256: str
    format: Format
    byte_size: int
    page_count: int | None
    reader: str
    reader_version: str
    cells: tuple[Cell, ...]
    paragraphs: tuple[Paragraph, ...]

    @property
    def rows(self) -> Iterator[Cell | Paragraph]:
        """The cells, then the paragraphs."""
        return chain(self.cells, self.paragraphs)


def digest(data: bytes) -> str:
    """Return the SHA-256 of the bytes in hexadecimal: the document's identity."""
    return hashlib.sha256(data).hexdigest()


def build(
    data: bytes,
    *,
    format: Format,
    page_count: int | None,
    reader: str,
    reader_version: str,
    cells: Iterable[Cell],
    paragraphs: Iterable[Paragraph],
) -> Document:
    """Put the rows a reader has gathered into a :class:`Document`.

    Raises ValueError where no table could hold one: a number too great, half of a character.
    """
    document = Document(
        sha256=digest(data),
        format=format,
        byte_size=len(data),
        page_count=page_count,
        reader=reader,
        reader_version=reader_version,
        cells=tuple(cells),
        paragraphs=tuple(paragraphs),
    )
    _require_storable(document)
    return document


def _require_storable(document: Document) -> None:
    "".join(row.text for row in document.rows).encode()
    greatest = max(
        (max(c.row_no, c.col_no or 0, c.row_span, c.col_span) for c in document.cells), default=0
    )
    if greatest > _GREATEST:
        raise ValueError(f"a cell is numbered {greatest}")
