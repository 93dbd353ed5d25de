"""Loading: what readers hand over goes into the raw tables, beside a plain insert of the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from bench import warehouses
from bench.processes import Spent, own, python, spend, take_turns
from bench.records import Record, beside, record
from bench.tables import by_size, seconds, thousands

NAME = "loading"
HAS_SIZES = True
SIZES = (2_000, 20_000)
OURS, LIMIT = "gouji: load", "limit: plain insert"


def run(
    sizes: Sequence[int],
    rounds: int,
    say: Callable[[str], None],
    folder: Path = warehouses.FOLDER,
) -> Iterator[list[Record]]:
    """Load warehouses of these sizes into new databases."""
    for size in sizes:
        say(f"{size} reports: the raw tables")
        raw = warehouses.raw(size, folder)
        target = folder / f"loaded-{size}.duckdb"

        def load(how: str, raw: Path = raw, target: Path = target) -> Spent:
            return own(spend(python("bench.work.load", how, raw, target)))

        turns = {LIMIT: partial(load, "plain"), OURS: partial(load, "ours")}
        spent = take_turns(turns, rounds, say)
        target.unlink(missing_ok=True)
        yield [record(NAME, size, name, runs) for name, runs in spent.items()]


def table(records: Sequence[Record]) -> str:
    """The figures: raw cells per second."""

    def figures(each: Record) -> tuple[str, ...]:
        return (
            seconds(each.cpu),
            f"{each.times(beside(each, records, LIMIT)):.1f}",
            seconds(each.wall),
            thousands(each.told["cells"]),
            thousands(each.told["cells"] / each.seconds),
        )

    columns = (
        *("reports", "what", "CPU", "times the limit", "wall"),
        *("raw cells", "cells per CPU second"),
    )
    return by_size(records, columns, figures)
