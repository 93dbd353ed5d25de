"""The first page: what must be corrected, by whom, and how to get there."""

from __future__ import annotations

from collections.abc import Iterator

from checkpoints.outcome import SEVERITIES, SUITES
from checkpoints.site.page import Page, Site
from checkpoints.summary import (
    counts_words,
    group_words,
    severity_words,
    submission_words,
    unlisted_words,
)
from checkpoints.wording import refusal


def pages(site: Site) -> Iterator[Page]:
    """``index.html``."""
    yield site.page(
        "index.html",
        "index.html",
        outcome=site.outcome,
        suites=SUITES,
        severities=SEVERITIES,
        counts_words=counts_words,
        group_words=group_words,
        severity_words=severity_words,
        submission_words=submission_words,
        unlisted_words=unlisted_words,
        refusal=refusal,
    )
