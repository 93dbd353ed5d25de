"""The tables of the form are drawn as each edition prints them."""

from __future__ import annotations

import pytest

from checkpoints.site.form import TABLES, Block, Head, blocks
from checkpoints.transform import seed_rows
from tests.checkpoints.site.cells import cells_of

EDITIONS = [row["edition"] for row in seed_rows("editions") if row["is_modelled"] == "true"]


def drawn(edition: str, form_table: str) -> list[Block]:
    return blocks(form_table, edition, cells_of(edition, form_table))


def words(heads: tuple[Head, ...]) -> list[tuple[str, int, int]]:
    return [(head.words[0], head.columns, head.rows) for head in heads]


def tiled(rows: list[list[tuple[int, int]]]) -> set[int]:
    """Widths of the rows of a table of (columns, rows) once all that reaches down is laid out."""
    down: dict[tuple[int, int], bool] = {}
    widths = set()
    for number, row in enumerate(rows):
        column = 0
        for columns, deep in row:
            while down.get((number, column)):
                column += 1
            for over in range(deep):
                for wide in range(columns):
                    assert not down.get((number + over, column + wide)), "cells overlap"
                    down[number + over, column + wide] = True
            column += columns
        widths.add(sum(1 for place in down if place[0] == number))
    return widths


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("form_table", TABLES)
def test_every_cell_has_one_place_and_the_heads_leave_no_gap(edition: str, form_table: str) -> None:
    found = drawn(edition, form_table)
    placed = [cell.key for block in found for row in block.rows for cell in row.cells]
    assert sorted(placed) == sorted(cell.key for cell in cells_of(edition, form_table))
    for block in found:
        rows = [[(head.columns, head.rows) for head in heads] for heads in block.heads]
        if block.corner:
            rows[0].insert(0, (block.corner, len(rows)))
        for row in block.rows:
            heads = [(head.columns, head.rows) for head in row.heads]
            rows.append(heads + [(row.span, 1)] * len(row.cells))
        assert tiled(rows) == {block.width}
    assert len({block.width for block in found}) == 1


def test_table_3_has_the_heads_of_the_form() -> None:
    [block] = drawn("standard_2021", "applications")
    assert block.corner == 3
    assert [words(heads) for heads in block.heads] == [
        [("申请人情况", 7, 1)],
        [("自然人", 1, 2), ("法人或其他组织", 5, 1), ("总计", 1, 2)],
        [(name, 1, 1) for name in ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")],
    ]
    assert [words(row.heads) for row in block.rows[:5]] == [
        [("一、本年新收政府信息公开申请数量", 3, 1)],
        [("二、上年结转政府信息公开申请数量", 3, 1)],
        [("三、本年度办理结果", 1, 22), ("（一）予以公开", 2, 1)],
        [("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", 2, 1)],
        [("（三）不予公开", 1, 8), ("1.属于国家秘密", 1, 1)],
    ]
    assert words(block.rows[-1].heads) == [("四、结转下年度继续办理", 3, 1)]
    assert [head.member for head in block.rows[4].heads] == [None, "denied_state_secret"]


def test_the_trial_form_prints_other_handling_as_one_row() -> None:
    [block] = drawn("trial_2019", "applications")
    assert words(block.rows[2].heads)[0] == ("三、本年度办理结果", 1, 20)
    assert ("（六）其他处理", 2, 1) in [head for row in block.rows for head in words(row.heads)]


def test_table_4_has_litigation_over_two_channels() -> None:
    [block] = drawn("standard_2021", "disputes")
    assert [words(heads) for heads in block.heads[:2]] == [
        [("行政复议", 5, 2), ("行政诉讼", 10, 1)],
        [("未经复议直接起诉", 5, 1), ("复议后起诉", 5, 1)],
    ]
    assert [head[0] for head in words(block.heads[2])] == [
        *("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
    ] * 3


@pytest.mark.parametrize(
    ("edition", "captions", "last"),
    [
        ("standard_2021", "一五六八", ["本年收费金额（单位：万元）"]),
        ("decimal_2021", "一五六八", ["本年收费金额（单位：万元，保留4位小数）"]),
        ("trial_2019", "一五六八九", ["采购项目数量", "采购总金额（单位：元）"]),
        ("trial_2019_hubei", "一五六八九", ["采购项目数量", "采购总金额（单位：元）"]),
    ],
)
def test_table_2_has_a_block_for_each_item_of_article_20(
    edition: str, captions: str, last: list[str]
) -> None:
    found = drawn(edition, "proactive")
    assert [block.caption and block.caption[0] for block in found] == [
        f"第二十条第（{numeral}）项" for numeral in captions
    ]
    assert [head.words[0] for head in found[-1].heads[0]] == last


@pytest.mark.parametrize(
    ("edition", "decisions"),
    [("standard_2021", "本年处理决定数量"), ("trial_2019", "处理决定数量")],
)
def test_a_column_is_called_what_its_edition_calls_it(edition: str, decisions: str) -> None:
    licensing = drawn(edition, "proactive")[1]
    assert licensing.heads[0][-1].words == (decisions, "decisions")
