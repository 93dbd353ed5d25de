"""跨年衔接: last year's figures carry over, and no year's figures are another's."""

from __future__ import annotations

from expectations import batches
from expectations.relations import ties_out
from expectations.rules import RuleBook
from expectations.suites import Stated, state

SUITE = "continuity"

COPIED_REPORT = "continuity.copied_report"


def expectations(book: RuleBook) -> list[Stated]:
    """Left equals right wherever both years can be judged; some figure differs from every year."""
    carried = [ties_out(book, rule) for rule in book.of_suite(SUITE) if rule.rule != COPIED_REPORT]
    copied = state(batches.YEARS_COMPARED, book.words(COPIED_REPORT), "not is_copy")
    return [*carried, copied]
