"""The panel as a file: Parquet, CSV or a workbook."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path

import duckdb
import polars as pl

from checkpoints.export.files import ExportRefused
from checkpoints.export.workbook import MOST_ROWS, put, style, workbook

KINDS = (".parquet", ".csv", ".xlsx")

# What a spreadsheet takes for the start of a formula (OWASP, CSV Injection), and the full-width
# forms, which some take for the same.
_FORMULA = r"^[=+\-@\t\r\n＝＋－＠]"
# A number or a dash is no formula, and is what many cells hold.
_HARMLESS = r"^[+\-＋－]?[0-9][0-9,]*(\.[0-9]+)?$|^[\-－]+$"


def read_panel(con: duckdb.DuckDBPyConnection, report_ids: Collection[str]) -> pl.DataFrame:
    """Rows of ``marts.panel`` of these reports, in a fixed order."""
    frame: pl.DataFrame = con.sql(
        """
        select *
        from marts.panel
        where list_contains($ids, report_id)
        order by agency_id nulls last, scope, report_year nulls last, report_id, ordinal
        """,
        params={"ids": list(report_ids)},
    ).pl()
    return frame


def require_room(path: Path, rows: int) -> None:
    """Raise ExportRefused where a worksheet cannot hold so many rows."""
    if path.suffix.lower() == ".xlsx" and rows >= MOST_ROWS:
        raise ExportRefused(
            f"长表有{rows}行，Excel工作表最多{MOST_ROWS - 1}行；请改为导出{path.stem}.csv或"
            f"{path.stem}.parquet，或用--under缩小范围 · "
            f"{rows} rows are more than a worksheet holds: export .csv or .parquet"
        )


def write_parquet(frame: pl.DataFrame, path: Path) -> None:
    """Write Parquet; numbers are doubles, which every program reads."""
    frame.with_columns(pl.col(_decimals(frame)).cast(pl.Float64)).write_parquet(
        path, compression="zstd", statistics=True, row_group_size=131_072
    )


def write_csv(frame: pl.DataFrame, path: Path) -> None:
    """Write CSV in UTF-8 with a byte-order mark, as Excel expects it.

    Counts have no decimals, amounts as many as are printed. A text that a spreadsheet would take
    for a formula gets an apostrophe before it.
    """
    texts = [name for name, kind in frame.schema.items() if kind == pl.String]
    frame.with_columns(
        *(_plain(frame, name) for name in _decimals(frame)),
        *(disarmed(pl.col(name)).alias(name) for name in texts),
    ).write_csv(path, include_bom=True)


def write_xlsx(frame: pl.DataFrame, codebook: pl.DataFrame, path: Path) -> None:
    """Write a workbook with the panel and, on a sheet of its own, the codebook."""
    with workbook(path, "panel", row_by_row=True) as book:
        head = style(book, bold=True, bg_color="#DDEBF7", bottom=1)
        digits = {
            places: book.add_format({"num_format": "0" + "." * bool(places) + "0" * places})
            for places in range(9)
        }
        for name, table in (("panel", frame), ("codebook", codebook)):
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            sheet.autofilter(0, 0, table.height, table.width - 1)
            for column, title in enumerate(table.columns):
                sheet.set_column(column, column, 40 if title.startswith("description") else 16)
                put(sheet, 0, column, title, head)
            numbers = set(_decimals(table))
            shown = table.with_columns(
                *(_plain(table, name).alias(f"{name}:text") for name in sorted(numbers))
            )
            for row, record in enumerate(shown.iter_rows(named=True), start=1):
                for column, title in enumerate(table.columns):
                    value = record[title]
                    if value is None:
                        continue
                    if title in numbers:
                        places = len(record[f"{title}:text"].partition(".")[2])
                        put(sheet, row, column, float(value), digits[places])
                    else:
                        put(sheet, row, column, value)


def disarmed(text: pl.Expr) -> pl.Expr:
    """``text`` with an apostrophe before what a spreadsheet would take for a formula."""
    is_armed = text.str.contains(_FORMULA) & ~text.str.contains(_HARMLESS)
    return pl.when(is_armed).then(pl.lit("'") + text).otherwise(text)


def disarmed_text(text: str) -> str:
    """As :func:`disarmed`, of one text."""
    is_armed = re.search(_FORMULA, text) and not re.search(_HARMLESS, text)
    return f"'{text}" if is_armed else text


def _decimals(frame: pl.DataFrame) -> list[str]:
    return [name for name, kind in frame.schema.items() if isinstance(kind, pl.Decimal)]


def _plain(frame: pl.DataFrame, name: str) -> pl.Expr:
    """Digits of a decimal: no more zeros at the end than are printed, of a count none."""
    text = pl.col(name).cast(pl.String)
    whole = text.str.split(".").list.get(0)
    rest = text.str.split(".").list.get(1, null_on_oob=True).fill_null("").str.strip_chars_end("0")
    if "printed_decimals" in frame.columns:
        printed = pl.col("printed_decimals").fill_null(0).clip(0, 8)
        is_amount = pl.col("unit").is_in(["元", "万元"])
        wanted = pl.when(is_amount).then(printed).otherwise(0).cast(pl.UInt32)
        missing = (wanted.cast(pl.Int64) - rest.str.len_chars().cast(pl.Int64)).clip(0)
        rest = rest + pl.lit("00000000").str.slice(0, missing)
    return (
        pl.when(pl.col(name).is_null())
        .then(pl.lit(None, pl.String))
        .when(rest == "")
        .then(whole)
        .otherwise(whole + "." + rest)
        .alias(name)
    )
