"""Rows of a query as a table, CSV or JSON."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import polars as pl
from rich.console import Console
from rich.table import Table
from rich.text import Text

from checkpoints.language import Language, safe
from checkpoints.query import Analysis

MOST_ROWS = 200
"""Rows of a table on the screen; CSV and JSON have all."""


def render(frame: pl.DataFrame, style: str, language: Language) -> str:
    """``frame`` as ``table``, ``csv`` or ``json`` (one object a row), ending in a new line."""
    frame = _plain_numbers(frame)
    if style == "csv":
        return frame.write_csv()
    if style == "json":
        return frame.write_json() + "\n"
    return _table(frame.columns, [list(row) for row in frame.head(MOST_ROWS).rows()]) + _rest(
        frame.height, language
    )


def _plain_numbers(frame: pl.DataFrame) -> pl.DataFrame:
    """Decimals as whole numbers where a column holds no others, else with the digits they have."""
    decimals = [name for name, kind in frame.schema.items() if isinstance(kind, pl.Decimal)]
    whole = [name for name in decimals if (frame[name].cast(pl.Float64) % 1 == 0).all()]
    return frame.with_columns(
        pl.col(name).cast(pl.Int64 if name in whole else pl.Float64) for name in decimals
    )


def listing(found: Sequence[Analysis], language: Language) -> str:
    """Names, titles, questions and caveats of the saved analyses."""
    zh = language == "zh"
    heads = ("name", "分析", "问题", "注意") if zh else ("name", "title", "question", "caveat")
    rows = [[a.name, a.title_zh if zh else a.title_en, a.question, a.caveat] for a in found]
    return _table(heads, rows)


def _rest(height: int, language: Language) -> str:
    if height <= MOST_ROWS:
        return ""
    if language == "zh":
        return f"共{height}行，此处列出前{MOST_ROWS}行；全部请用 --format csv\n"
    return f"{height} rows, the first {MOST_ROWS} shown; --format csv has all\n"


def _table(heads: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """A table as wide as the terminal. Cells are text, never markup."""
    table = Table(box=None, pad_edge=False)
    for number, head in enumerate(heads):
        # The first column names the row: it is what people copy.
        table.add_column(Text(safe(head)), overflow="fold", no_wrap=number == 0)
    for row in rows:
        table.add_row(*(Text("" if value is None else safe(str(value))) for value in row))
    out = io.StringIO()
    Console(file=out, width=Console().width, no_color=True).print(table)
    return out.getvalue()
