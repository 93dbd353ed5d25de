"""Start-up: what commands take that read nothing and validate nothing."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from bench import warehouses
from bench.processes import gouji, spend, take_turns
from bench.records import Record, record
from bench.tables import by_command

NAME = "start"
HAS_SIZES = False
SIZES = (100,)


def run(
    sizes: Sequence[int],
    rounds: int,
    say: Callable[[str], None],
    folder: Path = warehouses.FOLDER,
) -> Iterator[list[Record]]:
    """Start the command on warehouses of these sizes."""
    for size in sizes:
        say(f"{size} reports: the warehouse")
        database = warehouses.modelled(size, folder)
        query = "select rule, count(*) from findings group by rule"
        commands = {
            "python, which does nothing": [sys.executable, "-c", ""],
            "gouji --help": gouji("--help"),
            "gouji sql --list": gouji("sql", "--list"),
            "gouji sql QUERY": gouji("sql", query, "--db", database),
        }
        spent = take_turns(
            {name: partial(spend, command) for name, command in commands.items()}, rounds, say
        )
        yield [record(NAME, size, name, runs) for name, runs in spent.items()]


def table(records: Sequence[Record]) -> str:
    """The figures."""
    return by_command(records, "command")
