"""Pointblank on DuckDB (by Ibis) or on Polars: all extracts, one HTML report for each table.

``python -m bench.peers.pointblank_tables duckdb|polars TABLES FOLDER``
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pointblank as pb

from bench.checks import Check, When, by_table, write_failing

ALL = 10**9
"""More failing rows than there are: by default 500 are given."""


def run(engine: str, tables: Path, folder: Path) -> None:
    """Check the tables, write failing rows and reports to ``folder``."""
    read = _duckdb(tables) if engine == "duckdb" else _polars(tables)
    write_failing(folder, _failing(read, folder))


def _duckdb(tables: Path) -> Callable[[str], Any]:
    import ibis

    con: Any = ibis.duckdb.connect(tables / "tables.duckdb", read_only=True)
    read: Callable[[str], Any] = con.table
    return read


def _polars(tables: Path) -> Callable[[str], Any]:
    import polars as pl

    return lambda table: pl.read_parquet(tables / f"{table}.parquet")


def _failing(read: Callable[[str], Any], folder: Path) -> Iterator[tuple[str, str | None]]:
    for table, checks in by_table():
        validation = pb.Validate(data=read(table), tbl_name=table)
        for check in checks:
            validation = stated(validation, check)
        validation = validation.interrogate(collect_extracts=True, extract_limit=ALL)
        report = validation.get_tabular_report().as_raw_html()
        (folder / f"{table}.html").write_text(report, encoding="utf-8")
        for number, check in enumerate(checks, start=1):
            if validation.n(number, scalar=True) and validation.all_passed() is None:
                raise RuntimeError(check)
            extract = validation.get_data_extracts(number, frame=True)
            if extract is not None:
                frame = extract.to_polars() if hasattr(extract, "to_polars") else extract
                for report_id in frame["report_id"]:
                    yield check.rule, report_id


def stated(validation: Any, check: Check) -> Any:
    """The validation with a step that says the same as the check."""
    column, value = check.column, check.value
    only: dict[str, Any] = {"pre": _only(check.when)} if check.when else {}
    match check.test:
        case "=":
            return validation.col_vals_eq(column, pb.col(value), na_pass=True, **only)
        case "in":
            return validation.col_vals_in_set(column, [*value], **only)
        case "not in":
            return validation.col_vals_not_in_set(column, [*value], **only)
        case ">=":
            return validation.col_vals_ge(column, value, na_pass=True, **only)
        case "<=":
            return validation.col_vals_le(column, value, na_pass=True, **only)
        case "<":
            return validation.col_vals_lt(column, value, na_pass=True, **only)
        case "is null":
            return validation.col_vals_null(column, **only)
        case "is not null":
            return validation.col_vals_not_null(column, **only)


def _only(conditions: tuple[When, ...]) -> Callable[[Any], Any]:
    """The rows that meet the conditions, in Ibis and in Polars alike."""
    import narwhals as nw

    def narrowed(frame: Any) -> Any:
        kept = nw.from_native(frame)
        for when in conditions:
            column = nw.col(when.column)
            match when.test:
                case "=":
                    kept = kept.filter(column == when.value)
                case "<>":
                    kept = kept.filter(column != when.value)
                case "is not null":
                    kept = kept.filter(~column.is_null())
        return nw.to_native(kept)

    return narrowed


if __name__ == "__main__":
    run(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
