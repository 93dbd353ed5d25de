"""Read ``sources.csv``, the file beside the reports that says where they come from."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import polars as pl

from ingest.discover import absolute
from ingest.warehouse import SOURCE_FACTS

NAME = "sources.csv"
COLUMNS = "path,url,retrieved_on,agency,region,year,scope"
SCOPES = ("", "own", "whole", "unknown")

_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_Row = tuple[str, str | None, date | None, str | None, str | None, int | None, str | None, str]


class SourcesError(ValueError):
    """A line of a CSV beside the reports cannot be understood."""


def read_all(folders: Iterable[str]) -> tuple[pl.DataFrame, list[str]]:
    """Read the ``sources.csv`` of each folder that has one.

    Returns the rows of ``raw.source_facts`` and the files read. Where several name one report,
    the file nearest to it counts. Raises :class:`SourcesError`.
    """
    files = [Path(folder) / NAME for folder in sorted(folders, key=len)]
    found = [file for file in files if file.is_file()]
    rows: dict[str, _Row] = {}
    for file in found:
        rows.update({row[0]: row for row in _read(file)})
    frame = pl.DataFrame(list(rows.values()), schema=SOURCE_FACTS, orient="row")
    return frame, [file.as_posix() for file in found]


def _read(file: Path) -> list[_Row]:
    return [_row(values, file, line) for values, line in records(file, ("path",), COLUMNS)]


def records(
    file: Path, required: Iterable[str], columns: str | None = None
) -> list[tuple[dict[str, str], int]]:
    """The lines of a CSV beside the reports that are not blank, each with its number.

    ``columns`` words the header as it should be, by default the ``required`` columns.
    Raises :class:`SourcesError` for a file that cannot be read and for a missing column.
    """
    reader = csv.DictReader(io.StringIO(_decode(file), newline=""))
    found = []
    try:
        for column in required:
            if column not in (reader.fieldnames or []):
                header = columns or ",".join(required)
                raise SourcesError(f"{file}第1行：缺少{column}列；首行应为{header}。")
        for record in reader:
            values = {key: (value or "").strip() for key, value in record.items() if key}
            if any(values.values()):
                found.append((values, reader.line_num))
    except csv.Error as error:
        raise SourcesError(f"{file}第{reader.line_num}行：不是有效的CSV（{error}）。") from error
    return found


def _decode(file: Path) -> str:
    data = file.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise SourcesError(f"{file}：编码无法识别，请另存为UTF-8编码的CSV。")


def _row(values: dict[str, str], file: Path, line: int) -> _Row:
    where = f"{file}第{line}行"
    if not values["path"]:
        raise SourcesError(f"{where}：path为空，请填报告文件的路径（相对于本文件）。")
    scope = values.get("scope", "")
    if scope not in SCOPES:
        raise SourcesError(f"{where}：scope“{scope}”无效，只能是own、whole、unknown或留空。")
    return (
        absolute(file.parent / values["path"].replace("\\", "/")),
        values.get("url") or None,
        _date(values.get("retrieved_on", ""), where),
        values.get("agency") or None,
        values.get("region") or None,
        _year(values.get("year", ""), where),
        scope or None,
        file.as_posix(),
    )


def _date(text: str, where: str) -> date | None:
    if not text:
        return None
    match = _DATE.fullmatch(text)
    try:
        if match:
            return date(*map(int, match.groups()))
    except ValueError:
        pass  # A day the calendar does not have: reported below like any other bad date.
    raise SourcesError(f"{where}：retrieved_on“{text}”不是日期，请写成2024-01-31。")


def _year(text: str, where: str) -> int | None:
    match = re.fullmatch(r"(\d{4})年?度?", text)
    if text and not match:
        raise SourcesError(f"{where}：year“{text}”不是年份，请写成2024。")
    return int(match[1]) if match else None
