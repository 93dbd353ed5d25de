"""The count of scans: doubts apart, a wrong value that seems sure named, the table put in place."""

from collections import Counter

import numpy as np
import pypdfium2
import pytest

from data.generator.corpus import scan_members
from data.generator.layouts import SCAN_KINDS
from data.generator.pdf import render_pdf
from data.generator.scan_score import FIGURES, Tally, table, with_figures
from data.generator.scans import RED_COPIED, Scan, render_scan, scan_pages

from .reports import report


@pytest.fixture(scope="module")
def pdf():
    return render_pdf(report())


def test_every_kind_of_scan_has_as_many_dense_reports_of_every_edition():
    made = scan_members(6, seed=1)
    assert Counter(member.layout for member in made) == dict.fromkeys(SCAN_KINDS, 6)
    for kind in SCAN_KINDS:
        editions = Counter(m.report.edition for m in made if m.layout == kind)
        assert set(editions.values()) == {2} and len(editions) == 3
    assert not any(member.zeros for member in made)
    assert len({(member.report.agency, member.report.year) for member in made}) == len(made)


def test_copied_stamp_is_as_grey_as_asked_and_black_without_grey(pdf):
    [faint] = scan_pages(pdf, Scan(150, stamp="bottom_right"), [0])
    [grey] = scan_pages(pdf, Scan(150, stamp="bottom_right", ink=RED_COPIED), [0])
    [black] = scan_pages(pdf, Scan(150, True, stamp="bottom_right", ink=RED_COPIED), [0])
    corners = [np.asarray(image.convert("L"))[1500:, 1000:] for image in (faint, grey, black)]
    assert (corners[0] == 190).mean() > 0.05 < (corners[1] == RED_COPIED).mean()
    assert (corners[2] == 0).mean() > 0.05


def test_pages_in_black_and_white_become_a_pdf(pdf):
    document = pypdfium2.PdfDocument(render_scan(pdf, Scan(150, bilevel=True)))
    assert document[0].get_size() == pytest.approx((595, 842), abs=1)
    document.close()


def test_table_tells_doubts_from_what_is_wrong_and_sure():
    verdicts = Counter({"right": 998, "wrong": 2})
    tallies = {"scan_grey": Tally({"a", "b"}, verdicts, Counter(right=3, wrong=1), ["a.pdf: x"])}
    assert table(tallies).splitlines()[2] == (
        "| scan_grey | 2 | 1000 | 998 | 99.80% | 2 | 0 | 3 | 1 |"
    )
    text = f"before\n{FIGURES}old\n{FIGURES}after\n"
    assert with_figures(text, tallies) == f"before\n{FIGURES}\n{table(tallies)}\n\n{FIGURES}after\n"
    with pytest.raises(ValueError, match="figures of scans"):
        with_figures("no mark", tallies)
