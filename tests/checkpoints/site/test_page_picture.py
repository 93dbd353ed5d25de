"""The outline surrounds its cell, tells what kind it is, and hides nothing that is printed."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import numpy as np
import PIL.Image
import pytest
from reportlab.lib.pagesizes import A4

from checkpoints.site.drawing import draw_report
from checkpoints.site.page_picture import COLOURS, Kind, MarkedPage, draw_page
from ingest.scan.pages import Picture
from tests.checkpoints.site.pictured import (
    BOX,
    as_image,
    inside,
    outline,
    printed,
)


@pytest.mark.parametrize(
    ("data", "page"),
    [
        (printed("12"), 1),
        (as_image("PNG"), 1),
        (as_image("JPEG", quality=95), 1),
        (as_image("TIFF", 3), 3),
    ],
)
def test_the_outline_surrounds_the_box(tmp_path: Path, data: bytes, page: int) -> None:
    (tmp_path / "pages").mkdir()
    report_id = hashlib.sha256(data).hexdigest()
    (tmp_path / "file").write_bytes(data)
    wanted = {"key": MarkedPage(report_id, page, (outline(),))}
    [drawn] = draw_report([str(tmp_path / "file")], wanted, tmp_path)
    scale = drawn.width / drawn.points_wide
    assert (drawn.points_wide, drawn.points_high) == pytest.approx(A4, abs=1)
    assert inside(tmp_path / drawn.path) == pytest.approx([edge * scale for edge in BOX], abs=1.5)


def paper(shade: int = 255) -> Picture:
    return Picture(1, np.full((600, 400, 3), shade, np.uint8), 400 * 72 / 110, 600 * 72 / 110)


@pytest.mark.parametrize("kind", COLOURS)
def test_every_kind_has_a_colour_of_its_own(kind: Kind) -> None:
    drawn = draw_page(paper(), [outline(kind)]).convert("RGB")
    assert {COLOURS[other] for other in COLOURS} & {colour for _, colour in drawn.getcolors()} == {
        COLOURS[kind]
    }


def test_a_suspect_has_dashes() -> None:
    plain, dashed = (
        draw_page(paper(), [outline(is_suspect=each)]).convert("RGB") for each in (False, True)
    )
    suspect = COLOURS["suspect"]
    assert suspect not in {colour for _, colour in plain.getcolors()}
    assert suspect in {colour for _, colour in dashed.getcolors()}


def test_a_badge_hides_no_print() -> None:
    """Print on all sides of the cell but one: there the badge stands."""
    picture = paper()
    x0, top, x1, bottom = (round(edge * 110 / 72) for edge in BOX)
    picture.pixels[top - 20 : bottom + 20, x0 - 40 : x1 + 40] = (
        np.indices((bottom - top + 40, x1 - x0 + 80)).sum(axis=0)[:, :, np.newaxis] % 2 * 255
    )
    picture.pixels[top - 10 : bottom + 10, x1 - 4 : x1 + 40] = 255
    before = np.asarray(draw_page(picture, [outline(label="")]).convert("L"))
    after = np.asarray(draw_page(picture, [outline(label="7")]).convert("L"))
    _, across = np.nonzero(before != after)
    assert across.min() >= x1 - 4


def test_boxes_beyond_the_page_are_cut_off() -> None:
    beyond = [outline()._replace(x0=-50, top=-50), outline()._replace(x1=9e6, bottom=9e6)]
    empty_box = outline()._replace(x0=9e5, x1=9e5, top=9e5, bottom=9e5)
    assert draw_page(paper(), [*beyond, empty_box]).size == (400, 600)


def test_print_is_png_and_noise_is_webp(tmp_path: Path) -> None:
    noise = np.random.default_rng(1).integers(100, 255, (1169, 827), np.uint8)
    target = io.BytesIO()
    PIL.Image.fromarray(noise).save(target, "PNG", dpi=(100, 100))
    (tmp_path / "pages").mkdir()
    suffixes = []
    for data in (printed("12"), target.getvalue()):
        (tmp_path / "file").write_bytes(data)
        page = MarkedPage(hashlib.sha256(data).hexdigest(), 1, (outline(),))
        [drawn] = draw_report([str(tmp_path / "file")], {"key": page}, tmp_path)
        suffixes.append(Path(drawn.path).suffix)
    assert suffixes == [".png", ".webp"]
    assert (tmp_path / drawn.path).read_bytes()[8:12] == b"WEBP"
