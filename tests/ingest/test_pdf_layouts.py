"""The smallest documents that show how tables without rules, or with some, are read."""

from __future__ import annotations

from itertools import pairwise

import pytest

from ingest.pdf import read
from tests.ingest.documents import Pdf, grids, paragraphs

SOURCES = ["pdfium", "pdfplumber"]
COLUMNS = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
XS = [200 + 50 * k for k in range(7)]
RESULTS = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]


@pytest.fixture
def pdf() -> Pdf:
    return Pdf()


@pytest.fixture(params=SOURCES)
def source(request) -> str:
    return request.param


def centred(pdf, x, top, text, size=9.0):
    """Text around x; a wide character is as wide as the type size, a narrow one half of it."""
    width = sum(size if char > "\u2e80" else size / 2 for char in text)
    pdf.text(x - width / 2, top, text, size)


def header(pdf, top=100):
    for x, text in zip(XS, COLUMNS, strict=True):
        middle = len(text) // 2 if len(text) > 3 else len(text)
        centred(pdf, x, top, text[:middle])
        centred(pdf, x, top + 11, text[middle:])


def values(pdf, top, numbers):
    for x, number in zip(XS, numbers, strict=True):
        centred(pdf, x, top, number)


def rows(document):
    """The value cells behind each label: {label: texts}."""
    found = {}
    for grid in grids(document):
        for row in grid:
            for at, text in enumerate(row):
                if not text or text[0] not in "-0123456789" or text[1:2] == ".":
                    label = text.replace("\n", "")
                    found[label] = row[at + 1 :]
    return found


def test_values_belong_to_the_label_beside_and_the_header_above(pdf, source):
    header(pdf)
    pdf.text(60, 130, "（一）予以公开", 9)
    values(pdf, 130, ["1", "22", "", "4", "", "60000", "7"])
    pdf.text(60, 150, "（七）总计", 9)
    values(pdf, 150, ["", "", "", "", "", "", "12345678"])
    found = rows(read(pdf.data(), source))
    assert found["（一）予以公开"] == ["1", "22", "", "4", "", "60000", "7"]
    assert found["（七）总计"] == ["", "", "", "", "", "", "12345678"]


def test_value_between_two_columns_is_in_doubt(pdf, source):
    header(pdf)
    pdf.text(60, 130, "（一）予以公开", 9)
    centred(pdf, (XS[1] + XS[2]) / 2, 130, "58")
    pdf.text(60, 150, "（七）总计", 9)
    values(pdf, 150, list("1234567"))
    found = {cell.text: cell.confidence for cell in read(pdf.data(), source).cells}
    assert (found["58"], found["4"]) == (0.0, None)


def test_wrapped_label_has_its_values_beside_its_middle(pdf, source):
    header(pdf)
    for line, text in enumerate(["5.要求行政机关确认或", "重新出具已获取", "信息"]):
        pdf.text(90, 130 + 11 * line, text, 9)
    values(pdf, 141, list("1234567"))
    pdf.text(90, 170, "3.其他", 9)
    values(pdf, 170, list("7654321"))
    found = rows(read(pdf.data(), source))
    assert found["5.要求行政机关确认或重新出具已获取信息"] == list("1234567")
    assert found["3.其他"] == list("7654321")


def test_group_label_beside_its_rows_takes_no_values(pdf, source):
    header(pdf)
    for line, text in enumerate(["（六）其他", "处理"]):
        pdf.text(40, 140 + 11 * line, text, 9)
    for row, text in enumerate(["1.申请人无正当理由", "3.其他"]):
        pdf.text(100, 135 + 16 * row, text, 9)
        values(pdf, 135 + 16 * row, [str(row + 1)] * 7)
    found = rows(read(pdf.data(), source))
    assert found["3.其他"] == ["2"] * 7


def test_columns_are_remembered_over_the_page(pdf, source):
    header(pdf, 700)
    pdf.text(60, 740, "（一）予以公开", 9)
    values(pdf, 740, list("1234567"))
    centred(pdf, 300, 810, "1")
    pdf.page()
    pdf.text(60, 80, "（七）总计", 9)
    values(pdf, 80, ["", "2", "", "", "5", "", ""])
    document = read(pdf.data(), source)
    assert rows(document)["（七）总计"] == ["", "2", "", "", "5", "", ""]
    assert paragraphs(document) == []


