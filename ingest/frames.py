"""Rows of documents as the columns that the raw tables have."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from ingest.document import Document

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
"""Columns of ``raw.cells`` without ``document_id``: the fields of a cell."""

PARAGRAPHS = pl.Schema({"block_no": pl.Int32, "page": pl.Int32, "text": pl.String})
"""Columns of ``raw.paragraphs`` without ``document_id``: the fields of a paragraph."""


def cells_of(documents: Iterable[Document]) -> pl.DataFrame:
    """The cells of all documents, each with its ``document_id``."""
    rows = [(document.sha256, *cell) for document in documents for cell in document.cells]
    return pl.DataFrame(rows, schema=_of_documents(CELLS), orient="row")


def paragraphs_of(documents: Iterable[Document]) -> pl.DataFrame:
    """The paragraphs of all documents, each with its ``document_id``."""
    rows = [(document.sha256, *each) for document in documents for each in document.paragraphs]
    return pl.DataFrame(rows, schema=_of_documents(PARAGRAPHS), orient="row")


def _of_documents(schema: pl.Schema) -> dict[str, pl.DataType]:
    return {"document_id": pl.String(), **schema}
