"""Reading: PDF reports, beside plain pdfplumber and other readers, all in one process."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from bench.processes import python, spend, take_turns
from bench.records import Record, record

NAME = "reading"
HAS_SIZES = False
SIZES = (1,)
"""Reports of each layout of PDF."""


def run(sizes: Sequence[int], rounds: int, say: Callable[[str], None]) -> Iterator[list[Record]]:
    """Read reports of every layout; the readers take turns within the one process."""
    for size in sizes:
        read = partial(spend, python("bench.work.read_files", size, rounds))
        yield [record(NAME, 0, NAME, take_turns({NAME: read}, 1, say)[NAME])]


def table(records: Sequence[Record]) -> str:
    """The tables as that process words them."""
    return "\n\n".join(each.failed or str(each.told["figures"]) for each in records)
