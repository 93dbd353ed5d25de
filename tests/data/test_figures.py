"""Generated figures satisfy every relation, whatever the seed; given ones are held to them."""

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from data.generator.draws import draw
from data.generator.figures import complete
from data.generator.forms import EDITIONS, Cell, form_cells
from data.generator.report import print_figures
from tests.oracle import expected_findings, statutory_cells

editions = st.sampled_from(EDITIONS)
styles = st.sampled_from(["sparse", "busy", "dense"])
seeds = st.integers(min_value=0, max_value=10**9)
CELL_COUNTS = [("trial_2019", 198), ("standard_2021", 200), ("decimal_2021", 200)]


@pytest.mark.parametrize(("edition", "count"), CELL_COUNTS)
def test_the_seed_and_the_hand_written_form_have_the_same_cells(edition, count):
    cells = [tuple(spec.cell) for spec in form_cells(edition)]
    assert len(cells) == count
    assert set(cells) == set(statutory_cells(edition))


def test_a_later_form_with_one_other_row_has_fourteen_cells_less():
    single = {spec.cell for spec in form_cells("standard_2021", single_other_row=True)}
    assert len(single) == 200 - 14
    assert single == set(statutory_cells("standard_2021", single_other_row=True))


@given(editions, seeds, styles, st.booleans())
def test_every_relation_holds(edition, seed, style, single_other_row):
    figures = draw(edition, seed, style, single_other_row)
    assert set(figures) == set(statutory_cells(edition, single_other_row))
    printed = print_figures(figures, edition)
    assert not expected_findings(printed, edition, single_other_row)


@given(editions, seeds)
def test_dense_figures_differ_and_none_is_zero(edition, seed):
    values = list(draw(edition, seed, "dense").values())
    assert 0 not in values
    assert len(set(values)) == len(values)
    assert max(len(f"{value:f}".partition(".")[0]) for value in values) <= 8


@given(st.sampled_from(EDITIONS), seeds, styles)
@example("trial_2019", 189, "dense")
def test_stocks_carry_over(edition, seed, style):
    before = draw(edition, seed, style)
    after = draw(edition, seed + 1, style, last_year=before)
    assert not expected_findings(print_figures(after, edition), edition)
    for (table, row, part), value in after.items():
        if row == "carried_in":
            assert value == before[table, "carried_out", part]
        if part == "in_force":
            issued, repealed = after[table, row, "issued"], after[table, row, "repealed"]
            assert value == before[table, row, "in_force"] + issued - repealed
        if part == "prior_items":
            assert value == before[table, row, part] + before[table, row, "change"]


def test_the_same_seed_gives_the_same_figures_and_another_seed_others():
    first = draw("standard_2021", 7, "busy")
    assert first == draw("standard_2021", 7, "busy")
    assert first != draw("standard_2021", 8, "busy")


def test_totals_follow_from_given_figures():
    figures = complete(
        "standard_2021",
        {
            Cell("applications", "granted", "natural_person"): 5,
            Cell("applications", "other_misc", "business"): 2,
            Cell("applications", "carried_in", "business"): 1,
            Cell("disputes", "upheld", "reconsideration"): 3,
            Cell("proactive", "fees", "amount"): Decimal("1.25"),
        },
    )
    assert figures["applications", "new_received", "total"] == 6
    assert figures["applications", "outcome_total", "total"] == 7
    assert figures["disputes", "total", "reconsideration"] == 3
    assert figures["proactive", "fees", "amount"] == Decimal("1.25")
    assert sum(1 for value in figures.values() if value) == 15


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({Cell("disputes", "total", "reconsideration"): 3}, "the relations make it 0"),
        ({Cell("applications", "carried_in", "legal"): 1}, "carried in"),
        ({Cell("proactive", "procurement", "items"): 1}, "not cells of standard_2021"),
    ],
)
def test_given_figures_that_cannot_be_are_refused(wrong, message):
    with pytest.raises(ValueError, match=message):
        complete("standard_2021", wrong)


def test_an_unknown_edition_is_refused():
    with pytest.raises(ValueError, match="unknown edition 'trial_2018'"):
        form_cells("trial_2018")


def test_amounts_and_changes_print_as_the_options_say():
    figures = {
        Cell("proactive", "procurement", "amount"): Decimal("1234.50"),
        Cell("proactive", "licensing", "change"): 2,
        Cell("proactive", "penalties", "change"): -1,
    }
    assert list(print_figures(figures, "trial_2019").values()) == ["1234.50", "2", "-1"]
    options = {"plus_sign": True, "unit_in_cell": True}
    assert list(print_figures(figures, "trial_2019", **options).values()) == [
        "1234.50元",
        "+2",
        "-1",
    ]
