"""The codebook: what each column and each code of the panel means."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from checkpoints.documented import documented
from checkpoints.export.panel import disarmed_text

COLUMNS = {
    "kind": pl.String,
    "form_table": pl.String,
    "indicator": pl.String,
    "breakdown": pl.String,
    "name_zh": pl.String,
    "name_en": pl.String,
    "unit": pl.String,
    "editions": pl.String,
    "comparable_from": pl.Int32,
    "description_zh": pl.String,
    "description_en": pl.String,
}

_CELLS = """
select
    case when is_harmonised then 'harmonised' else 'cell' end as kind,
    form_table,
    indicator,
    breakdown,
    label_zh as name_zh,
    label_en as name_en,
    unit,
    coalesce(
        editions,
        (select string_agg(edition, ' ' order by edition) from form.editions where is_modelled)
    ) as editions,
    comparable_from,
    reason_zh as description_zh,
    reason_en as description_en
from intermediate.int_panel_indicators
order by ordinal
"""


def codebook(con: duckdb.DuckDBPyConnection, columns: Sequence[str]) -> pl.DataFrame:
    """One row for each column of the panel, then one for each cell and harmonised indicator.

    ``kind`` is column, cell or harmonised; a column stands under ``indicator`` with its name.
    """
    said = {column.name: column for column in documented("panel").columns}
    rows: list[dict[str, Any]] = [
        {
            "kind": "column",
            "indicator": name,
            "name_zh": said[name].zh,
            "name_en": name.replace("_", " "),
            "description_zh": said[name].about_zh,
            "description_en": said[name].about_en,
        }
        for name in columns
    ]
    about = pl.DataFrame(rows, schema_overrides=COLUMNS)
    cells: pl.DataFrame = con.sql(_CELLS).pl()
    return pl.concat([about, cells], how="diagonal_relaxed").select(
        pl.col(name).cast(kind) for name, kind in COLUMNS.items()
    )


def write_codebook(frame: pl.DataFrame, path: Path) -> None:
    """Write the codebook as CSV in UTF-8 with a byte-order mark."""
    frame.with_columns(
        pl.col(pl.String).map_elements(disarmed_text, return_dtype=pl.String)
    ).write_csv(path, include_bom=True)
