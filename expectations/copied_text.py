"""雷同: the prose is the agency's own and this year's. One rule of the suite ``narrative``."""

from __future__ import annotations

import great_expectations.expectations as gxe

from expectations import batches
from expectations.rules import RuleBook
from expectations.suites import Stated

SUITE = "narrative"

COPIED_SHARE = 0.7
"""From this share (0-1) of a section on it counts as copied; as in dbt_project.yml."""


def expectations(book: RuleBook) -> list[Stated]:
    """Less than so much of a section stands elsewhere; a file is kept under one agency."""
    words = book.words("narrative.copied_text")
    return [
        Stated(
            batches.SECTION_OVERLAPS,
            gxe.ExpectColumnValuesToBeBetween(
                column="share", max_value=COPIED_SHARE, strict_max=True, **words
            ),
        ),
        Stated(batches.SHARED_FILES, gxe.ExpectColumnValuesToBeNull(column="other_claim", **words)),
    ]
