import numpy as np
import pytest

from ingest.document import LEAST_SURE
from ingest.scan.figures import DOUBT, as_figure, fits, judge_figure, judge_words
from ingest.scan.recogniser import Reading
from ingest.scan.strips import Piece, Strip, crop, pieces, strips

DIGIT = 10


def line(*places: tuple[int, int, int, int]) -> list[Piece]:
    """Pieces of ink by x, top, width and height; a digit is 10 wide and 14 high."""
    return [Piece(x, top, x + w, top + h, w * h) for x, top, w, h in places]


def digits(count: int, start: int = 0) -> list[Piece]:
    return line(*((start + DIGIT * n, 0, 9, 14) for n in range(count)))


DOT = line((41, 12, 2, 2))
WITH_DOT = [*digits(4), *DOT, *digits(2, start=45)]


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("7730", digits(4)),
        ("7730.28", WITH_DOT),
        ("-12", [*line((-9, 6, 7, 2)), *digits(2)]),
        ("80509", line((0, 0, 48, 14))),  # all touch
        ("12", [*digits(2), *line((10, 11, 3, 3))]),  # the foot of a 2 has come off
        ("0", line((0, 0, 4, 14), (5, 0, 4, 14))[:1]),
    ],
)
def test_figure_fits_its_ink(text, printed):
    assert fits(text, printed)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("773028", WITH_DOT),  # a hundred times too big
        ("7730.28", [*digits(4), *digits(2, start=45)]),
        ("773", digits(4)),
        ("77300", digits(4)),
        ("12", [*line((-9, 6, 7, 2)), *digits(2)]),
        ("-12", digits(2)),
    ],
)
def test_figure_contradicted_by_its_ink(text, printed):
    assert not fits(text, printed)


@pytest.mark.parametrize(
    ("read", "figure"),
    [("o", "0"), ("。", "0"), ("1O5", "105"), ("l2", "12"), ("—3", "-3"), ("1，200", "1,200")],
)
def test_what_a_digit_is_misread_as(read, figure):
    assert as_figure(read) == figure


@pytest.mark.parametrize("text", ["/", "无", "其他", "一", "5条", "。其他"])
def test_other_texts_stay(text):
    assert as_figure(text) == text


def judged(first: str, second: str, printed: list[Piece], chance: float = 0.99):
    strip = Strip(0, 0, 60, 14, tuple(printed))
    return judge_figure(strip, [Reading(text, (chance,) * len(text)) for text in (first, second)])


def test_agreed_figure_is_sure():
    assert judged("7730", "7730", digits(4)) == ("7730", 0.99)


@pytest.mark.parametrize(
    ("first", "second", "printed"),
    [
        ("9730", "6730", digits(4)),
        ("773028", "773028", WITH_DOT),
        ("l2", "l2", digits(2)),
        ("7 730", "7 730", digits(4)),
        ("160)", "160)", digits(3)),
        ("S224", "S224", digits(4)),
    ],
)
def test_doubtful_figure_is_below_the_threshold(first, second, printed):
    assert judged(first, second, printed).confidence <= DOUBT < LEAST_SURE


def test_least_sure_character_decides_in_the_surest_of_views_that_agree():
    strip = Strip(0, 0, 20, 14, tuple(digits(2)))
    views = [Reading("12", (0.99, 0.6)), Reading("12", (0.95, 0.9))]
    assert judge_figure(strip, views) == ("12", 0.9)
    assert judge_figure(strip, views[:1]) == ("12", 0.6)
    assert judge_words(Reading("其他", (1.0, 0.5))).confidence == 0.75


def test_figure_seen_in_one_view_only_is_kept_in_doubt():
    assert judged("", "0", digits(1)) == ("0", DOUBT)


def ink(rows: int, columns: int, *boxes: tuple[int, int, int, int]) -> np.ndarray:
    mask = np.zeros((rows, columns), dtype=bool)
    for x, top, width, height in boxes:
        mask[top : top + height, x : x + width] = True
    return mask


def test_strokes_of_one_character_are_one_line():
    two = ((10, 10, 16, 2), (8, 22, 20, 2))  # 二
    full = ((40, 8, 18, 18),)
    (strip,) = strips(pieces(ink(60, 80, *two, *full), 2.0), 2.0)
    assert (strip.x0, strip.top, strip.x1, strip.bottom) == (8, 8, 58, 26)


def test_lines_of_a_cell_are_parted():
    mask = ink(80, 80, (10, 8, 18, 18), (30, 8, 18, 18), (10, 34, 18, 18))
    assert [strip.top for strip in strips(pieces(mask, 2.0), 2.0)] == [8, 34]


def test_dirt_makes_no_line_but_a_dot_stays_with_its_figure():
    assert strips(pieces(ink(40, 40, (10, 10, 1, 1), (20, 20, 2, 1)), 2.0), 2.0) == []
    mask = ink(40, 60, (10, 10, 9, 14), (22, 22, 2, 2), (27, 10, 9, 14))
    (strip,) = strips(pieces(mask, 2.0), 2.0)
    assert len(strip.pieces) == 3


def test_sliver_of_a_rule_is_dropped_and_a_dash_at_the_edge_stays():
    sliver, dash = ink(40, 60, (0, 5, 2, 30)), ink(40, 60, (0, 20, 18, 3))
    assert pieces(sliver, 2.0) == []
    assert len(pieces(dash, 2.0)) == 1


def test_crop_beyond_the_page_is_paper():
    grey = np.zeros((20, 40), dtype=np.uint8)
    cut = crop(grey, Strip(0, 0, 40, 20, ()), padding=0.2)
    assert cut.shape == (28, 56)
    assert cut[0, 0] == 255 and cut[14, 28] == 0
