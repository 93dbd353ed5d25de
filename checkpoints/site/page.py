"""What a page maker is given, and what it gives: pages, or tasks that make pages when needed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import duckdb

from checkpoints.language import Language
from checkpoints.outcome import Outcome
from checkpoints.site.catalogue import Catalogue
from checkpoints.site.environment import NAVIGATION, environment


@dataclass(frozen=True)
class Page:
    """A file of the site: ``path`` relative to its folder, with ``/``.

    ``content`` is None where the maker has written the file itself.
    """

    path: str
    content: str | bytes | None


@dataclass(frozen=True)
class Site:
    """What all makers work from; it can be handed to another process.

    ``jobs`` is the number of processes that may work at once.
    """

    outcome: Outcome
    catalogue: Catalogue
    folder: Path
    language: Language
    jobs: int = 1

    def connect(self) -> duckdb.DuckDBPyConnection:
        """As :func:`connect`."""
        return connect(self.outcome.database)

    def page(self, path: str, template: str, **values: Any) -> Page:
        """The page at ``path`` from a template, which finds the way back to the top in ``root``."""
        values |= {"root": "../" * path.count("/"), "here": path, "language": self.language}
        values["nav"] = NAVIGATION
        values["has_data_docs"] = self.outcome.data_docs is not None
        return Page(path, environment().get_template(template).render(values))


def connect(database: Path) -> duckdb.DuckDBPyConnection:
    """A connection to the database that can only read, as several processes may have at once."""
    return duckdb.connect(str(database), read_only=True)


Make: TypeAlias = Callable[[Site, Collection[str]], Iterable[Page]]


@dataclass(frozen=True)
class Task:
    """Pages that are made only where what they show has changed, several processes at once.

    ``digests`` maps the path of each page to a digest of everything that the page alone shows, the
    frame of all pages, templates and code apart; ``make`` is a function of a module that makes the
    pages of some of these paths.
    """

    digests: Mapping[str, str]
    make: Make


Maker: TypeAlias = Callable[[Site], Iterable[Page | Task]]
