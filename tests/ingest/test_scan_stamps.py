"""A stamp that a copy has made as dark as print: what it hides is in doubt, all else is right."""

import numpy as np
import pytest

from data.generator.pdf import render_pdf
from data.generator.scans import RED_COPIED, Scan, render_scan
from ingest.document import LEAST_SURE
from ingest.registry import reader_for
from ingest.rejected import UnreadableFile
from ingest.scan import extra
from ingest.scan.figures import may_be_figure
from ingest.scan.strips import pieces, strips
from tests.acceptance.reports import clean
from tests.ingest.documents import paragraphs


def is_installed() -> bool:
    try:
        return extra.model().is_file()
    except UnreadableFile:
        return False


needs_ocr = pytest.mark.skipif(not is_installed(), reason="the extra ocr is not installed")


@pytest.fixture(scope="module")
def sheet() -> bytes:
    return render_pdf(clean(4, 2023, style="dense"))


def read(sheet: bytes, page: int, **settings):
    return reader_for("扫描.pdf")(render_scan(sheet, Scan(**settings), pages=[page]))


@needs_ocr
@pytest.mark.parametrize("settings", [{"dpi": 150}, {"dpi": 200, "bilevel": True}])
def test_cells_under_a_grey_stamp_are_right_or_in_doubt(sheet, settings):
    plain = read(sheet, 1, **settings)
    stamped = read(sheet, 1, stamp="bottom_right", inset=60.0, ink=RED_COPIED, **settings)
    cells, others = (
        {(cell.block_no, cell.row_no, cell.col_no): cell for cell in document.cells}
        for document in (plain, stamped)
    )
    assert cells.keys() == others.keys()
    assert len(cells) == len(plain.cells) > 100
    differing = [place for place, cell in cells.items() if cell.text != others[place].text]
    assert all(others[place].confidence < LEAST_SURE for place in differing)
    assert 0 < len(differing) < 20
    # The stamp ends 60 points from the edges of A4 and is 119 wide.
    away = {place for place, cell in cells.items() if cell.x1 < 410 or cell.bottom < 655}
    assert away
    assert away.isdisjoint(differing)


@needs_ocr
def test_stamp_beside_prose_leaves_it_alone(sheet):
    plain = read(sheet, 0, dpi=150)
    stamped = read(sheet, 0, dpi=150, stamp="bottom_left", inset=-40.0, ink=RED_COPIED)
    assert set(paragraphs(stamped)) == set(paragraphs(plain))


def ink(*boxes: tuple[int, int, int, int]) -> np.ndarray:
    mask = np.zeros((120, 300), dtype=bool)
    for x, top, wide, high in boxes:
        mask[top : top + high, x : x + wide] = True
    return mask


def test_lone_large_character_of_two_halves_is_one_line_of_prose():
    body = [(10, top, 280, 20) for top in (2, 62, 92)]
    halves = [(140, 28, 36, 15), (142, 46, 32, 14)]
    made = strips(pieces(ink(*body, *halves), 2.0), 2.0, is_cell=False)
    assert [(one.top, one.bottom) for one in made] == [(2, 22), (28, 60), (62, 82), (92, 112)]


def test_two_characters_one_below_the_other_stay_two_lines():
    body = [(10, top, 280, 20) for top in (2, 92)]
    pair = [(140, 28, 20, 20), (140, 56, 20, 20)]
    assert len(strips(pieces(ink(*body, *pair), 2.0), 2.0, is_cell=False)) == 4


def test_page_number_far_below_the_last_line_is_a_line_of_its_own():
    body = [(10, top, 100, 10) for top in (2, 18)]
    made = strips(pieces(ink(*body, (50, 105, 12, 10)), 2.0), 2.0, is_cell=False)
    assert [one.top for one in made] == [2, 18, 105]


def test_long_figure_with_a_stroke_beside_it_is_judged_as_a_figure():
    assert may_be_figure("5412692７A")
    assert not may_be_figure("行政许可事项共12项")
