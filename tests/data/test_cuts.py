"""Tables cut in two keep their cells; labels and headers come again only where asked for."""

import pytest

from data.generator import cuts
from data.generator.grid import form_grid

from .reports import report


@pytest.fixture(scope="module")
def applications():
    made = report()
    return form_grid("applications", made.edition, made.printed)


def texts(grid, role):
    return [box.text for box in grid.boxes if box.role == role and box.text]


def test_rows_within_groups_are_no_first_rows(applications):
    starts = {box.row for box in applications.boxes if box.role == "label" and box.row_span > 1}
    rows = cuts.rows_within_groups(applications)
    assert rows
    assert not starts & set(rows)


@pytest.mark.parametrize("label", ["lost", "repeated"])
@pytest.mark.parametrize("header", [False, True])
def test_a_cut_keeps_every_value_in_order(applications, label, header):
    for row in cuts.rows_within_groups(applications):
        above, below = cuts.cut(applications, row, label, header)
        assert texts(above, "value") + texts(below, "value") == texts(applications, "value")
        again = texts(applications, "header") if header else []
        assert texts(above, "header") + texts(below, "header") == (
            texts(applications, "header") + again
        )


def test_the_label_of_the_group_is_lost_or_repeated(applications):
    row = cuts.rows_within_groups(applications)[0]
    first = {
        label: [box.text for box in cuts.cut(applications, row, label)[1].boxes[:3]]
        for label in ("lost", "repeated")
    }
    assert first["lost"][:2] == ["", ""]
    assert first["repeated"][:2] == ["三、本年度办理结果", "（三）不予公开"]
    assert first["lost"][2] == first["repeated"][2]


def test_a_cut_after_a_caption_leaves_it_behind():
    made = report()
    grid = form_grid("proactive", made.edition, made.printed)
    for row in cuts.rows_after_captions(grid):
        above, below = cuts.cut(grid, row)
        assert above.boxes[-1].role == "caption"
        assert below.boxes[0].text == "信息内容"


def test_blank_zeros_blanks_zeros_and_nothing_else():
    made = report(style="sparse")
    blank = cuts.blank_zeros(made)
    for cell, text in made.printed.items():
        assert blank.printed[cell] == ("" if text == "0" else text)
    assert "" in blank.printed.values()
