"""What a cell prints: a number reads as itself however it is written, and no digit is made up."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import duckdb
import jinja2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sql

CELLS = """
create schema raw;
create table raw.cells (document_id varchar, block_no integer, page integer, row_no integer,
    col_no integer, row_span integer, col_span integer, text varchar,
    x0 float, top float, x1 float, bottom float, confidence float)
"""
FULL_WIDTH = str.maketrans("0123456789.,+-()", "０１２３４５６７８９．，＋－（）")
NOTES = ("", "（其中修订16件）", "(含上年3件)", "（注（1））")
UNITS = ("", "件", "条", " 项", "万元", "元")


@pytest.fixture(scope="module")
def reader() -> Iterator[duckdb.DuckDBPyConnection]:
    """``read`` is the model stg_cells on an empty ``raw.cells``."""
    macros = (sql.PROJECT / "macros" / "printed_numbers.sql").read_text(encoding="utf-8")
    model = sql.PROJECT / "models" / "staging" / "stg_cells.sql"
    given_by_dbt: dict[str, Any] = {
        "source": lambda schema, table: f"{schema}.{table}",
        "var": {"least_sure": 0.8}.get,
    }
    template = jinja2.Environment().from_string(macros + model.read_text(encoding="utf-8"))
    with duckdb.connect() as con:
        con.execute(CELLS)
        con.execute(f"create view read as {template.render(**given_by_dbt)}")
        yield con


Read = dict[str, tuple[str, Decimal | None, str | None]]


def read(con: duckdb.DuckDBPyConnection, texts: list[str]) -> Read:
    """Status, value and unit of each text."""
    con.execute("delete from raw.cells")
    con.executemany("insert into raw.cells (col_no, text) values (1, ?)", [[t] for t in texts])
    rows = con.execute("select raw_text, status, value, printed_unit from read").fetchall()
    return {text: (status, value, unit) for text, status, value, unit in rows}


@st.composite
def written(draw: st.DrawFn) -> tuple[str, Decimal, str]:
    """A number as somebody prints it, the number, and its unit."""
    places = draw(st.integers(0, 8))
    number = draw(st.decimals(0, 10**15, places=places, allow_nan=False, allow_infinity=False))
    text = f"{number:,f}" if draw(st.booleans()) else f"{number:f}"
    text = draw(st.sampled_from(("", "+"))) + text
    unit = draw(st.sampled_from(UNITS))
    text = draw(st.sampled_from(("", " ", "\u3000"))) + text + draw(st.sampled_from(NOTES)) + unit
    return text.translate(FULL_WIDTH) if draw(st.booleans()) else text, number, unit.strip()


@settings(max_examples=25)
@given(cells=st.lists(written(), min_size=1, max_size=20))
def test_a_number_reads_as_itself_however_it_is_written(
    reader: duckdb.DuckDBPyConnection, cells: list[tuple[str, Decimal, str]]
) -> None:
    found = read(reader, [text for text, _, _ in cells])
    for text, number, unit in cells:
        assert found[text] == ("reported", number, unit if unit.endswith("元") else None), text


@settings(max_examples=25)
@given(
    texts=st.lists(
        st.text("0123456789０１.．, ，+-−/（）()件元万无零〇一O \n", max_size=12), min_size=1
    )
)
def test_no_digit_is_made_up_or_lost(reader: duckdb.DuckDBPyConnection, texts: list[str]) -> None:
    for text, (status, value, _) in read(reader, texts).items():
        assert status in ("reported", "blank", "not_applicable", "unreadable")
        assert (value is not None) == (status == "reported"), text
        if value is not None:
            plain = unicodedata.normalize("NFKC", text)
            while "(" in plain and (bare := re.sub(r"\([^()]*\)", "", plain)) != plain:
                plain = bare
            digits = re.sub(r"[^0-9.]", "", plain.replace("零", "0").replace("〇", "0"))
            assert abs(value) == Decimal(digits), text


@settings(max_examples=25)
@given(pair=st.tuples(st.integers(0, 999), st.integers(0, 99)))
def test_two_numbers_in_a_cell_are_none(
    reader: duckdb.DuckDBPyConnection, pair: tuple[int, int]
) -> None:
    text = f"{pair[0]} {pair[1]}"
    assert read(reader, [text])[text] == ("unreadable", None, None)
