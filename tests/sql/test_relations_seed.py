"""The seed of relations is whole: each 总计 of the form is the result of the sums it stands for.

What is a total and what it adds up is told here by what the form prints, its labels and captions,
and never by the relations themselves.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from decimal import Decimal
from graphlib import TopologicalSorter
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkpoints.transform import seed_rows
from data.generator.draws import Style, draw
from data.generator.forms import EDITIONS as DRAWN
from data.generator.forms import Edition

RELATIONS = seed_rows("relations")
INDICATORS = seed_rows("indicators")
CAPTIONS = seed_rows("captions")
EDITIONS = [row["edition"] for row in seed_rows("editions") if row["is_modelled"] == "true"]

WITHOUT_SUM = {
    "proactive": "table 2 prints counts that are independent of each other, and no total",
}
"""Tables whose cells no sum of the form mentions, and why."""

NO_ROW_SUM = {
    "new_received": "一 is a term of 一＋二＝三（七）＋四",
    "carried_in": "二 is a term of it",
    "carried_out": "四 is a term of it",
}
"""Rows of table 3 that are neither outcomes nor their total, and where they count instead."""

COLUMNS, CHANNELS = 7, 3
ROWS = {
    # The trial form has one row （六） and not three.
    "trial_2019": 23,
    "trial_2019_hubei": 23,
    "standard_2021": 25,
    "decimal_2021": 25,
}
"""How many columns and rows the notices print in table 3, and how many channels in table 4."""


def equations(edition: str) -> dict[str, int]:
    """How many equations each rule of sums has in an edition: a new rule gets its line here."""
    return {
        "balance.requests_closure": COLUMNS,
        "balance.outcomes_total": COLUMNS,
        "balance.applicants_total": ROWS[edition],
        "balance.disputes_total": CHANNELS,
    }


Key = tuple[str, str, str]


class Member(NamedTuple):
    """A cell in one relation of one edition."""

    cell: Key
    side: str
    sign: int
    is_result: bool


def cells(edition: str) -> dict[Key, dict[str, str]]:
    """The rows of the seed of cells that an edition has."""
    return {
        (row["form_table"], row["indicator"], row["breakdown"]): row
        for row in INDICATORS
        if edition in row["editions"].split()
    }


def relations(edition: str) -> dict[tuple[str, str], list[Member]]:
    """Rule and subject of each relation of an edition, with its members that the edition has."""
    found: dict[tuple[str, str], list[Member]] = defaultdict(list)
    for key in cells(edition):
        table, indicator, breakdown = key
        row, column = (breakdown, indicator) if table == "disputes" else (indicator, breakdown)
        for term in RELATIONS:
            member, subject = (row, column) if term["members_in"] == "rows" else (column, row)
            if (term["form_table"], term["member"]) == (table, member):
                result = term["is_result"] == "true"
                found[term["rule"], subject].append(
                    Member(key, term["side"], int(term["sign"]), result)
                )
    return found


def is_total_row(cell: dict[str, str]) -> bool:
    return cell["row_zh"].endswith("总计")


def is_total_column(cell: dict[str, str]) -> bool:
    return cell["column_zh"].endswith("总计")


def under(caption: str) -> set[str]:
    """The rows or columns that stand under a printed caption."""
    return {row["member"] for row in CAPTIONS if row["caption_zh"] == caption}


def meant(key: Key, edition: str) -> list[set[Key]]:
    """The sets of cells that a cell of the form totals, told by its labels and captions alone."""
    table, indicator, breakdown = key
    printed = cells(edition)
    if table == "disputes":
        others = {k for k in printed if k[0] == table and k[2] == breakdown} - {key}
        return [others] if is_total_column(printed[key]) else []
    sums = []
    if is_total_column(printed[key]):
        applicants = under("申请人情况") - {breakdown}
        sums.append({k for k in printed if k[:2] == key[:2] and k[2] in applicants})
    if is_total_row(printed[key]):
        outcomes = under("三、本年度办理结果") - {indicator}
        sums.append(
            {k for k in printed if k[0] == table and k[1] in outcomes and k[2] == breakdown}
        )
    return sums


@pytest.fixture(params=EDITIONS)
def edition(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_every_edition_has_as_many_equations_as_its_form_states(edition: str) -> None:
    assert Counter(rule for rule, _ in relations(edition)) == equations(edition)


def test_every_rule_of_the_suite_balance_has_its_sums() -> None:
    """The suite states each of its rules as a sum: one without rows would never be judged."""
    balance = {row["rule"] for row in seed_rows("rules") if row["suite"] == "balance"}
    assert balance == {row["rule"] for row in RELATIONS}


def test_every_total_is_the_result_of_exactly_the_sums_its_labels_mean(edition: str) -> None:
    stated: dict[Key, list[set[Key]]] = defaultdict(list)
    for members in relations(edition).values():
        for result in (member for member in members if member.is_result):
            stated[result.cell].append({m.cell for m in members if m.cell != result.cell})
    by_labels = {key: meant(key, edition) for key in cells(edition)}
    ordered = {key: sorted(map(sorted, sums)) for key, sums in stated.items()}
    assert ordered == {key: sorted(map(sorted, sums)) for key, sums in by_labels.items() if sums}
    # Totals of rows, of columns, and （七）总计 of the column 总计, which is both.
    assert sum(map(len, ordered.values())) == COLUMNS + ROWS[edition] + CHANNELS


def test_every_other_cell_is_a_member_unless_a_reason_is_listed(edition: str) -> None:
    members = {member.cell for found in relations(edition).values() for member in found}
    left_out = {key for key in cells(edition) if key not in members}
    assert {table for table, _, _ in left_out} == set(WITHOUT_SUM)
    assert left_out == {key for key in cells(edition) if key[0] in WITHOUT_SUM}


def test_every_row_of_table_3_is_an_outcome_their_total_or_in_the_closure(edition: str) -> None:
    rows = {key[1] for key in cells(edition) if key[0] == "applications"}
    closure = {
        member.cell[1]
        for (rule, _), found in relations(edition).items()
        if rule == "balance.requests_closure"
        for member in found
    }
    assert rows - under("三、本年度办理结果") == set(NO_ROW_SUM)
    assert closure == {*NO_ROW_SUM, "outcome_total"}


def test_the_closure_is_the_one_the_form_prints(edition: str) -> None:
    """本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和."""
    for (rule, subject), members in relations(edition).items():
        if rule == "balance.requests_closure":
            sides = {(m.cell[1], m.side, m.sign, m.is_result) for m in members}
            assert sides == {
                ("new_received", "left", 1, False),
                ("carried_in", "left", 1, False),
                ("outcome_total", "right", 1, False),
                ("carried_out", "right", 1, False),
            }, subject


def test_a_result_stands_alone_on_its_side_and_never_among_its_members(edition: str) -> None:
    for subject, members in relations(edition).items():
        assert len({member.cell for member in members}) == len(members), subject
        assert {member.side for member in members} == {"left", "right"}, subject
        # A finding joins the members of a side with ＋: what is subtracted stands on the other.
        assert {member.sign for member in members} == {1}, subject
        results = [member for member in members if member.is_result]
        if results:
            assert [m for m in members if m.side == "right"] == results, subject
            assert len(results) == 1, subject


def test_no_total_adds_up_to_itself_over_others(edition: str) -> None:
    sums: dict[Key, set[Key]] = defaultdict(set)
    for members in relations(edition).values():
        for result in (member for member in members if member.is_result):
            sums[result.cell] |= {member.cell for member in members if not member.is_result}
    order = list(TopologicalSorter(sums).static_order())
    assert set(order) == set(sums) | {cell for found in sums.values() for cell in found}


def test_no_relation_names_what_the_form_does_not_have() -> None:
    named = {(row["rule"], row["form_table"], row["member"]) for row in RELATIONS}
    assert len(named) == len(RELATIONS)
    used = {
        (rule, member.cell[0], name)
        for edition in EDITIONS
        for (rule, subject), members in relations(edition).items()
        for member in members
        for name in set(member.cell[1:]) - {subject}
    }
    assert named <= used


BY_EDITION = {edition: relations(edition) for edition in DRAWN}


def upset(edition: str, figures: Mapping[Key, int | Decimal]) -> set[tuple[str, str]]:
    """The relations that do not hold."""
    signs = {"left": 1, "right": -1}
    return {
        subject
        for subject, members in BY_EDITION[edition].items()
        if sum(signs[m.side] * m.sign * figures[m.cell] for m in members)
    }


@settings(max_examples=25)
@given(
    edition=st.sampled_from(DRAWN),
    seed=st.integers(0, 10_000),
    style=st.sampled_from(["sparse", "busy", "dense"]),
    at=st.integers(0, 10_000),
    by=st.integers(1, 99),
)
def test_one_changed_cell_upsets_the_relations_it_stands_in_and_no_other(
    edition: Edition, seed: int, style: Style, at: int, by: int
) -> None:
    figures: dict[Key, int | Decimal] = {tuple(c): v for c, v in draw(edition, seed, style).items()}
    assert upset(edition, figures) == set()
    cell = sorted(figures)[at % len(figures)]
    standing = {
        subject
        for subject, members in BY_EDITION[edition].items()
        if cell in {member.cell for member in members}
    }
    assert upset(edition, {**figures, cell: figures[cell] + by}) == standing
    assert bool(standing) == (cell[0] not in WITHOUT_SUM)
