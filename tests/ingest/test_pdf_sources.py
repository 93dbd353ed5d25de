"""Two sources, one record: they agree, and where they do not the cell says so."""

from __future__ import annotations

import ctypes
from dataclasses import replace

import pypdfium2
import pytest

from data.generator.draws import draw
from data.generator.pdf import render_pdf
from data.generator.samples import samples
from ingest import pdf_limits, pdf_pdfium
from ingest.form_rows import form_rows
from ingest.glyphs import UNKNOWN
from ingest.pdf import read
from ingest.rejected import UnreadableFile
from ingest.wording import compact
from tests.ingest import malformed
from tests.ingest.documents import LEFT, Pdf, column


@pytest.fixture(scope="module")
def report() -> bytes:
    """A printed sample report with all three tables."""
    sample = next(sample for sample in samples() if sample.rendering == "pdf")
    return render_pdf(replace(sample.report, printed=dense(sample.report)))


def dense(report):
    figures = draw(report.edition, 1, "dense")
    return {cell: str(value) for cell, value in figures.items()}


def transcript(document):
    return (
        [(*cell[:6], compact(cell.text)) for cell in document.cells],
        [(*each[:2], compact(each.text)) for each in document.paragraphs],
    )


def whole_rows(document):
    rows = form_rows(document.cells)
    return {(row.form_table, row.code): [c.text for c in row.values] for row in rows}


def test_both_sources_read_the_same(report):
    fast, record = read(report, "pdfium"), read(report, "pdfplumber")
    assert (fast.reader, record.reader) == ("pdfium", "pdfplumber")
    assert transcript(fast) == transcript(record)


def test_whole_report_is_read_once(report):
    assert read(report).reader == "pdfium"


def distort(monkeypatch, change):
    """Let pdfium deliver other glyphs than it finds."""
    read_pages = pdf_pdfium.read_pages

    def changed(data):
        return [
            replace(page, glyphs=[g for glyph in page.glyphs if (g := change(page, glyph))])
            for page in read_pages(data)
        ]

    monkeypatch.setattr(pdf_pdfium, "read_pages", changed)


def test_missing_row_is_read_by_the_reader_of_record(report, monkeypatch):
    wanted = whole_rows(read(report))
    distort(monkeypatch, lambda page, glyph: None if page.number > 2 else glyph)
    document = read(report)
    assert document.reader == "pdfium+pdfplumber"
    assert whole_rows(document) == wanted
    assert set(column(document.cells, "confidence")) == {None}


def test_cell_read_differently_has_no_confidence(report, monkeypatch):
    last = max(pdf_pdfium.read_pages(report), key=lambda page: page.number).number

    def change(page, glyph):
        if page.number == last:
            return None  # something is missing, so that the file is read again
        return glyph._replace(text="3") if glyph.text == "8" else glyph

    distort(monkeypatch, change)
    document = read(report)
    doubtful = [cell.text for cell in document.cells if cell.confidence == 0]
    assert doubtful
    assert all("8" in text for text in doubtful)


def test_page_with_few_words_is_not_read_twice():
    pdf = Pdf()
    pdf.text(LEFT, 100, "关于召开会议的通知")
    assert read(pdf.data()).reader == "pdfium"


def reason_of(data, source=None):
    with pytest.raises(UnreadableFile) as caught:
        read(data, source)
    assert "请" in caught.value.message
    return caught.value.reason


BROKEN_PAGES = (
    b"<</Type/Page/Parent 2 0 R/MediaBox 4 0 R/Contents 4 0 R>>",
    b"<</Type/Page/Parent 2 0 R/MediaBox[/a 0 595 842]/Contents 4 0 R>>",
    b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Rotate/a/Contents 4 0 R>>",
)


@pytest.mark.parametrize("broken", BROKEN_PAGES)
def test_page_whose_entries_are_of_the_wrong_type_is_damaged_to_the_reader_of_record(broken):
    assert reason_of(malformed.pdf(malformed.page(o3=broken)), "pdfplumber") == "damaged"


NOWHERE = b"BT /F1 12 Tf 1 0 0 1 72 600 Tm (11) Tj 1e38 1e38 1e38 1e38 1e38 1e38 Tm (22) Tj ET"


def test_glyph_that_a_broken_matrix_draws_nowhere_is_left_out():
    pages = malformed.pdf(malformed.page(malformed.stream(b"q 1e38 0 0 1e38 0 0 cm Q " + NOWHERE)))
    for source in ("pdfium", "pdfplumber"):
        assert column(read(pages, source).paragraphs, "text") == ["11"]


