"""One new report: what it costs in a large warehouse, beside modelling everything and nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median

from bench import warehouses
from bench.processes import Spent, python, require, spend
from bench.records import Record, record
from bench.tables import markdown, seconds, thousands

NAME = "incremental"
HAS_SIZES = True
SIZES = (2_000, 20_000)
ALL, NOTHING, ONE = "all models, from nothing", "nothing is new", "one new report"


def run(
    sizes: Sequence[int],
    rounds: int,
    say: Callable[[str], None],
    folder: Path = warehouses.FOLDER,
) -> Iterator[list[Record]]:
    """Model raw tables of these sizes, each round from nothing; then again, and with one more."""
    for size in sizes:
        spent: dict[str, list[Spent]] = {ALL: [], NOTHING: [], ONE: []}
        for number in range(1, rounds + 1):
            database = warehouses.unmodelled(size, folder)
            for name, runs in spent.items():
                if name == ONE:
                    require(spend(python("bench.work.one_more", database)))
                runs.append(require(spend(python("bench.work.model", database))))
                say(f"round {number} of {rounds}: {name}: CPU {runs[-1].cpu:.2f} s")
        yield [record(NAME, size, name, runs) for name, runs in spent.items()]


def table(records: Sequence[Record]) -> str:
    """The figures, and the share: without what the command costs when nothing is new."""
    rows: list[tuple[str, ...]] = []
    for each in records:
        if each.failed:
            rows.append((thousands(each.size), each.name, each.failed))
            continue
        beside = {r.name: r for r in records if r.size == each.size and not r.failed}
        rows.append(
            (
                thousands(each.size),
                each.name,
                seconds(each.cpu),
                seconds(each.wall),
                f"{max(each.peak):,.0f} MiB",
                f"{share(beside):.1%}" if each.name == ONE and len(beside) == 3 else "",
            )
        )
    columns = ("reports", "what", "CPU", "wall", "peak", "of all")
    return markdown(columns, rows, left=("what",))


def share(of: dict[str, Record]) -> float:
    """One new report beside all, nothing new taken off both: the median of the rounds."""
    turns = zip(of[ONE].cpu, of[ALL].cpu, of[NOTHING].cpu, strict=True)
    return median((one - nothing) / (everything - nothing) for one, everything, nothing in turns)
