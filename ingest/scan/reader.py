"""Read scans: PDF pages without text, and pictures of pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import fmean

import numpy as np

from ingest.blocks import number_blocks
from ingest.document import Cell, Document, Paragraph, build
from ingest.lines import NO_COLUMN, Line, margins
from ingest.pdf_layout import without_page_numbers
from ingest.rejected import UnreadableFile
from ingest.scan import extra
from ingest.scan.cells import read_net
from ingest.scan.clean import straighten
from ingest.scan.pages import Picture, image_pictures, pdf_pictures
from ingest.scan.prose import read_prose
from ingest.scan.rules import find_nets

READER = "rapidocr"
VERSION = "2"

LEAST_LIKELY = 0.5
"""Confidence below which a line outside tables is no print: part of a stamp or a picture."""
LEAST_LEGIBLE = 0.75
"""Average confidence of its words below which a page may not lie upright."""
SHORTEST_WORD = 3
"""Characters of the texts that are averaged: a figure reads well upside down."""


@dataclass(frozen=True)
class Table:
    """A table fragment: where it begins, in points, and its cells with ``block_no`` 0."""

    top: float
    cells: list[Cell]


@dataclass(frozen=True)
class ScannedPage:
    """What is printed on a page, in points from the straightened page's top left.

    The boxes of cells alone are those of the page as it came.
    """

    page: int
    width: float
    height: float
    lines: list[Line]
    tables: list[Table]


def version() -> str:
    """Return the version of this reader and of the package that carries its model."""
    return f"{VERSION}+rapidocr-onnxruntime-{extra.model_version()}"


def read(data: bytes) -> Document:
    """Read the bytes of a ``.png``, ``.jpg`` or ``.tif`` file.

    Raises :class:`UnreadableFile` with reason ``ocr_not_installed``, ``empty``, ``damaged``,
    ``too_large`` or ``nothing_printed``.
    """
    extra.model()
    return _document(data, _read_pictures(image_pictures(data)))


def read_pdf(data: bytes) -> Document:
    """Read a PDF by its looks alone; raises as :func:`read` does."""
    return _document(data, read_pages(data))


def read_pages(data: bytes, pages: Sequence[int] | None = None) -> list[ScannedPage]:
    """Read pages of a PDF, counted from 1, by their looks; all of them if ``pages`` is None."""
    extra.model()
    return _read_pictures(pdf_pictures(data, pages))


def _read_pictures(pictures: Iterable[Picture]) -> list[ScannedPage]:
    return [_read_upright(picture) for picture in pictures]


def _read_upright(picture: Picture) -> ScannedPage:
    """Read a page; where hardly a word comes out, it may lie on its side or its head."""
    best, sure = _read_page(picture)
    if sure >= LEAST_LEGIBLE:
        return best
    for quarters in (2, 1, 3):
        page, surer = _read_page(_turned(picture, quarters))
        if surer > sure:
            best, sure = _turned_back(page, quarters, picture), surer
        if sure >= LEAST_LEGIBLE:
            break
    return best


def _read_page(picture: Picture) -> tuple[ScannedPage, float]:
    """Read a page as it lies; the second value is how sure its words are on average, 0 to 1."""
    page = straighten(picture)
    nets = find_nets(page)
    tables = [
        Table(page.level_points((0, net.top, 0, net.bottom))[1], read_net(page, net))
        for net in nets
    ]
    prose = read_prose(page, nets)
    words = [(line.text, sure) for line, sure in prose]
    words += [(cell.text, cell.confidence or 0.0) for table in tables for cell in table.cells]
    # Print of which nothing is read counts too; a blank cell is surer than that.
    chances = [sure for text, sure in words if len(text) >= SHORTEST_WORD or not (text or sure)]
    lines = without_page_numbers(
        [line for line, sure in prose if sure >= LEAST_LIKELY and _has_letters(line.text)],
        [table.top for table in tables],
        page.height,
    )
    read = ScannedPage(page.page, page.width, page.height, lines, tables)
    return read, fmean(chances) if chances else 1.0


def _has_letters(text: str) -> bool:
    """Tell print from the star of a stamp."""
    return any(map(str.isalnum, text))


def _turned(picture: Picture, quarters: int) -> Picture:
    """Turn a page counter-clockwise by quarters."""
    size = (picture.width, picture.height)
    width, height = size if quarters == 2 else size[::-1]
    pixels = np.ascontiguousarray(np.rot90(picture.pixels, quarters))
    return picture._replace(pixels=pixels, width=width, height=height)


def _turned_back(page: ScannedPage, quarters: int, picture: Picture) -> ScannedPage:
    """Give the boxes of cells as they lie on the page before it was turned."""
    width, height = picture.width, picture.height

    def back(cell: Cell) -> Cell:
        x0, top, x1, bottom = (cell.x0 or 0, cell.top or 0, cell.x1 or 0, cell.bottom or 0)
        box = {
            1: (width - bottom, x0, width - top, x1),
            2: (width - x1, height - bottom, width - x0, height - top),
            3: (top, height - x1, bottom, height - x0),
        }[quarters]
        return cell._replace(x0=box[0], top=box[1], x1=box[2], bottom=box[3])

    tables = [Table(table.top, [back(cell) for cell in table.cells]) for table in page.tables]
    return replace(page, tables=tables)


def _document(data: bytes, pages: list[ScannedPage]) -> Document:
    cells, paragraphs = blocks(pages)
    if not cells and not paragraphs:
        raise UnreadableFile(
            "nothing_printed", "扫描件里没有认出文字，请检查页面是否空白、颠倒或过于模糊。"
        )
    return build(
        data,
        format="scan",
        page_count=len(pages),
        reader=READER,
        reader_version=version(),
        cells=cells,
        paragraphs=paragraphs,
    )


def blocks(pages: list[ScannedPage]) -> tuple[list[Cell], list[Paragraph]]:
    """Number paragraphs and tables; each sheet lies a little differently on the glass."""
    return number_blocks(
        (margins(page.lines) if page.lines else NO_COLUMN, page.lines, page.tables)
        for page in pages
    )
