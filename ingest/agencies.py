"""Read ``agencies.csv``, the file beside the reports that says which agency became which."""

from __future__ import annotations

import polars as pl

from ingest.companions import Column, Companion, one_of, year

KINDS = ("renamed", "merged", "split")
"""What became of an agency; one without a kind was renamed."""

AGENCIES = Companion(
    name="agencies.csv",
    table="agency_changes",
    columns=(
        Column("region"),
        Column("name", required="请填原机关名称"),
        Column("successor", required="请填现机关名称"),
        Column("kind", one_of(*KINDS)),
        Column("first_year", year, required="请填以新名称编制的第一份报告的年度，如2024"),
    ),
    schema=pl.Schema(
        {
            "region": pl.String,
            "name": pl.String,
            "successor": pl.String,
            "kind": pl.String,
            "first_year": pl.Int32,
            "listed_in": pl.String,
            "line_no": pl.Int32,
        }
    ),
)
