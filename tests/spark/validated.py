"""What the Data Docs of a site say: how each rule came out, and on which engine."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode


class Validated(NamedTuple):
    """One rule on one table: its words, counts and settings, and its failing rows in an order."""

    page: str
    words: tuple[str, ...]
    rows: tuple[str, ...]


def validated(site: Path) -> list[Validated]:
    """Every rule on every page of the Data Docs of ``site``."""
    pages = _pages(site)
    return [_rule(name, each) for name, page in pages.items() for each in page.css("section")]


def engines(site: Path) -> set[str]:
    """The engines that the pages of the Data Docs of ``site`` name at their foot."""
    feet = [page.css_first("footer") for page in _pages(site).values()]
    return {foot.text().split()[-1] for foot in feet if foot is not None}


def _pages(site: Path) -> dict[str, LexborHTMLParser]:
    folder = site / "data_docs" / "validations"
    files = sorted(folder.rglob("*.html"))
    # <suite>/<table>/<run name>/<run time>/<batch>.html
    return {
        "/".join(file.relative_to(folder).parts[:2]): LexborHTMLParser(file.read_bytes())
        for file in files
    }


def _rule(page: str, section: LexborNode) -> Validated:
    words = (node.text() for node in section.css("h2, p, pre"))
    rows = (row.text() for row in section.css("tbody tr"))
    return Validated(page, tuple(words), tuple(sorted(rows)))
