import base64
import codecs
import quopri
import time

import pytest

from ingest.html import read
from ingest.rejected import UnreadableFile
from tests.ingest.documents import column, grids, paragraphs

TITLE = "某市某局2023年政府信息公开工作年度报告"
MENU = "<ul><li>首页<li>政府信息公开年报</ul>"


def of(markup: str):
    return read(markup.encode())


def places(document):
    """Text, row, column, row span and column span of each cell."""
    return [(c.text, c.row_no, c.col_no, c.row_span, c.col_span) for c in document.cells]


def test_spans_are_placed_in_a_grid():
    document = of(
        "<table><tr><td rowspan=2 colspan=2>甲<td>乙<td>丙<tr><td>1<td>2"
        "<tr><td>丁<td>戊<td>3<td>4</table>"
    )
    assert places(document) == [
        ("甲", 1, 1, 2, 2),
        ("乙", 1, 3, 1, 1),
        ("丙", 1, 4, 1, 1),
        ("1", 2, 3, 1, 1),
        ("2", 2, 4, 1, 1),
        ("丁", 3, 1, 1, 1),
        ("戊", 3, 2, 1, 1),
        ("3", 3, 3, 1, 1),
        ("4", 3, 4, 1, 1),
    ]
    assert column(document.cells, "page") == [None] * 9


def test_rowspan_0_reaches_to_the_end_of_its_row_group():
    document = of("<table><tbody><tr><td rowspan=0>甲<td>1<tr><td>2<tbody><tr><td>乙<td>3</table>")
    assert places(document)[0] == ("甲", 1, 1, 2, 1)
    assert grids(document) == [[["甲", "1"], ["2"], ["乙", "3"]]]


def test_rowspan_ends_with_its_row_group():
    document = of("<table><tbody><tr><td rowspan=9>甲<td>1<tbody><tr><td>乙<td>2</table>")
    assert places(document)[0] == ("甲", 1, 1, 1, 1)
    assert places(document)[2] == ("乙", 2, 1, 1, 1)


def test_colspan_ends_before_a_cell_from_above():
    document = of("<table><tr><td>a<td>b<td rowspan=2>c<td>d<tr><td colspan=4>e<td>f</table>")
    assert places(document)[4:] == [("e", 2, 1, 1, 2), ("f", 2, 4, 1, 1)]


@pytest.mark.parametrize("span", ["100", "99999999999", "4;"])
def test_colspan_is_clipped_behind_the_last_column(span):
    document = of(f'<table><tr><td colspan="{span}">题<tr><td>甲<td>1<td>2</table>')
    assert places(document)[0] == ("题", 1, 1, 1, 3)


@pytest.mark.parametrize("span", ["0", "-2", "x", ""])
def test_colspan_that_is_none_counts_as_1(span):
    document = of(f'<table><tr><td colspan="{span}">甲<td>1</table>')
    assert places(document) == [("甲", 1, 1, 1, 1), ("1", 1, 2, 1, 1)]


def test_head_and_foot_stand_above_and_below_whatever_their_order():
    document = of(
        "<table><tfoot><tr><td>总计<td>3<tbody><tr><td>甲<td>1<thead><tr><td>项<td>数</table>"
    )
    assert grids(document) == [[["项", "数"], ["甲", "1"], ["总计", "3"]]]


def test_slots_without_a_cell_are_blanks():
    document = of("<table><tr><td>甲<td>1<td>2<tr><td>乙<td>3<td>4<tr><td>丙<td>5</table>")
    assert grids(document)[0][2] == ["丙", "5", ""]


def test_row_longer_than_the_others_leaves_them_as_they_are():
    document = of("<table><tr><td>甲<td>1<tr><td>乙<td>2<tr><td>丙<td>3<td>4</table>")
    assert [len(row) for row in grids(document)[0]] == [2, 2, 3]


def test_cells_of_white_space_are_blank():
    assert grids(of("<table><tr><td>甲<td>&nbsp;<td>\n　<td>&nbsp;0&nbsp;</table>")) == [
        [["甲", "", "", "0"]]
    ]


