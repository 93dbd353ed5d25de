"""Read ``waivers.csv`` and ``corrections.csv``, what people have reviewed and decided."""

from __future__ import annotations

import re

import polars as pl

from ingest.companions import Column, Companion, day, one_of, year
from ingest.sources import SCOPES

NO_NUMBER = re.compile(r"[-—–/\\]+|无|不适用")
"""What a cell holds that says there is no such thing; as in the macro is_not_applicable."""

_NUMBER = re.compile(r"[+-]?\d+(\.\d{1,8})?")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_WIDE = str.maketrans("０１２３４５６７８９．，＋－−／", "0123456789.,+--/")


def right_value(text: str) -> str:
    """A corrected value: a number without thousands separators, or a mark such as / or 无.

    Raises ValueError.
    """
    plain = re.sub(r"[,\s]", "", text.translate(_WIDE)).removeprefix("+")
    if not _NUMBER.fullmatch(plain) and not NO_NUMBER.fullmatch(plain):
        raise ValueError("不是数字，请写原件上的数；原件为空白的留空，为“/”的写/")
    return plain


def _document(text: str) -> str:
    if not _SHA256.fullmatch(text.lower()):
        raise ValueError(
            "不是文件的SHA-256（64位），请用gouji correct添加，或照抄reports表的report_id"
        )
    return text.lower()


WAIVERS = Companion(
    name="waivers.csv",
    table="waivers",
    columns=(
        Column("agency", required="请填机关名称"),
        Column("region"),
        Column("scope", one_of(*SCOPES)),
        Column("year", year, required="请填报告年度"),
        Column("rule", required="请填规则，如balance.outcomes_total"),
        Column("cell", required="请填位置，如三、（一）予以公开·总计；gouji waive可代填"),
        Column("printed_value"),
        Column("reason", required="请写明理由"),
        Column("who", required="请写明由谁确认"),
        Column("until", day),
    ),
    schema=pl.Schema(
        {
            "agency": pl.String,
            "region": pl.String,
            "scope": pl.String,
            "year": pl.Int32,
            "rule": pl.String,
            "cell": pl.String,
            "printed_value": pl.String,
            "reason": pl.String,
            "who": pl.String,
            "until": pl.Date,
            "listed_in": pl.String,
            "line_no": pl.Int32,
        }
    ),
)

CORRECTIONS = Companion(
    name="corrections.csv",
    table="corrections",
    columns=(
        Column("document", _document, required="请填文件的SHA-256"),
        Column("cell", required="请填单元格，如三、（一）予以公开·总计"),
        Column("read_value"),
        Column("right_value", right_value),
        Column("reason", required="请写明理由"),
        Column("who", required="请写明由谁更正"),
        Column("date", day, field="corrected_on"),
    ),
    schema=pl.Schema(
        {
            "document": pl.String,
            "cell": pl.String,
            "read_value": pl.String,
            "right_value": pl.String,
            "reason": pl.String,
            "who": pl.String,
            "corrected_on": pl.Date,
            "listed_in": pl.String,
            "line_no": pl.Int32,
        }
    ),
)
