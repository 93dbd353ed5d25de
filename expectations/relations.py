"""What the suites of relations state of each rule: its left side equals its right."""

from __future__ import annotations

from expectations import batches
from expectations.rules import Rule, RuleBook
from expectations.suites import Stated, state


def ties_out(book: RuleBook, rule: Rule) -> Stated:
    """Left equals right, wherever the relation can be judged."""
    return state(
        batches.RELATIONS,
        book.words(rule.rule),
        "left_value = right_value",
        where=f"rule = '{rule.rule}' and holds is not null",
        show=("left_value", "right_value"),
    )
