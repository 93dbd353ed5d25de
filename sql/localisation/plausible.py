"""Which of several smallest sets comes first: the cheapest, then the likeliest slip of the pen."""

from __future__ import annotations

from collections.abc import Sequence

from sql.localisation.problem import Exact, Problem
from sql.localisation.search import Change, Solution

MOVED = 3
"""Points of a change that explains itself: neighbours swapped or shifted, two digits transposed."""

ONE_DIGIT = 2
"""Of one digit changed, lost or too many, where the number has others."""


def ranked(problem: Problem, solutions: Sequence[Solution]) -> list[Solution]:
    """The solutions, likeliest first: cost, failing relations met, slips, totals, reading order."""
    order = {key: at for at, key in enumerate(problem.cells)}

    def rank(solution: Solution) -> tuple[int, int, int, int, list[int]]:
        changed = [cell for change in solution.changes for cell, _ in change.values]
        met = [len(problem.residuals.keys() & problem.relations_of[cell]) for cell in changed]
        slips = sum(plausibility(problem, change) for change in solution.changes)
        totals = sum(problem.cells[cell].is_result for cell in changed)
        return solution.cost, -sum(met), -slips, -totals, sorted(order[cell] for cell in changed)

    return sorted(solutions, key=rank)


def in_order(problem: Problem, changes: Sequence[Change]) -> list[Change]:
    """The changes of a solution as their first cells stand in the table."""
    order = {key: at for at, key in enumerate(problem.cells)}
    return sorted(changes, key=lambda change: min(order[cell] for cell, _ in change.values))


def plausibility(problem: Problem, change: Change) -> int:
    """Points for how easily the change came about."""
    if change.kind != "change":
        return MOVED
    [(cell, value)] = change.values
    return slip(problem.cells[cell].counted, value)


def slip(printed: Exact, meant: Exact) -> int:
    """Points for how easily ``meant`` is misprinted as ``printed``."""
    one, other = str(printed), str(meant)
    if len(one) == len(other):
        differing = [at for at, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
        if len(differing) == 2 and one[differing[0]] == other[differing[1]]:
            return MOVED if one[differing[1]] == other[differing[0]] else 0
        return ONE_DIGIT if len(differing) == 1 and len(one) > 1 else 0
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    left_out = {longer[:at] + longer[at + 1 :] for at in range(len(longer))}
    return ONE_DIGIT if shorter in left_out else 0
