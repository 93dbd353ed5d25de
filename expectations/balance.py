"""勾稽: the sums of the form. One expectation for every rule of the suite that the seed lists."""

from __future__ import annotations

import great_expectations.expectations as gxe
from great_expectations.expectations.row_conditions import Column

from expectations import batches
from expectations.rules import RuleBook
from expectations.suites import Stated

SUITE = "balance"


def expectations(book: RuleBook) -> list[Stated]:
    """Left equals right, rule by rule, wherever the relation can be judged."""
    return [
        Stated(
            batches.RELATIONS,
            gxe.ExpectColumnPairValuesToBeEqual(
                column_A="left_value",
                column_B="right_value",
                row_condition=(Column("rule") == rule.rule) & Column("holds").is_not_null(),
                **book.words(rule.rule),
            ),
        )
        for rule in book.of_suite(SUITE)
    ]
