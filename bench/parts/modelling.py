"""Modelling: all SQL models over raw tables, beside a plain copy and sum of the same cells."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from bench import warehouses
from bench.processes import Spent, python, spend, take_turns
from bench.records import Record, beside, record
from bench.tables import by_size, mebibytes, seconds, thousands

NAME = "modelling"
HAS_SIZES = True
SIZES = (2_000, 20_000)
OURS, LIMIT = "gouji: all models", "limit: copy and sum"


def run(
    sizes: Sequence[int],
    rounds: int,
    say: Callable[[str], None],
    folder: Path = warehouses.FOLDER,
) -> Iterator[list[Record]]:
    """Model raw tables of these sizes, each round from nothing; keep the marts for validation."""
    for size in sizes:
        say(f"{size} reports: the raw tables")
        raw = warehouses.raw(size, folder)
        target = folder / f"copied-{size}.duckdb"
        copies: list[Path] = []

        def models(size: int = size, copies: list[Path] = copies) -> Spent:
            copies[:] = [warehouses.unmodelled(size, folder)]
            return spend(python("bench.work.model", copies[0]))

        def copies_and_sums(raw: Path = raw, target: Path = target) -> Spent:
            return spend(python("bench.work.copy_and_sum", raw, target))

        spent = take_turns({LIMIT: copies_and_sums, OURS: models}, rounds, say)
        target.unlink(missing_ok=True)
        if not spent[OURS][-1].failed:
            warehouses.keep_modelled(copies[0], size, folder)
        cells = spent[OURS][-1].told.get("cells")
        yield [record(NAME, size, name, runs, cells=cells) for name, runs in spent.items()]


def table(records: Sequence[Record]) -> str:
    """The figures: statutory cells per second, and growth from size to size."""

    def figures(each: Record) -> tuple[str, ...]:
        return (
            seconds(each.cpu),
            f"{each.times(beside(each, records, LIMIT)):.1f}",
            seconds(each.wall),
            mebibytes(each.peak),
            thousands(each.told["cells"]),
            thousands(each.told["cells"] / each.seconds),
            growth(each, records),
        )

    columns = (
        *("reports", "what", "CPU", "times the limit", "wall", "peak"),
        *("cells", "cells per CPU second", "growth"),
    )
    return by_size(records, columns, figures)


def growth(each: Record, records: Sequence[Record]) -> str:
    """The power of the size by which CPU grew since the next smaller size: 1 is linear."""
    smaller = [r for r in records if r.name == each.name and r.size < each.size and not r.failed]
    if not smaller:
        return ""
    power = math.log(each.seconds / smaller[-1].seconds) / math.log(each.size / smaller[-1].size)
    return f"{power:.2f}"
