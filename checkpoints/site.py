"""The site's first page: reports by suites, their findings, and the way to the Data Docs."""

from __future__ import annotations

import os
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from checkpoints.language import Language, safe_value
from checkpoints.outcome import SEVERITIES, SUITES, Outcome
from checkpoints.paths import shown
from checkpoints.summary import (
    counts_words,
    group_words,
    severity_words,
    submission_words,
    unlisted_words,
)
from checkpoints.wording import refusal, say


def write_site(outcome: Outcome, site: Path, language: Language) -> Path:
    """Write ``site/index.html`` in one step and give its path. All text is escaped."""
    environment = Environment(
        loader=PackageLoader("checkpoints"),
        autoescape=True,
        finalize=safe_value,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["shown"] = shown
    page = environment.get_template("index.html").render(
        outcome=outcome,
        language=language,
        refusal=refusal,
        group_words=group_words,
        counts=counts_words(outcome, language),
        submission_words=submission_words,
        severity_words=severity_words,
        unlisted_words=unlisted_words,
        suites=SUITES,
        severities=SEVERITIES,
        say=lambda key, **values: say(key, language, **values),
    )
    site.mkdir(parents=True, exist_ok=True)
    target = site / "index.html"
    unfinished = site / "index.html.new"
    unfinished.write_text(page, encoding="utf-8")
    os.replace(unfinished, target)  # noqa: PTH105 - pathlib's replace is the same call
    return target
