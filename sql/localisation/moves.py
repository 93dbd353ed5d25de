"""Numbers that stand in a neighbour's place: two swapped, or a run shifted by one.

Each is one change, of known effect. Only a move that by itself puts right every relation it
touches is proposed: any other is better told as changed cells.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sql.localisation.problem import Cell, CellKey, Exact, Problem

SHORTEST_RUN = 2
"""So many numbers stand one place off in a shift; a single one beside a 0 is a swap."""


@dataclass(frozen=True)
class Move:
    """``swap`` or ``shift``, with the value every cell of it gets, in printed order."""

    kind: str
    values: tuple[tuple[CellKey, Exact], ...]

    @property
    def cells(self) -> frozenset[CellKey]:
        """The cells that the move gives another number."""
        return frozenset(cell for cell, _ in self.values)


def moves(problem: Problem) -> list[Move]:
    """All moves that put right what they touch, swaps first."""
    lines = _lines(problem)
    found = [*_swaps(lines), *_shifts(lines)]
    return [move for move in found if _mends(problem, move)]


def change(problem: Problem, move: Move) -> dict[CellKey, Exact]:
    """What the move adds to each of its cells."""
    return {cell: value - problem.cells[cell].counted for cell, value in move.values}


def _lines(problem: Problem) -> list[dict[int, Cell]]:
    """The cells of each printed row by their place; only cells a relation knows."""
    lines: dict[int, dict[int, Cell]] = {}
    for cell in problem.cells.values():
        if cell.is_possible:
            lines.setdefault(cell.line, {})[cell.place] = cell
    return [lines[line] for line in sorted(lines)]


def _swaps(lines: Sequence[dict[int, Cell]]) -> Iterator[Move]:
    for line in lines:
        for place, cell in sorted(line.items()):
            if place + 1 in line:
                yield from _swap(cell, line[place + 1])
    for above, below in pairwise(lines):
        for place, cell in sorted(above.items()):
            if place in below and below[place].line == cell.line + 1:
                yield from _swap(cell, below[place])


def _swap(one: Cell, other: Cell) -> Iterator[Move]:
    if one.counted != other.counted:
        yield Move("swap", ((one.key, other.counted), (other.key, one.counted)))


def _shifts(lines: Sequence[dict[int, Cell]]) -> Iterator[Move]:
    """Runs moved one place over a 0 or a blank, which takes the place they leave."""
    for line in lines:
        places = sorted(line)
        for first in places:
            for last in range(first + SHORTEST_RUN, max(places) + 1):
                run = [line[place] for place in range(first, last + 1) if place in line]
                if len(run) != last - first + 1:
                    break
                if run[0].counted == 0:
                    yield from _shift(run, [*run[1:], run[0]])
                if run[-1].counted == 0:
                    yield from _shift(run, [run[-1], *run[:-1]])


def _shift(run: Sequence[Cell], source: Sequence[Cell]) -> Iterator[Move]:
    pairs = zip(run, source, strict=True)
    values = tuple((a.key, b.counted) for a, b in pairs if a.counted != b.counted)
    if len(values) > SHORTEST_RUN:
        yield Move("shift", values)


def _mends(problem: Problem, move: Move) -> bool:
    upset = problem.upset(change(problem, move))
    return bool(upset) and all(problem.residuals.get(key, 0) == -by for key, by in upset.items())