def test_broken_number_is_joined_and_close_neighbours_are_not(pdf, source):
    header(pdf)
    pdf.text(60, 130, "（一）予以公开", 9)
    centred(pdf, XS[0] - 3, 130, "1")
    centred(pdf, XS[0] + 3, 130, "2")
    centred(pdf, XS[1], 130, "12345678")
    centred(pdf, XS[2] - 12, 130, "12345678")
    found = rows(read(pdf.data(), source))
    assert found["（一）予以公开"][:2] == ["12", "12345678"]


def disputes_header(pdf, top):
    xs = [60 + 34 * k for k in range(15)]
    centred(pdf, xs[2], top, "行政复议", 8)
    centred(pdf, xs[9], top, "行政诉讼", 8)
    for k, x in enumerate(xs):
        text = RESULTS[k % 5]
        centred(pdf, x, top + 15, text[:2], 8)
        centred(pdf, x, top + 25, text[2:], 8)
    return xs


def test_values_of_table_four_may_stand_on_the_next_page(pdf, source):
    xs = disputes_header(pdf, 740)
    pdf.page()
    for k, x in enumerate(xs):
        centred(pdf, x, 70, "" if k == 3 else str(k), 8)
    pdf.text(60, 100, "五、存在的主要问题及改进情况", 14)
    document = read(pdf.data(), source)
    wanted = ["" if k == 3 else str(k) for k in range(15)]
    assert grids(document)[-1] == [wanted]


def test_few_values_of_table_four_on_the_next_page_are_no_page_number(pdf, source):
    xs = disputes_header(pdf, 740)
    pdf.page()
    centred(pdf, xs[1], 70, "1", 8)
    centred(pdf, xs[4], 70, "1", 8)
    pdf.text(60, 100, "五、存在的主要问题及改进情况", 14)
    wanted = ["1" if k in (1, 4) else "" for k in range(15)]
    assert grids(read(pdf.data(), source))[-1] == [wanted]


def test_table_four_without_values_is_blank(pdf, source):
    disputes_header(pdf, 400)
    pdf.text(60, 480, "五、存在的主要问题及改进情况", 14)
    assert grids(read(pdf.data(), source))[-1][-1] == [""] * 15


def test_proactive_table_without_rules(pdf, source):
    lines = [
        ["第二十条第（一）项"],
        ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
        ["规章", "1", "", "3"],
        ["行政规范性文件", "4", "5", "6"],
        ["第二十条第（八）项"],
        ["信息内容", "", "本年收费金额（单位：万元）"],
        ["行政事业性收费", "", "12.3456"],
    ]
    for at, line in enumerate(lines):
        xs = [300] if len(line) == 1 else [100, 230, 340, 450]
        for x, text in zip(xs, line, strict=False):
            centred(pdf, x, 100 + 20 * at, text, 10)
    found = rows(read(pdf.data(), source))
    assert found["规章"] == ["1", "", "3"]
    assert found["行政规范性文件"] == ["4", "5", "6"]
    assert found["行政事业性收费"] == ["12.3456"]


def test_table_with_horizontal_rules_alone(pdf, source):
    header(pdf)
    pdf.text(60, 130, "（一）予以公开", 9)
    values(pdf, 130, list("1234567"))
    for top in (95, 125, 145):
        pdf.line(50, top, 540, top)
    assert rows(read(pdf.data(), source))["（一）予以公开"] == list("1234567")


def test_table_whose_outer_rules_are_lacking(pdf, source):
    pdf.line(60, 125, 480, 125)
    pdf.line(60, 145, 480, 145)
    for x in [(a + b) / 2 for a, b in pairwise(XS)]:
        pdf.line(x, 95, x, 165)
    header(pdf)
    for top, label in ((130, "（一）予以公开"), (150, "（七）总计")):
        pdf.text(60, top, label, 9)
        values(pdf, top, list("1234567"))
    found = rows(read(pdf.data(), source))
    assert found["（一）予以公开"] == found["（七）总计"] == list("1234567")


def test_rule_parts_touching_values(pdf, source):
    pdf.table(100, [["规章", "", "3", "4"]])
    pdf.text(74 + 220 - 24, 108, "1234", 12)  # ends at the rule where the next cell begins
    assert grids(read(pdf.data(), source)) == [[["规章", "1234", "3", "4"]]]


