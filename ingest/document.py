"""What a reader returns: one document as a faithful transcript."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal, NamedTuple

import polars as pl

CELLS = pl.Schema(
    {
        "block_no": pl.Int32,
        "page": pl.Int32,
        "row_no": pl.Int32,
        "col_no": pl.Int32,
        "row_span": pl.Int32,
        "col_span": pl.Int32,
        "text": pl.String,
        "x0": pl.Float32,
        "top": pl.Float32,
        "x1": pl.Float32,
        "bottom": pl.Float32,
        "confidence": pl.Float32,
    }
)
"""Columns of ``raw.cells`` without ``document_id``; boxes in points from the page's top left."""

PARAGRAPHS = pl.Schema({"block_no": pl.Int32, "page": pl.Int32, "text": pl.String})
"""Columns of ``raw.paragraphs`` without ``document_id``."""


Format = Literal["docx", "pdf", "html", "text", "scan"]
"""What a document was published as; the models rank these (``format_rank``)."""

LEAST_SURE = 0.8
"""Confidence (0-1) below which a value must be checked by eye; the models know it as a variable."""


class Cell(NamedTuple):
    """One cell of a table fragment, in the order of :data:`CELLS`; numbers count from 1.

    A merged cell is one cell with its spans, where it begins; there is none for what it covers.
    ``col_no`` is None where nobody knows the column, ``page`` in formats without pages;
    ``confidence`` is for what is recognised or placed by guess, and None for what is as printed.
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
    """One paragraph, in the order of :data:`PARAGRAPHS`."""

    block_no: int
    page: int | None
    text: str


@dataclass(frozen=True)
class Document:
    """One document as read.

    ``cells`` and ``paragraphs`` follow :data:`CELLS` and :data:`PARAGRAPHS`; ``block_no`` numbers
    paragraphs and table fragments together, from 1, in reading order. ``reader`` and
    ``reader_version`` say what has read it; a later version does not read again the bytes that a
    database knows.
    """

    sha256: str
    format: Format
    byte_size: int
    page_count: int | None
    reader: str
    reader_version: str
    cells: pl.DataFrame
    paragraphs: pl.DataFrame


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
    cells: list[Cell],
    paragraphs: list[Paragraph],
) -> Document:
    """Put the rows a reader has gathered into a :class:`Document`."""
    return Document(
        sha256=digest(data),
        format=format,
        byte_size=len(data),
        page_count=page_count,
        reader=reader,
        reader_version=reader_version,
        cells=pl.DataFrame(cells, schema=CELLS, orient="row"),
        paragraphs=pl.DataFrame(paragraphs, schema=PARAGRAPHS, orient="row"),
    )
