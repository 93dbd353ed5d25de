"""Scans: size, colours, skew and stamp are as asked, and the same seed gives the same image."""

from io import BytesIO

import numpy as np
import pypdfium2
import pytest
from PIL import Image, ImageSequence

from data.generator.pdf import render_pdf
from data.generator.scans import Scan, render_scan, scan_pages, scanned_file

from .reports import report


@pytest.fixture(scope="module")
def pdf():
    return render_pdf(report())


def dark(image):
    return np.asarray(image.convert("L")) < 128


def test_resolution_and_colours(pdf):
    [grey] = scan_pages(pdf, Scan(150), [0])
    [bilevel] = scan_pages(pdf, Scan(200, bilevel=True), [0])
    assert (grey.size, grey.mode) == ((1241, 1754), "L")
    assert (bilevel.size, bilevel.mode) == ((1654, 2339), "1")
    assert 0.01 < dark(bilevel).mean() < 0.2


def test_skew_turns_counter_clockwise(pdf):
    def slope(skew):
        """Pixels that the uppermost line of table 三 rises by from its left to its right end."""
        [image] = scan_pages(pdf, Scan(150, skew=skew), [1])
        page = dark(image)
        left, right = int(page.shape[1] * 0.2), int(page.shape[1] * 0.8)
        return int(np.argmax(page[:, left])) - int(np.argmax(page[:, right]))

    assert abs(slope(0.0)) <= 1
    assert slope(2.0) == pytest.approx(0.6 * 1241 * np.tan(np.radians(2)), abs=2)
    assert slope(-2.0) < 0


def test_too_much_skew_is_refused():
    with pytest.raises(ValueError, match="3"):
        Scan(skew=3.5)


def test_stamp_lies_in_its_corner_and_covers_nothing(pdf):
    [plain] = scan_pages(pdf, Scan(150), [0])
    [stamped] = scan_pages(pdf, Scan(150, stamp="bottom_right", red=True), [0])
    colours = np.asarray(stamped).astype(int)
    red = colours[..., 0] - colours[..., 2] > 80
    rows, columns = np.nonzero(red)
    assert rows.min() > 1754 / 2
    assert columns.min() > 1241 / 2
    assert dark(stamped)[dark(plain)].all()


def test_noise_is_drawn_by_seed(pdf):
    pages = [scan_pages(pdf, Scan(150, noise=8, seed=seed), [0])[0] for seed in (1, 1, 2)]
    assert pages[0].tobytes() == pages[1].tobytes() != pages[2].tobytes()
    assert np.asarray(pages[0])[:40].std() > 2


@pytest.mark.parametrize("container", ["pdf", "tiff"])
def test_a_file_holds_all_pages_and_no_text(pdf, container):
    data = render_scan(pdf, Scan(150, bilevel=container == "tiff"), container)
    source = pypdfium2.PdfDocument(pdf)
    expected = len(source)
    source.close()
    if container == "tiff":
        with Image.open(BytesIO(data)) as image:
            assert len(list(ImageSequence.Iterator(image))) == expected
            assert round(image.info["dpi"][0]) == 150
        return
    document = pypdfium2.PdfDocument(data)
    assert len(document) == expected
    assert not any(page.get_textpage().get_text_range() for page in document)
    assert document[0].get_size() == pytest.approx((595, 842), abs=1)
    document.close()


def test_a_png_holds_one_page(pdf):
    pages = scan_pages(pdf, Scan(150))
    with Image.open(BytesIO(scanned_file(pages[:1], 150, "png"))) as image:
        assert image.size == (1241, 1754)
    with pytest.raises(ValueError, match="one page"):
        scanned_file(pages, 150, "png")
