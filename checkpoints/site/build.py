"""Everything the site consists of, written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from checkpoints.language import Language
from checkpoints.outcome import Outcome
from checkpoints.site import agencies, dictionary, overview, pictures, reports, rules
from checkpoints.site.catalogue import read_catalogue
from checkpoints.site.environment import ASSETS
from checkpoints.site.page import Maker, Page, Site, connect
from checkpoints.site.writer import write


def write_site(outcome: Outcome, folder: Path, language: Language, jobs: int = 1) -> Path:
    """Bring the site in ``folder`` up to date with ``outcome`` and give its first page.

    ``language`` is what a page shows to a reader who has not chosen.
    """
    # As long as this connection is open, others need not open the file again.
    with closing(connect(outcome.database)) as con:
        catalogue = read_catalogue(con, outcome)
        write(Site(outcome, catalogue, folder, language, jobs), MAKERS)
    return folder / "index.html"


def assets(site: Site) -> Iterator[Page]:
    """The style sheet and the script."""
    for path in sorted(ASSETS.iterdir()):
        yield Page(path.name, path.read_bytes())


MAKERS: tuple[Maker, ...] = (
    assets,
    pictures.pages,  # before the pages that show them
    reports.pages,
    agencies.pages,
    overview.pages,
    rules.pages,
    dictionary.pages,
)
