"""The pictures of pages: the rectangle outlined surrounds the very value that is printed there."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

import numpy as np
import PIL.Image
import pytest
from scipy import ndimage

from checkpoints.site.page_picture import COLOURS, DPI
from checkpoints.site.pictures import PagePicture, read_pictures
from data.generator.printing import print_job, print_reports
from tests.acceptance.places import (
    EDITIONS,
    PRINTED,
    Place,
    cropped,
    needs_chromium,
    needs_poppler,
    shown,
)
from tests.acceptance.reports import clean, reprint
from tests.acceptance.runs import check, rows

WRONG = {
    ("applications", "granted", "total"): "98765",
    ("disputes", "total", "litigation_direct"): "87654",
}
"""Two totals: one at the right edge of its table, one in the middle."""

LEAST_INSIDE = 150
"""Pixels within the outline of the smallest cell; a figure on a badge surrounds fewer."""

LEAST_ALIKE = 0.85
"""Correlation of two programs' pictures of one page; with the page turned it is below 0.2."""


@needs_chromium
@needs_poppler
def test_the_outline_surrounds_the_printed_value_in_every_layout(tmp_path: Path) -> None:
    reports = [
        reprint(clean(number, edition=EDITIONS[number % 3], style="dense"), WRONG)
        for number in range(len(PRINTED))
    ]
    jobs = [
        print_job(layout, report, number)
        for number, (layout, report) in enumerate(zip(PRINTED.values(), reports, strict=True))
    ]
    for name, data in zip(PRINTED, print_reports(jobs), strict=True):
        (tmp_path / name).write_bytes(cropped(data) if name == "cropped.pdf" else data)
    database, site = tmp_path / "gouji.duckdb", tmp_path / "site"
    check([tmp_path], database, site=site)
    pictures = read_pictures(site)
    for report_id, path in rows(database, "select report_id, source_path from marts.reports"):
        surrounded = {
            shown(Path(path), place)
            for picture in pictures[report_id]
            for place in outlined(site, picture)
        }
        # The column's total, which 98765 contradicts, is outlined too.
        column = rows(
            database,
            "select raw_text from marts.cell_values where report_id = ?"
            " and form_table = 'applications' and indicator = 'outcome_total'"
            " and breakdown = 'total'",
            report_id,
        )[0][0]
        assert (path, surrounded) == (path, {*WRONG.values(), column})
        for picture in pictures[report_id]:
            assert alike(site / picture.path, seen_by_poppler(Path(path), picture)) > LEAST_ALIKE


def outlined(site: Path, picture: PagePicture) -> list[Place]:
    """What lies within the frames on a picture, in points of the page."""
    pixels = np.asarray(PIL.Image.open(site / picture.path).convert("RGB"))
    frames = sum((pixels == COLOURS[kind]).all(axis=2) for kind in ("error", "suspect")) > 0
    within, _ = ndimage.label(ndimage.binary_fill_holes(frames) & ~frames)
    scale = picture.points_wide / picture.width
    return [
        Place(picture.page, *(edge * scale for edge in (x.start, y.start, x.stop, y.stop)))
        for y, x in ndimage.find_objects(within)
        if (y.stop - y.start) * (x.stop - x.start) >= LEAST_INSIDE
    ]


def seen_by_poppler(file: Path, picture: PagePicture) -> PIL.Image.Image:
    """The page as another program draws it."""
    page = str(picture.page)
    ended = subprocess.run(
        [
            *("pdftoppm", "-q", "-cropbox", "-png", "-gray", "-r", str(DPI)),
            *("-f", page, "-l", page, str(file)),
        ],
        capture_output=True,
        check=True,
    )
    return PIL.Image.open(io.BytesIO(ended.stdout)).convert("L")


def alike(path: Path, other: PIL.Image.Image) -> float:
    ours = PIL.Image.open(path).convert("L")
    assert np.subtract(ours.size, other.size) == pytest.approx([0, 0], abs=2)
    coarse = [image.resize(ours.size).reduce(4) for image in (ours, other)]
    return float(np.corrcoef(*(np.asarray(image, float).ravel() for image in coarse))[0, 1])
