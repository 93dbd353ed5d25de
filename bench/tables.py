"""Tables of figures in Markdown."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from statistics import median


def markdown(
    columns: Sequence[str], rows: Iterable[Sequence[str]], left: Collection[str] = ()
) -> str:
    """A table whose columns are flush right, but for those of ``left``; short rows are filled."""
    rules = ["---" if column in left else "--:" for column in columns]
    filled = [[*row, *[""] * (len(columns) - len(row))] for row in rows]
    lines = [f"| {' | '.join(row)} |" for row in (columns, *filled)]
    return "\n".join([lines[0], f"|{'|'.join(rules)}|", *lines[1:]])


def seconds(each: Sequence[float]) -> str:
    """The median, in seconds."""
    value = median(each)
    return f"{value:.2f} s" if value < 10 else f"{value:,.1f} s"


def thousands(number: float) -> str:
    """A whole number with commas."""
    return f"{number:,.0f}"
