"""Ways to read the cells of a PDF: the program's own, and other tools as they come."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from typing import Any

import pdfplumber
import pypdfium2

from ingest.document import Cell
from ingest.pdf import read

Work = Callable[[bytes], list[Cell]]

OURS, PLAIN, FLOOR = "gouji", "pdfplumber extract_tables", "pdfium, text only (floor)"


def fast(data: bytes) -> list[Cell]:
    """Read as the program does."""
    return list(read(data).cells)


def record(data: bytes) -> list[Cell]:
    """Read with the reader of record alone."""
    return list(read(data, "pdfplumber").cells)


def plain_pdfplumber(data: bytes) -> list[Cell]:
    """Extract tables with pdfplumber's defaults, every page of them."""
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        return _cells(table for page in pdf.pages for table in page.extract_tables())


def floor(data: bytes) -> list[Cell]:
    """Let pdfium load the text of all pages and do nothing with it."""
    document = pypdfium2.PdfDocument(data)
    for page in document:
        page.get_textpage().count_chars()
    document.close()
    return []


def pymupdf(data: bytes) -> list[Cell]:
    """Extract tables with PyMuPDF's defaults."""
    module: Any = import_module("pymupdf")
    with module.open(stream=data, filetype="pdf") as document:
        return _cells(table.extract() for page in document for table in page.find_tables().tables)


def camelot(data: bytes) -> list[Cell]:
    """Extract tables with Camelot's defaults, which follow the lines."""
    module: Any = import_module("camelot")
    tables = module.read_pdf(io.BytesIO(data), pages="all")
    return _cells(table.df.values.tolist() for table in tables)


def _cells(tables: Iterable[Iterable[Iterable[str | None]]]) -> list[Cell]:
    """Number cells as other tools give them: None is a field that a span has swallowed."""
    return [
        Cell(block_no, None, row_no, col_no, 1, 1, text)
        for block_no, table in enumerate(tables, start=1)
        for row_no, row in enumerate(table, start=1)
        for col_no, text in enumerate(row, start=1)
        if text is not None
    ]


def works() -> Mapping[str, Work]:
    """Return what is measured, by name; other tools only where they are installed."""
    found = {
        OURS: fast,
        "gouji --reader pdfplumber": record,
        PLAIN: plain_pdfplumber,
        FLOOR: floor,
    }
    if find_spec("pymupdf"):
        found["PyMuPDF find_tables"] = pymupdf
    if find_spec("camelot"):
        found["Camelot lattice"] = camelot
    return found


def versions() -> str:
    """Name the versions of what is measured."""
    optional = {"pymupdf": "PyMuPDF", "camelot": "camelot-py"}
    names = ["pdfplumber", "pdfminer.six", "pypdfium2"]
    names += [name for module, name in optional.items() if find_spec(module)]
    return ", ".join(f"{name} {version(name)}" for name in names)
