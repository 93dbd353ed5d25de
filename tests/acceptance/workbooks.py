"""The workbook of an audit, filled in as a person does."""

from __future__ import annotations

from pathlib import Path

import polars as pl
from xlsxwriter import Workbook

from checkpoints.audit.sheet import MARK


def fill(drawn: Path, *, wrong: int, left: int) -> Path:
    """The workbook as a person saves it: ticks, some crosses first, some rows left empty."""
    target = drawn.with_name("filled.xlsx")
    with Workbook(str(target)) as book:
        for name in ("audit", MARK):
            frame = pl.read_excel(drawn, sheet_name=name, has_header=False, infer_schema_length=0)
            sheet = book.add_worksheet(name)
            for y, row in enumerate(frame.rows()):
                values = list(row)
                if name == "audit" and (values[0] or "").isdecimal():
                    number = int(values[0])
                    values[8] = (
                        "×" if number <= wrong else "√" if number <= frame.height - 2 - left else ""
                    )
                for x, value in enumerate(values):
                    sheet.write(y, x, value)
    return target
