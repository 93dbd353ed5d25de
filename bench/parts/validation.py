"""Validation: Great Expectations as the program uses it, the floor, and other tools."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

from bench import environments, warehouses
from bench.processes import Spent, python, require, spend, take_turns
from bench.records import Record, beside, record
from bench.tables import by_size, mebibytes, seconds

NAME = "validation"
HAS_SIZES = True
SIZES = (2_000, 20_000)
OURS, FLOOR = "gouji", "floor: hand-written SQL"
Say = Callable[[str], None]


class Peer(NamedTuple):
    """Another tool: how its module is called, what it reads, and whether it writes HTML.

    ``pins`` names its requirements and ``distribution`` what of them is the tool; without pins it
    runs in the program's own environment. It is not asked of more than ``most`` reports.
    """

    name: str
    module: str
    reads: str
    writes_html: bool
    distribution: str
    pins: str | None = None
    arguments: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The name with the version."""
        if self.pins is None:
            return f"{self.name} {version(self.distribution)}"
        return f"{self.name} {environments.pinned(self.pins, self.distribution)}"

    def command(self, tables: Path, folder: Path) -> list[str]:
        """The command that checks ``tables``. Raises NotMade."""
        of = environments.interpreter(self.pins) if self.pins else None
        return python(f"bench.peers.{self.module}", *self.arguments, tables, folder, of=of)


PEERS = (
    Peer(
        "Great Expectations on pandas",
        "pandas_expectations",
        "Parquet",
        True,
        "great-expectations",
    ),
    Peer(
        "Pointblank on DuckDB",
        "pointblank_tables",
        "DuckDB file",
        True,
        "pointblank",
        "pointblank",
        ("duckdb",),
    ),
    Peer(
        "Pointblank on Polars",
        "pointblank_tables",
        "Parquet",
        True,
        "pointblank",
        "pointblank",
        ("polars",),
    ),
    Peer("pandera on Polars", "pandera_polars", "Parquet", False, "pandera", "pandera"),
    Peer("Soda on DuckDB", "soda_duckdb", "Parquet", False, "soda-core", "soda"),
    Peer("dbt tests on DuckDB", "singular_tests", "DuckDB file", False, "dbt-core"),
)


def run(
    sizes: Sequence[int],
    rounds: int,
    say: Say,
    folder: Path = warehouses.FOLDER,
    peers: Sequence[Peer] = PEERS,
) -> Iterable[list[Record]]:
    """Validate warehouses of these sizes with all tools in turn; one list for each size."""
    for size in sizes:
        say(f"{size} reports: the warehouse")
        database = warehouses.modelled(size, folder)
        yield list(_validate(database, size, rounds, say, peers))


def _validate(
    database: Path, size: int, rounds: int, say: Say, peers: Sequence[Peer]
) -> Iterable[Record]:
    scratch = database.parent / f"validated-{size}"
    tables = scratch / "tables"
    commands: dict[str, Callable[[Path], list[str]]] = {
        FLOOR: partial(python, "bench.floor", database),
        OURS: partial(python, "bench.work.validate", database),
    }
    not_made = {}
    if peers:
        require(spend(python("bench.work.tables", database, tables)))
    for peer in peers:
        try:
            peer.command(tables, scratch)
        except environments.NotMade as error:
            not_made[peer.name] = f"its environment cannot be made here: {error}"
        else:
            commands[peer.name] = partial(peer.command, tables)
    folders = {name: scratch / f"{number:02}" for number, name in enumerate(commands)}
    runs = take_turns(
        {name: partial(_once, command, folders[name]) for name, command in commands.items()},
        rounds,
        say,
    )
    told = {peer.name: {"title": peer.title, "reads": peer.reads} for peer in peers}
    writes_html = {OURS, *(peer.name for peer in peers if peer.writes_html)}
    for name, spent in runs.items():
        verdict = {} if spent[-1].failed else _judged(database, folders[name], size)
        how = {"html": name in writes_html, **told.get(name, {})}
        yield record(NAME, size, name, spent, **how, **verdict)
    for name, reason in not_made.items():
        yield Record(NAME, size, name, told=told[name], failed=reason)
    shutil.rmtree(scratch)


def _once(command: Callable[[Path], list[str]], folder: Path) -> Spent:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return spend(command(folder))


def _judged(database: Path, folder: Path, size: int) -> Mapping[str, Any]:
    planted = warehouses.planted(size, database.parent)
    command = python("bench.work.judge", database, folder / "failing.csv", planted)
    return require(spend(command)).told


def table(records: Sequence[Record]) -> str:
    """The figures: one row for each tool and size, times the CPU of the floor."""

    def figures(each: Record) -> tuple[str, ...]:
        return (
            seconds(each.cpu),
            f"{each.times(beside(each, records, FLOOR)):.1f}",
            seconds(each.wall),
            mebibytes(each.peak),
            faults(each),
            "yes" if each.told["html"] else "no",
            each.told.get("reads", "DuckDB file"),
        )

    columns = (
        *("reports", "tool", "CPU", "times the floor", "wall", "peak"),
        *("faults", "HTML", "reads"),
    )
    return by_size(records, columns, figures, left=("tool", "faults", "HTML", "reads"))


def faults(each: Record) -> str:
    """Faults found of those planted, and the rules in which they differ, if any."""
    counted = each.told.get("counted", {})
    by_rule = each.told["by_rule"]
    differ = {*each.told["differ"]}
    differ |= {
        rule
        for rule in {*counted, *by_rule}
        if counted and counted.get(rule, 0) != by_rule.get(rule, 0)
    }
    due = each.told.get("planted", each.told["found"])
    said = f"{each.told['found']:,} of {due:,}"
    return f"{said}; other: {', '.join(sorted(differ))}" if differ else said
