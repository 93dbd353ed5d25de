import pytest
from reportlab.lib.pdfencrypt import StandardEncryption

from ingest.pdf import read
from ingest.rejected import UnreadableFile
from ingest.wording import compact
from tests.ingest.documents import LEFT, PITCH, SIZE, TOP, Pdf, column, grids, paragraphs

ROWS = [["信息内容", "本年处理决定数量"], ["行政许可", "3"], ["行政处罚", ""]]


@pytest.fixture
def pdf() -> Pdf:
    return Pdf()


def test_ruled_table_keeps_grid_text_and_box(pdf):
    pdf.table(100, ROWS)
    document = read(pdf.data())
    assert grids(document) == [ROWS]
    cell = document.cells[3]
    assert (cell.row_no, cell.col_no, cell.row_span, cell.col_span) == (2, 2, 1, 1)
    box = [cell.x0, cell.top, cell.x1, cell.bottom]
    assert box == pytest.approx([LEFT + 110, 130, LEFT + 220, 160], abs=0.02)


def test_spans_come_from_the_rules(pdf):
    for top in (100, 160):
        pdf.line(100, top, 400, top)
    pdf.line(200, 130, 400, 130)
    for x, top in ((100, 100), (200, 100), (300, 130), (400, 100)):
        pdf.line(x, top, x, 160)
    pdf.text(210, 105, "申请人情况", 10)
    places = [cell[2:7] for cell in read(pdf.data()).cells]
    assert places == [
        (1, 1, 2, 1, ""),
        (1, 2, 1, 2, "申请人情况"),
        (2, 2, 1, 1, ""),
        (2, 3, 1, 1, ""),
    ]


def test_lines_of_a_cell_stay_apart(pdf):
    pdf.table(100, [["结果", "1"]])
    pdf.text(LEFT + 5, 115, "维持", 10)
    assert grids(read(pdf.data())) == [[["结果\n维持", "1"]]]


def test_text_stays_as_printed(pdf):
    pdf.table(100, [["总 计", "１２"]])
    assert grids(read(pdf.data())) == [[["总 计", "１２"]]]


def test_thin_black_rectangles_are_rules(pdf):
    def thin(x0, top, x1, bottom):
        pdf.fill(x0, top, x1 + 0.5, bottom + 0.5, grey=0)

    pdf.table(100, ROWS, rule=thin)
    assert grids(read(pdf.data())) == [ROWS]


def test_thin_white_rectangles_are_no_rules(pdf):
    def thin(x0, top, x1, bottom):
        pdf.fill(x0, top, x1 + 0.5, bottom + 0.5, grey=1)

    pdf.table(100, [["甲", "乙"], ["丙", "3"]], rule=thin)
    assert read(pdf.data()).cells == ()


@pytest.mark.parametrize("grey", [1, 0.9])
def test_painted_paragraph_lines_are_no_table(pdf, grey):
    for i in range(4):
        pdf.fill(LEFT, TOP + i * PITCH, LEFT + 220, TOP + (i + 1) * PITCH, grey)
        pdf.fill(LEFT + 220, TOP + i * PITCH, LEFT + 440, TOP + (i + 1) * PITCH, grey)
    for i in range(4):
        pdf.text(LEFT, TOP + i * PITCH, "各行政机关答复的方式格式不予公开依据等更加规范有效降低")
    document = read(pdf.data())
    assert document.cells == ()
    assert len(paragraphs(document)) == 1


def test_frame_with_one_column_is_prose(pdf):
    pdf.frame(60, 60, 535, 400)
    pdf.line(60, 200, 535, 200)
    pdf.text(LEFT, TOP, "一、总体情况")
    pdf.table(240, ROWS)
    document = read(pdf.data())
    assert paragraphs(document) == ["一、总体情况"]
    assert grids(document) == [ROWS]


def test_row_left_open_at_a_page_break_is_kept(pdf):
    for top in (700, 730):
        pdf.line(100, top, 400, top)
    for x in (100, 200, 400):
        pdf.line(x, 700, x, 760)
    for top, label, value in ((705, "规章", "1"), (735, "行政许可", "2")):
        pdf.text(105, top, label, 12)
        pdf.text(205, top, value, 12)
    pdf.page()
    pdf.line(100, 90, 400, 90)
    for x in (100, 200, 400):
        pdf.line(x, 60, x, 90)
    pdf.text(105, 65, "行政处罚", 12)
    pdf.text(205, 65, "3", 12)
    assert grids(read(pdf.data())) == [[["规章", "1"], ["行政许可", "2"]], [["行政处罚", "3"]]]


FULL = "本报告由某市某区人民政府办公室根据条例要求编制并按规"  # 26 characters: a whole line
OPENING = FULL[:24]


def prose(pdf, *lines: tuple[float, str]) -> None:
    for i, (indent, text) in enumerate(lines):
        pdf.text(LEFT + indent * SIZE, TOP + i * PITCH, text)


