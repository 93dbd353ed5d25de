"""The page of an agency: its years side by side, in findings and in figures."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from contextlib import closing
from typing import Any

from checkpoints.outcome import SUITES
from checkpoints.site.addresses import source_url
from checkpoints.site.agency_figures import read_agency_figures
from checkpoints.site.catalogue import Agency
from checkpoints.site.figure_words import helpers
from checkpoints.site.page import Page, Site, Task
from checkpoints.site.standing import SIGNS, standings

TEMPLATE = "agency.html"


def pages(site: Site) -> Iterator[Task]:
    """One page for each agency that is known."""
    with closing(site.connect()) as con:
        content = dict(con.execute(_DIGESTS).fetchall())
    digests = {}
    for agency in site.catalogue.agencies:
        if agency.page is not None:
            figures = [content.get(e.report.report_id) for e in agency.entries if e.report]
            shown = repr((agency, figures)).encode()
            digests[agency.page] = hashlib.sha256(shown).hexdigest()
    yield Task(digests, make)


def make(site: Site, paths: Collection[str]) -> Iterator[Page]:
    """The pages of some agencies, which are read together."""
    agencies = [agency for agency in site.catalogue.agencies if agency.page in paths]
    with closing(site.connect()) as con:
        figures = read_agency_figures(con, agencies)
    for agency in agencies:
        yield _page(site, agency, figures=figures[agency.key], **helpers())


def _page(site: Site, agency: Agency, **values: Any) -> Page:
    folder = site.folder / "agencies"
    return site.page(
        agency.page or "",
        TEMPLATE,
        agency=agency,
        standings=standings,
        suites=SUITES,
        source=lambda entry: source_url(entry.report.source_path, folder),
        signs=SIGNS,
        **values,
    )


# Of the figures that a page shows, added up so that their order does not matter.
_DIGESTS = """
    with seen as (
        select report_id, hash(panel) as digest from marts.panel as panel
        union all
        select report_id, hash(relations) from marts.relations as relations
        where related_report_id is not null
    )
    select report_id, sum(digest::hugeint)::varchar from seen group by report_id
"""
