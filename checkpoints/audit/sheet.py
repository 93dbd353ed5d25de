"""The workbook of an audit: written with an empty column, read back with the answers."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import polars as pl

from checkpoints.audit.evidence import Evidence
from checkpoints.audit.sample import AuditRefused, Item, Sample
from checkpoints.export.workbook import A4, put, style, workbook
from checkpoints.language import Language, safe

MARK = "gouji-audit"
"""Name of the hidden sheet that says which sample this is."""

HEADS: Mapping[str, tuple[str, str]] = {
    "number": ("编号", "No."),
    "agency": ("机关", "Agency"),
    "year": ("年度", "Year"),
    "file": ("文件", "File"),
    "page": ("页码", "Page"),
    "cell": ("单元格", "Cell"),
    "evidence": ("原件（框内为该格）", "Original (the cell is outlined)"),
    "value": ("读取值", "Value read"),
    "answer": ("原件中的值（请填写）", "Value in the original (fill in)"),
}
WIDTHS = (6, 22, 7, 26, 6, 34, 84, 12, 22)
EVIDENCE, ANSWER = 6, 8

_PIXELS_WIDE = 590
_POINTS = 0.75  # of a pixel on the screen
_BLANK = ("（空白）", "(blank)")
_GONE = (
    "原文件已不在原处或已改变，请另找原件核对。",
    "The file is gone or has changed: compare with another copy.",
)
_HELP = (
    "请对照原件填写最后一列：与读取值一致填√，不一致填×或直接填原件中的数；原件为空白填“空白”，"
    "为“/”填“/”。不填的行按未判断计。填完后运行 gouji audit --read 本文件。",
    "Fill in the last column: √ where the original agrees, × or the printed figure where it does "
    "not; 'blank' for a blank, / for a /. Rows left empty count as not judged. Then run "
    "gouji audit --read THIS FILE.",
)


class Described(NamedTuple):
    """Who printed an item and what it is called."""

    agency: str | None
    report_year: int | None
    file: str
    label: str


def write_sheet(
    sample: Sample,
    described: Mapping[int, Described],
    found: Mapping[int, Evidence],
    language: Language,
    path: Path,
) -> None:
    """Write the sample with its evidence to ``path``."""
    en = language == "en"
    with workbook(path, MARK) as book:
        sheet = book.add_worksheet("audit")
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        for column, width in enumerate(WIDTHS):
            sheet.set_column(column, column, width)
        sheet.merge_range(0, 0, 0, ANSWER, _HELP[en], style(book))
        sheet.set_row(0, 34)
        head = style(book, bold=True, border=1, bg_color="#F2F2F2", align="center")
        for column, words in enumerate(HEADS.values()):
            put(sheet, 1, column, words[en], head)
        sheet.repeat_rows(1)
        sheet.freeze_panes(2, 0)
        cell = style(book, border=1)
        empty = style(book, border=1, bg_color="#FFF9E5")
        for row, item in enumerate(sample.items, start=2):
            about, shown = described[item.number], found[item.number]
            values = (
                item.number,
                safe(about.agency) if about.agency else None,
                about.report_year,
                safe(about.file),
                item.page,
                about.label,
                safe("\n".join(filter(None, [_GONE[en] if shown.is_gone else "", shown.text]))),
                _value(item, language),
            )
            for column, value in enumerate(values):
                put(sheet, row, column, value, cell)
            put(sheet, row, ANSWER, None, empty)
            sheet.set_row(row, 48)
            if shown.png:
                scale = _PIXELS_WIDE / shown.width
                sheet.set_row(row, max(32, shown.height * scale * _POINTS + 6))
                sheet.insert_image(
                    row,
                    EVIDENCE,
                    f"{item.number}.png",
                    {
                        "image_data": io.BytesIO(shown.png),
                        "x_scale": scale,
                        "y_scale": scale,
                        "x_offset": 2,
                        "y_offset": 2,
                        "object_position": 1,
                    },
                )
        mark = book.add_worksheet(MARK)
        mark.very_hidden()
        for row, pair in enumerate((("audit_id", sample.audit_id), ("seed", str(sample.seed)))):
            put(mark, row, 0, pair[0])
            put(mark, row, 1, pair[1])


def read_sheet(path: Path) -> tuple[str, dict[int, str]]:
    """The audit's id, and the answers by number, '' where none is given.

    Raises AuditRefused where the workbook is none that ``gouji audit`` wrote.
    """
    mark = {row[0]: row[1] for row in _rows(path, MARK) if len(row) > 1}
    rows = _rows(path, "audit")
    top, columns = _head(path, rows)
    answers: dict[int, str] = {}
    for row in rows[top + 1 :]:
        number = (row[columns["number"]] or "").removesuffix(".0")
        if number.isdecimal():
            if int(number) in answers:
                raise AuditRefused(
                    f"{path}：编号{number}出现两次，请恢复原样 · number {number} occurs twice"
                )
            answers[int(number)] = (row[columns["answer"]] or "").strip()
    if not mark.get("audit_id"):
        raise _foreign(path)
    return str(mark["audit_id"]), answers


def _head(path: Path, rows: list[tuple[str | None, ...]]) -> tuple[int, dict[str, int]]:
    """Where the heading stands, and the columns of number and answer: people move columns."""
    for top, row in enumerate(rows):
        columns = {name: place for name in ("number", "answer") for place in _places(row, name)}
        if len(columns) == 2:
            return top, columns
    raise _foreign(path)


def _places(row: tuple[str | None, ...], name: str) -> list[int]:
    return [place for place, text in enumerate(row) if text in HEADS[name]]


def _rows(path: Path, name: str) -> list[tuple[str | None, ...]]:
    """All rows of a sheet as text."""
    if not path.is_file():
        raise AuditRefused(f"找不到{path} · no such file")
    try:
        frame = pl.read_excel(
            path,
            sheet_name=name,
            has_header=False,
            drop_empty_rows=False,
            drop_empty_cols=False,
            infer_schema_length=0,
            raise_if_empty=False,
        )
    except PermissionError:
        raise
    except Exception as error:  # The reader's own errors are of many kinds.
        raise _foreign(path) from error
    return frame.cast(pl.String).rows()


def _foreign(path: Path) -> AuditRefused:
    return AuditRefused(
        f"{path}不是gouji audit生成的工作簿，或已改变结构 · not a workbook of gouji audit"
    )


def _value(item: Item, language: Language) -> str:
    """The value as read, with its unit where it is an amount."""
    if item.status == "blank":
        return _BLANK[language == "en"]
    if item.value is None:
        return item.raw_text or "/"
    number = f"{item.value.normalize():f}"
    return number + (item.unit if item.unit.endswith("元") else "")
