"""Can a chosen set of cells be put right so that every relation holds, and with which values?

Exact: the relations of the chosen cells are solved as linear equations in fractions, so that no
tolerance decides. Where they cannot be solved, the equations that contradict each other give an
implied edit (Fellegi and Holt): a sum that the chosen cells cannot change and that is not as it
should be, so that some other cell of it must be wrong.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from sql.localisation.problem import CellKey, Exact, Problem, RelationKey
from sql.localisation.program import INFINITE, Program

MOST_EXACT = 2.0**53
"""Beyond this a float no longer holds every whole number."""

Key = TypeVar("Key")


@dataclass(frozen=True)
class Settled:
    """The value of each chosen cell."""

    values: Mapping[CellKey, Exact]


@dataclass(frozen=True)
class Edit:
    """Factors of relations whose sum, ``but`` for one cell, holds a wrong cell not yet chosen.

    Without factors nothing is known but that the chosen cells do not suffice.
    """

    factors: Mapping[RelationKey, Fraction]
    but: CellKey | None = None


@dataclass
class _Equation:
    """``signs`` times the changes of the cells is ``sum``; made of relations by ``factors``."""

    signs: dict[CellKey, Fraction]
    sum: Fraction
    factors: dict[RelationKey, Fraction]

    def add(self, factor: Fraction, other: _Equation) -> None:
        self.signs = _added(self.signs, factor, other.signs)
        self.factors = _added(self.factors, factor, other.factors)
        self.sum += factor * other.sum


def _added(
    own: Mapping[Key, Fraction], factor: Fraction, others: Mapping[Key, Fraction]
) -> dict[Key, Fraction]:
    total = dict(own)
    for key, value in others.items():
        total[key] = total.get(key, Fraction(0)) + factor * value
    return {key: value for key, value in total.items() if value}


def settle(
    problem: Problem, chosen: Sequence[CellKey], moved: Mapping[RelationKey, Exact]
) -> Settled | Edit:
    """Values of the ``chosen`` cells, given what moves add to the relations (``moved``)."""
    equations = _equations(problem, chosen, moved)
    solved: dict[CellKey, _Equation] = {}
    for cell in chosen:
        found = next((e for e in equations if e.signs.get(cell)), None)
        if found is None:
            continue
        equations = [e for e in equations if e is not found]
        for other in (*equations, *solved.values()):
            if other.signs.get(cell):
                other.add(-other.signs[cell] / found.signs[cell], found)
        solved[cell] = found
    for equation in equations:
        if equation.sum:
            return Edit(equation.factors)
    if len(solved) < len(chosen):
        return _least(problem, chosen, list(solved.values()))
    values: dict[CellKey, Exact] = {}
    for cell, equation in solved.items():
        value = problem.cells[cell].counted + equation.sum / equation.signs[cell]
        if value < 0 or value.denominator != 1:
            return Edit(equation.factors, but=cell)
        values[cell] = int(value)
    return Settled(values)


def _equations(
    problem: Problem, chosen: Sequence[CellKey], moved: Mapping[RelationKey, Exact]
) -> list[_Equation]:
    residuals = {key: problem.residuals.get(key, 0) + moved.get(key, 0) for key in moved}
    residuals = {**problem.residuals, **residuals}
    touched = {key: None for key, value in residuals.items() if value}
    for cell in chosen:
        touched |= dict.fromkeys(problem.relations_of[cell])
    return [
        _Equation(
            {
                cell: Fraction(problem.relations_of[cell][key])
                for cell in chosen
                if key in problem.relations_of[cell]
            },
            Fraction(-residuals.get(key, 0)),
            {key: Fraction(1)},
        )
        for key in touched
    ]


def _least(
    problem: Problem, chosen: Sequence[CellKey], equations: Sequence[_Equation]
) -> Settled | Edit:
    """Several values are possible: those that change the printed ones least.

    Comes up only where a printed number is negative or no whole one, and so has to change though
    no relation says into what.
    """
    printed = [problem.cells[cell].counted for cell in chosen]
    signs = [[e.signs.get(cell, Fraction(0)) for cell in chosen] for e in equations]
    sums = [
        e.sum + sum((a * b for a, b in zip(line, printed, strict=True)), Fraction(0))
        for e, line in zip(equations, signs, strict=True)
    ]
    if any(not -MOST_EXACT < float(value) < MOST_EXACT for value in [*printed, *sums]):
        return Edit({})
    # Columns: the new values, then how far each is from the printed one.
    count = len(chosen)
    program = Program([0] * count + [1] * count, INFINITE, range(count))
    for place, was in enumerate(printed):
        program.add({place: 1, count + place: -1}, -INFINITE, float(was))
        program.add({place: 1, count + place: 1}, float(was))
    for line, right in zip(signs, sums, strict=True):
        factors = {place: float(sign) for place, sign in enumerate(line) if sign}
        program.add(factors, float(right), float(right))
    found = program.solve()
    if found is None:
        return Edit({})
    values = [max(0, round(value)) for value in found[:count]]
    exact = all(
        sum((a * b for a, b in zip(line, values, strict=True)), Fraction(0)) == right
        for line, right in zip(signs, sums, strict=True)
    )
    return Settled(dict(zip(chosen, values, strict=True))) if exact else Edit({})
