"""Chromium and LibreOffice print every layout with all its numbers, on the paper asked for."""

import os
import random
import re
from dataclasses import replace

import pypdfium2
import pytest

from data.generator import chromium as chromium_module
from data.generator import cuts
from data.generator.chromium import Chromium, ChromiumError, Sheet, find_chromium
from data.generator.docx import render_docx
from data.generator.printing import (
    LAYOUTS,
    OfficeError,
    PrintJob,
    find_office,
    office_convert,
    print_job,
    print_reports,
)
from data.generator.printpage import LINES, Look, print_page

from .reports import report

# The build server has both; elsewhere these tests need not run.
MUST_RUN = bool(os.environ.get("CI"))
chromium = pytest.mark.skipif(
    not find_chromium() and not MUST_RUN, reason="Chromium is not installed"
)
office = pytest.mark.skipif(
    not find_office() and not MUST_RUN, reason="LibreOffice is not installed"
)
A4 = (595, 842)


def opened(pdf):
    """The sizes, rotations and texts of the pages."""
    document = pypdfium2.PdfDocument(pdf)
    pages = [
        (tuple(map(round, page.get_size())), page.get_rotation(), page.get_textpage())
        for page in document
    ]
    made = [(size, turned, text.get_text_range()) for size, turned, text in pages]
    document.close()
    return made


def numbers(texts):
    return sorted(re.findall(r"\d[\d.]*", " ".join(texts)))


@pytest.fixture(scope="module")
def printed():
    """All layouts of one dense report, printed in one go."""
    made = report()
    pdfs = print_reports(print_job(layout, made, seed=3) for layout in LAYOUTS)
    return {layout: opened(pdf) for layout, pdf in zip(LAYOUTS, pdfs, strict=True)}


@chromium
@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_number_is_printed_whole(printed, layout):
    values = {text.lstrip("+-").removesuffix("元") for text in report().printed.values()}
    texts = [text for _, _, text in printed[layout]]
    if layout == "pieces":
        # Digits that stand apart are words of their own, in order.
        whole = re.sub(r"\s", "", "".join(texts))
        assert all(value in whole for value in values)
    else:
        assert values <= set(numbers(texts))


@chromium
def test_paper(printed):
    for layout, pages in printed.items():
        sizes = {size for size, _, _ in pages}
        turns = {turned for _, turned, _ in pages}
        wide = (A4[1], A4[0])
        assert sizes == ({A4, wide} if layout in ("landscape", "rotated") else {A4})
        assert bool(turns - {0}) == (layout == "rotated")
        assert pages[0][:2] == (A4, 0)


@chromium
def test_page_numbers_stand_at_the_foot():
    [pdf] = print_reports([PrintJob(report(), footer=("第", "页"))])
    for number, (_, _, text) in enumerate(opened(pdf), start=1):
        assert f"第{number}页" in text.replace(" ", "")


@chromium
def test_a_page_break_within_a_group():
    made = report()
    look = Look(breaks=(("applications", 9),))
    counts = []
    for settings in ({}, {"label": "repeated"}, {"repeat_header": True}):
        [pdf] = print_reports([PrintJob(made, replace(look, **settings))])
        text = re.sub(r"\s", "", "".join(text for _, _, text in opened(pdf)))
        counts.append([text.count(word) for word in ("（三）不予公开", "科研机构", "4.保护第三方")])
    assert counts == [[1, 1, 1], [2, 1, 1], [1, 2, 1]]


@pytest.mark.parametrize("lines", LINES)
def test_lines_are_those_asked_for(lines):
    page = print_page(report(), Look(lines=lines))
    style = page.partition("<style>")[2].partition("</style>")[0]
    assert ("solid" in style) == (lines != "none")
    assert ("td{border:0.6pt" in style) == (lines in ("all", "open"))


def test_jobs_are_drawn_by_seed():
    made = report()
    looks = {seed: [print_job(layout, made, seed) for layout in LAYOUTS] for seed in (1, 1, 2)}
    assert looks[1] == [print_job(layout, made, 1) for layout in LAYOUTS]
    assert looks[1] != looks[2]


def test_blank_layout_prints_no_zero():
    job = print_job("borderless_blank", report(style="sparse"), 1)
    assert job.report == cuts.blank_zeros(report(style="sparse"))
    assert job.look.lines == "none"


def test_split_breaks_lie_within_a_group_and_after_a_caption():
    for seed in range(8):
        breaks = dict(print_job("split", report(), seed).look.breaks)
        assert set(breaks) == {"proactive", "applications"}
        assert breaks["applications"] > 5


@pytest.mark.parametrize(
    ("program", "words"), [("no-such-browser", "none of"), ("true", "ended by itself")]
)
def test_a_browser_that_is_none_is_told_in_words(monkeypatch, program, words):
    monkeypatch.setattr(chromium_module, "NAMES", (program,))
    with pytest.raises(ChromiumError, match=words):
        Chromium()


@chromium
def test_one_browser_prints_page_after_page():
    with Chromium() as browser:
        pdfs = [browser.print(Sheet(f"<p>{word}</p>")) for word in ("alpha", "beta")]
    assert [opened(pdf)[0][2].strip() for pdf in pdfs] == ["alpha", "beta"]


@office
def test_libreoffice_prints_many_files_in_one_start(tmp_path):
    made = report()
    files = []
    for name, settings in (("one", {}), ("two", {"nested": True, "title": "text_box"})):
        files.append(tmp_path / f"{name}.docx")
        files[-1].write_bytes(render_docx(made, **settings))
    pdfs = office_convert(files, tmp_path)
    assert [path.name for path in pdfs] == ["one.pdf", "two.pdf"]
    values = {text.lstrip("+-").removesuffix("元") for text in made.printed.values()}
    for path in pdfs:
        assert values <= set(numbers(text for _, _, text in opened(path.read_bytes())))


@office
def test_libreoffice_tells_what_it_did_not_convert(tmp_path):
    (tmp_path / "empty.docx").write_bytes(random.Random(1).randbytes(64))
    with pytest.raises(OfficeError, match=r"empty\.never"):
        office_convert([tmp_path / "empty.docx"], tmp_path, "never")


def test_nothing_to_convert_needs_no_libreoffice(tmp_path):
    assert office_convert([], tmp_path) == []
