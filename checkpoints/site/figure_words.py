"""What charts and tables of an agency's figures say, where it depends on the figures."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from checkpoints.numbers import plain
from checkpoints.site.agency_figures import (
    CARRIED_IN,
    CARRIED_OUT,
    CLOSED,
    DOCUMENTS,
    RECEIVED,
    RESULTS,
    row_words,
)
from checkpoints.site.chart_words import WORDS
from checkpoints.site.charts import Joint, Words
from checkpoints.site.years import Key, Year
from checkpoints.transform import seed_rows

SIGNS: Mapping[str, str] = {
    "blank": "□",
    "missing": "—",
    "ambiguous": "…",
    "not_applicable": "/",
    "unreadable": "⁇",
}
"""What stands for a figure that is none, by status."""

_CHAIN: Mapping[str, Key] = {
    "in": CARRIED_IN,
    "received": RECEIVED,
    "closed": CLOSED,
    "out": CARRIED_OUT,
}


def number(year: Year, key: Key) -> str:
    """A figure or its sign; blank where the form of that year has no such figure."""
    figure = year.figures.get(key)
    if figure is None:
        return ""
    return SIGNS[figure.status] if figure.value is None else plain(figure.value)


def chained(year: Year, part: str) -> str:
    """A figure of the chain."""
    return number(year, _CHAIN[part])


def words(key: str, **values: str) -> Words:
    """Fixed words of charts in both languages."""
    zh, en = WORDS[key]
    return zh.format(**values), en.format(**values)


def joined(joint: Joint) -> Words:
    """How a year joins the next, in words."""
    if joint.state == "unjudged":
        return _signed("?", words("joint_unjudged"))
    left, right = (_plain(value) for value in (joint.left, joint.right))
    if joint.state != "differs":
        return _signed("✓", words(f"joint_{joint.state}", left=left, right=right))
    if joint.left == joint.right:
        return _signed("✗", words("joint_columns", n=str(len(joint.subjects))))
    told = words("joint_differs", left=left, right=right, difference=joint.difference)
    return _signed("✗", told)


def _signed(sign: str, told: Words) -> Words:
    return f"{sign} {told[0]}", f"{sign} {told[1]}"


def _plain(value: Decimal | None) -> str:
    return "?" if value is None else plain(value)


@cache
def _columns() -> Mapping[str, Words]:
    """The names of the columns of table 3."""
    return {
        row["breakdown"]: (row["column_zh"], row["column_en"])
        for row in seed_rows("indicators")
        if row["form_table"] == "applications"
    }


def helpers() -> Mapping[str, Any]:
    """What the templates of figures call."""
    return {
        "number": number,
        "chained": chained,
        "joined": joined,
        "words": words,
        "columns": _columns(),
        "results": [WORDS[f"result_{result}"] for result in RESULTS],
        "documents": [row_words(("proactive", row, "in_force")) for row in DOCUMENTS],
    }
