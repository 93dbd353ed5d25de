"""Read what stands on a page outside its tables."""

from __future__ import annotations

from statistics import median

from ingest.lines import Line
from ingest.scan.clean import Page
from ingest.scan.figures import judge_words
from ingest.scan.recogniser import recognise
from ingest.scan.rules import Net
from ingest.scan.strips import Piece, Strip, crop, pieces, strips

PICTURE = 32.0
"""Points: a higher piece of ink is no character; the star of a seal is 34 high."""
LIKE = 0.3
"""Share by which the height of a line may differ from the usual for it to be of the same type."""


def read_prose(page: Page, nets: list[Net]) -> list[tuple[Line, float]]:
    """Return the lines outside the tables, from the top down, and how sure each is, 0 to 1.

    Boxes lie on the level page.
    """
    found = [
        piece
        for piece in pieces(page.ink, page.unit)
        if piece.height < PICTURE * page.unit and not any(_is_in(piece, net) for net in nets)
    ]
    made = strips(found, page.unit, is_cell=False)
    usual = median(line.height for line in made) if made else 0.0
    readings = recognise([crop(page.grey, line) for line in made])
    lines = []
    for line, reading in zip(made, readings, strict=True):
        text, confidence = judge_words(reading)
        lines.append((_line(page, line, text, usual), confidence))
    return lines


def _is_in(piece: Piece, net: Net) -> bool:
    return net.top - 2 <= (piece.top + piece.bottom) / 2 <= net.bottom + 2


def _line(page: Page, line: Strip, text: str, usual: float) -> Line:
    box = page.level_points((line.x0, line.top, line.x1, line.bottom))
    like = abs(line.height - usual) <= LIKE * usual
    size = (usual if like else line.height) * page.width / page.original[1]
    return Line(page.page, text, *box, size=size)
