import io

import numpy as np
import PIL.Image
import pytest
from PIL import ImageDraw

from data.generator import prose
from data.generator.draws import draw
from data.generator.grid import form_grid
from data.generator.pdf import render_pdf
from data.generator.report import Report, print_figures
from data.generator.scans import Scan, render_scan
from ingest.document import LEAST_SURE
from ingest.registry import reader_for
from ingest.rejected import UnreadableFile
from ingest.scan import extra, reader
from ingest.scan.clean import straighten
from ingest.scan.pages import Picture
from tests.ingest.documents import Pdf, column, grids, paragraphs


def is_installed() -> bool:
    try:
        return bool(extra.model())
    except UnreadableFile:
        return False


needs_ocr = pytest.mark.skipif(not is_installed(), reason="the extra ocr is not installed")

AGENCY = "青禾市示例区人民政府"
EDITION = "decimal_2021"


@pytest.fixture(scope="module")
def report() -> Report:
    figures = draw(EDITION, 7, "dense")
    voice = prose.Voice(1, 2023)
    return Report(
        agency=AGENCY,
        year=2023,
        edition=EDITION,
        printed=print_figures(figures, EDITION),
        title=prose.title(AGENCY, 2023),
        introduction=prose.introduction(AGENCY, voice),
        sections=prose.sections(figures, voice),
    )


def values(report: Report, form_table: str) -> list[str]:
    grid = form_grid(form_table, report.edition, report.printed)
    return [box.text for box in grid.boxes if box.role == "value"]


def png(image: PIL.Image.Image, **settings) -> bytes:
    target = io.BytesIO()
    image.save(target, "PNG", **settings)
    return target.getvalue()


def without_text() -> bytes:
    pdf = Pdf()
    pdf.fill(100, 100, 400, 400, grey=0.5)
    return pdf.data()


@pytest.mark.parametrize("name", ["扫描.pdf", "扫描.PNG", "扫描.tif"])
def test_missing_extra_is_named_with_its_command(monkeypatch, name):
    monkeypatch.setattr(extra, "CARRIER", "no_such_package")
    data = without_text() if name.endswith("pdf") else png(PIL.Image.new("L", (100, 100), 255))
    with pytest.raises(UnreadableFile) as caught:
        reader_for(name)(data)
    assert caught.value.reason == "ocr_not_installed"
    assert caught.value.message.endswith("pip install 'gouji[ocr]'")


@needs_ocr
def test_blank_scan_is_refused():
    with pytest.raises(UnreadableFile) as caught:
        reader.read(png(PIL.Image.new("L", (400, 600), 255)))
    assert caught.value.reason == "nothing_printed"


@needs_ocr
def test_skewed_page_of_dense_figures_is_read_right(report):
    scan = Scan(150, skew=1.0, noise=4.0)
    data = render_scan(render_pdf(report), scan, pages=[1])
    document = reader_for("扫描.pdf")(data)
    assert (document.format, document.reader, document.page_count) == ("scan", "rapidocr", 1)
    last = max(column(document.cells, "block_no"))
    cells = [cell for cell in document.cells if cell.block_no == last]
    rows = max(column(cells, "row_no"))
    read = [cell for cell in cells if cell.col_no >= 4 and cell.row_no > 3]
    printed = values(report, "applications")
    assert column(read, "text") == printed[: 7 * (rows - 3)]
    assert sum(cell.confidence >= LEAST_SURE for cell in read) > 0.95 * len(read)
    assert set(column(read, "col_span")) == {1}
    assert paragraphs(document)[-1] == "三、收到和处理政府信息公开申请情况"


@needs_ocr
def test_black_and_white_tiff_keeps_title_prose_and_decimals(report):
    scan = Scan(200, bilevel=True, skew=-0.4, noise=6.0)
    data = render_scan(render_pdf(report), scan, "tiff", pages=[0])
    document = reader_for("扫描.tiff")(data)
    assert report.title in paragraphs(document)
    assert "一、总体情况" in paragraphs(document)
    table = grids(document)[0]
    assert table[2] == ["规章", *values(report, "proactive")[:3]]
    box = document.cells[0]
    assert 60 < box.x0 < 85 and 500 < box.x1 < 535


@needs_ocr
def test_page_on_its_head_is_turned():
    upright, heads = small_page(0), small_page(180)
    assert (
        grids(upright) == grids(heads) == [[["信息内容", "本年处理决定数量"], ["行政许可", "96"]]]
    )
    one, other = (document.cells[3] for document in (upright, heads))
    assert one.x0 + other.x1 == pytest.approx(300, abs=1)
    assert one.top + other.bottom == pytest.approx(200, abs=1)


def small_page(degrees: int):
    pdf = Pdf()
    pdf.table(100, [["信息内容", "本年处理决定数量"], ["行政许可", "96"]])
    import pypdfium2

    page = pypdfium2.PdfDocument(pdf.data())[0].render(scale=200 / 72).to_pil().convert("L")
    left, top = (round(side * 200 / 72) for side in (40, 60))
    cut = page.crop((left, top, left + round(300 * 200 / 72), top + round(200 * 200 / 72)))
    return reader.read(png(cut.rotate(degrees), dpi=(200, 200)))


def picture(image: PIL.Image.Image) -> Picture:
    pixels = np.asarray(image.convert("RGB"), dtype=np.uint8)
    return Picture(1, pixels, image.width, image.height)


def lines(degrees: float, colour: tuple[int, int, int] = (0, 0, 0)) -> PIL.Image.Image:
    image = PIL.Image.new("RGB", (600, 842), "white")
    pen = ImageDraw.Draw(image)
    for height in range(100, 700, 40):
        pen.line((60, height, 540, height), fill=colour, width=2)
    return image.rotate(degrees, PIL.Image.Resampling.BICUBIC, fillcolor=(255, 255, 255))


@pytest.mark.parametrize("degrees", [-3.0, -0.4, 0.0, 1.0, 3.5])
def test_skew_is_found_and_undone(degrees):
    page = straighten(picture(lines(degrees)))
    assert page.angle == pytest.approx(-degrees, abs=0.05)
    rows = np.flatnonzero(page.ink.sum(axis=1) > 400)
    assert 15 <= len(rows) <= 60


def test_boxes_are_those_of_the_page_as_it_came():
    image = PIL.Image.new("RGB", (600, 842), "white")
    ImageDraw.Draw(image).line((60, 120, 540, 120), fill=(0, 0, 0), width=3)
    page = straighten(picture(image.rotate(2.0, fillcolor=(255, 255, 255))))
    rows, columns = np.nonzero(page.ink)
    x0, top, x1, bottom = page.points(
        (int(columns.min()), int(rows.min()), int(columns.max()), int(rows.max()))
    )
    seen = np.argwhere(np.asarray(image.rotate(2.0, fillcolor=(255, 255, 255)))[:, :, 0] < 128)
    assert (top, x0) == pytest.approx(seen.min(axis=0), abs=4)
    assert (bottom, x1) == pytest.approx(seen.max(axis=0), abs=4)


def test_stamp_ink_is_dropped_and_print_under_it_stays():
    image = lines(0.0)
    print_only = straighten(picture(image)).ink.sum()
    pixels = np.asarray(image).copy()
    pixels[300:420, 100:400] = np.minimum(pixels[300:420, 100:400], (214, 60, 50))
    page = straighten(picture(PIL.Image.fromarray(pixels)))
    assert page.ink.sum() == pytest.approx(print_only, rel=0.02)
    assert page.dropped[300:420, 100:400].mean() > 0.8
