"""PDF files of which some pages are pictures: every page is read once, in its place."""

import sys
from io import BytesIO
from subprocess import run

import pypdfium2
import pytest
from PIL import Image, ImageDraw

from data.generator.pdf import render_pdf
from data.generator.scans import Scan, render_scan
from ingest.registry import reader_for
from ingest.rejected import UnreadableFile
from ingest.scan import extra
from ingest.scan.pictured import pictured_pages
from tests.acceptance.reports import clean
from tests.ingest.documents import Pdf, column, grids, paragraphs

TITLE = "某市某局2023年政府信息公开工作年度报告"
HEADING = "二、主动公开政府信息情况"
ROWS = [["信息内容", "本年处理决定数量"], ["行政许可", "9617"]]


def is_installed() -> bool:
    try:
        return extra.model().is_file()
    except UnreadableFile:
        return False


needs_ocr = pytest.mark.skipif(not is_installed(), reason="the extra ocr is not installed")
read = reader_for("某局.pdf")


def text_page(*lines: str) -> bytes:
    pdf = Pdf()
    for number, line in enumerate(lines):
        pdf.text(74, 100 + 28 * number, line)
    return pdf.data()


def table_page() -> bytes:
    pdf = Pdf()
    pdf.text(74, 90, HEADING)
    pdf.table(140, ROWS)
    return pdf.data()


def blank_page() -> bytes:
    pdf = Pdf()
    pdf.page()
    return pdf.data()


def picture(width: float, height: float) -> bytes:
    """A page with nothing but an image of this size in points, of no print."""
    pdf = Pdf()
    image = Image.new("L", (200, 200), 255)
    ImageDraw.Draw(image).ellipse((10, 10, 190, 190), outline=0, width=6)
    pdf.canvas.drawInlineImage(image, 100, 100, width, height)
    return pdf.data()


def scanned(page: bytes) -> bytes:
    return render_scan(page, Scan(150, skew=0.5, noise=3.0))


def joined(*parts: bytes) -> bytes:
    """One PDF of all pages of the parts."""
    whole = pypdfium2.PdfDocument.new()
    for part in parts:
        source = pypdfium2.PdfDocument(part)
        whole.import_pages(source)
        source.close()
    target = BytesIO()
    whole.save(target)
    whole.close()
    return target.getvalue()


@needs_ocr
def test_picture_between_pages_of_text_is_read_in_its_place():
    tail = "三、其他需要报告的事项"
    head = ["依照政府信息公开条例第五十条，现公布本局", "2023年度的工作情况。"]
    document = read(joined(text_page(TITLE, *head), scanned(table_page()), text_page(tail)))
    told = [(each.page, each.text) for each in document.paragraphs]
    assert [page for page, _ in told] == sorted(page for page, _ in told)
    assert (told[0][0], told[1], told[2]) == (1, (2, HEADING), (3, tail))
    assert told[0][1].startswith(TITLE)
    assert grids(document) == [ROWS]
    assert set(column(document.cells, "page")) == {2}
    numbers = [*set(column(document.cells, "block_no")), *column(document.paragraphs, "block_no")]
    assert sorted(numbers) == list(range(1, len(numbers) + 1))
    assert (document.format, document.page_count) == ("pdf", 3)
    assert document.reader in ("pdfium+rapidocr", "pdfium+pdfplumber+rapidocr")
    assert "rapidocr-onnxruntime-" in document.reader_version


@needs_ocr
def test_only_recognised_cells_have_a_confidence():
    document = read(joined(table_page(), scanned(table_page())))
    first, second = ([c for c in document.cells if c.page == page] for page in (1, 2))
    assert grids(document) == [ROWS, ROWS]
    assert column(first, "confidence") == [None] * 4
    assert len(second) == 4 and None not in column(second, "confidence")


@needs_ocr
def test_scanned_last_pages_of_a_report_complete_its_tables():
    sheet = render_pdf(clean(5, 2023, style="dense"))
    whole = pypdfium2.PdfDocument(sheet)
    count = len(whole)
    parts = []
    for pages in ([0, 1], list(range(2, count))):
        part = pypdfium2.PdfDocument.new()
        part.import_pages(whole, pages)
        target = BytesIO()
        part.save(target)
        parts.append(target.getvalue())
    whole.close()
    mixed = read(joined(parts[0], scanned(parts[1])))
    by_text = read(sheet)
    assert max(column(mixed.cells, "page")) == max(column(by_text.cells, "page")) == 3
    figures = [
        [cell.text for cell in document.cells if cell.text.isdigit()]
        for document in (mixed, by_text)
    ]
    assert figures[0] == figures[1] and len(figures[0]) > 150


def test_picture_is_told_by_its_size_and_its_lack_of_text():
    parts = [blank_page(), picture(120, 120), picture(400, 700), text_page(TITLE * 4)]
    data = joined(*parts, scanned(table_page()))
    assert pictured_pages(data, range(1, 6), few=40) == [3, 5]
    assert pictured_pages(data, [1, 2, 4], few=40) == []


def test_page_number_or_watermark_does_not_make_a_scan_text():
    pdf = Pdf()
    image = Image.new("L", (600, 840), 230)
    pdf.canvas.drawInlineImage(image, 0, 0, 595, 842)
    pdf.text(280, 800, "- 3 -")
    assert pictured_pages(pdf.data(), [1], few=40) == [1]
    pdf = Pdf()
    pdf.canvas.drawInlineImage(image, 0, 0, 595, 842)
    pdf.text(74, 100, TITLE * 2, 8)
    assert pictured_pages(pdf.data(), [1], few=40) == []


def test_without_the_extra_the_pages_and_the_command_are_named(monkeypatch):
    monkeypatch.setattr(extra, "CARRIER", "no_such_package")
    scan = scanned(table_page())
    with pytest.raises(UnreadableFile) as caught:
        read(joined(text_page(TITLE), scan, table_page(), scan))
    assert caught.value.reason == "ocr_not_installed"
    assert caught.value.message.startswith("第2、4页是图片")
    assert caught.value.message.endswith("pip install 'gouji[ocr]'")


def test_blank_pages_and_seals_need_no_extra(monkeypatch):
    monkeypatch.setattr(extra, "CARRIER", "no_such_package")
    head = text_page(TITLE, "2023年度")
    document = read(joined(head, blank_page(), picture(120, 120), table_page()))
    assert document.page_count == 4 and "rapidocr" not in document.reader
    assert paragraphs(document) == [TITLE + "2023年度", HEADING]
    assert grids(document) == [ROWS]


def test_ordinary_pdf_loads_nothing_of_the_recognition(tmp_path):
    (tmp_path / "report.pdf").write_bytes(joined(text_page(TITLE), blank_page(), table_page()))
    program = """
import sys
from pathlib import Path
from ingest.registry import reader_for

reader_for("report.pdf")(Path(sys.argv[1]).read_bytes())
loaded = {"scipy", "onnxruntime", "ingest.scan.reader"} & set(sys.modules)
sys.exit(str(loaded) if loaded else 0)
"""
    ended = run([sys.executable, "-c", program, tmp_path / "report.pdf"], check=False)
    assert ended.returncode == 0
