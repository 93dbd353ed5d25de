"""A row that lost a value, or gained one, is placed where the relations leave a single way."""

from pathlib import Path
from typing import NamedTuple

import pytest

from checkpoints.outcome import Outcome
from data.generator.text import render_text
from tests.acceptance.reports import clean
from tests.acceptance.runs import check, report_at, rows

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


def values_of(report) -> list[int]:
    return [int(text) for cell, text in report.printed.items() if cell.indicator == ROW]


SURPLUS = clean(1, style="dense")
LOST = clean(2, style="dense")
ZERO = clean(3, style="busy")
VALUES = values_of(ZERO)
# A 0 between two other figures: taken out anywhere else, a column no longer adds up.
AT = next(n for n in range(1, 6) if VALUES[n] == 0 and VALUES[n - 1] and VALUES[n + 1])


class Checked(NamedTuple):
    outcome: Outcome
    folder: Path
    database: Path

    def row(self, name: str) -> list[tuple]:
        """Value, status and resolution of each cell of the row in one report."""
        return rows(
            self.database,
            "select value, status, resolution from marts.cell_values"
            " inner join marts.reports using (report_id)"
            " where ends_with(source_path, $1) and indicator = $2 order by ordinal",
            f"/{name}.txt",
            ROW,
        )


@pytest.fixture(scope="module")
def checked(tmp_path_factory):
    place = tmp_path_factory.mktemp("placement")
    (place / "r").mkdir()
    for name, text in (
        ("surplus", changed(SURPLUS, with_one_more)),
        ("lost", changed(LOST, lambda row: torn_out(row, 2))),
        ("zero", changed(ZERO, lambda row: torn_out(row, AT))),
    ):
        (place / "r" / f"{name}.txt").write_text(text, encoding="utf-8")
    outcome = check([place / "r"], place / "gouji.duckdb")
    return Checked(outcome, place / "r", place / "gouji.duckdb")


def test_a_surplus_value_is_left_out_where_the_sums_say_which(checked):
    assert checked.row("surplus") == [
        (value, "reported", "by_relations") for value in values_of(SURPLUS)
    ]
    report = report_at(checked.outcome, checked.folder / "surplus.txt")
    assert [g.rule for g in report.groups] == ["completeness.row_shape"]


def test_no_value_is_invented_for_one_that_is_lost(checked):
    assert checked.row("lost") == [(None, "ambiguous", "ambiguous")] * 7


def test_a_lost_zero_leaves_its_cell_blank_where_the_sums_say_which(checked):
    assert checked.row("zero") == [
        (None, "blank", "by_relations") if n == AT else (value, "reported", "by_relations")
        for n, value in enumerate(VALUES)
    ]
