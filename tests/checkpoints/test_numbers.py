"""Numbers and sums as people write them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from checkpoints.numbers import plain, total


@pytest.mark.parametrize(
    ("value", "text"),
    [("12.00000000", "12"), ("0E-8", "0"), ("-0.50", "-0.5"), ("100", "100"), ("1E+3", "1000")],
)
def test_a_number_has_the_decimals_it_needs(value: str, text: str) -> None:
    assert plain(Decimal(value)) == text


@pytest.mark.parametrize(
    ("terms", "text"),
    [
        ([12, 1], "12 + 1 = 13"),
        ([16, 1, -5], "16 + 1 − 5 = 12"),
        ([0, 0], "0 + 0 = 0"),
        ([-3, 1], "−3 + 1 = -2"),
        ([7], "7"),
        ([], "0"),
        # A sum of many leaves out its zeros.
        ([0, 0, 5, 0, 6, 0], "5 + 6 = 11"),
        ([0, 0, 5, 0, 0, 0], "5"),
        ([0, 0, 0, 0, 0], "0"),
    ],
)
def test_a_sum_is_spelt_out(terms: list[int], text: str) -> None:
    assert total([Decimal(term) for term in terms]) == text
