"""A row that lost a value, or gained one, is placed where the relations leave a single way."""

from pathlib import Path

import pytest

from data.generator.text import render_text
from tests.acceptance.reports import clean
from tests.acceptance.runs import check, rows

ROW = "granted"


def changed(report, change) -> str:
    """The report as text with another list of values in the row （一）予以公开."""
    lines = render_text(report).splitlines()
    (at,) = [n for n, line in enumerate(lines) if "予以公开" in line and "\t" in line]
    cells = lines[at].split("\t")
    first = next(n for n, cell in enumerate(cells) if cell.strip().isdigit())
    lines[at] = "\t".join([*cells[:first], *change(cells[first : first + 7])])
    return "\n".join(lines)


def with_one_more(values: list[str]) -> list[str]:
    return [*values[:2], "99999", *values[2:]]


def torn_out(values: list[str], at: int) -> list[str]:
    """One value lost, and the others no longer below the columns of the other rows."""
    return ["", "", *values[:at], *values[at + 1 :]]


def read_row(database: Path) -> list[tuple]:
    return rows(
        database,
        "select value, status, resolution from marts.cell_values where indicator = ?"
        " order by ordinal",
        ROW,
    )


@pytest.fixture
def dense():
    return clean(1, style="dense")


def values_of(report) -> list[int]:
    return [int(text) for cell, text in report.printed.items() if cell.indicator == ROW]


def test_a_surplus_value_is_left_out_where_the_sums_say_which(dense, tmp_path):
    (tmp_path / "r").mkdir()
    (tmp_path / "r" / "surplus.txt").write_text(changed(dense, with_one_more), encoding="utf-8")
    outcome = check([tmp_path / "r"], tmp_path / "gouji.duckdb")
    assert read_row(tmp_path / "gouji.duckdb") == [
        (value, "reported", "by_relations") for value in values_of(dense)
    ]
    assert [g.rule for g in outcome.reports[0].groups] == ["completeness.row_shape"]


def test_no_value_is_invented_for_one_that_is_lost(dense, tmp_path):
    (tmp_path / "r").mkdir()
    text = changed(dense, lambda row: torn_out(row, 2))
    (tmp_path / "r" / "lost.txt").write_text(text, encoding="utf-8")
    check([tmp_path / "r"], tmp_path / "gouji.duckdb")
    assert read_row(tmp_path / "gouji.duckdb") == [(None, "ambiguous", "ambiguous")] * 7


def test_a_lost_zero_leaves_its_cell_blank_where_the_sums_say_which(tmp_path):
    busy = clean(3, style="busy")
    values = values_of(busy)
    # A 0 between two other figures: taken out anywhere else, a column no longer adds up.
    at = next(n for n in range(1, 6) if values[n] == 0 and values[n - 1] and values[n + 1])
    (tmp_path / "r").mkdir()
    (tmp_path / "r" / "zero.txt").write_text(
        changed(busy, lambda row: torn_out(row, at)), encoding="utf-8"
    )
    check([tmp_path / "r"], tmp_path / "gouji.duckdb")
    assert read_row(tmp_path / "gouji.duckdb") == [
        (None, "blank", "by_relations") if n == at else (value, "reported", "by_relations")
        for n, value in enumerate(values)
    ]
