"""Planted faults state exactly the findings that an independent reckoning of the print gives."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.generator import faults
from data.generator.draws import draw
from data.generator.forms import APPLICANTS, CHANNELS, EDITIONS, TABLES, Cell, rows_of
from data.generator.report import HEADINGS, NUMERALS, Report, Section, print_figures
from tests.oracle import expected_findings

seeds = st.integers(0, 10**6)


def report(edition="standard_2021", seed=1, style="busy"):
    return Report(
        agency="云溪县示例教育局",
        year=2021,
        edition=edition,
        printed=print_figures(draw(edition, seed, style), edition),
        title="云溪县示例教育局2021年政府信息公开工作年度报告",
        introduction=(),
        sections=tuple(
            Section(number, f"{NUMERALS[number - 1]}、{heading}")
            for number, heading in enumerate(HEADINGS, start=1)
        ),
    )


def stated(planted):
    return Counter((finding.rule, finding.subject) for finding in planted.findings)


def reckoned(planted):
    return expected_findings(planted.report.printed, planted.report.edition)


@given(st.sampled_from(EDITIONS), seeds, st.data())
def test_any_misprints_upset_the_relations_stated(edition, seed, data):
    sound = report(edition, seed)
    cells = data.draw(
        st.lists(st.sampled_from(sorted(sound.printed)), min_size=1, max_size=4, unique=True)
    )
    texts = st.sampled_from(["0", "1", "-3", "7.5", "98765432", "0.12345"])
    changes = {cell: data.draw(texts) for cell in cells}
    planted = faults.misprint(sound, changes, "")
    # Both cells of a row may yield its items_left: the program reports a subject once.
    assert set(stated(planted)) == set(reckoned(planted))


@given(st.sampled_from(EDITIONS), seeds, st.data())
def test_blanks_that_upset_no_sum(edition, seed, data):
    sound = report(edition, seed, "sparse")
    cells = [cell for cell, text in sound.printed.items() if text == "0"]
    results = [
        cell
        for cell in sound.printed
        if cell[2] == "total" or cell[1] in ("total", "outcome_total")
    ]
    chosen = data.draw(
        st.lists(st.sampled_from(cells + results), min_size=1, max_size=30, unique=True)
    )
    text = data.draw(st.sampled_from(["", "/", "—", "无"]))
    planted = faults.blank(sound, chosen, "", text)
    assert stated(planted) == reckoned(planted)


def test_a_blank_that_would_upset_a_sum_is_refused():
    sound = report(style="dense")
    with pytest.raises(ValueError, match="would upset the sums"):
        faults.blank(sound, [Cell("applications", "granted", "business")], "")


@given(st.sampled_from(EDITIONS), seeds, st.data())
def test_words_for_a_number(edition, seed, data):
    sound = report(edition, seed)
    cell = data.draw(st.sampled_from(sorted(sound.printed)))
    planted = faults.unreadable(sound, cell, "若干", "")
    assert (
        stated(planted)
        == reckoned(planted)
        == Counter([("completeness.values_readable", ".".join(cell))])
    )


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_row_left_out(edition):
    for row in rows_of(report(edition).printed, "applications"):
        planted = faults.drop_row(report(edition), "applications", row, "")
        assert stated(planted) == reckoned(planted)
        assert len(planted.findings) == 7


@pytest.mark.parametrize("table", TABLES)
def test_a_table_left_out(table):
    planted = faults.drop_table(report(), table, "")
    assert stated(planted) == reckoned(planted) == Counter([("completeness.tables_present", table)])


def test_one_wrong_total_upsets_its_row_and_its_column():
    cell = Cell("applications", "granted", "total")
    planted = faults.shift(report(style="dense"), {cell: 1}, "抄错")
    assert [(f.rule, f.subject) for f in planted.findings] == [
        ("balance.applicants_total", "granted"),
        ("balance.outcomes_total", "total"),
    ]
    row, column = planted.findings
    assert int(row.printed) == int(row.expected) + 1
    assert int(column.printed) == int(column.expected) - 1


def test_a_swap_within_a_row_leaves_the_row_balanced():
    changes = {Cell("applications", "new_received", APPLICANTS[0]): -1}
    changes[Cell("applications", "new_received", APPLICANTS[1])] = 1
    planted = faults.shift(report(style="dense"), changes, "")
    assert stated(planted) == Counter(
        ("balance.requests_closure", column) for column in APPLICANTS[:2]
    )


def test_a_negative_count_made_good_elsewhere_is_only_negative():
    sound = report("standard_2021", 3, "sparse")
    cell = Cell("disputes", "corrected", CHANNELS[0])
    by = int(sound.printed[cell]) + 1
    planted = faults.shift(sound, {cell: -by, Cell("disputes", "upheld", CHANNELS[0]): by}, "")
    assert stated(planted) == Counter({("non_negativity.counts", ".".join(cell)): 1})


def test_sections():
    dropped = faults.drop_section(report(), 6, "")
    assert [section.number for section in dropped.report.sections] == [1, 2, 3, 4, 5]
    renumbered = faults.renumber_section(report(), 6, 5, "")
    assert renumbered.report.sections[5].heading == "五、其他需要报告的事项"
    for planted in (dropped, renumbered):
        assert stated(planted) == Counter([("completeness.sections_present", "6")])


def test_a_surplus_value_needs_a_row_of_zeros():
    with pytest.raises(ValueError, match="not all zeros"):
        faults.surplus_value(report(style="dense"), "applications", "granted", "")


def test_both_sides_of_a_broken_closure_are_stated():
    sound = report(style="dense")
    received, left = (Cell("applications", row, "legal") for row in ("new_received", "carried_out"))
    assert stated(faults.shift(sound, {received: 1, left: 1}, "")) == Counter(
        ("balance.applicants_total", row) for row in ("new_received", "carried_out")
    )
    [finding] = [
        finding
        for finding in faults.shift(sound, {left: 1}, "").findings
        if finding.rule == "balance.requests_closure"
    ]
    assert int(finding.printed) == int(finding.expected) + 1