def test_lines_join_into_paragraphs(pdf):
    prose(
        pdf, (2, OPENING), (0, FULL), (0, "定公布。"), (2, "一、总体情况"), (2, OPENING), (0, FULL)
    )
    assert paragraphs(read(pdf.data())) == [
        OPENING + FULL + "定公布。",
        "一、总体情况",
        OPENING + FULL,
    ]


def test_centred_title_lines_stand_alone(pdf):
    prose(
        pdf,
        (8, "某市某区人民政府某局"),
        (6, "政府信息公开工作年度报告全文"),
        (2, OPENING),
        (0, FULL),
    )
    assert paragraphs(read(pdf.data())) == [
        "某市某区人民政府某局",
        "政府信息公开工作年度报告全文",
        OPENING + FULL,
    ]


def test_paragraph_runs_on_over_a_page_break(pdf):
    prose(pdf, (2, OPENING), (0, FULL))
    pdf.text(280, 800, "- 1 -", 12)
    pdf.page()
    prose(pdf, (0, FULL), (0, "完。"))
    pdf.text(280, 800, "第2页 共2页", 12)
    document = read(pdf.data())
    assert document.page_count == 2
    assert document.paragraphs == ((1, 1, OPENING + FULL + FULL + "完。"),)


@pytest.mark.parametrize(
    "number", ["3", "- 3 -", "—3—", "第3页", "第 3 页 共 5 页", "第 3 ⻚", "3/5"]
)
def test_page_number_is_furniture_only_at_the_edge(pdf, number):
    pdf.text(280, 30, number, 12)
    prose(pdf, (2, OPENING), (0, "完。"), (2, number))
    pdf.text(280, 800, number, 12)
    assert [compact(text) for text in paragraphs(read(pdf.data()))] == [
        OPENING + "完。",
        compact(number),
    ]


def test_tables_and_paragraphs_follow_the_page(pdf):
    pdf.text(LEFT, 80, "前文")
    pdf.table(120, ROWS)
    pdf.text(LEFT, 240, "后文")
    document = read(pdf.data())
    assert document.paragraphs == ((1, 1, "前文"), (3, 1, "后文"))
    assert set(column(document.cells, "block_no")) == {2}


def test_encrypted(pdf):
    pdf.canvas._doc.encrypt = StandardEncryption("secret", strength=128)
    pdf.text(LEFT, TOP, "年度报告")
    assert reason_of(pdf.data()) == "encrypted"


def test_no_text_layer(pdf):
    pdf.fill(100, 100, 400, 400, grey=0.5)
    pdf.text(280, 800, "1", 12)
    assert reason_of(pdf.data()) == "no_text_layer"


def test_truncated(pdf):
    for _ in range(3):
        pdf.text(LEFT, TOP, "年度报告")
        pdf.page()
    data = pdf.data()
    assert {reason_of(data[: len(data) * part // 8]) for part in (3, 5, 7)} == {"damaged"}


def test_damaged_page_is_not_taken_for_a_blank_one(monkeypatch):
    monkeypatch.setattr("reportlab.rl_config.useA85", 0)
    pdf = Pdf(compressed=True)
    pdf.text(LEFT, TOP, "一、总体情况")
    pdf.page()
    for n in range(20):
        pdf.text(LEFT, TOP + PITCH * n, FULL[n:])
    whole = pdf.data()
    assert len(paragraphs(read(whole))) > 1
    middle = (whole.rindex(b">>\nstream") + whole.rindex(b"endstream")) // 2
    damaged = whole[:middle] + bytes(byte ^ 0xFF for byte in whole[middle:][:20])
    assert reason_of(damaged + whole[middle + 20 :]) == "damaged"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"<html>", "not_a_pdf"),
        (b"%PDF-1.4\n", "damaged"),
        (b"%PDF-1.4\nstartxref\n9\n%%EOF", "damaged"),
    ],
)
def test_unreadable(data, reason):
    assert reason_of(data) == reason


def reason_of(data: bytes) -> str:
    with pytest.raises(UnreadableFile) as caught:
        read(data)
    assert "请" in caught.value.message
    return caught.value.reason


def test_corpus_report(corpus, caplog):
    document = read((corpus / "pdf" / "hzq2024.pdf").read_bytes())
    tables = grids(document)
    assert [len(rows) for rows in tables] == [7, 7, 16, 10, 4]
    assert paragraphs(document)[:2] == ["淮安市洪泽区人民政府", "2024 年政府信息公开工作年度报告"]
    assert tables[4][3] == list("110021000120103")
    assert tables[0][6] == ["行政许可", "9487"]
    last = [cell for cell in document.cells if (cell.block_no, cell.row_no) == (15, 16)]
    assert column(last, "col_no") == list(range(2, 11))
    assert sum("六、其他" in text for text in paragraphs(document)) == 1
    assert not caplog.records
