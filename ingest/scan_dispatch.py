"""Read a PDF by its text, and by its looks where it has none: all of it, or some pages."""

from __future__ import annotations

from collections import Counter

from ingest import pdf
from ingest.document import Document
from ingest.rejected import UnreadableFile

WITHOUT_TEXT = frozenset({"no_text_layer", "unknown_glyphs"})
"""Reasons for which the text of a PDF is of no use, though its pages may be."""
FEW_CHARACTERS = 40
"""Characters that a page may have although it is a picture: page number, headings, a watermark."""


def read(data: bytes, source: str | None = None) -> Document:
    """Read the bytes of a ``.pdf`` file; ``source`` as in :func:`ingest.pdf.read`.

    Pages that are pictures in a PDF that otherwise has text are recognised one by one. Raises
    what the reader that has to take it raises: without the extra ``ocr`` a PDF of which a page is
    a picture is refused, since the rest would pass for the whole.
    """
    try:
        document = pdf.read(data, source)
    except UnreadableFile as error:
        if error.reason not in WITHOUT_TEXT:
            raise
        from ingest.scan import reader

        return reader.read_pdf(data)
    sparse = _sparse_pages(document)
    if not sparse:
        return document
    from ingest.scan.pictured import pictured_pages

    pages = pictured_pages(data, sparse, FEW_CHARACTERS)
    if not pages:
        return document
    from ingest.scan import mixed

    return mixed.with_pictures(data, document, pages)


def _sparse_pages(document: Document) -> list[int]:
    """Return the pages on which hardly a paragraph or table begins."""
    counts: Counter[int | None] = Counter()
    for row in document.rows:
        counts[row.page] += len(row.text)
    pages = range(1, (document.page_count or 0) + 1)
    return [page for page in pages if counts[page] <= FEW_CHARACTERS]
