"""From the terms of the database to the rows of marts.suspects."""

from __future__ import annotations

import random
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import duckdb
from hypothesis import given, settings
from hypothesis import strategies as st

from data.generator.draws import Style, draw
from data.generator.forms import Cell
from data.generator.localising import terms
from sql.localisation.rows import NOT_LOCALISED, Suspect, Term, frame, suspects
from sql.localisation.search import Limits

PATIENT = Limits(seconds=60)


def printed(seed: int, style: Style, form_table: str, wrong: int) -> dict[Cell, int]:
    """Generated figures of one table with so many wrong cells."""
    dice = random.Random(seed)
    true = draw("standard_2021", seed, style)
    figures = {cell: int(value) for cell, value in true.items() if cell.form_table == form_table}
    for cell in dice.sample(list(figures), wrong):
        figures[cell] = dice.choice([figures[cell] + dice.randint(1, 9), figures[cell] // 10, 7])
    return figures


def first_sets(found: list[Suspect]) -> dict[int | None, list[Suspect]]:
    by_set: dict[int | None, list[Suspect]] = {}
    for each in found:
        by_set.setdefault(each.solution_no, []).append(each)
    return by_set


@settings(max_examples=40)
@given(
    seed=st.integers(0, 10_000),
    style=st.sampled_from(["sparse", "busy", "dense"]),
    form_table=st.sampled_from(["applications", "disputes"]),
    wrong=st.integers(0, 3),
)
def test_every_set_puts_the_table_right_with_no_more_changes_than_were_planted(
    seed: int, style: Style, form_table: str, wrong: int
) -> None:
    figures = printed(seed, style, form_table, wrong)
    given_terms = terms(figures, form_table)
    for solution_no, changed in first_sets(list(suspects(given_terms, PATIENT))).items():
        assert solution_no is not None
        right = dict(figures)
        for each in changed:
            cell = Cell(form_table, str(each.indicator), str(each.breakdown))
            assert each.value == figures[cell]
            assert each.suggested_value is not None
            assert each.suggested_value >= 0
            assert each.suggested_value != each.value
            right[cell] = int(each.suggested_value)
        assert len({each.change_no for each in changed}) <= wrong
        sums: dict[tuple[str, str], int] = {}
        for term in given_terms:
            value = right[Cell(form_table, term.indicator, term.breakdown)]
            key = (term.rule, term.subject)
            sums[key] = sums.get(key, 0) + term.sign * value
        assert not any(sums.values())


@settings(max_examples=15)
@given(
    seed=st.integers(0, 10_000),
    style=st.sampled_from(["sparse", "busy", "dense"]),
    form_table=st.sampled_from(["applications", "disputes"]),
)
def test_the_one_wrong_cell_is_a_suspect_with_its_true_value(
    seed: int, style: Style, form_table: str
) -> None:
    figures = printed(seed, style, form_table, 0)
    wrong = random.Random(seed).choice(list(figures))
    misprinted = {**figures, wrong: figures[wrong] + 1 + seed % 9}
    found = list(suspects(terms(misprinted, form_table), PATIENT))
    named = {(each.indicator, each.breakdown): each.suggested_value for each in found}
    assert all(each.change_no == 1 for each in found)
    if not found[0].has_more:
        assert named[wrong.indicator, wrong.breakdown] == figures[wrong]


@settings(max_examples=20)
@given(seed=st.integers(0, 10_000), form_table=st.sampled_from(["applications", "disputes"]))
def test_reports_whose_relations_hold_yield_nothing(seed: int, form_table: str) -> None:
    figures = printed(seed, "busy", form_table, 0)
    assert list(suspects(terms(figures, form_table))) == []


def disputes(report_id: str = "r") -> list[Term]:
    """结果维持 10, 结果纠正 1, 总计 0."""
    figures = {
        Cell("disputes", result, "reconsideration"): value
        for result, value in zip(
            ("upheld", "corrected", "other", "pending", "total"), (10, 1, 0, 0, 0), strict=True
        )
    }
    return terms(figures, "disputes", report_id)


def test_the_only_smallest_set_is_certain() -> None:
    [found] = suspects(disputes(), PATIENT)
    assert found == Suspect(
        *("r", "disputes", 1, 1, "change", "total", "reconsideration"),
        *(Decimal(0), Decimal(11), True, 1, False),
    )


def test_a_table_without_result_within_the_limits_has_one_row_that_says_so() -> None:
    found = list(suspects([*disputes("a"), *disputes("b")], Limits(seconds=0)))
    assert [(each.report_id, each.solution_no, each.kind) for each in found] == [
        ("a", None, NOT_LOCALISED),
        ("b", None, NOT_LOCALISED),
    ]
    assert found[0].has_more


def test_the_frame_has_the_columns_of_the_mart_even_without_rows() -> None:
    with duckdb.connect() as con:
        con.execute(f"create table terms ({', '.join(f'{name} varchar' for name in Term._fields)})")
        assert frame(con.table("terms")).column_names == list(Suspect._fields)


def test_the_solver_is_not_imported_where_nothing_fails(root: Path) -> None:
    code = (
        "import sys; from sql.localisation.rows import suspects; list(suspects([]));"
        "sys.exit('highspy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=root, check=False).returncode == 0
