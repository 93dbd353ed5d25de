"""Loading: what readers hand over goes into the raw tables, beside a plain insert of the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from bench import warehouses
from bench.processes import Spent, own, python, spend, take_turns
from bench.records import Record, record
from bench.tables import markdown, seconds, thousands

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
    rows: list[tuple[str, ...]] = []
    for each in records:
        if each.failed:
            rows.append((thousands(each.size), each.name, each.failed))
            continue
        limit = next(r for r in records if r.size == each.size and r.name == LIMIT)
        rows.append(
            (
                thousands(each.size),
                each.name,
                seconds(each.cpu),
                f"{each.times(limit):.1f}",
                seconds(each.wall),
                thousands(each.told["cells"]),
                thousands(each.told["cells"] / each.seconds),
            )
        )
    columns = (
        "reports",
        "what",
        "CPU",
        "times the limit",
        "wall",
        "raw cells",
        "cells per CPU second",
    )
    return markdown(columns, rows, left=("what",))
