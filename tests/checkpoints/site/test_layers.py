"""The picture of what is made from what: no box on another, arrows onwards and few crossings."""

from __future__ import annotations

import re
from itertools import combinations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkpoints.site.layers import BOX_HEIGHT, BOX_WIDTH, Picture, picture


def ends(drawn: Picture) -> set[tuple[str, str]]:
    """The boxes at whose right an arrow begins and at whose left it ends."""
    found = set()
    for path in drawn.paths:
        numbers = [float(n) for n in re.findall(r"-?[\d.]+", path)]
        right = {(box.x + BOX_WIDTH, box.y + BOX_HEIGHT / 2): box.key for box in drawn.boxes}
        left = {(box.x, box.y + BOX_HEIGHT / 2): box.key for box in drawn.boxes}
        found.add((right[numbers[0], numbers[1]], left[numbers[-2], numbers[-1]]))
    return found


def test_a_chain_stands_in_a_row_from_left_to_right() -> None:
    drawn = picture({"c": ["b"], "b": ["a"], "a": []})
    assert [(box.key, box.y) for box in drawn.boxes] == [("a", 0), ("b", 0), ("c", 0)]
    assert [box.x for box in drawn.boxes] == sorted(box.x for box in drawn.boxes)
    assert ends(drawn) == {("a", "b"), ("b", "c")}
    assert (drawn.width, drawn.height) == (drawn.boxes[-1].x + BOX_WIDTH, BOX_HEIGHT)


def test_an_arrow_that_others_imply_is_left_out() -> None:
    assert ends(picture({"c": ["b", "a"], "b": ["a"], "a": []})) == {("a", "b"), ("b", "c")}


def test_arrows_that_need_not_cross_do_not() -> None:
    drawn = picture({"a": [], "b": [], "x": ["b"], "y": ["a"]})
    y = {box.key: box.y for box in drawn.boxes}
    assert (y["a"] < y["b"]) == (y["y"] < y["x"])


def test_an_arrow_over_a_layer_passes_the_boxes_of_that_layer() -> None:
    drawn = picture({"a": [], "b": ["a"], "c": ["b"], "z": [], "d": ["c", "z"]})
    [path] = [p for p in drawn.paths if p.count("H")]
    levels = [float(y) for y in re.findall(r" ([\d.]+)H", path)]
    boxes = [box for box in drawn.boxes if box.key in ("b", "c")]
    assert len(levels) == 2
    for level, box in zip(levels, boxes, strict=True):
        assert not box.y <= level <= box.y + BOX_HEIGHT


def test_nothing_is_a_picture_of_nothing() -> None:
    drawn = picture({})
    assert (drawn.boxes, drawn.paths) == ((), ())


def test_what_is_made_from_itself_is_refused() -> None:
    with pytest.raises(nx.NetworkXError):
        picture({"a": ["b"], "b": ["a"]})


@given(
    st.integers(1, 12).flatmap(
        lambda n: st.fixed_dictionaries(
            {f"t{i}": st.sets(st.integers(0, max(i - 1, 0))) for i in range(n)}
        )
    )
)
def test_boxes_lie_apart_in_the_picture_and_arrows_lead_onwards(graph: dict) -> None:
    parents = {
        key: [f"t{parent}" for parent in of if f"t{parent}" != key] for key, of in graph.items()
    }
    drawn = picture(parents)
    assert sorted(box.key for box in drawn.boxes) == sorted(parents)
    for box in drawn.boxes:
        assert 0 <= box.x <= drawn.width - BOX_WIDTH
        assert -0.001 <= box.y <= drawn.height - BOX_HEIGHT + 0.001
    for one, other in combinations(drawn.boxes, 2):
        assert abs(one.x - other.x) >= BOX_WIDTH or abs(one.y - other.y) >= BOX_HEIGHT
    x = {box.key: box.x for box in drawn.boxes}
    assert all(x[parent] < x[child] for parent, child in ends(drawn))
    implied = nx.DiGraph([*ends(drawn)])
    for child, of in parents.items():
        for parent in of:
            assert nx.has_path(implied, parent, child)
    assert picture(dict(reversed(parents.items()))) == drawn
