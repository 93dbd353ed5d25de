"""跨年衔接: last year's figures carry over, and no year's figures are another's."""

from __future__ import annotations

import great_expectations.expectations as gxe
from great_expectations.expectations.row_conditions import Column

from expectations import batches
from expectations.rules import RuleBook
from expectations.suites import Stated

SUITE = "continuity"

COPIED_REPORT = "continuity.copied_report"


def expectations(book: RuleBook) -> list[Stated]:
    """Left equals right wherever both years can be judged; some figure differs from every year."""
    carried = [
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
        if rule.rule != COPIED_REPORT
    ]
    copied = Stated(
        batches.YEARS_COMPARED,
        gxe.ExpectColumnValuesToBeBetween(
            column="fewest_differences", min_value=1, **book.words(COPIED_REPORT)
        ),
    )
    return [*carried, copied]
