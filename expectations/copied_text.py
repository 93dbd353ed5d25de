"""雷同: the prose is the agency's own and this year's. One rule of the suite ``narrative``."""

from __future__ import annotations

from expectations import batches
from expectations.rules import RuleBook
from expectations.suites import Stated, state

SUITE = "narrative"

COPIED_SHARE = 0.7
"""From this share (0-1) of a section on it counts as copied; as in dbt_project.yml."""


def expectations(book: RuleBook) -> list[Stated]:
    """Less than so much of a section stands elsewhere; a file is kept under one agency."""
    words = book.words("narrative.copied_text")
    return [
        state(
            batches.SECTION_OVERLAPS,
            words,
            f"share < {COPIED_SHARE}",
            where="share is not null",
            show=("share",),
        ),
        state(
            batches.SHARED_FILES,
            words,
            "other_claim is null",
            show=("own_claim", "other_claim"),
        ),
    ]
