"""What an agency's page shows of its figures: a table, charts, and the chain of carry-overs."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import pairwise

import duckdb

from checkpoints.site.catalogue import Agency
from checkpoints.site.chart_words import WORDS
from checkpoints.site.charts import (
    Joint,
    Lines,
    Parts,
    Series,
    Stack,
    Words,
    joint,
    lines,
    stack,
)
from checkpoints.site.years import (
    DOCUMENTS_IN_FORCE,
    REQUESTS_CARRIED,
    Key,
    Year,
    read_years,
)
from checkpoints.transform import seed_rows

OUTCOMES = ("granted", "partly_granted", "denied", "unavailable", "rejected", "other_handling")
RESULTS = ("upheld", "corrected", "other", "pending")
CHANNELS = ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
DOCUMENTS = ("regulations", "normative_documents")

CARRIED_IN, RECEIVED, CLOSED, CARRIED_OUT = (
    ("applications", indicator, "total")
    for indicator in ("carried_in", "new_received", "outcome_total", "carried_out")
)
_OUTCOME_KEYS: tuple[Key, ...] = tuple(("applications", each, "total") for each in OUTCOMES)
_IN_FORCE: tuple[Key, ...] = tuple(("proactive", each, "in_force") for each in DOCUMENTS)
_DECISIONS = ("licensing", "penalties", "coercion")

TABLE: Mapping[str, Sequence[Key]] = {
    "applications": (CARRIED_IN, RECEIVED, *_OUTCOME_KEYS, CLOSED, CARRIED_OUT),
    "disputes": [("disputes", "total", channel) for channel in CHANNELS],
    "proactive": [
        *(("proactive", row, each) for row in DOCUMENTS for each in ("issued", "repealed")),
        *_IN_FORCE,
        *(("proactive", row, "decisions") for row in _DECISIONS),
        ("proactive", "fees", "amount"),
    ],
}
"""The figures that stand side by side, by table of the form."""


@dataclass(frozen=True)
class Row:
    """A figure over the years."""

    key: Key
    words: Words


@dataclass(frozen=True)
class Charted:
    """A chart and the years it shows; ``rows`` are its figures, from which a table can be made."""

    chart: Stack | Lines
    years: tuple[Year, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Refusals:
    """The reasons of refusals over the years, and the largest number of any."""

    years: tuple[Year, ...]
    rows: tuple[Row, ...]
    most: Decimal


@dataclass(frozen=True)
class AgencyFigures:
    """Everything that is drawn of an agency; None where no report has such figures.

    ``chain`` pairs each year with what joins it to the next.
    """

    years: tuple[Year, ...]
    table: Mapping[str, tuple[Row, ...]]
    outcomes: Charted | None
    refusals: Refusals | None
    disputes: Charted | None
    documents: Charted | None
    chain: tuple[tuple[Year, Joint | None], ...]


def read_agency_figures(
    con: duckdb.DuckDBPyConnection, agencies: Collection[Agency]
) -> dict[str, AgencyFigures]:
    """The figures of each agency by its key."""
    keys = {key for keys in TABLE.values() for key in keys}
    keys |= {*_refusal_keys(), *(key for part in _results() for key in part.keys)}
    years = read_years(con, agencies, sorted(keys))
    return {key: _figures(years_) for key, years_ in years.items()}


def _figures(years: tuple[Year, ...]) -> AgencyFigures:
    requests = _span(years, (*_OUTCOME_KEYS, CLOSED))
    table = {
        form_table: tuple(Row(key, _label(key)) for key in keys if any(y.has([key]) for y in years))
        for form_table, keys in TABLE.items()
    }
    return AgencyFigures(
        years,
        {form_table: rows for form_table, rows in table.items() if rows},
        _outcomes(requests),
        _refusals(requests),
        _disputes(_span(years, [part.total for part in _results()])),
        _documents(_span(years, _IN_FORCE)),
        tuple(_chain(requests)),
    )


def _span(years: Sequence[Year], keys: Collection[Key]) -> tuple[Year, ...]:
    """The years without those at the ends whose form has none of the figures."""
    shown = [n for n, y in enumerate(years) if y.has(keys)]
    if not shown:
        return ()
    ends = [n for n, y in enumerate(years) if y.state == "missing"]
    first, last = min(shown), max(shown)
    while first - 1 in ends:
        first -= 1
    while last + 1 in ends:
        last += 1
    return tuple(years[first : last + 1])


def _outcomes(years: tuple[Year, ...]) -> Charted | None:
    if not years:
        return None
    rows = tuple(Row(key, _short(key)) for key in _OUTCOME_KEYS)
    chart = stack(years, [Parts(None, _OUTCOME_KEYS, CLOSED)])
    return Charted(chart, years, (*rows, Row(CLOSED, _short(CLOSED))))


def _refusals(years: tuple[Year, ...]) -> Refusals | None:
    if not years:
        return None
    rows = tuple(Row(key, _short(key)) for key in _refusal_keys())
    values = [year.value(row.key) or Decimal() for row in rows for year in years]
    return Refusals(years, rows, max(values, default=Decimal()))


def _disputes(years: tuple[Year, ...]) -> Charted | None:
    if not years:
        return None
    parts = _results()
    rows = tuple(Row(key, _label(key)) for part in parts for key in (*part.keys, part.total))
    return Charted(stack(years, parts), years, rows)


def _documents(years: tuple[Year, ...]) -> Charted | None:
    if not years:
        return None
    series = [Series(row_words(key), key, DOCUMENTS_IN_FORCE) for key in _IN_FORCE]
    return Charted(lines(years, series), years, tuple(Row(key, _label(key)) for key in _IN_FORCE))


def _chain(years: Sequence[Year]) -> Iterator[tuple[Year, Joint | None]]:
    for before, after in pairwise(years):
        yield before, joint(before, after, REQUESTS_CARRIED)
    if years:
        yield years[-1], None


@cache
def _results() -> tuple[Parts, ...]:
    """The results of disputes, channel by channel."""
    return tuple(
        Parts(
            WORDS[f"chart_{channel}"],
            tuple(("disputes", result, channel) for result in RESULTS),
            ("disputes", "total", channel),
        )
        for channel in CHANNELS
    )


@cache
def _refusal_keys() -> tuple[Key, ...]:
    members = [row for row in seed_rows("harmonised_members") if row["harmonised"] == "denied"]
    return tuple(("applications", row["member"], "total") for row in members)


@cache
def _named() -> Mapping[Key, Mapping[str, str]]:
    """The names of each figure; those of the newest form, where they differ."""
    named = {
        (row["form_table"], row["indicator"], row["breakdown"]): row
        for row in seed_rows("indicators")
    }
    for row in seed_rows("harmonised"):
        words = {**row, "label_zh": row["row_zh"], "label_en": row["row_en"]}
        named[row["form_table"], row["indicator"], "total"] = words
    return named


def _label(key: Key) -> Words:
    """What a figure is called in full; in table 3 by its row, as all are totals."""
    if key[0] == "applications":
        return row_words(key)
    named = _named()[key]
    zh, en = named["label_zh"], named["label_en"]
    return (
        (zh, en)
        if named["unit"] == "件"
        else (f"{zh}（{named['unit']}）", f"{en} ({named['unit']})")
    )


def row_words(key: Key) -> Words:
    """What the row of a figure is called."""
    named = _named()[key]
    return named["row_zh"], named["row_en"]


def _short(key: Key) -> Words:
    """The words of a row without those it stands under, and without what is said in brackets."""
    zh, en = row_words(key)
    return (
        zh.rpartition("·")[2].removesuffix("（小计）"),
        en.rpartition(": ")[2].removesuffix(" (subtotal)"),
    )
