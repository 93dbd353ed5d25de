"""Which reader reads which file, by its extension."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import PurePath
from typing import cast

from ingest.document import Document
from ingest.rejected import UnreadableFile

Reader = Callable[[bytes], Document]

PDF_SOURCES = ("pdfium", "pdfplumber")
"""What may give the characters and lines of a PDF; the second is the reader of record."""

READERS = {
    ".txt": "ingest.text",
    ".md": "ingest.text",
    ".pdf": "ingest.scan_dispatch",
    ".html": "ingest.html",
    ".htm": "ingest.html",
    ".mht": "ingest.html",
    ".mhtml": "ingest.html",
    ".docx": "ingest.docx",
    ".doc": "ingest.office",
    ".wps": "ingest.office",
    ".png": "ingest.scan.reader",
    ".jpg": "ingest.scan.reader",
    ".jpeg": "ingest.scan.reader",
    ".tif": "ingest.scan.reader",
    ".tiff": "ingest.scan.reader",
}
"""Extension -> module whose ``read`` takes the bytes; imported only where it is needed."""


def is_report_file(name: str) -> bool:
    """Tell by its extension whether a file may hold a report."""
    return PurePath(name).suffix.lower() in READERS


def reader_for(name: str, pdf_source: str | None = None) -> Reader:
    """Return the reader of a file by its extension.

    ``pdf_source``, one of :data:`PDF_SOURCES`, takes that one alone for PDF files; by default the
    first reads, and the second where the first leaves doubts.

    Raises :class:`UnreadableFile` with reason ``format_not_supported``.
    """
    extension = PurePath(name).suffix.lower()
    if extension not in READERS:
        raise UnreadableFile(
            "format_not_supported",
            f"暂不能读取{extension}格式，请另存为PDF或文本（.txt）后再提供。",
        )
    read = import_module(READERS[extension]).read
    return cast(Reader, partial(read, source=pdf_source) if extension == ".pdf" else read)
