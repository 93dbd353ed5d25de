"""Tables of figures in Markdown."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from statistics import median

from bench.records import Record


def markdown(
    columns: Sequence[str], rows: Iterable[Sequence[str]], left: Collection[str] = ()
) -> str:
    """A table whose columns are flush right, but for those of ``left``; short rows are filled."""
    rules = ["---" if column in left else "--:" for column in columns]
    filled = [[*row, *[""] * (len(columns) - len(row))] for row in rows]
    lines = [f"| {' | '.join(row)} |" for row in (columns, *filled)]
    return "\n".join([lines[0], f"|{'|'.join(rules)}|", *lines[1:]])


def by_size(
    records: Iterable[Record],
    columns: Sequence[str],
    figures: Callable[[Record], Sequence[str]],
    left: Collection[str] = ("what",),
) -> str:
    """A row for each record: its size, its title, and its figures or why it has none.

    ``columns`` names all of them.
    """
    rows = [
        (thousands(each.size), each.title, *((each.failed,) if each.failed else figures(each)))
        for each in records
    ]
    return markdown(columns, rows, left)


def by_command(records: Iterable[Record], first: str) -> str:
    """A row for each record of commands that have one size; ``first`` heads their names."""
    rows = [
        (each.name, each.failed)
        if each.failed
        else (each.name, seconds(each.cpu), seconds(each.wall), mebibytes(each.peak))
        for each in records
    ]
    return markdown((first, "CPU", "wall", "peak"), rows, left=(first,))


def mebibytes(each: Sequence[float]) -> str:
    """The most, in MiB."""
    return f"{max(each):,.0f} MiB"


def seconds(each: Sequence[float]) -> str:
    """The median, in seconds."""
    value = median(each)
    return f"{value:.2f} s" if value < 10 else f"{value:,.1f} s"


def thousands(number: float) -> str:
    """A whole number with commas."""
    return f"{number:,.0f}"
