"""Read PDF files: reports printed from word processors and browsers, with or without rules.

Everything is kept as printed: labels are compared, and figures understood, only later.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from ingest import pdf_pdfium
from ingest.document import Document, build
from ingest.glyphs import UNKNOWN, PageContent
from ingest.pdf_compare import compare, count_doubts, is_worth_a_second_reading
from ingest.pdf_layout import Transcript, transcribe
from ingest.pdf_limits import require_whole
from ingest.rejected import UnreadableFile

MOST_UNKNOWN = 0.3
"""Share of glyphs without a known character above which the text layer is of no use."""


def read(data: bytes, source: str | None = None) -> Document:
    """Read the bytes of a ``.pdf`` file.

    pdfium reads first. Where a statutory row is missing or holds what cannot be read, pdfplumber,
    the reader of record, reads the file again; a cell that the two read differently has the
    confidence 0. Where pdfium lacks a font and with it characters, pdfplumber, which needs none,
    reads alone. ``source`` (``pdfium`` or ``pdfplumber``) takes that one alone.

    Raises :class:`UnreadableFile` with reason ``empty``, ``not_a_pdf``, ``damaged``,
    ``encrypted``, ``too_many_pages``, ``too_complex``, ``no_text_layer`` or ``unknown_glyphs``.
    """
    require_whole(data)
    if source == "pdfplumber":
        return _document(data, *_record(data))
    with _collector_at_rest():
        pages = pdf_pdfium.read_pages(data)
        is_lossy = source is None and any(page.is_lossy for page in pages)
        transcript = None if is_lossy else _transcript(pages)
    if transcript is None:
        return _document(data, *_record(data))
    reader, version = pdf_pdfium.NAME, pdf_pdfium.VERSION
    if source is None and is_worth_a_second_reading(transcript):
        second, _, second_version = _record(data)
        if count_doubts(second) <= count_doubts(transcript):
            transcript, other = second, transcript
        else:
            other = second
        transcript = compare(transcript, other)
        reader, version = "pdfium+pdfplumber", f"{version}+{second_version}"
    return _document(data, transcript, reader, version)


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Keep the garbage collector from searching thousands of glyphs, none of which is a cycle."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _record(data: bytes) -> tuple[Transcript, str, str]:
    from ingest import pdf_pdfplumber  # slow to import, and most files do without it

    return (
        _transcript(pdf_pdfplumber.read_pages(data)),
        (pdf_pdfplumber.NAME),
        pdf_pdfplumber.VERSION,
    )


def _transcript(pages: list[PageContent]) -> Transcript:
    _require_characters(pages)
    transcript = transcribe(pages)
    if not transcript.cells and not transcript.paragraphs:
        raise UnreadableFile(
            "no_text_layer", "PDF里没有文字（可能是扫描件），请提供由原文档导出的PDF或文本。"
        )
    return transcript


def _require_characters(pages: list[PageContent]) -> None:
    glyphs = [glyph.text for page in pages for glyph in page.glyphs if not glyph.text.isspace()]
    if glyphs.count(UNKNOWN) > MOST_UNKNOWN * len(glyphs):
        raise UnreadableFile(
            "unknown_glyphs", "PDF里的字体没有文字编码，读不出文字，请从原文档重新导出PDF。"
        )


def _document(data: bytes, transcript: Transcript, reader: str, version: str) -> Document:
    return build(
        data,
        format="pdf",
        page_count=transcript.page_count,
        reader=reader,
        reader_version=f"2+{version}",
        cells=transcript.cells,
        paragraphs=transcript.paragraphs,
    )
