"""Read the cells of a table found by its rules."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ingest.document import Cell
from ingest.scan.clean import Mask, Page
from ingest.scan.figures import DOUBT, Judged, judge_figure, judge_words, may_be_figure
from ingest.scan.pages import Pixels
from ingest.scan.recogniser import recognise
from ingest.scan.rules import Net, Slot
from ingest.scan.strips import MARK, Piece, Strip, crop, pieces, strips

NARROW, WIDE = 0.1, 0.16
"""Paper around a line in its two views, in line heights: characters come out larger and smaller."""
SMOOTH = 0.4
"""Points by which the second view is blurred: that mends the strokes a bilevel scan has broken."""
BLANK_DIRTY = 0.7
"""Confidence of a blank cell with dirt or stamp ink in it that may hide a figure."""
STICKS_OUT = 0.3
"""Share of a line's height by which its pieces may stick out of it."""
MOST_STAMP = 0.02
"""Share of a blank cell that stamp ink may cover before it is in doubt."""


@dataclass(frozen=True)
class _Looked:
    """A cell before it is read: its lines, and how sure at most it is that they are all."""

    slot: Slot
    lines: list[Strip]
    sure: float


def read_net(page: Page, net: Net) -> list[Cell]:
    """Read all cells of a table; ``block_no`` is 0, boxes are points of the page as it came."""
    grey = np.where(net.drawn, np.uint8(255), page.grey)
    looked = [_look(page, net, slot) for slot in net.slots]
    lines = [line for cell in looked for line in cell.lines]
    judged = iter(_judge(grey, page, lines))
    return [_cell(page, cell, [next(judged) for _ in cell.lines]) for cell in looked]


def _look(page: Page, net: Net, slot: Slot) -> _Looked:
    found = _pieces(page.ink, page, net, slot)
    lines = strips(found, page.unit)
    if not lines:
        return _Looked(slot, lines, _blankness(page, net, slot, found))
    in_lines = {piece for line in lines for piece in line.pieces if _is_within(piece, line)}
    is_all_read = all(max(p.width, p.height) < MARK * page.unit or p in in_lines for p in found)
    return _Looked(slot, lines, 1.0 if is_all_read else DOUBT)


def _is_within(piece: Piece, line: Strip) -> bool:
    """Tell a piece of a character from what sticks out of its line: a stroke of a stamp."""
    reach = STICKS_OUT * line.height
    return line.top - reach <= piece.top and piece.bottom <= line.bottom + reach


def _pieces(ink: Mask, page: Page, net: Net, slot: Slot) -> list[Piece]:
    rows, columns = slice(slot.top + 2, slot.bottom - 2), slice(slot.x0 + 2, slot.x1 - 2)
    inner = ink[rows, columns] & ~net.drawn[rows, columns]
    return pieces(inner, page.unit, columns.start, rows.start)


def _blankness(page: Page, net: Net, slot: Slot, found: list[Piece]) -> float:
    """Say how sure it is that a cell without a line of print is blank."""
    region = (slice(slot.top, slot.bottom), slice(slot.x0, slot.x1))
    faint = _pieces(page.faint, page, net, slot)
    if any(max(piece.width, piece.height) >= 2 * MARK * page.unit for piece in faint):
        return DOUBT
    stamped = page.dropped[region].mean() > MOST_STAMP
    return BLANK_DIRTY if found or stamped else 1.0


def _judge(grey: Pixels, page: Page, lines: list[Strip]) -> list[Judged]:
    """Read the lines, those that may be figures a second time in another view."""
    from scipy import ndimage

    first = recognise([crop(grey, line, NARROW) for line in lines])
    doubtful = [number for number, view in enumerate(first) if may_be_figure(view.text)]
    smooth = ndimage.gaussian_filter(grey, SMOOTH * page.unit) if doubtful else grey
    second = recognise([crop(smooth, lines[number], WIDE) for number in doubtful])
    judged = [judge_words(view) for view in first]
    for number, view in zip(doubtful, second, strict=True):
        judged[number] = judge_figure(lines[number], [first[number], view])
    return judged


def _cell(page: Page, looked: _Looked, lines: list[Judged]) -> Cell:
    slot = looked.slot
    sure = min([looked.sure, *(line.confidence for line in lines)])
    x0, top, x1, bottom = page.points((slot.x0, slot.top, slot.x1, slot.bottom))
    return Cell(
        0,
        page.page,
        slot.row_no,
        slot.col_no,
        slot.row_span,
        slot.col_span,
        "\n".join(line.text for line in lines if line.text),
        round(x0, 2),
        round(top, 2),
        round(x1, 2),
        round(bottom, 2),
        round(sure if slot.is_closed else min(sure, DOUBT), 4),
    )
