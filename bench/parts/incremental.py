"""One new report in a warehouse, beside modelling all of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from statistics import median

from bench import warehouses
from bench.processes import Spent, own, python, spend, take_turns
from bench.records import Record, record
from bench.tables import by_size, mebibytes, seconds

NAME = "incremental"
HAS_SIZES = True
SIZES = (2_000,)
ALL, NEW, NOTHING = "all models", "one new report", "nothing new"
KINDS = {"all": ALL, "new": NEW, "nothing": NOTHING}


def run(
    sizes: Sequence[int],
    rounds: int,
    say: Callable[[str], None],
    folder: Path = warehouses.FOLDER,
) -> Iterator[list[Record]]:
    """Add a report to warehouses of these sizes, each round to a fresh copy."""
    for size in sizes:
        say(f"{size} reports: the raw tables")
        runs = take_turns({NAME: partial(_add, size, folder)}, rounds, say)[NAME]
        yield [
            record(NAME, size, name, [own(spent, kind) for spent in runs])
            for kind, name in KINDS.items()
        ]


def _add(size: int, folder: Path) -> Spent:
    database = warehouses.unmodelled(size, folder)
    spent = spend(python("bench.work.add_report", database))
    warehouses.discard(database)
    return spent


def table(records: Sequence[Record]) -> str:
    """The figures, and what the new report took of the whole, both less what nothing takes."""

    def figures(each: Record) -> tuple[str, ...]:
        same = {r.name: r for r in records if r.size == each.size}
        return (
            seconds(each.cpu),
            f"{share(same):.2%}" if each.name == NEW else "",
            mebibytes(each.peak),
            ", ".join(each.told["differing"]) or "none",
        )

    columns = ("reports", "what", "CPU", "of all", "peak", "tables that differ")
    return by_size(records, columns, figures, left=("what", "tables that differ"))


def share(same: dict[str, Record]) -> float:
    """The median over the rounds."""
    rounds = zip(*(same[name].cpu for name in (NEW, ALL, NOTHING)), strict=True)
    return float(median((new - nothing) / (whole - nothing) for new, whole, nothing in rounds))
