"""Score printed texts against the wordings of the form.

Scoring happens here rather than in SQL because DuckDB's edit distances count bytes, of which a
Chinese character has three.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import polars as pl
from rapidfuzz import fuzz

from ingest.wording import Wording, compact, normalise

MATCHES = pl.Schema(
    {
        "text": pl.String,
        "form_table": pl.String,
        "kind": pl.String,
        "code": pl.String,
        "method": pl.String,
        "score": pl.Float32,
        "runner_up": pl.Float32,
    }
)
"""Columns of ``raw.label_matches``."""

LONGEST = 80
"""Characters beyond which a text is prose and no label."""
SHORTEST_SIMILAR = 4
"""Characters below which likeness proves nothing, on either side: 其他结果 is not nearly 其他."""
LOWEST = 60.0
"""Score below which a pair is not worth keeping."""
NUMBER_ABSENT = 2.0
"""Points off where one side has a number and the other has none (总计 for （七）总计)."""
NUMBER_CONTRADICTS = 5.0
"""Points off where the numbers differ (2.其他 for 3.其他)."""
BEST_SIMILAR = 94.0
"""Ceiling for words that differ, so that equal words always score higher."""

_FIGURE = re.compile(r"[\W\d_]*(元|万元|件|条|项|次|个|人)?\W*")
_CHUNK = 2000


def is_scored(text: str) -> bool:
    """Tell whether a text may be a label: not blank, not a figure, not prose."""
    words = compact(text)
    if not words or len(words) > LONGEST:
        return False
    body = normalise(text).body
    return not _FIGURE.fullmatch(words) and not (body and _FIGURE.fullmatch(body))


def score(texts: Iterable[str], labels: pl.DataFrame, headers: pl.DataFrame) -> pl.DataFrame:
    """Score each distinct text against all labels and headers; return :data:`MATCHES`.

    ``labels`` has form_table, kind, code, label, edition; ``headers`` form_table, code, header,
    edition. Of each form_table and kind the best code is kept, with the best score of any other
    code as ``runner_up`` (0 if there is none). Methods:

    * ``exact``: the words are the first wording of the code in its edition, and the number, where
      both have one, is the same (100; 98 where one side has none);
    * ``alias``: the same for a later wording;
    * ``similar``: like words (at least 60, at most 94), or the same words under another number
      (95).

    A text that is like no wording has one row whose form_table, kind, code and method are ''.
    """
    wordings = _wordings(labels, headers)
    printed = {text: normalise(text) for text in sorted(set(texts)) if is_scored(text)}
    distinct = list(printed)
    frames = [
        _best(chunk, [printed[text] for text in chunk], wordings)
        for start in range(0, len(distinct), _CHUNK)
        for chunk in [distinct[start : start + _CHUNK]]
    ]
    found = pl.concat(frames) if frames else pl.DataFrame(schema=MATCHES)
    unlike = pl.DataFrame({"text": distinct}, schema={"text": pl.String}).join(
        found, on="text", how="anti"
    )
    nothing = unlike.select(
        "text",
        *(pl.lit("").alias(name) for name in ("form_table", "kind", "code", "method")),
        pl.lit(0.0, pl.Float32).alias("score"),
        pl.lit(0.0, pl.Float32).alias("runner_up"),
    )
    return pl.concat([found, nothing]).sort("text", "form_table", "kind")


def _wordings(labels: pl.DataFrame, headers: pl.DataFrame) -> pl.DataFrame:
    """Put labels and headers into one frame, their words in comparable form.

    Columns: form_table, kind, code, order, is_official, number, body.
    """
    columns = ["form_table", "kind", "code", "edition", "wording"]
    both = pl.concat(
        [
            labels.rename({"label": "wording"}).select(columns),
            headers.rename({"header": "wording"})
            .with_columns(kind=pl.lit("header"))
            .select(columns),
        ]
    ).with_columns(pl.col("edition").fill_null(""))
    first = pl.int_range(pl.len()).over("form_table", "kind", "code", "edition") == 0
    forms = [normalise(wording) for wording in both["wording"]]
    return both.select(
        "form_table",
        "kind",
        "code",
        pl.int_range(pl.len()).alias("order"),
        first.alias("is_official"),
        pl.Series("number", [form.number for form in forms], pl.Int32),
        pl.Series("body", [form.body for form in forms], pl.String),
    )


def _best(texts: list[str], printed: list[Wording], wordings: pl.DataFrame) -> pl.DataFrame:
    """Score one chunk of texts and keep the best code of each form_table and kind."""
    forms = pl.DataFrame(
        {
            "text": texts,
            "printed_number": [wording.number for wording in printed],
            "printed_body": [wording.body for wording in printed],
        },
        schema={"text": pl.String, "printed_number": pl.Int32, "printed_body": pl.String},
    )
    best_of_code = (
        forms.join(_ratios(forms["printed_body"], wordings["body"]), on="printed_body")
        .join(wordings, on="body")
        .with_columns(off=_points_off(pl.col("printed_number"), pl.col("number")))
        .with_columns(score=_score(pl.col("ratio"), pl.col("off")), method=_method())
        .sort("score", "is_official", "order", descending=[True, True, False])
        .unique(["text", "form_table", "kind", "code"], keep="first", maintain_order=True)
    )
    return (
        best_of_code.group_by("text", "form_table", "kind", maintain_order=True)
        .agg(
            pl.first("code", "method", "score"),
            runner_up=pl.col("score").slice(1, 1).first().fill_null(0.0),
        )
        .filter(pl.col("score") >= LOWEST)
        .select(MATCHES.names())
        .cast(MATCHES)
    )


def _ratios(printed: pl.Series, official: pl.Series) -> pl.DataFrame:
    """Compare each distinct printed body with each official one; ``ratio`` is 0 to 100."""
    pairs = [(one, other) for one in printed.unique() for other in official.unique()]
    return pl.DataFrame(
        [(one, other, _ratio(one, other)) for one, other in pairs],
        schema={"printed_body": pl.String, "body": pl.String, "ratio": pl.Float64},
        orient="row",
    )


def _ratio(one: str, other: str) -> float:
    if one == other:
        return 100.0
    if min(len(one), len(other)) < SHORTEST_SIMILAR:
        return 0.0
    return min(fuzz.ratio(one, other), BEST_SIMILAR)


def _points_off(one: pl.Expr, other: pl.Expr) -> pl.Expr:
    """Return what the leading numbers cost; null means that there is none."""
    return (
        pl.when(one.eq_missing(other))
        .then(0.0)
        .when(one.is_null() | other.is_null())
        .then(NUMBER_ABSENT)
        .otherwise(NUMBER_CONTRADICTS)
    )


def _score(ratio: pl.Expr, off: pl.Expr) -> pl.Expr:
    return (ratio - off).clip(0.0, 100.0)


def _method() -> pl.Expr:
    is_same = (pl.col("ratio") == 100) & (pl.col("off") < NUMBER_CONTRADICTS)
    return (
        pl.when(~is_same)
        .then(pl.lit("similar"))
        .when("is_official")
        .then(pl.lit("exact"))
        .otherwise(pl.lit("alias"))
    )
