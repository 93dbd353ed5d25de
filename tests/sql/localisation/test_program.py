"""The solver's answers: a cheapest solution, none, or not known."""

from __future__ import annotations

import highspy
import pytest

from sql.localisation.program import Program, Unfinished


def two_columns() -> Program:
    """Two whole columns up to 5, the second one cheaper, whose sum is at least 4."""
    program = Program([2.0, 1.0], 5.0, [0, 1])
    program.add({0: 1.0, 1: 1.0}, 4.0)
    return program


def test_a_cheapest_solution_is_found() -> None:
    assert two_columns().solve() == pytest.approx([0, 4])


def test_rows_that_contradict_each_other_have_none_until_one_is_dropped() -> None:
    program = two_columns()
    number = program.add({0: 1.0, 1: 1.0}, 0.0, 3.0)
    assert program.solve() is None
    program.drop(number)
    assert program.solve() == pytest.approx([0, 4])


@pytest.mark.parametrize("status", ["kTimeLimit", "kSolveError", "kMemoryLimit", "kUnknown"])
def test_a_solver_that_gives_up_is_not_taken_for_no_solution(
    monkeypatch: pytest.MonkeyPatch, status: str
) -> None:
    given_up = getattr(highspy.HighsModelStatus, status)
    monkeypatch.setattr(highspy.Highs, "getModelStatus", lambda _: given_up)
    with pytest.raises(Unfinished):
        two_columns().solve()
