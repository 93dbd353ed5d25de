"""Turn the content of pages into table fragments and paragraphs in reading order."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.document import Cell, Paragraph
from ingest.glyphs import Glyph, PageContent
from ingest.lines import Line, Margins, is_page_number, join, margins, starts_paragraph
from ingest.tables import MARGIN_SHARE, Fragment, Memory, find_fragments
from ingest.words import lines_of, text_of


@dataclass(frozen=True)
class Transcript:
    """What is printed: cells and paragraphs, their blocks numbered from 1 in reading order."""

    page_count: int
    cells: list[Cell]
    paragraphs: list[Paragraph]


@dataclass(frozen=True)
class _Page:
    width: float
    lines: list[Line]
    fragments: list[Fragment]


def transcribe(pages: list[PageContent]) -> Transcript:
    """Find tables and lines on each page, and join the lines into paragraphs."""
    memory = Memory()
    cells, paragraphs = _blocks([_read_page(page, memory) for page in pages])
    return Transcript(len(pages), cells, paragraphs)


def _read_page(page: PageContent, memory: Memory) -> _Page:
    fragments, prose = find_fragments(page, memory)
    lines = [_line(page.number, line, text) for line in lines_of(prose) if (text := text_of(line))]
    tops = [fragment.top for fragment in fragments]
    return _Page(page.text_width, without_page_numbers(lines, tops, page.text_height), fragments)


def _line(page: int, glyphs: list[Glyph], text: str) -> Line:
    inked = [glyph for glyph in glyphs if not glyph.text.isspace()]
    return Line(
        page,
        text,
        inked[0].x0,
        min(glyph.top for glyph in inked),
        max(glyph.x1 for glyph in inked),
        max(glyph.bottom for glyph in inked),
        max(glyph.size for glyph in inked),
    )


def without_page_numbers(lines: list[Line], tops: list[float], height: float) -> list[Line]:
    """Drop a page number where it is the very first or the very last thing on the page.

    ``tops`` are where the tables of the page begin, ``height`` is that of the page.
    """
    all_tops = [*tops, *(line.top for line in lines)]
    return [
        line
        for line in lines
        if not is_page_number(line.text)
        or not (
            (line.bottom < height * MARGIN_SHARE and line.top <= min(all_tops))
            or (line.top > height * (1 - MARGIN_SHARE) and line.top >= max(all_tops))
        )
    ]


def _blocks(pages: list[_Page]) -> tuple[list[Cell], list[Paragraph]]:
    """Number paragraphs and tables in reading order; a paragraph may run over a page break."""
    columns = _columns(pages)
    cells: list[Cell] = []
    paragraphs: list[Paragraph] = []
    block_no = 0
    open_lines: list[Line] = []

    def close() -> None:
        nonlocal block_no
        if open_lines:
            block_no += 1
            text = join([line.text for line in open_lines])
            paragraphs.append(Paragraph(block_no, open_lines[0].page, text))
            open_lines.clear()

    for page in pages:
        items: list[Line | Fragment] = [*page.lines, *page.fragments]
        for item in sorted(items, key=lambda item: item.top):
            if isinstance(item, Fragment):
                close()
                block_no += 1
                cells.extend(cell._replace(block_no=block_no) for cell in item.cells)
                continue
            if open_lines and starts_paragraph(item, open_lines[-1], columns[page.width]):
                close()
            open_lines.append(item)
    close()
    return cells, paragraphs


def _columns(pages: list[_Page]) -> dict[float, Margins]:
    """Measure the text column for each page width that occurs."""
    by_width: dict[float, list[Line]] = {}
    for page in pages:
        by_width.setdefault(page.width, []).extend(page.lines)
    return {width: margins(lines) for width, lines in by_width.items() if lines}
