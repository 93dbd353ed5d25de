"""Each pattern of the seed does to its examples what the models do to sentences."""

from __future__ import annotations

import csv
import re
from typing import Any

import duckdb
import pytest
from jinja2 import Environment

import sql
from checkpoints.transform import narrative_patterns
from ingest.wording import compact

# Lookaround, possessive quantifiers, backreferences and names of scripts divide RE2 and Java.
NOT_COMMON = r"\(\?[=!<]|[*+?}]\+|\\[1-9pP]"


def seed(name: str) -> list[dict[str, str]]:
    with (sql.SEEDS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


HANDED = {row["ordinal"]: row for row in narrative_patterns()}
PATTERNS = [row | HANDED.get(row["ordinal"], {}) for row in seed("narrative_patterns")]


def macro(call: str) -> str:
    """SQL of a macro of the project."""
    names = ("prose.sql", "titles.sql")
    sources = [(sql.PROJECT / "macros" / name).read_text("utf-8") for name in names]
    return (
        Environment(autoescape=False)
        .from_string("\n".join([*sources, f"{{{{ {call} }}}}"]))
        .render()
    )


def run(query: str, *values: Any) -> Any:
    with duckdb.connect() as con:
        [found] = con.execute(query, list(values)).fetchone() or [None]
        return found


def prepared(text: str) -> str:
    """A sentence as stg_sentences has it."""
    line, figures = macro("prose_line('text')"), macro("with_figures('line')")
    return run(f"select {figures} from (select {line} as line from (select ? as text))", text)


def matches(text: str, pattern: str) -> bool:
    return run("select regexp_matches(?, ?)", text, pattern)


def stated(row: dict[str, str], text: str) -> set[str]:
    """The figures that a row finds in a sentence."""
    sentence = prepared(text)
    if row["context"] and not matches(sentence, row["context"]):
        return set()
    if row["kind"] == "none":
        found = {"0"} if matches(sentence, row["pattern"]) else set()
        return set() if row["unless"] and matches(sentence, row["unless"]) else found
    if row["kind"] in ("year", "agency"):
        return {run("select regexp_extract(?, ?, 1)", sentence, row["pattern"])} - {""}
    figures = set()
    for number in re.finditer("[0-9]+", sentence):
        around = f"{sentence[: number.start()]}<N>{sentence[number.end() :]}"
        if matches(around, row["pattern"]) and not (
            row["unless"] and matches(around, row["unless"])
        ):
            figures.add(number[0])
    return figures


def of(*kinds: str) -> list[Any]:
    return [
        pytest.param(row, id=f"{row['ordinal']}-{row['claim']}")
        for row in PATTERNS
        if row["kind"] in kinds
    ]


@pytest.mark.parametrize("row", of("number", "none", "year", "agency"))
def test_examples_state_their_figure(row: dict[str, str]) -> None:
    examples = [example.split("⇒") for example in row["examples"].split("／")]
    assert examples
    for text, figure in examples:
        found = {name.removeprefix("现发布") for name in stated(row, text)}
        assert figure.removeprefix("现发布") in found, text


@pytest.mark.parametrize("row", of("number", "none", "year", "agency"))
def test_counter_examples_state_nothing(row: dict[str, str]) -> None:
    for example in filter(None, row["counter_examples"].split("／")):
        text, _, figure = example.partition("⇒")
        assert stated(row, text) == ({figure} if figure else set()), text


@pytest.mark.parametrize("row", of("gate", "sum", "part"))
def test_gates_sums_and_parts_match_their_examples_alone(row: dict[str, str]) -> None:
    assert all(matches(text, row["pattern"]) for text in row["examples"].split("／"))
    assert not any(
        matches(text, row["pattern"]) for text in filter(None, row["counter_examples"].split("／"))
    )


@pytest.mark.parametrize("row", of("number", "none", "gate", "sum", "year", "agency"))
def test_every_pattern_has_examples_and_the_common_syntax(row: dict[str, str]) -> None:
    assert row["examples"] and row["counter_examples"]
    for pattern in (row["pattern"], row["unless"], row["context"]):
        assert not re.search(NOT_COMMON, pattern)


def test_every_claim_has_words_and_every_claim_of_a_table_its_readings() -> None:
    claims = {row["claim"] for row in PATTERNS if row["kind"] in ("number", "none")}
    others = {row["claim"] for row in PATTERNS if row["kind"] in ("year", "agency")}
    assert {row["claim"] for row in seed("narrative_readings")} == claims
    assert {row["claim"] for row in seed("narrative_words")} == claims | others | {"sum"}


def test_readings_name_cells_of_the_form() -> None:
    cells = {(row["form_table"], row["indicator"], row["breakdown"]) for row in seed("indicators")}
    for row in seed("narrative_readings"):
        start = row["indicator"].rstrip("*")
        assert any(
            table == row["form_table"]
            and (
                indicator.startswith(start)
                if row["indicator"].endswith("*")
                else indicator == start
            )
            and row["breakdown"] in (breakdown, "any", "organisations")
            for table, indicator, breakdown in cells
        ), row


NUMERALS = {
    **{"一": 1, "两": 2, "十": 10, "十二": 12, "二十": 20, "一百零五": 105, "三百": 300},
    **{"一千二百三十四": 1234, "两千零八": 2008, "三五": None, "百": None, "一百二": None},
}


@pytest.mark.parametrize(("numeral", "value"), NUMERALS.items())
def test_chinese_numerals_are_numbers(numeral: str, value: int | None) -> None:
    call = "chinese_number('numeral')"
    assert run(f"select {macro(call)} from (select ? as numeral)", numeral) == value


def test_radicals_are_the_characters_that_labels_are_compared_with() -> None:
    radicals = [*map(chr, range(0x2E80, 0x2FE0))]
    ordinary = macro("ordinary('text')")
    query = f"select list({ordinary} order by text) from (select unnest(?) as text)"
    assert run(query, radicals) == [*map(compact, radicals)]
    text = "2023年⺠政局收到申请12件，⼯作⻓期"
    assert prepared(text) == "2023年民政局收到申请12件，工作长期"
