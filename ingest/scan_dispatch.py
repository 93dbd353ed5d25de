"""Read a PDF by its text, or by its looks where it has none."""

from __future__ import annotations

from ingest import pdf
from ingest.document import Document, UnreadableFile

WITHOUT_TEXT = frozenset({"no_text_layer", "unknown_glyphs"})
"""Reasons for which the text of a PDF is of no use, though its pages may be."""


def read(data: bytes, source: str | None = None) -> Document:
    """Read the bytes of a ``.pdf`` file; ``source`` as in :func:`ingest.pdf.read`.

    Raises what the reader that has to take it raises.
    """
    try:
        return pdf.read(data, source)
    except UnreadableFile as error:
        if error.reason not in WITHOUT_TEXT:
            raise
    from ingest.scan import reader

    return reader.read_pdf(data)
