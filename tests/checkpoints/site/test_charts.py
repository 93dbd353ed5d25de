"""What is not printed is drawn as not printed, and a break is drawn as a break."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkpoints.site.charts import (
    LEFT,
    MOST_TICKS,
    PLOT,
    TOP,
    WIDTH,
    Bar,
    Joint,
    Parts,
    Series,
    joint,
    lines,
    stack,
)
from checkpoints.site.figure_words import joined
from checkpoints.site.years import REQUESTS_CARRIED, Figure, Key, Link, Links, State, Year

A: Key = ("applications", "granted", "total")
B: Key = ("applications", "denied", "total")
TOTAL: Key = ("applications", "outcome_total", "total")
IN_FORCE: Key = ("proactive", "regulations", "in_force")
PARTS = Parts(None, (A, B), TOTAL)
GROUND = TOP + PLOT


def figures(values: Mapping[Key, int | None]) -> dict[Key, Figure]:
    return {
        key: Figure(None if value is None else Decimal(value), "reported" if value else "blank")
        for key, value in values.items()
    }


def year(
    label: int | str,
    values: Mapping[Key, int | None] | None = None,
    links: tuple[Link, ...] | None = None,
    *,
    rule: str = REQUESTS_CARRIED,
    before: str | None = None,
    state: State = "report",
) -> Year:
    """A year whose report has the id ``r<label>``; its links lead to the year before."""
    label = str(label)
    found = {}
    if links is not None:
        found[rule] = Links(before or f"r{int(label) - 1}", links)
    report_id = f"r{label}" if state == "report" else None
    return Year(label, state, report_id, None, figures(values or {}), found)


def link(subject: str, left: int | None, right: int | None) -> Link:
    if left is None or right is None:
        return Link(subject, None, left and Decimal(left), right and Decimal(right), None)
    return Link(subject, left == right, Decimal(left), Decimal(right), Decimal(right - left))


def bar(values: Mapping[Key, int | None], *others: Year) -> Bar:
    return stack([year(2022, values), *others], [PARTS]).groups[0].bars[0]


# Bars


def test_parts_stand_on_each_other_in_proportion() -> None:
    drawn = bar({A: 30, B: 10, TOTAL: 40})
    first, second = drawn.segments
    assert (first.height, second.height) == (PLOT * 3 / 4, PLOT / 4)
    assert (first.y + first.height, second.y + second.height) == (GROUND, first.y)
    assert (first.text, second.text, drawn.total, drawn.is_broken) == ("30", "10", "40", False)


def test_a_zero_is_no_segment_but_a_total() -> None:
    drawn = bar({A: 0, B: 0, TOTAL: 0})
    assert (drawn.segments, drawn.total, drawn.top) == ((), "0", GROUND)
    assert not drawn.is_absent
    assert drawn.unknown is None


def test_a_part_that_is_not_printed_is_an_open_box_and_no_zero() -> None:
    drawn = bar({A: 30, B: None, TOTAL: 40})
    assert [each.series for each in drawn.segments] == [0]
    assert drawn.unknown is not None
    assert drawn.unknown < drawn.segments[0].y
    assert not drawn.is_broken


def test_a_total_that_is_not_printed_has_a_question_mark() -> None:
    assert bar({A: 30, B: 10, TOTAL: None}).total == "?"


@pytest.mark.parametrize("values", [{}, {A: None, B: None, TOTAL: None}])
def test_a_report_without_the_figures_is_absent(values: Mapping[Key, int | None]) -> None:
    drawn = bar(values, year(2023, {A: 1, B: 1, TOTAL: 2}))
    assert (drawn.is_absent, drawn.segments) == (True, ())


@pytest.mark.parametrize("state", ["missing", "gap"])
def test_a_year_without_report_is_absent_and_says_why(state: State) -> None:
    [group] = stack([year(2021, state=state), year(2022, {A: 1, TOTAL: 1})], [PARTS]).groups
    assert (group.bars[0].is_absent, group.bars[0].state) == (True, state)


def test_a_total_that_is_not_the_sum_says_both() -> None:
    drawn = bar({A: 30, B: 10, TOTAL: 41})
    assert (drawn.total, drawn.is_broken) == ("41≠40", True)


def test_narrow_bars_say_that_the_total_is_not_the_sum() -> None:
    years = [year(number, {A: 30, B: 10, TOTAL: 41}) for number in range(2012, 2024)]
    drawn = stack(years, [PARTS]).groups[0].bars[0]
    assert (drawn.total, drawn.label) == ("✗41", "12")


def test_many_years_make_the_drawing_wider_and_never_overlap() -> None:
    years = [year(number, {A: 1, B: 0, TOTAL: 1}) for number in range(1980, 2024)]
    chart = stack(years, [PARTS, PARTS])
    bars = [each for group in chart.groups for each in group.bars]
    assert chart.width > WIDTH
    assert bars[0].x >= LEFT
    assert all(a.x + a.width < b.x for a, b in pairwise(bars))
    assert bars[-1].x + bars[-1].width < chart.width


@given(st.integers(0, 10**9))
def test_the_scale_begins_at_0_and_holds_the_largest(most: int) -> None:
    chart = stack([year(2022, {A: most, B: 0, TOTAL: most})], [PARTS])
    levels = [Decimal(tick.text) for tick in chart.ticks]
    assert levels[0] == 0
    assert most <= levels[-1] <= max(1, most * Decimal("2.5"))
    assert len(levels) <= MOST_TICKS + 1
    assert chart.groups[0].bars[0].top >= TOP


# Lines

RULE = "continuity.documents_in_force"
SERIES = Series(("规章", "Regulations"), IN_FORCE, RULE)


def stretches(*years: Year) -> list[tuple[str, str]]:
    [line] = lines(years, [SERIES]).lines
    return [(each.state, each.difference) for each in line.stretches]


@pytest.mark.parametrize(
    ("left", "right", "drawn"),
    [(12, 12, ("holds", "")), (12, 10, ("differs", "−2")), (12, None, ("unjudged", ""))],
)
def test_a_line_breaks_where_the_figure_does_not_carry_over(
    left: int, right: int | None, drawn: tuple[str, str]
) -> None:
    first = year(2022, {IN_FORCE: 10})
    second = year(2023, {IN_FORCE: 10}, (link("regulations", left, right),), rule=RULE)
    assert stretches(first, second) == [drawn]


def test_links_to_another_report_join_nothing() -> None:
    links = (link("regulations", 1, 1),)
    second = year(2023, {IN_FORCE: 1}, links, rule=RULE, before="another")
    assert stretches(year(2022, {IN_FORCE: 1}), second) == [("unjudged", "")]


def test_no_line_crosses_a_year_without_a_figure() -> None:
    years = [year(2021, {IN_FORCE: 1}), year(2022, state="gap"), year(2023, {IN_FORCE: None})]
    chart = lines(years, [SERIES])
    assert (len(chart.lines[0].points), chart.lines[0].stretches) == (1, ())
    assert len(chart.absent) == 2


def test_numbers_of_two_lines_keep_off_each_other() -> None:
    other = Series(("文件", "Documents"), ("proactive", "normative_documents", "in_force"), RULE)
    chart = lines(
        [year(2022, {IN_FORCE: 0, other.key: 9}), year(2023, {IN_FORCE: 5, other.key: 9})],
        [SERIES, other],
    )
    sides = [[point.side for point in line.points] for line in chart.lines]
    assert sides == [["right", "below"], ["above", "above"]]


# The chain


def joints(*years: Year) -> Joint:
    return joint(*years, REQUESTS_CARRIED)


def second(*links: Link) -> Year:
    return year(2023, {}, links)


FIRST = year(2022)


def test_what_is_carried_over_in_every_column_holds() -> None:
    found = joints(FIRST, second(link("total", 5, 5), link("legal", 0, 0)))
    assert (found.state, found.left, found.right) == ("holds", 5, 5)
    assert joined(found) == ("✓ 5 = 5 衔接", "✓ 5 = 5")


def test_a_difference_in_the_total_is_a_break() -> None:
    found = joints(FIRST, second(link("total", 103, 77), link("legal", 0, 0)))
    assert (found.state, found.difference, found.subjects) == ("differs", "−26", ("total",))
    assert joined(found)[0] == "✗ 103 ≠ 77，差−26"


def test_a_difference_in_columns_alone_is_a_break_too() -> None:
    links = (link("total", 5, 5), link("legal", 2, 1), link("social", 0, 1))
    found = joints(FIRST, second(*links))
    assert (found.state, found.subjects) == ("differs", ("legal", "social"))
    assert joined(found)[0] == "✗ 总计相同，2列不符"


def test_a_break_in_a_column_without_a_total_is_told_without_numbers() -> None:
    found = joints(FIRST, second(link("total", None, 5), link("legal", 2, 1)))
    assert joined(found)[0] == "✗ ? ≠ 5，差?"


def test_what_holds_as_far_as_it_can_be_judged_holds_in_part() -> None:
    assert joints(FIRST, second(link("total", 5, 5), link("legal", None, 0))).state == "partly"


@pytest.mark.parametrize("links", [(), (link("total", None, 5),)])
def test_what_cannot_be_judged_is_neither(links: tuple[Link, ...]) -> None:
    found = joints(FIRST, second(*links))
    assert found.state == "unjudged"
    assert joined(found)[0] == "? 无法比较"


@pytest.mark.parametrize("state", ["missing", "gap"])
def test_nothing_joins_a_year_without_report(state: State) -> None:
    empty = year(2022, state=state)
    assert joints(empty, second(link("total", 5, 5))).state == "apart"
    assert joints(FIRST, year(2023, state=state)).state == "apart"
