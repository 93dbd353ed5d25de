"""Smallest sets: what they are, how many, and what makes one cheaper."""

from __future__ import annotations

import time
from fractions import Fraction

import pytest

from sql.localisation.plausible import ranked, slip
from sql.localisation.problem import Problem
from sql.localisation.search import Found, Limits, OutOfTime, smallest_sets
from tests.sql.localisation.tables import row


def found(problem: Problem, limits: Limits = Limits()) -> Found:  # noqa: B008
    return smallest_sets(problem, limits, time.thread_time() + 60)


def sets(problem: Problem, limits: Limits = Limits()) -> list[dict[str, object]]:  # noqa: B008
    """The new values of each set, likeliest first."""
    return [
        {cell.indicator: value for change in solution.changes for cell, value in change.values}
        for solution in ranked(problem, found(problem, limits).solutions)
    ]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((10, 1, 0), [{"c": 11}]),
        ((3, 4, 9), [{"c": 7}, {"a": 5}, {"b": 6}]),
        # No member can make up for what is missing below 0.
        ((3, 1, 0), [{"c": 4}]),
        ((None, 4, 9), [{"c": 4}, {"a": 5}, {"b": 9}]),
    ],
    ids=["total of 0", "any of three", "members too small", "blank counts as 0"],
)
def test_one_relation(values: tuple[int | None, ...], expected: list[dict[str, int]]) -> None:
    assert {frozenset(each.items()) for each in sets(row(*values))} == {
        frozenset(each.items()) for each in expected
    }


def test_relations_that_hold_yield_nothing() -> None:
    assert found(row(3, 4, 7)) == Found((), frozenset(), has_more=False)


def test_swapped_neighbours_are_one_change() -> None:
    """Printed 12 before its 5: total and member stand in each other's place."""
    assert {"b": 5, "c": 12} in sets(row(7, 12, 5))


def test_what_is_shifted_by_one_is_one_change() -> None:
    """3 4 7 0 stands one place to the left of its columns, the total in that of a member."""
    problem = row(3, 4, 7, 0)
    assert {"a": 0, "b": 3, "c": 4, "d": 7} in sets(problem)
    kinds = {change.kind for solution in found(problem).solutions for change in solution.changes}
    assert "shift" in kinds


def test_a_doubtful_cell_comes_first() -> None:
    assert sets(row(3, 4, 9, doubts=(0, 1, 0)))[0] == {"b": 6}
    assert sets(row(3, 4, 9, doubts=(1, 0, 0)))[0] == {"a": 5}


def test_a_negative_number_has_to_change() -> None:
    """-1 must go, and only the total can follow it up."""
    for each in sets(row(-1, 5, 5)):
        assert "a" in each
    assert {"a": 0} in sets(row(-1, 5, 5))


def test_a_number_that_is_not_whole_has_to_change() -> None:
    problem = row(Fraction(3, 2), 5, 7)
    assert {"a": 2} in sets(problem)
    assert all("a" in each for each in sets(problem))


def test_only_so_many_sets_are_listed() -> None:
    outcome = found(row(1, 2, 3, 4, 19), Limits(sets=3))
    assert (len(outcome.solutions), outcome.has_more) == (3, True)
    assert not found(row(1, 2, 3, 4, 19), Limits(sets=5)).has_more


def test_what_takes_too_long_is_not_localised() -> None:
    with pytest.raises(OutOfTime):
        smallest_sets(row(3, 4, 9), Limits(), time.thread_time() - 1)
    with pytest.raises(OutOfTime):
        found(row(3, 4, 9), Limits(programs=0))


@pytest.mark.parametrize(
    ("printed", "meant", "points"),
    [
        *((12, 21, 3), (123, 132, 3), (12, 17, 2), (12, 112, 2), (122, 12, 2), (5, 15, 2)),
        *((1, 2, 0), (12, 34, 0), (12, 1, 2), (120, 12, 2), (1234, 4231, 3)),
    ],
)
def test_slips_of_the_pen(printed: int, meant: int, points: int) -> None:
    assert slip(printed, meant) == points
