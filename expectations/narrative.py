"""文表一致: what the prose states agrees with the tables, the title and itself."""

from __future__ import annotations

from expectations import batches
from expectations.rules import RuleBook
from expectations.suites import Stated, state

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
    compared = [(rule, "stated_value", "table_value") for rule in STATED_IN_FIGURES]
    return [
        state(
            batches.NARRATIVE_CLAIMS,
            book.words(rule),
            f"{stated} = {found}",
            where=f"rule = '{rule}' and {stated} is not null and {found} is not null",
            show=(stated, found),
        )
        for rule, stated, found in (*compared, ("narrative.year", "stated_name", "known_name"))
    ]
