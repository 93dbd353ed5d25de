"""The page of an agency: its years side by side."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator

from checkpoints.outcome import SUITES
from checkpoints.site.addresses import source_url
from checkpoints.site.page import Page, Site, Task
from checkpoints.site.standing import SIGNS, standings

TEMPLATE = "agency.html"


def pages(site: Site) -> Iterator[Task]:
    """One page for each agency that is known."""
    frame = (site.language, site.outcome.data_docs is not None)
    yield Task(
        {
            agency.page: hashlib.sha256(repr((frame, agency)).encode()).hexdigest()
            for agency in site.catalogue.agencies
            if agency.page is not None
        },
        make,
    )


def make(site: Site, paths: Collection[str]) -> Iterator[Page]:
    """The pages of some agencies."""
    folder = site.folder / "agencies"
    for agency in site.catalogue.agencies:
        if agency.page in paths and agency.page is not None:
            yield site.page(
                agency.page,
                TEMPLATE,
                agency=agency,
                standings=standings,
                suites=SUITES,
                source=lambda entry: source_url(entry.report.source_path, folder),
                signs=SIGNS,
            )
