"""勾稽: the sums of the form. One expectation for every rule of the suite that the seed lists."""

from __future__ import annotations

from expectations.relations import ties_out
from expectations.rules import RuleBook
from expectations.suites import Stated

SUITE = "balance"


def expectations(book: RuleBook) -> list[Stated]:
    """Left equals right, rule by rule, wherever the relation can be judged."""
    return [ties_out(book, rule) for rule in book.of_suite(SUITE)]
