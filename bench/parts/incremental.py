"""One new report in a warehouse, beside modelling all of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import median

from bench import warehouses
from bench.processes import Spent, python, spend, take_turns
from bench.records import Record, record
from bench.tables import markdown, seconds, thousands

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
            record(NAME, size, name, [_build(spent, kind) for spent in runs])
            for kind, name in KINDS.items()
        ]


def _add(size: int, folder: Path) -> Spent:
    database = warehouses.unmodelled(size, folder)
    spent = spend(python("bench.work.add_report", database))
    warehouses.discard(database)
    return spent


def _build(spent: Spent, kind: str) -> Spent:
    """One of the three builds of a run."""
    return spent if spent.failed else replace(spent, **spent.told[kind])


def table(records: Sequence[Record]) -> str:
    """The figures, and what the new report took of the whole, both less what nothing takes."""
    rows: list[tuple[str, ...]] = []
    for each in records:
        if each.failed:
            rows.append((thousands(each.size), each.name, each.failed))
            continue
        same = {r.name: r for r in records if r.size == each.size}
        rows.append(
            (
                thousands(each.size),
                each.name,
                seconds(each.cpu),
                f"{share(same):.2%}" if each.name == NEW else "",
                f"{max(each.peak):,.0f} MiB",
                ", ".join(each.told["differing"]) or "none",
            )
        )
    columns = ("reports", "what", "CPU", "of all", "peak", "tables that differ")
    return markdown(columns, rows, left=("what", "tables that differ"))


def share(same: dict[str, Record]) -> float:
    """The median over the rounds."""
    rounds = zip(*(same[name].cpu for name in (NEW, ALL, NOTHING)), strict=True)
    return float(median((new - nothing) / (whole - nothing) for new, whole, nothing in rounds))
