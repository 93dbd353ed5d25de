"""The smallest sets of changes that put a table right, all of them up to a number.

A mixed-integer program (HiGHS) chooses the cheapest cells and moves that hit every edit known so
far; ``settle`` then says whether these cells can indeed be put right, or which implied edit they
miss. A set that is found is cut off, and the next one sought, until none is as small. Values
never enter the program, so neither their size nor its tolerances matter.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from sql.localisation.moves import change, moves
from sql.localisation.problem import CellKey, Exact, Problem, RelationKey
from sql.localisation.program import Program, Unfinished
from sql.localisation.settle import Edit, Settled, settle

COST = 100
"""Of one change. Doubts make it cheaper, by so little that a smaller set always comes first."""

DISCOUNT = 3
"""Off the cost for each reason to distrust a cell, at most three of them."""

MOST_DOUBTS = 3

PATIENCE = 10
"""HiGHS counts the seconds on the wall, of which a busy machine has this many for one of work."""

FEW_FAILING = 4
"""Up to so many failing relations the edits of single cells are worth stating at once."""


@dataclass(frozen=True)
class Limits:
    """``sets`` to list, ``seconds`` of work for one report, ``programs`` for one table.

    The last ends a hopeless search at the same point on every machine.
    """

    sets: int = 20
    seconds: float = 2.0
    programs: int = 400


@dataclass(frozen=True)
class Change:
    """One change: ``kind`` is change, swap or shift; the new value of every cell it gives one."""

    kind: str
    values: tuple[tuple[CellKey, Exact], ...]


@dataclass(frozen=True)
class Solution:
    """A smallest set of changes, and what it costs."""

    changes: tuple[Change, ...]
    cost: int


@dataclass(frozen=True)
class Found:
    """All smallest sets, or ``has_more`` than are listed.

    ``certain``: every smallest set changes these cells, and every listed one in this way.
    """

    solutions: tuple[Solution, ...]
    certain: frozenset[Change]
    has_more: bool


@dataclass(frozen=True)
class _Cut:
    """The factors' sum over the chosen cells and moves must reach ``least``."""

    cells: Mapping[CellKey, int]
    moves: Mapping[int, int]
    least: int


class OutOfTime(Exception):
    """The limits of time or programs are reached."""


def smallest_sets(problem: Problem, limits: Limits, deadline: float) -> Found:
    """Find them, cheapest first. Raises OutOfTime where not one was found within the limits.

    ``deadline`` as of ``time.thread_time``: work, not waiting; a busy machine finds as much.
    No set at all, where nothing can put the table right.
    """
    if not problem.residuals:
        return Found((), frozenset(), has_more=False)
    search = _Search(problem, limits, deadline)
    found: list[Solution] = []
    try:
        while len(found) < limits.sets and (solution := search.next()) is not None:
            found.append(solution)
        has_more = len(found) == limits.sets and search.next() is not None
        certain = search.certain(found, has_more)
    except OutOfTime:
        if not found:
            raise
        return Found(tuple(found), frozenset(), has_more=True)
    return Found(tuple(found), certain, has_more)


