"""Read ``agencies.csv``, the file beside the reports that says which agency became which."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import polars as pl

from ingest.sources import SourcesError, records
from ingest.warehouse import AGENCY_CHANGES

NAME = "agencies.csv"
COLUMNS = ("name", "successor", "first_year")
"""Columns that must be there; region, kind and basis may be."""

KINDS = ("renamed", "merged", "split")

_Row = tuple[str | None, str, str, str, int, str]


def read_all(folders: Iterable[str]) -> tuple[pl.DataFrame, list[str]]:
    """Read the ``agencies.csv`` of each folder that has one.

    Returns the rows of ``raw.agency_changes`` and the files read. Raises :class:`SourcesError`.
    """
    files = [file for folder in sorted(folders) if (file := Path(folder) / NAME).is_file()]
    rows = [_row(values, file, line) for file in files for values, line in records(file, COLUMNS)]
    frame = pl.DataFrame(list(dict.fromkeys(rows)), schema=AGENCY_CHANGES, orient="row")
    return frame, [file.as_posix() for file in files]


def _row(values: dict[str, str], file: Path, line: int) -> _Row:
    where = f"{file}第{line}行"
    for column in ("name", "successor"):
        if not values[column]:
            raise SourcesError(f"{where}：{column}为空，请填原机关名称和现机关名称。")
    if not re.fullmatch(r"\d{4}", values["first_year"]):
        raise SourcesError(
            f"{where}：first_year“{values['first_year']}”不是年份，"
            "请填以新名称编制的第一份报告的年度，如2024。"
        )
    kind = values.get("kind") or "renamed"
    if kind not in KINDS:
        raise SourcesError(f"{where}：kind“{kind}”无效，只能是{'、'.join(KINDS)}或留空。")
    return (
        values.get("region") or None,
        values["name"],
        values["successor"],
        kind,
        int(values["first_year"]),
        file.as_posix(),
    )