def test_empty_rows_count_but_have_no_cells():
    document = of("<table><tr><td>甲<td>1<tr></tr><tr><td>乙<td>2</table>")
    assert column(document.cells, "row_no") == [1, 1, 3, 3]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("<p class=MsoNormal>属于<span lang=EN-US>国<o:p></o:p></span>家秘密</p>", "属于国家秘密"),
        ("<span>1</span><font>2</font><o:p>&nbsp;</o:p>", "12"),
        ("三<br>、<br/>本年度", "三\n、\n本年度"),
        ("<p>其他</p><p>处理</p>", "其他\n处理"),
        ("行政&shy;许&#8203;可", "行政许可"),
        ("本年\r\n  制发件数", "本年制发件数"),
        ("1\n2", "1 2"),
        ("<!--[if !supportLists]--><span>1.</span><!--[endif]-->其他", "1.其他"),
        ("<![if !supportEmptyParas]>5<![endif]>", "5"),
        ("<del>3</del><ins>4</ins>", "4"),
        ("<input value=7><input type=hidden value=8>", "7"),
        ("<textarea>\n9</textarea>", "9"),
        ("6<span style='DISPLAY: none'>x</span><span hidden>y</span><script>z</script>", "6"),
        ("<table><tr><td>8</td></tr></table>", "8"),
        ("<div><div>一</div>二</div>三", "一\n二\n三"),
        ("&lt;5&amp;", "<5&"),
    ],
)
def test_text_of_a_cell(cell, text):
    assert grids(of(f"<table><tr><td>甲<td>{cell}</table>")) == [[["甲", text]]]


def test_row_of_column_widths_is_no_row():
    document = of(
        "<table><tr><td>甲<td>1</tr><![if !supportMisalignedColumns]>"
        "<tr height=0><td width=9></td><td width=9></td></tr><![endif]></table>"
    )
    assert grids(document) == [[["甲", "1"]]]


def test_hidden_rows_are_no_rows():
    document = of("<table><tr style='display:none'><td>x<td>y<tr><td>甲<td>1</table>")
    assert places(document)[0] == ("甲", 1, 1, 1, 1)


def test_tables_in_pieces_are_blocks_of_their_own():
    document = of("<p>文</p><table><tr><td>甲<td>1</table><table><tr><td>乙<td>2</table>")
    assert column(document.cells, "block_no") == [2, 2, 3, 3]


def test_caption_is_a_paragraph_above_its_table():
    document = of("<table><caption>表一</caption><tr><td>甲<td>1</table>")
    assert paragraphs(document) == ["表一"]
    assert column(document.cells, "block_no") == [2, 2]


def test_table_of_one_column_is_paragraphs():
    document = of("<table><tr><td colspan=3><p>一<p>二<tr><td>三</table>")
    assert paragraphs(document) == ["一", "二", "三"]
    assert document.cells == ()


def test_spacer_table_is_nothing():
    assert of("<p>文<table><tr><td>&nbsp;<td></table>").cells == ()


def test_layout_tables_yield_what_is_in_them():
    document = of(
        "<table><tr><td><ul><li>首页</ul></td><td><table><tr><td>"
        f"<p>{TITLE}<p>一、总体情况<br>有文字。<table><tr><td>甲<td>1</table>"
        "<p>二、主动公开政府信息情况</table></table>"
    )
    assert paragraphs(document) == [TITLE, "一、总体情况", "有文字。", "二、主动公开政府信息情况"]
    assert grids(document) == [[["甲", "1"]]]


def test_rows_beside_a_nested_table_are_tables_still():
    document = of(
        "<table><tr><td>索引号<td>0001<tr><td colspan=2>"
        "<table><tr><td>甲<td>1</table><tr><td>乙<td>2</table>"
    )
    assert grids(document) == [[["索引号", "0001"]], [["甲", "1"]], [["乙", "2"]]]