class _Search:
    """The program with the cuts so far: a column for each cell, then one for each move."""

    def __init__(self, problem: Problem, limits: Limits, deadline: float) -> None:
        self.problem = problem
        self.deadline = deadline
        self.programs_left = limits.programs
        self.is_first = True
        self.cells = list(problem.cells)
        self.moves = moves(problem)
        self.effects = [problem.upset(change(problem, move)) for move in self.moves]
        costs = [*(self._cost(cell) for cell in self.cells), *(COST for _ in self.moves)]
        self.program = Program(costs, 1, range(len(costs)))
        self.columns = {cell: column for column, cell in enumerate(self.cells)}
        residuals = [self._cut({key: Fraction(1)}) for key in problem.residuals]
        for cut in (*self._impossible(), *self._overlaps(), *residuals, *self._single_cells()):
            self._demand(cut)

    def next(self) -> Solution | None:
        """The cheapest set not yet found; None where none is as small as the first."""
        while True:
            picked = self._cheapest()
            if picked is None:
                return None
            cells, at = picked
            outcome = self._settled(cells, at)
            if isinstance(outcome, Edit):
                self._demand(self._missed(outcome, cells, at))
                continue
            count = len(cells) + len(at)
            if self.is_first:
                self.is_first = False
                self._demand(self._no_larger(count))
            self._demand(_Cut(dict.fromkeys(cells, -1), dict.fromkeys(at, -1), 1 - count))
            return self._solution(outcome, at)

    def certain(self, found: Sequence[Solution], has_more: bool) -> frozenset[Change]:
        """The changes that all sets have in common, those not listed included."""
        common = set.intersection(*(set(s.changes) for s in found)) if found else set()
        if not has_more:
            return frozenset(common)
        return frozenset(each for each in common if not self._can_do_without(each))

    def _can_do_without(self, each: Change) -> bool:
        """Whether some set as small leaves these cells alone."""
        cells = {cell for cell, _ in each.values}
        moves = {n: -1 for n, move in enumerate(self.moves) if move.cells & cells}
        without = self._demand(_Cut(dict.fromkeys(cells, -1), moves, 0))
        found = self.next() is not None
        self.program.drop(without)
        return found

    def _settled(self, cells: Sequence[CellKey], at: Sequence[int]) -> Settled | Edit:
        moved: dict[RelationKey, Exact] = {}
        for number in at:
            for key, by in self.effects[number].items():
                moved[key] = moved.get(key, 0) + by
        return settle(self.problem, cells, moved)

    def _solution(self, outcome: Settled, at: Sequence[int]) -> Solution:
        changes = [Change(self.moves[n].kind, self.moves[n].values) for n in at]
        changes += [Change("change", (value,)) for value in outcome.values.items()]
        cost = sum(self._cost(cell) for cell in outcome.values) + COST * len(at)
        return Solution(tuple(changes), cost)

    def _cost(self, cell: CellKey) -> int:
        return COST - DISCOUNT * min(self.problem.cells[cell].doubt, MOST_DOUBTS)

    def _impossible(self) -> list[_Cut]:
        """What is negative or no whole number has to change."""
        return [_Cut({c.key: 1}, {}, 1) for c in self.problem.cells.values() if not c.is_possible]

    def _overlaps(self) -> list[_Cut]:
        """A cell is changed once: by itself or by one move."""
        by_cell: dict[CellKey, list[int]] = {}
        for number, move in enumerate(self.moves):
            for cell in move.cells:
                by_cell.setdefault(cell, []).append(number)
        return [_Cut({cell: -1}, dict.fromkeys(at, -1), -1) for cell, at in by_cell.items()]

    def _single_cells(self) -> list[_Cut]:
        """The edits that follow from a cell whose relations it cannot mend alike.

        The search would come upon each of them; known from the start they spare it programs.
        Where many relations fail they are so many that they would only slow it down.
        """
        residuals = self.problem.residuals
        if len(residuals) > FEW_FAILING:
            return []
        cuts = []
        for failing in residuals:
            for cell in self.problem.relations[failing]:
                signs = self.problem.relations_of[cell]
                asked = {key: Fraction(residuals.get(key, 0), sign) for key, sign in signs.items()}
                for other, sign in signs.items():
                    if asked[other] != asked[failing]:
                        factors = {failing: Fraction(1, signs[failing]), other: Fraction(-1, sign)}
                        cuts.append(self._cut(factors))
        return cuts

    def _cut(self, factors: Mapping[RelationKey, Fraction], but: CellKey | None = None) -> _Cut:
        """Some cell or move that the sum of these relations feels must be chosen."""
        sums: dict[CellKey, Fraction] = {}
        for key, factor in factors.items():
            for cell, sign in self.problem.relations[key].items():
                sums[cell] = sums.get(cell, Fraction(0)) + factor * sign
        felt = [
            number
            for number, effect in enumerate(self.effects)
            if sum((factors.get(key, Fraction(0)) * by for key, by in effect.items()), Fraction(0))
        ]
        cells = {cell: 1 for cell, value in sums.items() if value and cell != but}
        return _Cut(cells, dict.fromkeys(felt, 1), 1)

    def _missed(self, edit: Edit, cells: Sequence[CellKey], at: Sequence[int]) -> _Cut:
        """The edit as a cut: another cell or move of it, or one chosen move fewer."""
        if edit.factors:
            cut = self._cut(edit.factors, edit.but)
        else:
            others = {cell: 1 for cell in self.cells if cell not in cells}
            cut = _Cut(others, dict.fromkeys(range(len(self.moves)), 1), 1)
        fewer = {n: -1 for n in at if n in cut.moves}
        return _Cut(cut.cells, {**cut.moves, **fewer}, cut.least - len(fewer))

    def _no_larger(self, count: int) -> _Cut:
        cells, numbers = dict.fromkeys(self.cells, -1), dict.fromkeys(range(len(self.moves)), -1)
        return _Cut(cells, numbers, -count)

    def _demand(self, cut: _Cut) -> int:
        """State a cut; its number in the program."""
        cells = {self.columns[cell]: factor for cell, factor in cut.cells.items()}
        moves = {len(self.cells) + number: factor for number, factor in cut.moves.items()}
        return self.program.add(cells | moves, cut.least)

    def _cheapest(self) -> tuple[list[CellKey], list[int]] | None:
        """Solve the program: the cheapest choice of cells and moves that satisfies all cuts."""
        left = self.deadline - time.thread_time()
        if left <= 0 or not self.programs_left:
            raise OutOfTime
        self.programs_left -= 1
        try:
            found = self.program.solve(PATIENCE * left)
        except Unfinished as error:
            raise OutOfTime from error
        if found is None:
            return None
        count = len(self.cells)
        return (
            [cell for cell, share in zip(self.cells, found, strict=False) if share > 0.5],
            [number for number, share in enumerate(found[count:]) if share > 0.5],
        )
