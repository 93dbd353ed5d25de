"""Put what is recognised on some pages of a PDF among what its text says of the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ingest.document import Cell, Document, Paragraph, build
from ingest.scan import extra, reader


def with_pictures(data: bytes, document: Document, pages: Sequence[int]) -> Document:
    """Recognise the given pages, counted from 1, in place of the little text they have.

    Raises :class:`UnreadableFile` as :func:`ingest.scan.reader.read_pdf` does; where the extra
    ``ocr`` is missing, the message names the pages.
    """
    extra.model(pages)
    pictured = set(pages)
    cells = [cell for cell in document.cells if cell.page not in pictured]
    paragraphs = [each for each in document.paragraphs if each.page not in pictured]
    # A paragraph runs over a page break only between pages that follow each other.
    for run in _runs(pages):
        more_cells, more_paragraphs = reader.blocks(reader.read_pages(data, run))
        cells += more_cells
        paragraphs += more_paragraphs
    cells, paragraphs = _numbered(cells, paragraphs)
    return build(
        data,
        format=document.format,
        page_count=document.page_count,
        reader=f"{document.reader}+{reader.READER}",
        reader_version=f"{document.reader_version}+{reader.version()}",
        cells=cells,
        paragraphs=paragraphs,
    )


def _runs(pages: Sequence[int]) -> Iterator[list[int]]:
    run: list[int] = []
    for page in pages:
        if run and page != run[-1] + 1:
            yield run
            run = []
        run.append(page)
    yield run


def _numbered(cells: list[Cell], paragraphs: list[Paragraph]) -> tuple[list[Cell], list[Paragraph]]:
    """Number blocks anew in the order of the pages; all blocks of a page are of one reading."""
    blocks = [(one.page or 0, one.block_no) for one in cells]
    blocks += [(one.page or 0, one.block_no) for one in paragraphs]
    numbers = {place: number for number, place in enumerate(sorted(set(blocks)), start=1)}
    cells = [one._replace(block_no=numbers[one.page or 0, one.block_no]) for one in cells]
    paragraphs = [one._replace(block_no=numbers[one.page or 0, one.block_no]) for one in paragraphs]
    return sorted(cells, key=_block_no), sorted(paragraphs, key=_block_no)


def _block_no(one: Cell | Paragraph) -> int:
    return one.block_no
