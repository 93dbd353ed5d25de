"""pandera on Polars: lazy validation, the report of each failing row by its index."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandera.polars as pa
import polars as pl
from pandera.errors import SchemaErrors

from bench.checks import Check, by_table, write_failing


def run(tables: Path, folder: Path) -> None:
    """Check the Parquet files of ``tables``, write failing rows to ``folder``."""
    write_failing(folder, _failing(tables))


def _failing(tables: Path) -> Iterator[tuple[str, str | None]]:
    for table, checks in by_table():
        frame = pl.read_parquet(tables / f"{table}.parquet")
        rules = {str(number): check for number, check in enumerate(checks)}
        schema = pa.DataFrameSchema(
            checks=[pa.Check(_holds(check), name=name) for name, check in rules.items()]
        )
        try:
            schema.validate(frame, lazy=True)
        except SchemaErrors as errors:
            cases = errors.failure_cases
            for name, index in cases.select("check", "index").iter_rows():
                yield rules[name].rule, frame["report_id"][index]


def _holds(check: Check) -> Callable[[Any], pl.LazyFrame]:
    """One truth value for each row; what the check is not about holds."""
    holds = pl.sql_expr(check.holds)
    if check.when:
        holds = ~pl.sql_expr(check.applies) | holds
    return lambda data: data.lazyframe.select(holds.fill_null(True))


if __name__ == "__main__":
    run(Path(sys.argv[1]), Path(sys.argv[2]))
