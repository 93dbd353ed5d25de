"""非负性: figures are of the kind their cell can hold; only 本年增/减 may be negative."""

from __future__ import annotations

import great_expectations.expectations as gxe
from great_expectations.expectations.row_conditions import Column

from expectations import batches
from expectations.rules import RuleBook
from expectations.suites import Stated

SUITE = "non_negativity"

# Amounts in 万元 with more decimals would be finer than the 元 they are made of.
MOST_DECIMALS = 4

IS_REPORTED = Column("status") == "reported"
IS_COUNT = IS_REPORTED & (Column("value_kind") == "count")
IS_AMOUNT = IS_REPORTED & (Column("value_kind") == "amount")
IS_WHOLE_KIND = IS_REPORTED & Column("value_kind").is_in(["count", "change"])


def expectations(book: RuleBook) -> list[Stated]:
    """The suite: first the counts, then the amounts, then what is left of a change."""
    return [
        Stated(
            batches.CELL_VALUES,
            gxe.ExpectColumnValuesToBeBetween(
                column="value",
                min_value=0,
                row_condition=IS_COUNT,
                **book.words("non_negativity.counts"),
            ),
        ),
        Stated(
            batches.CELL_VALUES,
            gxe.ExpectColumnPairValuesToBeEqual(
                column_A="value",
                column_B="whole_value",
                row_condition=IS_WHOLE_KIND,
                **book.words("non_negativity.whole_counts"),
            ),
        ),
        Stated(
            batches.CELL_VALUES,
            gxe.ExpectColumnValuesToBeBetween(
                column="value",
                min_value=0,
                row_condition=IS_AMOUNT,
                **book.words("non_negativity.amounts"),
            ),
        ),
        Stated(
            batches.CELL_VALUES,
            gxe.ExpectColumnValuesToBeBetween(
                column="printed_decimals",
                max_value=MOST_DECIMALS,
                row_condition=IS_AMOUNT & (Column("printed_unit") == "万元"),
                **book.words("non_negativity.amount_precision"),
            ),
        ),
        Stated(
            batches.ITEMS_LEFT,
            gxe.ExpectColumnValuesToBeBetween(
                column="items_left", min_value=0, **book.words("non_negativity.items_left")
            ),
        ),
    ]
