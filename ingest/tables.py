"""Find the tables of a page: by their rules, and by the words of the form where rules lack."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.borderless import Memory, build_tables
from ingest.built import Table
from ingest.document import Cell
from ingest.form_rows import form_rows, is_figure
from ingest.glyphs import Glyph, PageContent
from ingest.grid import Box, number
from ingest.ruling import Lattice, find_cells
from ingest.vocabulary import RESULTS, meanings
from ingest.words import cell_text, words_of

__all__ = ["Fragment", "Memory", "find_fragments"]


SAME_EDGE = 1.0
"""Points by which cells may differ that end on one edge."""
MARGIN_SHARE = 0.12
"""Share of the page's height, at top and bottom, where a page number may stand."""


@dataclass(frozen=True)
class Fragment:
    """A table fragment: where it begins on its page, and its cells with ``block_no`` 0."""

    top: float
    cells: list[Cell]


@dataclass(frozen=True)
class _Reading:
    """One way to read a page: its fragments, and the glyphs that stand in none of them."""

    fragments: list[Fragment]
    outside: list[Glyph]
    memory: Memory
    awaits_disputes: bool

    @property
    def worth(self) -> tuple[int, int]:
        """How many rows of the form it reads whole; of values awaited, also how few in pieces."""
        table = "disputes" if self.awaits_disputes else ""
        rows = [row for each in self.fragments for row in form_rows(each.cells, table)]
        count_whole = sum(row.is_whole for row in rows)
        return count_whole, count_whole - len(rows) if self.awaits_disputes else 0


def find_fragments(page: PageContent, memory: Memory) -> tuple[list[Fragment], list[Glyph]]:
    """Return the table fragments of a page, and the glyphs that stand in none of them.

    A table whose rules leave a row of the form incomplete, or two figures in one cell, is also
    read as if it had none; the reading with more whole rows counts.
    """
    lattice = find_cells(page.rules)
    tables = [table for table in lattice.tables if _is_table([lattice.boxes[i] for i in table])]
    reading = _read(page, lattice, tables, memory)
    if tables and (
        len(reading.fragments) > len(tables)
        or not all(_is_sound(fragment) for fragment in reading.fragments)
        or _has_figures_beside(page, lattice, reading.outside)
    ):
        ruled = reading.fragments[: len(tables)]
        kept = [t for t, f in zip(tables, ruled, strict=True) if _is_foreign(f)]
        other = _read(page, lattice, kept, memory)
        if other.worth > reading.worth:
            reading = other
    memory.__dict__.update(reading.memory.__dict__)
    return reading.fragments, reading.outside


def _read(page: PageContent, lattice: Lattice, tables: list[list[int]], memory: Memory) -> _Reading:
    """Read the given tables by their rules, and the rest of the page by its words."""
    inside, outside = _sort_glyphs(page, lattice, {cell for table in tables for cell in table})
    fragments = [_ruled(page, lattice, table, inside) for table in tables]
    awaits_disputes = memory.awaits_disputes
    memory = memory.copy()
    built = build_tables(words_of(outside, lattice), memory, page.text_height * (1 - MARGIN_SHARE))
    for cells in tables[-1:]:
        _remember_results(lattice, cells, inside, memory)
    used = {id(glyph) for table in built for one in table.used for glyph in one.glyphs}
    fragments += [_built(page, table) for table in built]
    outside = [glyph for glyph in outside if id(glyph) not in used]
    return _Reading(fragments, outside, memory, awaits_disputes)


def _remember_results(
    lattice: Lattice, table: list[int], inside: dict[int, list[Glyph]], memory: Memory
) -> None:
    """Keep the columns of a ruled table 四 that ends with its headers, its values to follow."""
    bottom = max(lattice.boxes[cell][3] for cell in table)
    last = sorted(cell for cell in table if lattice.boxes[cell][3] > bottom - SAME_EDGE)
    last.sort(key=lambda cell: lattice.boxes[cell][0])
    codes = RESULTS * 3
    if len(last) == len(codes) and all(
        any(m.kind == "header" and m.code == code for m in meanings(cell_text(inside[cell])))
        for cell, code in zip(last, codes, strict=True)
    ):
        memory.columns["disputes"] = [lattice.boxes[cell] for cell in last]
        memory.awaits_disputes = True


def _has_figures_beside(page: PageContent, lattice: Lattice, outside: list[Glyph]) -> bool:
    """Tell figures that stand alone outside the tables, where page numbers do not."""
    head, foot = page.text_height * MARGIN_SHARE / 2, page.text_height * (1 - MARGIN_SHARE)
    body = [glyph for glyph in outside if head < glyph.top < foot]
    if not any(glyph.text.isdigit() for glyph in body):
        return False
    return any(is_figure(one.text) for one in words_of(body, lattice))


def _built(page: PageContent, table: Table) -> Fragment:
    return Fragment(table.top, table.cells(page.number, page.displayed))


def _is_table(boxes: list[Box]) -> bool:
    """Tell a table from a frame around a page or a paragraph, which has a single column."""
    return len({round(x0) for x0, _, _, _ in boxes}) > 1


def _is_sound(fragment: Fragment) -> bool:
    """Tell a table whose rules keep every figure, and every row of the form, apart."""
    return all(row.is_whole for row in form_rows(fragment.cells)) and not any(
        sum(map(is_figure, cell.text.split())) > 1 for cell in fragment.cells
    )


def _is_foreign(fragment: Fragment) -> bool:
    """Tell a table with no word of the form and no figure, which stays as it is ruled."""
    texts = (text for cell in fragment.cells for text in (cell.text, *cell.text.split()))
    return not any(meanings(text) or is_figure(text) for text in texts)


def _sort_glyphs(
    page: PageContent, lattice: Lattice, cells: set[int]
) -> tuple[dict[int, list[Glyph]], list[Glyph]]:
    """Give each glyph to the cell in which its middle lies."""
    inside: dict[int, list[Glyph]] = defaultdict(list)
    outside: list[Glyph] = []
    if not cells:
        return inside, list(page.glyphs)
    for glyph in page.glyphs:
        _, x0, top, x1, bottom, _, _ = glyph
        cell = lattice.cell_at((x0 + x1) / 2, (top + bottom) / 2)
        (inside[cell] if cell in cells else outside).append(glyph)
    return inside, outside


def _ruled(
    page: PageContent,
    lattice: Lattice,
    table: Sequence[int],
    inside: dict[int, list[Glyph]],
) -> Fragment:
    cells = [
        Cell(
            0,
            page.number,
            placed.row_no,
            placed.col_no,
            placed.row_span,
            placed.col_span,
            cell_text(inside.get(table[placed.at], [])),
            *(round(edge, 2) for edge in page.displayed(placed.box)),
        )
        for placed in number(lattice.boxes[cell] for cell in table)
    ]
    return Fragment(min(lattice.boxes[cell][1] for cell in table), cells)
