"""Turn the content of pages into table fragments and paragraphs in reading order."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.blocks import number_blocks
from ingest.document import Cell, Paragraph
from ingest.glyphs import Glyph, PageContent
from ingest.lines import NO_COLUMN, Line, Margins, is_page_number, margins
from ingest.tables import MARGIN_SHARE, Fragment, Memory, find_fragments
from ingest.words import lines_of, text_of, word


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
    inked = word([glyph for glyph in glyphs if not glyph.text.isspace()])
    return Line(page, text, inked.x0, inked.top, inked.x1, inked.bottom, inked.size)


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
    """Number paragraphs and tables by the text column of all pages of one width."""
    columns = _columns(pages)
    return number_blocks(
        (columns.get(page.width, NO_COLUMN), page.lines, page.fragments) for page in pages
    )


def _columns(pages: list[_Page]) -> dict[float, Margins]:
    """Measure the text column for each page width that occurs."""
    by_width: dict[float, list[Line]] = {}
    for page in pages:
        by_width.setdefault(page.width, []).extend(page.lines)
    return {width: margins(lines) for width, lines in by_width.items() if lines}
