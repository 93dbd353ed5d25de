"""Companion files are read as Excel and WPS write them, and appended to without a change."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ingest.companions import CompanionError
from ingest.reviews import CORRECTIONS, WAIVERS, right_value

HEADER = "agency,region,scope,year,rule,cell,printed_value,reason,who,until"
LINE = "某局,某县,own,2022,balance.disputes_total,a.b,10≠11,口径如此,张三,2024/6/30"
CELL = "applications.granted.total 三、（一）予以公开·总计"
NEW = {
    "agency": "某局",
    "region": "",
    "scope": "own",
    "year": "2022",
    "rule": "completeness.cells_filled",
    "cell": CELL,
    "printed_value": "",
    "reason": "口径，如此",
    "who": "张三",
    "until": "",
}
ADDED = f"某局,,own,2022,completeness.cells_filled,{CELL},,口径，如此,张三,"
DOCUMENT = "0" * 64


def waivers(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    file = folder / "waivers.csv"
    file.write_bytes(text.encode(encoding))
    return file


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_line_is_read_with_its_number(tmp_path: Path, encoding: str, end: str) -> None:
    waivers(tmp_path, end.join([HEADER, "", LINE, ",,,,,,,,,"]), encoding)
    lines, files = WAIVERS.read_all([str(tmp_path), str(tmp_path / "none")])
    assert files == [tmp_path / "waivers.csv"]
    [row] = lines.rows(named=True)
    assert (row["region"], row["printed_value"], row["until"]) == (
        "某县",
        "10≠11",
        date(2024, 6, 30),
    )
    assert (row["listed_in"], row["line_no"]) == ((tmp_path / "waivers.csv").as_posix(), 3)


def test_lines_of_all_folders_are_kept(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    waivers(tmp_path, f"{HEADER}\n{LINE}\n")
    waivers(inner, f"{HEADER}\n{LINE}\n{LINE}\n")
    lines, _ = WAIVERS.read_all([str(inner), str(tmp_path)])
    assert lines["line_no"].to_list() == [2, 2, 3]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("agency,year,rule,cell,who\n", "第1行：缺少reason列；首行应为agency,region,"),
        (f"{HEADER}\n{LINE.replace('张三', '')}\n", "第2行：who为空，请写明由谁确认"),
        (f"{HEADER}\n{LINE}\n{LINE.replace('2024/6/30', '明年')}\n", "第3行：until“明年”不是日期"),
        (f"{HEADER}\n{LINE.replace('own', 'both')}\n", "第2行：scope“both”无效，只能是own"),
        (f"{HEADER}\n{LINE.replace(',2022,', ',二二,')}\n", "第2行：year“二二”不是年份"),
    ],
)
def test_bad_line_is_named_with_column_and_remedy(tmp_path: Path, text: str, message: str) -> None:
    file = waivers(tmp_path, text)
    with pytest.raises(CompanionError, match=message) as caught:
        WAIVERS.read_all([str(tmp_path)])
    assert str(file) in str(caught.value)


@pytest.mark.parametrize(
    ("document", "right", "message"),
    [
        ("abc", "1", "第2行：document“abc”不是文件的SHA-256"),
        (DOCUMENT, "十一", "第2行：right_value“十一”不是数字"),
        (DOCUMENT, "1.2.3", "第2行：right_value“1.2.3”不是数字"),
    ],
)
def test_correction_needs_a_document_and_a_number(
    tmp_path: Path, document: str, right: str, message: str
) -> None:
    (tmp_path / "corrections.csv").write_text(
        f"{CORRECTIONS.header}\n{document},a.b.c,1,{right},扫描不清,张三,\n", encoding="utf-8"
    )
    with pytest.raises(CompanionError, match=message):
        CORRECTIONS.read_all([str(tmp_path)])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("11", "11"),
        ("1,234", "1234"),
        ("－３", "-3"),
        ("+2", "2"),
        ("0.5", "0.5"),
        ("／", "/"),
        ("无", "无"),
    ],
)
def test_right_values_are_numbers_and_marks(text: str, value: str) -> None:
    assert right_value(text) == value


def test_a_new_file_is_one_excel_reads(tmp_path: Path) -> None:
    file = tmp_path / "new" / "waivers.csv"
    assert WAIVERS.append(file, NEW) == 2
    assert WAIVERS.append(file, NEW) == 3
    data = file.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.decode("utf-8-sig").split("\r\n") == [HEADER, ADDED, ADDED, ""]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("last", [True, False])
def test_what_is_there_stays_byte_for_byte(
    tmp_path: Path, encoding: str, end: str, last: bool
) -> None:
    file = waivers(tmp_path, end.join([HEADER, LINE]) + end * last, encoding)
    before = file.read_bytes()
    assert WAIVERS.append(file, NEW) == 3
    after = file.read_bytes()
    assert after.startswith(before)
    tail = after.removeprefix(before).decode(encoding.removesuffix("-sig"))
    assert tail == end * (not last) + ADDED + end


def test_columns_keep_the_order_of_the_file(tmp_path: Path) -> None:
    file = waivers(tmp_path, "备注,who,reason,cell,rule,year,scope,agency\n")
    WAIVERS.append(file, NEW)
    assert file.read_text(encoding="utf-8-sig").splitlines()[1] == (
        f",张三,口径，如此,{CELL},completeness.cells_filled,2022,own,某局"
    )
    assert len(WAIVERS.read(file)) == 1


def test_a_file_of_letters_alone_gets_the_mark_before_chinese(tmp_path: Path) -> None:
    file = waivers(tmp_path, f"{HEADER}\n")
    WAIVERS.append(file, NEW)
    assert file.read_bytes().startswith(b"\xef\xbb\xbfagency,")


def test_a_value_without_column_is_refused(tmp_path: Path) -> None:
    file = waivers(tmp_path, "agency,year,scope,rule,cell,reason,who\n")
    with pytest.raises(CompanionError, match="第1行：缺少until列"):
        WAIVERS.append(file, {**NEW, "until": "2024-06-30"})
    assert file.read_text() == "agency,year,scope,rule,cell,reason,who\n"


@pytest.mark.parametrize("text", ["=1+1", "@cmd", "+cmd", "—", "-", "-3", "'x"])
def test_what_a_spreadsheet_would_calculate_is_kept_as_text(tmp_path: Path, text: str) -> None:
    file = tmp_path / "waivers.csv"
    WAIVERS.append(file, {**NEW, "printed_value": text, "reason": "多行\n文字"})
    field = file.read_text(encoding="utf-8-sig").splitlines()[1].split(",")[6]
    assert field == (f"'{text}" if text[0] in "=@+" or text == "-" else text)
    assert WAIVERS.read(file)[0]["printed_value"] == text


def test_an_open_workbook_is_told_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = waivers(tmp_path, f"{HEADER}\n")

    def is_open(*arguments: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("ingest.companions._write", is_open)
    with pytest.raises(CompanionError, match="可能正在Excel或WPS中打开；请关闭后再试"):
        WAIVERS.append(file, NEW)
