"""The site: its first writing, and writing it again when nothing has changed."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from bench import warehouses
from bench.processes import Spent, own, python, spend, take_turns
from bench.records import Record, record
from bench.tables import by_size, seconds, thousands

NAME = "site"
HAS_SIZES = True
SIZES = (100, 2_000)
WRITINGS = {"first": "first writing", "again": "again, nothing changed"}


def run(
    sizes: Sequence[int],
    rounds: int,
    say: Callable[[str], None],
    folder: Path = warehouses.FOLDER,
) -> Iterator[list[Record]]:
    """Write the sites of warehouses of these sizes, each round from nothing."""
    for size in sizes:
        say(f"{size} reports: the warehouse")
        database = warehouses.modelled(size, folder)
        site = folder / f"site-{size}"
        write = partial(_write, database, site)
        runs = take_turns({NAME: write}, rounds, say)[NAME]
        shutil.rmtree(site, ignore_errors=True)
        yield [
            record(NAME, size, title, [own(spent, name) for spent in runs])
            for name, title in WRITINGS.items()
        ]


def _write(database: Path, site: Path) -> Spent:
    shutil.rmtree(site, ignore_errors=True)
    return spend(python("bench.work.publish", database, site))


def table(records: Sequence[Record]) -> str:
    """The figures: per page of the site."""

    def figures(each: Record) -> tuple[str, ...]:
        per_page = 1000 * each.seconds / each.told["pages"]
        return (
            thousands(each.told["pages"]),
            seconds(each.cpu),
            f"{per_page:.1f} ms",
            seconds(each.wall),
        )

    columns = ("reports", "what", "pages", "CPU", "CPU per page", "wall")
    return by_size(records, columns, figures)
