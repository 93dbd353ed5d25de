"""Read ``expected.csv``, the list of the reports that must be there and when."""

from __future__ import annotations

import polars as pl

from ingest.companions import Column, Companion, day, one_of, year
from ingest.sources import SCOPES

EXPECTED = Companion(
    name="expected.csv",
    table="expected",
    columns=(
        Column("region"),
        Column("agency", required="请填机关名称"),
        Column("aliases"),
        Column("year", year, required="请填报告年度"),
        Column("scope", one_of(*SCOPES)),
        Column("due", day),
    ),
    schema=pl.Schema(
        {
            "region": pl.String,
            "agency": pl.String,
            "aliases": pl.String,
            "year": pl.Int32,
            "scope": pl.String,
            "due": pl.Date,
            "listed_in": pl.String,
            "line_no": pl.Int32,
        }
    ),
)
"""``aliases`` are other names of the agency, with a semicolon of either width between them."""
