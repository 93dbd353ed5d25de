"""Where things lie: pages of the site, places on them, and the files reports were read from."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from urllib.parse import quote

NAME_DIGITS = 12
"""So many digits of an id name a page."""


def report_page(report_id: str) -> str:
    """The page of a report."""
    return f"reports/{report_id[:NAME_DIGITS]}.html"


def agency_page(agency_id: str, scope: str | None) -> str:
    """The page of an agency, one for each scope that it reports on."""
    key = hashlib.sha256(f"{agency_id}|{scope or ''}".encode()).hexdigest()
    return f"agencies/{key[:NAME_DIGITS]}.html"


def cell_anchor(form_table: str, indicator: str | None, breakdown: str | None) -> str:
    """The place of a cell, a row or a table on the page of its report."""
    if indicator is None:
        return f"table-{form_table}"
    if breakdown is None:
        return f"row-{form_table}-{indicator}"
    return f"cell-{form_table}-{indicator}-{breakdown}"


def group_anchor(group_id: str) -> str:
    """The place of a group of findings on the page of its report."""
    return f"group-{group_id[:NAME_DIGITS]}"


def source_url(source: str, folder: Path, page: int | None = None) -> str:
    """The file, as a page in ``folder`` can lead to it; a page of it where it has pages.

    Relative, so that reports and site can be carried off together; absolute from another drive.
    """
    try:
        path = os.path.relpath(source, folder.absolute())
        url = quote(Path(path).as_posix(), safe="/", errors="surrogateescape")
    except ValueError:
        url = Path(source).as_uri()
    is_pdf = Path(source).suffix.lower() == ".pdf"
    return f"{url}#page={page}" if is_pdf and page else url
