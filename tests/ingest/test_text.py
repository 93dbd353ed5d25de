import codecs

import pytest

from ingest.rejected import UnreadableFile
from ingest.text import read
from tests.ingest.documents import column, grids, paragraphs


def of(text: str):
    return read(text.encode())


def test_tab_lines_are_one_table_with_every_field():
    document = of("标题\n\n甲\t1\t\t\n乙\t\t2\t\n\n后文")
    assert grids(document) == [[["甲", "1", "", ""], ["乙", "", "2", ""]]]
    assert paragraphs(document) == ["标题", "后文"]
    assert set(column(document.cells, "block_no")) == {2}
    assert column(document.paragraphs, "block_no") == [1, 3]


def test_blank_line_ends_a_table():
    assert grids(of("甲\t1\n\n乙\t2")) == [[["甲", "1"]], [["乙", "2"]]]


def test_line_without_tab_between_tab_lines_is_a_row():
    assert grids(of("甲\t1\n第二十条第（五）项\n乙\t2")) == [
        [["甲", "1"], ["第二十条第（五）项"], ["乙", "2"]]
    ]


@pytest.mark.parametrize("text", ["题\n甲\t1", "甲\t1\n题", "题\n\n甲\t1"])
def test_line_without_tab_at_the_edge_is_a_paragraph(text):
    document = of(text)
    assert grids(document) == [[["甲", "1"]]]
    assert paragraphs(document) == ["题"]


def test_pipe_rows_lose_outer_pipes_and_separators():
    document = of("| 甲 | 1 | |\n|:--|--:|---|\n| a\\|b | | 2 |")
    assert grids(document) == [[["甲", "1", ""], ["a|b", "", "2"]]]


def test_pipe_rows_without_outer_pipes():
    assert grids(of("1.属于国家秘密 | 0 | 0\n2.其他 | 1 | ")) == [
        [["1.属于国家秘密", "0", "0"], ["2.其他", "1"]]
    ]


def test_empty_pipe_row_is_a_row():
    assert grids(of("| | |\n|---|---|\n| 甲 | 1 |")) == [[["", ""], ["甲", "1"]]]


def test_prose_with_one_pipe_is_a_paragraph():
    assert paragraphs(of("来源：市局 | 2024年")) == ["来源：市局 | 2024年"]


def test_markdown_marks_around_a_paragraph_are_markup():
    assert paragraphs(of("## 一、总体情况\n\n**二、其他**")) == ["一、总体情况", "二、其他"]


def test_pages_count_only_with_form_feeds():
    paged = of("一\n\n甲\t1\f二\n\f")
    assert paged.page_count == 2
    assert column(paged.paragraphs, "page") == [1, 2]
    assert column(paged.cells, "page") == [1, 1]
    plain = of("一")
    assert plain.page_count is None
    assert column(plain.paragraphs, "page") == [None]


@pytest.mark.parametrize(
    "data",
    [
        "年报\t0".encode(),
        codecs.BOM_UTF8 + "年报\t0".encode(),
        "年报\t0".encode("utf-16"),
        codecs.BOM_UTF16_BE + "年报\t0".encode("utf-16-be"),
        "年报\t0".encode("gb18030"),
    ],
)
def test_encodings(data):
    assert grids(read(data)) == [[["年报", "0"]]]


@pytest.mark.parametrize("new_line", ["\n", "\r\n", "\r"])
def test_line_ends(new_line):
    assert grids(of(f"甲\t1{new_line}乙\t2")) == [[["甲", "1"], ["乙", "2"]]]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        ("\u3000\n".encode(), "empty"),
        (b"\x00\x01PK", "undecodable"),
        (b"\x89\xff\xfe\xff", "undecodable"),
    ],
)
def test_unreadable(data, reason):
    with pytest.raises(UnreadableFile) as caught:
        read(data)
    assert caught.value.reason == reason
    assert "请" in caught.value.message


# Fields a line, table by table, as counted in the published files.
SHAPES = {
    "000": [(11, 4), (3, 2), (16, 10), (12, 9), (3, 16), (2, 15)],
    "002": [(5, 4), (14, 4), (7, 9), (20, 10), (5, 15)],
    "003": [(11, 4), (3, 2), (28, 10), (4, 16)],
    "004": [(14, 4), (5, 8), (23, 11), (4, 15)],
}


@pytest.mark.parametrize("name", SHAPES)
def test_corpus_tables_keep_rows_and_widest_line(corpus, name):
    [file] = (corpus / "text").glob(f"{name}_*.txt")
    tables = grids(read(file.read_bytes()))
    assert [(len(rows), max(map(len, rows))) for rows in tables] == SHAPES[name]


def test_corpus_keeps_every_character(corpus):
    for file in sorted((corpus / "text").glob("*.txt")):
        document = read(file.read_bytes())
        printed = "".join(row.text for row in document.rows)
        source = file.read_text(encoding="utf-8")
        markup = "|-" if "|--" in source else ""
        kept = sorted(c for c in "".join(source.split()) if c not in markup)
        assert sorted(c for c in "".join(printed.split()) if c not in markup) == kept


@pytest.mark.parametrize(
    ("data", "named"), [(b"<!DOCTYPE html><html><p>x", "网页"), (b"%PDF-1.7 x", "PDF")]
)
def test_what_is_no_text_is_named(data: bytes, named: str) -> None:
    with pytest.raises(UnreadableFile, match=named) as refused:
        read(data)
    assert refused.value.reason == "wrong_extension"
