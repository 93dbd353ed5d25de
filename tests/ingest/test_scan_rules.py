import numpy as np
import PIL.Image
import pytest
from PIL import ImageDraw

from ingest.scan.clean import straighten
from ingest.scan.pages import Picture
from ingest.scan.rules import Net, find_nets

WIDTH, HEIGHT = 1240, 1754  # A4 at 150 dpi


class Sheet:
    """A page on which tables are drawn; lengths are pixels."""

    def __init__(self) -> None:
        self.image = PIL.Image.new("RGB", (WIDTH, HEIGHT), "white")
        self.pen = ImageDraw.Draw(self.image)

    def line(self, x0: int, top: int, x1: int, bottom: int, width: int = 2) -> None:
        self.pen.line((x0, top, x1, bottom), fill=(0, 0, 0), width=width)

    def grid(self, xs: list[int], ys: list[int]) -> None:
        for x in xs:
            self.line(x, ys[0], x, ys[-1])
        for y in ys:
            self.line(xs[0], y, xs[-1], y)

    def nets(self) -> list[Net]:
        return find_nets(straighten(Picture(1, np.asarray(self.image), 595.0, 842.0)))


@pytest.fixture
def sheet() -> Sheet:
    return Sheet()


def places(net: Net) -> list[tuple[int, int, int, int]]:
    return [tuple(slot[:4]) for slot in net.slots]


def test_full_grid(sheet):
    sheet.grid([150, 400, 700, 1000], [300, 340, 380])
    (net,) = sheet.nets()
    assert places(net) == [(row, col, 1, 1) for row in (1, 2) for col in (1, 2, 3)]
    assert net.slots[0][4:8] == pytest.approx((150, 300, 400, 340), abs=2)
    assert all(slot.is_closed for slot in net.slots)


def test_spans_come_from_missing_rules(sheet):
    sheet.line(150, 300, 1000, 300)
    sheet.line(400, 340, 1000, 340)
    sheet.line(150, 380, 1000, 380)
    for x, top in ((150, 300), (400, 300), (700, 340), (1000, 300)):
        sheet.line(x, top, x, 380)
    (net,) = sheet.nets()
    assert places(net) == [(1, 1, 2, 1), (1, 2, 1, 2), (2, 2, 1, 1), (2, 3, 1, 1)]


@pytest.mark.parametrize("side", ["top", "bottom"])
def test_row_left_open_at_a_page_break_is_kept(sheet, side):
    for x in (150, 400, 1000):
        sheet.line(x, 300, x, 380)
    for y in (340, 380) if side == "top" else (300, 340):
        sheet.line(150, y, 1000, y)
    (net,) = sheet.nets()
    assert places(net) == [(1, 1, 1, 1), (1, 2, 1, 1), (2, 1, 1, 1), (2, 2, 1, 1)]


def test_broken_rules_still_part_cells(sheet):
    sheet.grid([150, 400, 1000], [300, 340, 380])
    for x in range(170, 990, 60):
        sheet.pen.rectangle((x, 335, x + 4, 345), fill=(255, 255, 255))
    (net,) = sheet.nets()
    assert len(net.slots) == 4


def test_strokes_of_print_are_no_rules(sheet):
    sheet.grid([150, 400, 1000], [300, 360, 420])
    for x in range(430, 600, 22):  # characters like 王, close together
        for y in (318, 328, 338):
            sheet.line(x, y, x + 20, y)
        sheet.line(x + 10, 318, x + 10, 338)
    (net,) = sheet.nets()
    assert len(net.slots) == 4
    assert not net.drawn[312:345, 430:600].any()


def test_line_within_one_narrow_column_parts_no_row(sheet):
    sheet.grid([150, 240, 400, 700, 1000], [300, 360, 420])
    sheet.line(150, 330, 240, 330)
    (net,) = sheet.nets()
    assert len(net.slots) == 8


def test_frame_with_one_column_is_no_table(sheet):
    sheet.grid([150, 1000], [300, 700, 1200])
    assert not sheet.nets()


def test_meshes_that_make_no_rectangle_are_marked(sheet):
    sheet.grid([150, 400, 700, 1000], [300, 340, 380])
    sheet.pen.rectangle((395, 345, 405, 375), fill=(255, 255, 255))
    sheet.pen.rectangle((410, 335, 690, 345), fill=(255, 255, 255))
    (net,) = sheet.nets()
    assert [slot.is_closed for slot in net.slots] == [True, False, True, False, False, True]


def test_two_tables_are_two_nets_from_the_top_down(sheet):
    sheet.grid([150, 400, 1000], [900, 940])
    sheet.grid([150, 700, 1000], [300, 340])
    upper, lower = sheet.nets()
    assert (upper.top, lower.top) == pytest.approx((300, 900), abs=2)


def test_raster_is_no_table(sheet):
    sheet.grid(list(range(100, 1100, 12)), list(range(100, 1600, 12)))
    assert not sheet.nets()
