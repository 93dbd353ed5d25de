"""The place of a value: cropping the page at the stored box shows that value and nothing else."""

from __future__ import annotations

import math
import random
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pypdfium2
import pytest

from checkpoints.transform import bring_up_to_date
from data.generator.printing import print_job, print_reports
from data.generator.scans import Scan, render_scan
from ingest import pdf
from ingest.read import ingest
from ingest.rejected import UnreadableFile
from ingest.scan import extra
from ingest.scan.recogniser import recognise
from tests.acceptance.places import (
    EDITIONS,
    PRINTED,
    Place,
    bare,
    cropped,
    needs_chromium,
    needs_poppler,
    shown,
)
from tests.acceptance.reports import clean, write
from tests.acceptance.runs import rows

CELLS, CELLS_OF_SCAN = 50, 10
A4 = (595.3, 841.9)
SKEW = 1.0
RULE = 7
"""Pixels of a scan at the edges of a box where the rules around the cell may lie."""


def has_ocr() -> bool:
    try:
        return extra.model().is_file()
    except UnreadableFile:
        return False


needs_ocr = pytest.mark.skipif(not has_ocr(), reason="the extra ocr is not installed")


class Stored(NamedTuple):
    """What the database holds of a cell that is not blank."""

    file: Path
    codes: tuple[str, str, str]
    text: str
    place: Place


def read(files: Iterable[Path], database: Path) -> list[Stored]:
    """Read and model files as ``gouji check`` does before it validates."""
    assert ingest([*files], database, jobs=1).rejections == ()
    bring_up_to_date(database)
    found = rows(
        database,
        "select source_path, form_table, indicator, breakdown, raw_text, page, x0, top, x1, bottom"
        " from marts.cell_values inner join marts.reports using (report_id)"
        " where trim(raw_text) != '' order by source_path, ordinal",
    )
    return [
        Stored(Path(path), (table, row, column), bare(text), Place(*place))
        for path, table, row, column, text, *place in found
    ]


def drawn(cells: list[Stored], count: int = CELLS) -> list[Stored]:
    """As many cells of each file, in all at least ``count``."""
    files = sorted({cell.file for cell in cells})
    dice = random.Random(7)
    return [
        cell
        for file in files
        for cell in dice.sample([c for c in cells if c.file == file], -(-count // len(files)))
    ]


def misplaced(cells: Iterable[Stored]) -> list[tuple[Stored, str]]:
    """Cells whose box shows another text."""
    found = [(cell, shown(cell.file, cell.place)) for cell in cells]
    return [(cell, text) for cell, text in found if text != cell.text]


@needs_chromium
@needs_poppler
def test_the_box_of_a_cell_shows_its_value_in_every_layout(tmp_path: Path) -> None:
    reports = [
        clean(number, edition=EDITIONS[number % 3], style="dense" if number % 2 else "busy")
        for number in range(len(PRINTED))
    ]
    jobs = [
        print_job(layout, report, number)
        for number, (layout, report) in enumerate(zip(PRINTED.values(), reports, strict=True))
    ]
    truth = {}
    for name, job, data in zip(PRINTED, jobs, print_reports(jobs), strict=True):
        (tmp_path / name).write_bytes(cropped(data) if name == "cropped.pdf" else data)
        truth[name] = job.report.printed
    cells = read([tmp_path], tmp_path / "gouji.duckdb")
    some = drawn(cells)
    assert {cell.file.name for cell in some} == set(truth)
    assert [c for c in some if c.text != truth[c.file.name][c.codes]] == []  # type: ignore[index]
    assert misplaced(some) == []


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_both_sources_place_cells_alike_on_cropped_and_turned_pages(
    tmp_path: Path, rotation: int
) -> None:
    sheet = write(clean(), tmp_path / "report.pdf").read_bytes()
    first, second = (
        pdf.read(cropped(sheet, rotation), source).cells for source in ("pdfium", "pdfplumber")
    )
    # Left, top, right and bottom.
    edges = [[edge for cell in cells for edge in cell[7:11]] for cells in (first, second)]
    assert edges[0] == pytest.approx(edges[1], abs=0.02)


@needs_poppler
def test_the_box_of_a_cell_shows_its_value_in_the_samples(root: Path, tmp_path: Path) -> None:
    samples = sorted((root / "data" / "reports").glob("*.pdf"))
    cells = drawn(read(samples, tmp_path / "gouji.duckdb"))
    assert len({cell.file for cell in cells}) == len(samples)
    assert misplaced(cells) == []


@needs_poppler
def test_the_box_of_a_cell_shows_its_value_in_published_reports(
    corpus: Path, tmp_path: Path
) -> None:
    cells = read(sorted((corpus / "pdf").glob("*.pdf")), tmp_path / "gouji.duckdb")
    assert misplaced(drawn(cells)) == []


@needs_poppler
@needs_ocr
def test_the_box_of_a_scanned_cell_lies_where_the_sheet_shows_its_value(tmp_path: Path) -> None:
    sheet = write(clean(3, 2023, style="dense"), tmp_path / "sheet" / "report.pdf")
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(render_scan(sheet.read_bytes(), Scan(200, skew=SKEW, noise=4.0)))
    cells = drawn(read([scan], tmp_path / "gouji.duckdb"), CELLS_OF_SCAN)
    assert [recognised(cell) for cell in cells] == [cell.text for cell in cells]
    assert misplaced(c._replace(file=sheet, place=level(c.place)) for c in cells) == []


def level(place: Place) -> Place:
    """Where a box of the turned scan lay on the A4 sheet, its middle turned back."""
    turn = math.radians(SKEW)
    x, y = (place.x0 + place.x1 - A4[0]) / 2, (place.top + place.bottom - A4[1]) / 2
    across = x * math.cos(turn) - y * math.sin(turn) + A4[0] / 2
    down = x * math.sin(turn) + y * math.cos(turn) + A4[1] / 2
    # Upright boxes are larger than the slanting cells in them by this much.
    wide, high = (place.x1 - place.x0) / 2 - 1, (place.bottom - place.top) / 2 - 1
    return Place(place.page, across - wide, down - high, across + wide, down + high)


def recognised(cell: Stored) -> str:
    """What the recogniser reads when it sees nothing but the print inside the box."""
    document = pypdfium2.PdfDocument(cell.file)
    seen = document[cell.place.page - 1].render(scale=200 / 72, grayscale=True).to_numpy()
    document.close()
    # The rules around the cell stay outside.
    x0, top, x1, bottom = (round(edge * 200 / 72) for edge in cell.place[1:])
    inner = np.asarray(seen).squeeze()[top + RULE : bottom - RULE, x0 + RULE : x1 - RULE]
    down, across = np.nonzero(inner < 128)
    print_only = inner[down.min() : down.max() + 1, across.min() : across.max() + 1]
    return recognise([np.pad(print_only, 4, constant_values=255)])[0].text
