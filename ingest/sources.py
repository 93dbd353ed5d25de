"""Read ``sources.csv``, the file beside the reports that says where they come from."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import polars as pl

from ingest.companions import Column, Companion, Row, day, frame, one_of, year
from ingest.discover import absolute

SCOPES = ("own", "whole", "unknown")

SOURCES = Companion(
    name="sources.csv",
    table="source_facts",
    columns=(
        Column("path", required="请填报告文件的路径（相对于本文件）", field="source_path"),
        Column("url"),
        Column("retrieved_on", day),
        Column("agency"),
        Column("region"),
        Column("year", year),
        Column("scope", one_of(*SCOPES)),
    ),
    schema=pl.Schema(
        {
            "source_path": pl.String,
            "url": pl.String,
            "retrieved_on": pl.Date,
            "agency": pl.String,
            "region": pl.String,
            "year": pl.Int32,
            "scope": pl.String,
            "listed_in": pl.String,
        }
    ),
)


def read_all(folders: Iterable[str]) -> tuple[pl.DataFrame, list[Path]]:
    """Read the ``sources.csv`` of each folder that has one.

    Returns the rows of ``raw.source_facts`` and the files read. Where several name one report,
    the file nearest to it counts. Raises :class:`~ingest.companions.CompanionError`.
    """
    files = SOURCES.files(folders)
    rows: dict[str, Row] = {}
    for file in files:
        for row in SOURCES.read(file):
            path = absolute(file.parent / row["source_path"].replace("\\", "/"))
            rows[path] = {**row, "source_path": path}
    return frame(SOURCES, rows.values()), files