@pytest.mark.parametrize("turn", [90, 180, 270])
@pytest.mark.parametrize("flag", [True, False])
def test_turned_pages(turn, flag, source):
    pdf = Pdf()
    canvas = pdf.canvas
    if flag:
        canvas.setPageRotation(turn)
    # Drawn so that it reads upright with the flag (which makes the paper lie), sideways without.
    height = 842 if turn == 180 or (flag and turn == 270) else 595
    canvas.translate(*{90: (595, 0), 180: (595, 842), 270: (0, 1437 - height)}[turn])
    canvas.rotate(turn)
    pdf.height = height
    header(pdf)
    pdf.text(60, 130, "（一）予以公开", 9)
    values(pdf, 130, list("1234567"))
    document = read(pdf.data(), source)
    assert rows(document)["（一）予以公开"] == list("1234567")
    box = next(cell for cell in document.cells if cell.text == "1")
    middle = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
    upright = XS[0], 134.5
    wanted = {
        90: (134.5, 842 - XS[0]),
        180: (595 - XS[0], 842 - 134.5),
        270: (595 - 134.5, XS[0]),
    }[turn]
    assert middle == pytest.approx(upright if flag else wanted, abs=2)


def test_vertical_label_does_not_swallow_rows(pdf, source):
    header(pdf)
    for line, char in enumerate("三、本年度办理结果"):
        pdf.text(40, 130 + 11 * line, char, 9)
    for at, label in enumerate(["（一）予以公开", "（七）总计"]):
        pdf.text(60, 140 + 20 * at, label, 9)
        values(pdf, 140 + 20 * at, list("1234567"))
    found = rows(read(pdf.data(), source))
    assert found["（一）予以公开"] == found["（七）总计"] == list("1234567")


def test_label_cell_cut_by_the_page_is_closed(pdf, source):
    for x, top in ((60, 600), (90, 600), (200, 600), (300, 600)):
        pdf.line(x, top, x, 752 if x == 60 else 740)
    for top in (700, 740):
        pdf.line(90, top, 300, top)
    pdf.line(60, 600, 300, 600)
    pdf.text(65, 640, "三、", 10)
    pdf.text(65, 655, "本年", 10)
    for top, label in ((650, "（一）予以公开"), (715, "（七）总计")):
        pdf.text(95, top, label, 10)
        pdf.text(240, top, "3", 10)
    document = read(pdf.data(), source)
    assert paragraphs(document) == []
    assert grids(document)[0][0][0] == "三、\n本年"


def test_prose_that_names_labels_is_no_table(pdf, source):
    for at, text in enumerate(
        ["本年新收政府信息公开申请数量12件，其中予以公开3件。", "行政许可9487件，", "行政处罚5件。"]
    ):
        pdf.text(74, 100 + 28 * at, text)
    assert read(pdf.data(), source).cells == ()


def test_sentence_set_like_a_row_is_no_row(pdf, source):
    pdf.text(74, 60, "重点是预算决算，制发 规范性文件 7 件，废止 8 件，现行有效 9 件。", 10)
    centred(pdf, 300, 100, "第二十条第（一）项", 10)
    for top, line in (
        (120, ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"]),
        (140, ["规章", "1", "2", "3"]),
        (160, ["规范性文件", "4", "5", "6"]),
    ):
        for x, text in zip([100, 230, 340, 450], line, strict=True):
            centred(pdf, x, top, text, 10)
    pdf.text(74, 700, "行政规范性文件 4 件、现行有效 6 件。", 10)
    document = read(pdf.data(), source)
    assert rows(document)["规范性文件"] == ["4", "5", "6"]
    assert len(paragraphs(document)) == 2


def test_rows_named_in_prose_above_the_headers_are_no_rows(pdf, source):
    pdf.text(74, 60, "规章 没有变化", 10)
    for top, line in (
        (120, ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"]),
        (140, ["规章", "1", "2", "3"]),
    ):
        for x, text in zip([100, 230, 340, 450], line, strict=True):
            centred(pdf, x, top, text, 10)
    assert rows(read(pdf.data(), source))["规章"] == ["1", "2", "3"]