def test_headings_and_prose_inside_a_data_table_are_paragraphs():
    prose = "我局公开信息。" * 40
    document = of(
        f"<table><tr><td colspan=3>{TITLE}<tr><td colspan=3>一、总体情况<tr><td colspan=3>{prose}"
        "<tr><td colspan=3>二、主动公开政府信息情况<tr><td colspan=3>第二十条第（一）项"
        "<tr><td>规章<td>1<td>2<tr><td colspan=3>三、收到和处理政府信息公开申请情况"
        "<tr><td>一、本年新收政府信息公开申请数量<td>3<td>4</table>"
    )
    assert paragraphs(document) == [
        TITLE,
        "一、总体情况",
        prose,
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
    ]
    assert grids(document) == [
        [["第二十条第（一）项"], ["规章", "1", "2"]],
        [["一、本年新收政府信息公开申请数量", "3", "4"]],
    ]


def test_long_note_does_not_break_a_row_of_figures():
    label = "规范性文件（" + "指有正式文号的文件，" * 30 + "）"
    document = of(f"<table><tr><td>{label}<td>1<td>2</table>")
    assert grids(document) == [[[label, "1", "2"]]]


def test_chrome_is_no_text():
    document = of(
        "<nav>导航</nav><header><a href=/>首页</a></header><aside>侧栏</aside>"
        "<div role=navigation>菜单</div><style>p{}</style><noscript>请启用</noscript>"
        "<select><option>选</select><article><header>甲</header>正文<footer>日期</footer></article>"
        "<footer>主办</footer>"
    )
    assert paragraphs(document) == ["甲", "正文", "日期"]


@pytest.mark.parametrize(
    "markup",
    [
        f"<title>年报</title>{MENU}<div>{TITLE}</div><p>一、总体情况",
        f"<title>{TITLE}_某市人民政府</title><p>一、总体情况",
        f"<title>政府信息公开年报-某市</title><header><h1>{TITLE}</h1></header><p>一、总体情况",
        f"<title>年报</title><meta name=ArticleTitle content={TITLE}><p>一、总体情况",
        f"<p>某市某局2022年政府信息公开工作年度报告<p>{TITLE}<p>一、总体情况",
        "<h1>某市某局2023年<br>政府信息公开工作年度报告</h1><p>一、总体情况",
    ],
)
def test_report_begins_with_its_title(markup):
    assert paragraphs(of(markup)) == [TITLE, "一、总体情况"]


@pytest.mark.parametrize(
    "lines",
    [
        ["某市某局", "2023年政府信息公开工作年度报告"],
        ["某市某局2023年", "政府信息公开工作年度报告"],
    ],
)
def test_title_in_two_lines_keeps_both(lines):
    document = of(f"{MENU}<p>{lines[0]}</p><p>{lines[1]}</p><p>一、总体情况")
    assert paragraphs(document) == [*lines, "一、总体情况"]


def test_titles_below_the_tables_are_links_to_other_reports():
    document = of(
        f"<title>{TITLE}</title><table><tr><td>甲<td>1<td>2</table>"
        "<p>某市某局2022年政府信息公开工作年度报告"
    )
    assert paragraphs(document)[0] == TITLE
    assert grids(document) == [[["甲", "1", "2"]]]


def test_page_without_title_is_left_whole():
    assert paragraphs(of("<title>首页</title><p>甲<p>一、总体情况")) == ["甲", "一、总体情况"]


@pytest.mark.parametrize("declared", ["", "utf-8", "gb2312", "iso-8859-1"])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "gbk", "gb18030", "utf-8-sig", "utf-16", "utf-16-le"]
)
def test_encoding_is_told_by_the_bytes(encoding, declared):
    markup = f"<html><meta charset='{declared}'><table><tr><td>行政许可<td>12</table>"
    assert grids(read(markup.encode(encoding))) == [[["行政许可", "12"]]]


def test_utf_16_big_endian():
    data = codecs.BOM_UTF16_BE + "<html><p>年报".encode("utf-16-be")
    assert paragraphs(read(data)) == ["年报"]