def test_half_of_a_pair_of_surrogates_is_an_unknown_character():
    """A font whose table gives 1 as U+D900."""
    table = (
        b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <ff> "
        b"endcodespacerange 1 beginbfchar <31> <D900> endbfchar endcmap end"
    )
    font = (
        b"/Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 5 0 R"
        b"/FirstChar 48/LastChar 57/Widths[500 500 500 500 500 500 500 500 500 500]>>>>"
    )
    page = (
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<%s>>>>" % font
    )
    text = malformed.stream(b"BT /F1 12 Tf 72 700 Td (2023) Tj 0 -40 Td (1) Tj ET")
    data = malformed.pdf(malformed.page(text, o3=page, o5=malformed.stream(table)))
    assert column(read(data, "pdfium").paragraphs, "text") == [f"2023{UNKNOWN}"]


@pytest.mark.parametrize("source", ["pdfium", "pdfplumber"])
def test_too_many_pages(source, monkeypatch):
    monkeypatch.setattr(pdf_limits, "MOST_PAGES", 3)
    pdf = Pdf()
    for _ in range(4):
        pdf.text(LEFT, 100, "一、总体情况")
        pdf.page()
    assert reason_of(pdf.data(), source) == "too_many_pages"


@pytest.mark.parametrize(
    ("source", "module"), [("pdfium", "pdf_paths"), ("pdfplumber", "pdf_pdfplumber")]
)
def test_too_many_objects(source, module, monkeypatch):
    monkeypatch.setattr(f"ingest.{module}.MOST_OBJECTS", 20)
    pdf = Pdf()
    pdf.table(100, [["甲", "乙"]] * 20)
    assert reason_of(pdf.data(), source) == "too_complex"


def test_form_that_holds_itself_ends():
    pdf = Pdf()
    pdf.canvas.beginForm("loop")
    pdf.line(100, 100, 200, 100)
    pdf.canvas.doForm("loop")
    pdf.canvas.endForm()
    pdf.canvas.doForm("loop")
    pdf.text(LEFT, 100, "一、总体情况")
    assert len(read(pdf.data(), "pdfium").paragraphs) == 1


def test_rules_inside_a_form_are_rules():
    pdf = Pdf()
    pdf.canvas.beginForm("grid", 0, 0, 600, 900)
    pdf.table(0, [["", ""], ["", ""]])
    pdf.canvas.endForm()
    pdf.canvas.translate(0, -100)
    pdf.canvas.doForm("grid")
    pdf.canvas.translate(0, 100)
    pdf.text(LEFT + 5, 108, "甲", 12)
    for source in ("pdfium", "pdfplumber"):
        assert column(read(pdf_data(pdf), source).cells, "text") == ["甲", "", "", ""]


def pdf_data(pdf):
    """Write the document once and give the same bytes again."""
    if not hasattr(pdf, "written"):
        pdf.written = pdf.data()
    return pdf.written


def test_watermark_askew_is_left_out():
    pdf = Pdf()
    pdf.text(LEFT, 100, "一、总体情况")
    pdf.canvas.rotate(45)
    pdf.text(300, 400, "仅供参考", 40)
    for source in ("pdfium", "pdfplumber"):
        assert column(read(pdf_data(pdf), source).paragraphs, "text") == ["一、总体情况"]


def test_overprinted_glyphs_are_one():
    pdf = Pdf()
    for shift in (0, 0.4):
        pdf.text(LEFT + shift, 100, "总计11")
    for source in ("pdfium", "pdfplumber"):
        assert column(read(pdf_data(pdf), source).paragraphs, "text") == ["总计11"]


@pytest.fixture
def without_fonts(tmp_path):
    """Start pdfium as on a machine that has no fonts."""
    raw = pypdfium2.raw
    paths = (ctypes.POINTER(ctypes.c_char) * 2)(ctypes.create_string_buffer(bytes(tmp_path)), None)
    raw.FPDF_DestroyLibrary()
    raw.FPDF_InitLibraryWithConfig(raw.FPDF_LIBRARY_CONFIG(version=2, m_pUserFontPaths=paths))
    yield
    raw.FPDF_DestroyLibrary()
    raw.FPDF_InitLibraryWithConfig(raw.FPDF_LIBRARY_CONFIG(version=2))


def test_fonts_neither_in_the_file_nor_on_the_machine_lose_nothing(report, without_fonts):
    assert transcript(read(report, "pdfium")) != transcript(read(report, "pdfplumber"))
    document = read(report)
    assert document.reader == "pdfplumber"
    assert transcript(document) == transcript(read(report, "pdfplumber"))
