"""Rendered reports give all their cells back: from PDF by plain pdfplumber, from text by fields."""

import re
from dataclasses import replace
from io import BytesIO

import pdfplumber
import pytest

from data.generator.forms import EDITIONS, form_cells
from data.generator.pdf import render_pdf
from data.generator.text import render_text

from .reports import printed_rows, report

FORMS = [(edition, single) for edition in EDITIONS for single in (False, True)]


def value_rows(lines):
    """The numbers of every line that has some, labels left out."""
    number = re.compile(r"[+-]?\d+(\.\d+)?元?")
    rows = ([field for field in line if field and number.fullmatch(field)] for line in lines)
    return [row for row in rows if row]


@pytest.mark.parametrize(("edition", "single"), FORMS)
def test_pdf_tables_read_back(edition, single):
    made = report(edition, single)
    with pdfplumber.open(BytesIO(render_pdf(made))) as pdf:
        lines = [row for page in pdf.pages for table in page.extract_tables() for row in table]
        feet = [page.extract_text().splitlines()[-1] for page in pdf.pages]
    assert sorted(value_rows(lines)) == printed_rows(made, single)
    assert feet == [f"- {number} -" for number in range(1, len(feet) + 1)]


@pytest.mark.parametrize(("edition", "single"), FORMS)
def test_pdf_values_stand_behind_their_labels(edition, single):
    made = report(edition, single)
    with pdfplumber.open(BytesIO(render_pdf(made))) as pdf:
        lines = [row for page in pdf.pages for table in page.extract_tables() for row in table]
    found = {}
    for line in lines:
        texts = [(field or "").replace("\n", "") for field in line]
        if len(line) == 10 and texts[-1].isdigit():
            found[[text for text in texts[:3] if text][-1]] = texts[3:]
    for row in ("new_received", "denied_state_secret", "outcome_total", "carried_out"):
        cells = {
            spec.cell: spec.labels[-2]
            for spec in form_cells(edition, single)
            if spec.cell.indicator == row
        }
        [label] = set(cells.values())
        assert found[label] == [made.printed[cell] for cell in cells]


def test_a_long_number_stays_within_its_pdf_cell():
    made = report("standard_2021", False)
    long = {cell: "87654321" for cell in made.printed if cell[0] == "disputes"}
    made = replace(made, printed={**made.printed, **long})
    with pdfplumber.open(BytesIO(render_pdf(made))) as pdf:
        assert pdf.pages[-1].extract_tables()[-1][-1] == ["87654321"] * 15
        numbers = [word for word in pdf.pages[-1].extract_words() if word["text"] == "87654321"]
        [*_, row] = pdf.pages[-1].find_tables()[-1].rows
    for word, cell in zip(numbers, row.cells, strict=True):
        assert cell[0] < word["x0"] < word["x1"] < cell[2]


def test_pdf_table_goes_on_over_the_page():
    with pdfplumber.open(BytesIO(render_pdf(report("standard_2021", False)))) as pdf:
        widths = [
            [len(table[0]) for table in page.extract_tables()]
            for page in pdf.pages
            if page.extract_tables()
        ]
    assert sum(page.count(10) for page in widths) == 2
    assert widths[-1][-1] == 15


@pytest.mark.parametrize("alignment", ["grid", "ragged"])
@pytest.mark.parametrize("separator", ["tabs", "pipes"])
@pytest.mark.parametrize(("edition", "single"), FORMS)
def test_text_tables_read_back(edition, single, separator, alignment):
    made = report(edition, single)
    mark = "\t" if separator == "tabs" else "|"
    lines = [
        [field.strip() for field in line.split(mark)]
        for line in render_text(made, separator, alignment).splitlines()
        if mark in line
    ]
    assert sorted(value_rows(lines)) == printed_rows(made, single)


def test_grid_keeps_columns_and_ragged_follows_the_labels():
    made = report("standard_2021", False)

    def first_values(alignment):
        starts = set()
        for line in render_text(made, "tabs", alignment).splitlines():
            fields = line.split("\t")
            if len(fields) == 10 and any(field.isdigit() for field in fields):
                starts.add(next(at for at, field in enumerate(fields) if field.isdigit()))
        return starts

    assert first_values("grid") == {3}
    assert first_values("ragged") == {2, 3}


def test_headers_are_those_of_the_edition():
    texts = {edition: render_text(report(edition, False)) for edition in EDITIONS}
    assert "本年新制作数量" in texts["trial_2019"]
    assert "本年收费金额（单位：万元）" in texts["standard_2021"]
    assert "本年收费金额（单位：万元，保留4位小数）" in texts["decimal_2021"]
    assert sum("政府集中采购" in text for text in texts.values()) == 1
    assert all(text.count("第二十条第（八）项") == 1 for text in texts.values())


def test_the_same_report_gives_the_same_bytes():
    first, second = (render_pdf(report("decimal_2021", False, "sparse")) for _ in range(2))
    assert first == second
