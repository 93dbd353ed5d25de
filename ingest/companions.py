"""Companion files: plain CSV beside the reports that people keep in Excel or WPS.

Each kind of file is a :class:`Companion`, a name and its columns. They are read in UTF-8 with or
without mark, or in GB18030, and written to by appending alone.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from ingest.warehouse import registered, transaction

Row = dict[str, Any]

BOM = b"\xef\xbb\xbf"

_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
# What a spreadsheet would take for a formula is kept behind an apostrophe, as it does itself.
_FORMULA = re.compile(r"[=+@]|-(?![\d.])")
_GUARDED = re.compile(r"'(?=[=+@-])")


class CompanionError(ValueError):
    """A companion file cannot be understood or written; the message says where and what to do."""


@dataclass(frozen=True)
class Column:
    """A column of a companion file.

    ``parse`` turns a text that is not empty into a value and raises ValueError with the end of a
    sentence: what is wrong with it, what to write. ``required`` says what to fill in where a line
    leaves the column empty; the header must have the column then. ``field`` is its name in the raw
    table, where that is another.
    """

    name: str
    parse: Callable[[str], Any] = str
    required: str = ""
    field: str = ""


@dataclass(frozen=True)
class Companion:
    """A kind of companion file: its name, its columns and the raw table it fills."""

    name: str
    table: str
    columns: tuple[Column, ...]
    schema: pl.Schema

    @property
    def header(self) -> str:
        """The first line of such a file."""
        return ",".join(column.name for column in self.columns)

    def files(self, folders: Iterable[str]) -> list[Path]:
        """The files of this kind in the folders, the outermost first."""
        files = [Path(folder) / self.name for folder in sorted(folders, key=lambda f: (len(f), f))]
        return [file for file in files if file.is_file()]

    def read(self, file: Path) -> list[Row]:
        """The lines of a file by the fields of the raw table, with ``listed_in`` and ``line_no``.

        An empty value is None. Raises :class:`CompanionError`.
        """
        reader = csv.DictReader(io.StringIO(_decode(file), newline=""))
        self._require_columns(file, reader.fieldnames or ())
        rows = []
        try:
            for record in reader:
                values = {key.strip(): _plain(value) for key, value in record.items() if key}
                if any(values.values()):
                    rows.append(self._row(values, file, reader.line_num))
        except csv.Error as error:
            raise CompanionError(
                f"{file}第{reader.line_num}行：不是有效的CSV（{error}）。"
            ) from error
        return rows

    def read_all(self, folders: Iterable[str]) -> tuple[pl.DataFrame, list[Path]]:
        """Every line of the files of this kind in the folders, and the files read.

        Raises :class:`CompanionError`.
        """
        files = self.files(folders)
        return frame(self, [row for file in files for row in self.read(file)]), files

    def append(self, file: Path, values: Mapping[str, str]) -> int:
        """Add one line to a file, a new one included, and give its number.

        What is there stays byte for byte; encoding, line ends and order of columns are the file's
        own. A new file begins with the mark by which Excel knows UTF-8. Raises
        :class:`CompanionError`.
        """
        try:
            data = file.read_bytes() if file.is_file() else b""
            if not data.strip():
                data = BOM + f"{self.header}\r\n".encode()
                names, encoding = [column.name for column in self.columns], "utf-8"
            else:
                self.read(file)
                text, encoding = _decode(file), _encoding(data)
                names = [name.strip() for name in next(csv.reader(io.StringIO(text, newline="")))]
            lost = [name for name, value in values.items() if value and name not in names]
            if lost:
                raise CompanionError(f"{file}第1行：缺少{lost[0]}列；首行应为{self.header}。")
            end = "\r\n" if b"\r\n" in data or b"\n" not in data else "\n"
            line = io.StringIO(newline="")
            guarded = [_guarded(values.get(name, "")) for name in names]
            csv.writer(line, lineterminator=end).writerow(guarded)
            gap = "" if data.endswith((b"\n", b"\r")) else end
            if data.isascii():
                data = BOM + data  # Else a spreadsheet would not see that Chinese follows.
            new = data + (gap + line.getvalue()).encode(encoding)
            _write(file, new)
        except PermissionError as error:
            raise CompanionError(
                f"{file}无法写入，可能正在Excel或WPS中打开；请关闭后再试。"
            ) from error
        return len(new.decode(encoding).splitlines())

    def _require_columns(self, file: Path, there: Iterable[str]) -> None:
        names = {name.strip() for name in there}
        for column in self.columns:
            if column.required and column.name not in names:
                raise CompanionError(f"{file}第1行：缺少{column.name}列；首行应为{self.header}。")

    def _row(self, values: Mapping[str, str], file: Path, line: int) -> Row:
        row: Row = {}
        for column in self.columns:
            text = values.get(column.name, "")
            if column.required and not text:
                raise CompanionError(f"{file}第{line}行：{column.name}为空，{column.required}。")
            try:
                row[column.field or column.name] = column.parse(text) if text else None
            except ValueError as error:
                raise CompanionError(f"{file}第{line}行：{column.name}“{text}”{error}。") from error
        return {**row, "listed_in": file.as_posix(), "line_no": line}


def frame(companion: Companion, rows: Iterable[Row]) -> pl.DataFrame:
    """Rows as the raw table has them."""
    fields = companion.schema.names()
    return pl.DataFrame(
        [tuple(row[field] for field in fields) for row in rows],
        schema=companion.schema,
        orient="row",
    )


def replace(
    con: duckdb.DuckDBPyConnection,
    companion: Companion,
    rows: pl.DataFrame,
    files: Iterable[Path],
    key: str = "",
) -> None:
    """Replace what the files said before, and what files said that no longer exist.

    With ``key``, what other files said of the same key is replaced too.
    """
    table = f"raw.{companion.table}"
    known = con.execute(f"select distinct listed_in from {table}").fetchall()
    gone = (file for (file,) in known if file is not None and not Path(file).exists())
    stale = pl.DataFrame(
        {"listed_in": [*(file.as_posix() for file in files), *gone]},
        schema={"listed_in": pl.String},
    )
    same = f" or {key} in (select {key} from incoming)" if key else ""
    with registered(con, {"incoming": rows, "stale": stale}), transaction(con):
        con.execute(f"delete from {table} where listed_in in (select listed_in from stale){same}")
        con.execute(f"insert into {table} by name select * from incoming")


def day(text: str) -> date:
    """A date as people and spreadsheets write it. Raises ValueError."""
    match = _DATE.fullmatch(text)
    try:
        if match:
            return date(*map(int, match.groups()))
    except ValueError:
        pass  # A day the calendar does not have: reported below like any other bad date.
    raise ValueError("不是日期，请写成2024-01-31")


def year(text: str) -> int:
    """A year, 2024 or 2024年度. Raises ValueError."""
    match = re.fullmatch(r"(\d{4})年?度?", text)
    if not match:
        raise ValueError("不是年份，请写成2024")
    return int(match[1])


def one_of(*codes: str) -> Callable[[str], str]:
    """A parser that takes only these codes."""

    def parse(text: str) -> str:
        if text not in codes:
            raise ValueError(f"无效，只能是{'、'.join(codes)}或留空")
        return text

    return parse


def _plain(value: object) -> str:
    return _GUARDED.sub("", value.strip()) if isinstance(value, str) else ""


def _guarded(text: str) -> str:
    line = re.sub(r"[\x00-\x1f\x7f]+", " ", text).strip()
    return f"'{line}" if _FORMULA.match(line) else line


def _encoding(data: bytes) -> str:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8"


def _decode(file: Path) -> str:
    data = file.read_bytes()
    try:
        return data.removeprefix(BOM).decode(_encoding(data))
    except UnicodeDecodeError:
        raise CompanionError(f"{file}：编码无法识别，请另存为UTF-8编码的CSV。") from None


def _write(file: Path, data: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    # In place, not by another file put in its stead: a spreadsheet that has it open must object.
    with file.open("r+b" if file.is_file() else "xb") as target:
        target.write(data)
