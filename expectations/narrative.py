"""文表一致: what the prose states agrees with the tables, the title and itself."""

from __future__ import annotations

import great_expectations.expectations as gxe
from great_expectations.expectations.row_conditions import Column

from expectations import batches
from expectations.rules import RuleBook
from expectations.suites import Stated

SUITE = "narrative"

STATED_IN_FIGURES = (
    "narrative.requests_received",
    "narrative.none_received",
    "narrative.outcomes",
    "narrative.disputes",
    "narrative.sums_in_prose",
    "narrative.year",
)


def expectations(book: RuleBook) -> list[Stated]:
    """Stated equals found, rule by rule; the agency's name on top for ``narrative.year``."""
    return [
        *(
            Stated(
                batches.NARRATIVE_CLAIMS,
                gxe.ExpectColumnPairValuesToBeEqual(
                    column_A="stated_value",
                    column_B="table_value",
                    row_condition=(Column("rule") == rule) & Column("stated_value").is_not_null(),
                    **book.words(rule),
                ),
            )
            for rule in STATED_IN_FIGURES
        ),
        Stated(
            batches.NARRATIVE_CLAIMS,
            gxe.ExpectColumnPairValuesToBeEqual(
                column_A="stated_name",
                column_B="known_name",
                row_condition=(Column("rule") == "narrative.year")
                & Column("stated_name").is_not_null(),
                **book.words("narrative.year"),
            ),
        ),
    ]
