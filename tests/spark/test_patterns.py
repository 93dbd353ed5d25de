"""Every pattern of the project does to the same texts the same in RE2 (DuckDB) and Java (Spark)."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any

import duckdb
import pytest

import sql
from checkpoints.transform import narrative_patterns
from sql.spark.patterns import java, java_replacement

# What Spark collects, it fetches through sockets that it leaves to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")

LITERAL = re.compile(r"'((?:[^'\n]|'')*)'")
USED = re.compile(r"regexp_\w+|string_split_regex")

TRICKY = ["", "甲\n", "a\r\nb", "a b", "1,234.50", "(12)", "[a]&&b", "\x0b x\x0b", "３７件　"]


def examples() -> list[str]:
    """Texts: the examples of the seed, and what the two may take in another way."""
    with (sql.SEEDS / "narrative_patterns.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    said = "／".join(row["examples"] + "／" + row["counter_examples"] for row in rows)
    return sorted({part for each in said.split("／") for part in each.split("⇒")} | {*TRICKY})


def patterns() -> list[str]:
    """Those of the seeds, and every literal of a line of SQL that speaks of a pattern."""
    found = {row["pattern"] for row in narrative_patterns()}
    found |= {row["unless"] for row in narrative_patterns()} - {""}
    files = [
        *Path(sql.PROJECT, "models").rglob("*.sql"),
        *Path(sql.PROJECT, "macros").rglob("*.sql"),
    ]
    for file in files:
        for line in file.read_text(encoding="utf-8").splitlines():
            if USED.search(line) and "{{" not in line and "{%" not in line:
                found |= {text.replace("''", "'") for text in LITERAL.findall(line)}
    return sorted(each for each in found if each and not each.startswith("\\"))


def is_pattern(text: str) -> bool:
    try:
        duckdb.execute("select regexp_matches('', ?)", [text]).fetchall()
    except duckdb.Error:
        return False
    return True


def test_patterns_match_the_same(spark: Any) -> None:
    texts = examples()
    chosen = [each for each in patterns() if is_pattern(each)]
    assert len(chosen) > 100
    ours = [
        duckdb.execute(
            "select regexp_matches(t, $p), regexp_extract(t, $p), regexp_extract_all(t, $p),"
            # Java replaces the nothing at the end of a text too, where a pattern matches nothing.
            " case when not regexp_matches('', $p) then regexp_replace(t, $p, '<>', 'g') end"
            " from (select unnest($t) as t)",
            {"p": pattern, "t": texts},
        ).fetchall()
        for pattern in chosen
    ]
    from pyspark.sql import functions as f

    frame = spark.createDataFrame(list(enumerate(texts)), "place int, text string").coalesce(1)
    for start in range(0, len(chosen), 20):
        columns = []
        for pattern in chosen[start : start + 20]:
            made = f.lit(java(pattern))
            columns += [
                f.regexp_like("text", made),
                f.regexp_extract("text", java(pattern), 0),
                f.regexp_extract_all("text", made, f.lit(0)),
                f.when(
                    ~f.regexp_like(f.lit(""), made), f.regexp_replace("text", made, f.lit("<>"))
                ),
            ]
        rows = frame.orderBy("place").select(columns).collect()
        for number, pattern in enumerate(chosen[start : start + 20]):
            theirs = [tuple(row[4 * number : 4 * number + 4]) for row in rows]
            assert theirs == ours[start + number], pattern


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("^a$", r"(?d)^a\z"),
        (r"[^[\s]+", r"(?d)[^\[\t\n\f\r ]+"),
        (r"\p{Han}\x{3000}", r"(?d)\p{IsHan}\x{3000}"),
        ("[]a]", r"(?d)[\]a]"),
        (r"\$[$]", r"(?d)\$[$]"),
    ],
)
def test_pattern_for_java(pattern: str, expected: str) -> None:
    assert java(pattern) == expected


def test_replacement_for_java() -> None:
    assert java_replacement(r"\1$\2", shift=1) == r"$2\$$3"
