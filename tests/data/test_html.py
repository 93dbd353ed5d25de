"""Web pages hold every value in its row, whatever the markup, and the bytes they declare or not."""

import re
from html.parser import HTMLParser

import pytest

from data.generator.forms import EDITIONS
from data.generator.html import ENCODINGS, STYLES, render_html

from .reports import AGENCY, printed_rows, report

CODECS = {"utf-8": "utf-8", "gbk": "gb18030", "utf-16": "utf-16"}


class Rows(HTMLParser):
    """The texts of the cells of every row of every table; a nested table's are its own."""

    def __init__(self):
        super().__init__()
        self.rows = []
        self.open = []
        self.title = None

    def handle_starttag(self, tag, attrs):
        if tag == "tr":
            self.open.append([])
        elif tag == "td" and self.open:
            self.open[-1].append("")
        elif tag == "title":
            self.title = ""

    def handle_endtag(self, tag):
        if tag == "tr":
            self.rows.append(self.open.pop())

    def handle_data(self, data):
        if self.title == "":
            self.title = data
        elif self.open and self.open[-1]:
            self.open[-1][-1] += data.strip()


def parsed(page):
    rows = Rows()
    rows.feed(page)
    assert not rows.open
    return rows


def values(rows):
    number = re.compile(r"[+-]?\d+(\.\d+)?元?")
    found = ([text for text in row if number.fullmatch(text)] for row in rows)
    return sorted(row for row in found if row)


@pytest.mark.parametrize("single", [False, True])
@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("style", STYLES)
def test_every_value_stands_in_its_row(style, edition, single):
    made = report(edition, single)
    rows = parsed(render_html(made, style).decode()).rows
    assert values(rows) == printed_rows(made, single)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_bytes_and_declaration(encoding):
    page = render_html(report(), "plain", encoding)
    family, _, declaration = encoding.partition("-un")
    family = family.removesuffix("-misdeclared")
    assert AGENCY in page.decode(CODECS[family])
    declared = re.search(rb"charset=([a-z0-9-]+)", page)
    if declaration or family == "utf-16":
        assert declared is None
    else:
        honest = {"utf-8": b"utf-8", "gbk": b"gb2312"}[family] == declared[1]
        assert honest != encoding.endswith("misdeclared")


@pytest.mark.parametrize("style", STYLES)
def test_where_the_title_stands(style):
    made = report()
    for place, in_head, in_body in (
        ("article", True, True),
        ("chrome", style == "nothing", True),
        ("head", True, False),
    ):
        head, _, body = render_html(made, style, title_place=place).decode().partition("</head>")
        # Word's runs may divide the title.
        body = re.sub(r"<[^>]*>|\n", "", body)
        assert (made.title in parsed(head).title) == in_head
        assert (made.title in body) == in_body


def test_wps_markup_is_that_of_a_word_processor():
    page = render_html(report(), "wps").decode()
    assert all(mark in page for mark in ("MsoNormal", "<o:p></o:p>", "supportMisalignedColumns"))


def test_nested_tables_and_chrome():
    page = render_html(report(), "nested").decode()
    assert page.count("<table") > 2 * 3
    assert "首页" in page
    assert "网站标识码" in page


def test_split_gives_more_tables_and_empty_rows():
    made = report()
    pages = {style: render_html(made, style).decode() for style in ("plain", "split")}
    assert pages["plain"].count("<table") == 3
    assert pages["split"].count("<table") == 3 + 3 + 1
    assert re.search(r"<tr></tr>|<tr>(<td>&nbsp;</td>)+</tr>", pages["split"])


def test_seeds_give_other_cuts_and_the_same_seed_the_same():
    pages = [render_html(report(), "split", seed=seed) for seed in (1, 1, 2)]
    assert pages[0] == pages[1] != pages[2]


def test_zeros_blank():
    page = render_html(report(style="sparse"), "plain", blank_zeros=True).decode()
    assert "<td>0</td>" not in page
    assert "<td></td>" in page