def test_summary_cut_within_a_character_is_forgiven():
    text = "<p>政府信息公开工作年度报告</p>" * 50
    for encoding in ("utf-8", "gbk"):
        cut = "<meta name=description content='情况".encode(encoding)[:-1]
        assert set(paragraphs(read(cut + b"'>" + text.encode(encoding)))) == {
            "政府信息公开工作年度报告"
        }


@pytest.mark.parametrize(
    "data",
    [
        "<p>政府信息公开".encode() + "工作年度报告".encode("gbk"),
        "<p>政府信息公开工作年度报告".encode("big5", "ignore"),
        "<p>政府信息公开工作年度报告".encode()[:-1] * 3 + b"\xff\xff",
    ],
)
def test_what_reads_like_no_chinese_is_undecodable(data):
    with pytest.raises(UnreadableFile) as caught:
        read(data)
    assert caught.value.reason == "undecodable"


def archive(page: bytes, encoding: str, content_type: str = "text/html") -> bytes:
    body = base64.encodebytes(page) if encoding == "base64" else quopri.encodestring(page)
    return (
        b"From: <Saved by Browser>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;"
        b'\r\n\ttype="text/html"; boundary="--x"; start="<page@x>"\r\n\r\n'
        b"----x\r\nContent-Type: text/html\r\nContent-ID: <frame@x>\r\n\r\n<p>frame\r\n"
        b"----x\r\nContent-Type: " + content_type.encode() + b"\r\nContent-ID: <page@x>\r\n"
        b"Content-Transfer-Encoding: " + encoding.encode() + b"\r\n\r\n" + body + b"\r\n"
        b"----x\r\nContent-Type: image/png\r\n\r\nxx\r\n----x--\r\n"
    )


@pytest.mark.parametrize("encoding", ["base64", "quoted-printable"])
@pytest.mark.parametrize("charset", ["utf-8", "gbk"])
def test_web_archive(encoding, charset):
    page = f"<html><title>{TITLE}</title><table><tr><td>行政许可<td>12</table>".encode(charset)
    document = read(archive(page, encoding))
    assert paragraphs(document) == [TITLE]
    assert grids(document) == [[["行政许可", "12"]]]
    assert document.format == "html"


def test_web_archive_of_one_part():
    data = b"MIME-Version: 1.0\nContent-Type: text/html\n\n<p>" + "年报".encode()
    assert paragraphs(read(data)) == ["年报"]


def nested(levels: int) -> str:
    return "<table><tr><td>" * levels + "文"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"<html><body><div id=app></div><script>x</script></body></html>", "empty"),
        (nested(100).encode(), "too_deep"),
        (nested(100_000).encode(), "too_deep"),
        (b"<div>" * 200_000, "too_deep"),
        (b"".join(b"<font size=%d>" % n for n in range(2000)) + b"<p>x" * 50_000, "too_deep"),
        (b"<table><tr>" + b"<td>" * 300, "too_large"),
        (b"<table>" + b"<tr><td rowspan=65534 colspan=99><td>x" * 99, "too_large"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x--", "damaged"),
        (b"%PDF-1.7", "wrong_extension"),
        (b"PK\x03\x04\x14\x00word/document.xml", "wrong_extension"),
        (b"\x89PNG\r\n\x1a\n", "wrong_extension"),
    ],
)
def test_unreadable(data, reason):
    started = time.process_time()
    with pytest.raises(UnreadableFile) as caught:
        read(data)
    assert caught.value.reason == reason
    assert "请" in caught.value.message
    assert time.process_time() - started < 5


def test_wrong_extension_names_the_real_one():
    with pytest.raises(UnreadableFile, match="内容却是PDF"):
        read(b"%PDF-1.7")


def test_ten_nested_tables_are_read():
    assert paragraphs(of(nested(10))) == ["文"]


def test_large_page_is_read_in_linear_time():
    row = "<tr><td class=x style='a:b'><p><span lang=EN-US>12<o:p></o:p></span></p></td><td>1</td>"
    small, large = (_seconds(f"<table>{row * count}</table>".encode()) for count in (1_000, 20_000))
    assert large < 60 * small


def _seconds(data: bytes) -> float:
    started = time.process_time()
    assert read(data).cells
    return time.process_time() - started
