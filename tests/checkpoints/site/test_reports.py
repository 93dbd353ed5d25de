"""What the page of a report says of a cell and of a finding."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from checkpoints.explain import Found
from checkpoints.site.reports import (
    CORRECTED,
    converted,
    difference,
    equation,
    is_doubtful,
    is_ordinary,
    printed,
)
from checkpoints.transform import seed_rows
from tests.checkpoints.site.cells import cell

[FEES] = [
    row
    for row in seed_rows("indicators")
    if (row["indicator"], row["breakdown"]) == ("fees", "amount")
]


@pytest.mark.parametrize(
    ("raw", "value", "number"),
    [
        ("7", "7", None),
        ("７", "7", None),
        ("1,234.50", "1234.5", None),
        ("7.00", "7", None),
        ("+2", "2", None),
        ("零", "0", "0"),
        ("22（其中修订16件）", "22", "22"),
        ("50000元", "5", "5"),
        ("/", None, None),
    ],
)
def test_a_number_is_shown_as_printed_and_told_where_that_says_another(
    raw: str, value: str | None, number: str | None
) -> None:
    shown = cell(FEES, raw_text=raw, value=None if value is None else Decimal(value))
    assert printed(shown) == raw
    assert converted(shown) == number


def test_a_corrected_cell_shows_the_right_number() -> None:
    shown = cell(FEES, raw_text="1", value=Decimal(7), resolution=CORRECTED)
    assert (printed(shown), converted(shown)) == ("7", None)


@pytest.mark.parametrize(
    ("changes", "ordinary"),
    [
        ({}, True),
        ({"raw_text": " 7"}, False),
        ({"suggested": Decimal(8)}, False),
        ({"resolution": CORRECTED}, False),
        ({"confidence": 0.5}, False),
        ({"confidence": 0.99}, True),
        ({"value": None, "status": "blank", "raw_text": ""}, False),
    ],
)
def test_only_a_cell_with_nothing_to_add_is_ordinary(
    changes: dict[str, Any], ordinary: bool
) -> None:
    shown = cell(FEES, **changes)
    assert is_ordinary(shown) is ordinary
    assert is_doubtful(shown) is (changes.get("confidence") == 0.5)


def found(**changes: Any) -> Found:
    values: dict[str, Any] = dict.fromkeys(Found.__dataclass_fields__)
    return Found(**{**values, "left": (), "right": (), **changes})


def test_the_equation_of_a_relation_has_both_sums() -> None:
    sides = {"left": [Decimal(12), Decimal(1)], "right": [Decimal(10), Decimal(2)]}
    each = found(**sides, expected=Decimal(13), actual=Decimal(12))
    assert equation(each) == "12 + 1 = 13 ≠ 10 + 2 = 12"
    assert difference(each) == "1"


def test_prose_is_compared_with_the_table() -> None:
    each = found(sentence="收到81件。", expected=Decimal(18), actual=Decimal(81))
    assert equation(each) == "18 ≠ 81"


def test_where_nothing_is_added_up_there_is_no_equation() -> None:
    assert equation(found(actual=Decimal("-1"))) is None
    assert equation(found(sentence="与上年相同。")) is None
