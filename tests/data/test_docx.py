"""DOCX files open again with merged cells, header, footer and text box, value by value."""

import re
from io import BytesIO

import docx
import pytest
from docx.oxml.ns import qn

from data.generator.docx import render_docx
from data.generator.forms import EDITIONS

from .reports import AGENCY, printed_rows, report


def opened(made, **settings):
    return docx.Document(BytesIO(render_docx(made, **settings)))


def rows(table):
    """The texts of a table's own cells, row by row; merged cells once."""
    return [
        ["".join(node.text for node in cell.iter(qn("w:t"))) for cell in row.findall(qn("w:tc"))]
        for row in table.iter(qn("w:tr"))
    ]


def values(document):
    number = re.compile(r"[+-]?\d+(\.\d+)?元?")
    found = (
        [text for text in row if number.fullmatch(text)]
        for table in document.element.body.iter(qn("w:tbl"))
        if not list(table.iter(qn("w:tbl")))[1:]
        for row in rows(table)
    )
    return sorted(row for row in found if row)


@pytest.mark.parametrize("nested", [False, True])
@pytest.mark.parametrize("single", [False, True])
@pytest.mark.parametrize("edition", EDITIONS)
def test_every_value_stands_in_its_row(edition, single, nested):
    made = report(edition, single)
    assert values(opened(made, nested=nested)) == printed_rows(made, single)


def test_cells_are_merged_both_ways():
    table = opened(report()).tables[1]
    assert table.cell(0, 0)._tc is table.cell(2, 2)._tc
    assert table.cell(5, 0).text == "三、本年度办理结果"
    assert table.cell(5, 0)._tc is table.cell(20, 0)._tc
    assert {len(row.cells) for row in table.rows} == {10}


@pytest.mark.parametrize("title", ["heading", "paragraph", "text_box"])
def test_title(title):
    made = report()
    document = opened(made, title=title)
    inside = [
        "".join(node.text for node in box.iter(qn("w:t")))
        for box in document.element.body.iter(qn("w:txbxContent"))
    ]
    first = document.paragraphs[0]
    assert inside == ([made.title] * 2 if title == "text_box" else [])
    assert first.text == ("" if title == "text_box" else made.title)
    assert (first.style.name == "Title") == (title == "heading")


def test_page_header_and_footer():
    [section] = opened(report()).sections
    assert section.header.paragraphs[0].text == f"{AGENCY}政府信息公开"
    assert section.footer._element.find(f".//{qn('w:fldSimple')}").get(qn("w:instr")) == " PAGE "


def test_nested_tables_stand_in_a_layout_table():
    outer = opened(report(), nested=True).tables
    assert [len(table.rows) for table in outer] == [1, 1, 1]
    assert [len(table.cell(0, 0).tables) for table in outer] == [1, 1, 1]


def test_the_same_report_gives_the_same_bytes():
    assert render_docx(report(style="sparse")) == render_docx(report(style="sparse"))
