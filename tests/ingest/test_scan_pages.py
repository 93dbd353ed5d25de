import io

import numpy as np
import PIL.Image
import pytest

from ingest.rejected import UnreadableFile
from ingest.scan import pages
from ingest.scan.pages import image_pictures, pdf_pictures
from tests.ingest.documents import Pdf


def saved(image: PIL.Image.Image, format: str = "PNG", **settings) -> bytes:
    target = io.BytesIO()
    image.save(target, format, **settings)
    return target.getvalue()


def only(data: bytes) -> pages.Picture:
    (picture,) = image_pictures(data)
    return picture


def test_size_follows_the_resolution_written_in_the_file():
    image = PIL.Image.new("L", (300, 600), 255)
    assert only(saved(image, dpi=(300, 300)))[2:4] == pytest.approx((72, 144), rel=0.001)


@pytest.mark.parametrize("settings", [{}, {"dpi": (1, 1)}, {"dpi": (72_000, 72_000)}])
def test_usual_resolution_where_the_file_tells_none(settings):
    image = PIL.Image.new("L", (200, 400), 255)
    assert only(saved(image, **settings))[2:] == (pytest.approx(72), pytest.approx(144), False)


def test_fax_gets_square_pixels():
    image = PIL.Image.new("1", (408, 196), 1)
    picture = only(saved(image, "TIFF", dpi=(204, 98)))
    assert picture.pixels.shape == (408, 408, 3)
    assert picture[2:4] == pytest.approx((144, 144))


def test_large_scan_is_reduced_but_keeps_its_size_in_points():
    picture = only(saved(PIL.Image.new("L", (4000, 5600), 255), dpi=(600, 600)))
    assert picture.pixels.shape == (2800, 2000, 3)
    assert picture[2:4] == pytest.approx((480, 672), rel=0.001)


def test_photo_is_turned_as_its_camera_says():
    exif = PIL.Image.Exif()
    exif[0x0112] = 6  # to be turned clockwise
    picture = only(saved(PIL.Image.new("L", (300, 200), 255), "JPEG", exif=exif))
    assert picture.pixels.shape == (300, 200, 3)


def test_pages_of_a_tiff():
    images = [PIL.Image.new("L", (50, 60 + n), 255) for n in range(3)]
    data = saved(images[0], "TIFF", save_all=True, append_images=images[1:])
    assert [(p.page, p.pixels.shape[0]) for p in image_pictures(data)] == [
        (1, 60),
        (2, 61),
        (3, 62),
    ]


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "LA", "I;16", "CMYK"])
def test_every_mode_shows_white_paper(mode):
    image = PIL.Image.new("L", (40, 40), 255)
    if mode == "I;16":
        image = PIL.Image.fromarray(np.full((40, 40), 65535, dtype=np.uint16))
    elif mode in ("RGBA", "LA"):
        image = PIL.Image.new(mode, (40, 40))  # transparent black
    else:
        image = image.convert(mode)
    assert (only(saved(image, "TIFF")).pixels == 255).all()


def test_pdf_is_rendered_at_the_resolution_of_its_scan():
    images = [PIL.Image.new("L", (1654, 2339), 255), PIL.Image.new("L", (2480, 3508), 255)]
    for image, rows in zip(images, (2339, 2800), strict=True):
        data = saved(image, "PDF", resolution=image.width / 8.27)
        (picture,) = pdf_pictures(data)
        assert picture.pixels.shape[0] == pytest.approx(rows, abs=2)
        assert picture[2:4] == pytest.approx((595.4, 842), abs=1)


def test_asked_pages_of_a_pdf():
    pdf = Pdf()
    for _ in range(3):
        pdf.fill(100, 100, 400, 400, grey=0.5)
        pdf.page()
    assert [picture.page for picture in pdf_pictures(pdf.data(), [1, 3])] == [1, 3]


def test_unreadable(monkeypatch):
    whole = saved(PIL.Image.effect_noise((200, 200), 60))
    assert reason_of(b"") == "empty"
    assert reason_of(b"GIF") == "damaged"
    assert reason_of(whole[: len(whole) // 2]) == "damaged"
    assert reason_of(b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n") == "damaged"
    monkeypatch.setattr(pages, "MOST_PIXELS", 100)
    assert reason_of(whole) == "too_large"


def reason_of(data: bytes) -> str:
    with pytest.raises(UnreadableFile) as caught:
        list(image_pictures(data))
    assert "请" in caught.value.message
    return caught.value.reason


def test_some_pages_of_a_tiff():
    images = [PIL.Image.new("L", (50, 60 + n), 255) for n in range(3)]
    data = saved(images[0], "TIFF", save_all=True, append_images=images[1:])
    assert [(p.page, p.pixels.shape[0]) for p in image_pictures(data, [3, 1])] == [(1, 60), (3, 62)]


def test_a_page_at_the_resolution_wanted():
    data = saved(PIL.Image.new("L", (1654, 2339), 255), "PDF", resolution=200)
    first, second = (next(pdf_pictures(data, [1], dpi)).pixels.shape for dpi in (36, 72))
    assert (second[0], second[1]) == pytest.approx((first[0] * 2, first[1] * 2), abs=2)
