"""Files that are handed on: their names, their bytes, and what a spreadsheet makes of them."""

from __future__ import annotations

import os
import re
import zipfile
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from checkpoints.export import panel
from checkpoints.export.files import ExportRefused, safe_name, unlike, write_all
from checkpoints.export.lists import OVERVIEW, lists
from checkpoints.export.to_correct import Line, Report
from checkpoints.export.workbook import lines_of
from checkpoints.language import Language

LINE = Line(
    "error",
    "balance.outcomes_total",
    "三、（七）总计·自然人",
    "不符合：总计",
    "5＋6＝11，印为15，多4",
    "请核对",
    3,
)
ARMED = '=HYPERLINK("http://example")'


def report(number: int = 0, **changes: object) -> Report:
    """A report of its own agency with one line."""
    about = {
        "report_id": f"r{number}",
        "agency_id": f"松岭县/第{number}局",
        "agency": f"松岭县第{number}局",
        "region": "松岭县",
        "report_year": 2023,
        "file": f"reports/{number}.pdf",
        "lines": (LINE,),
        "count_doubtful": 0,
        "count_waived": 0,
    }
    return Report(**{**about, **changes})


def written(folder: Path, reports: list[Report], language: Language = "zh") -> set[str]:
    """Names of the workbooks."""
    write_all(lists(folder, reports, language))
    return {path.name for path in folder.iterdir()}


def part(workbook: Path, name: str) -> str:
    return zipfile.ZipFile(workbook).read(name).decode()


def texts(workbook: Path, sheet: str) -> list[list[str | None]]:
    frame = pl.read_excel(workbook, sheet_name=sheet, has_header=False, infer_schema_length=0)
    return [list(row) for row in frame.rows()]


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("松岭县教育局", "松岭县教育局"),
        ("教育局/体育局", "教育局_体育局"),
        ('a:b*c?d"e<f>g|h\\i', "a_b_c_d_e_f_g_h_i"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("..", "_"),
        ("", "_"),
        ("局\n长\x07", "局_长_"),
        ("局\u202exslx", "局_xslx"),
        ("con", "_con"),
        ("NUL.x", "_NUL.x"),
        ("COM1", "_COM1"),
        ("局. ", "局"),
        ("~$局", "$局"),
        ("局" * 200, "局" * 60),
    ],
)
def test_a_file_name_is_one_that_every_system_accepts(name: str, safe: str, tmp_path: Path) -> None:
    assert safe_name(name) == safe
    (tmp_path / f"{safe}.xlsx").touch()


def test_names_that_differ_only_in_case_or_width_are_numbered() -> None:
    assert unlike("Ａ局", ["a局", "B局"]) == "Ａ局 (2)"
    assert unlike("A局", ["a局", "A局 (2)"]) == "A局 (3)"
    assert unlike("C局", ["a局"]) == "C局"


def test_files_that_belong_together_are_written_all_or_none(tmp_path: Path) -> None:
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    first.write_text("old")

    def fail(path: Path) -> None:
        path.write_text("half")
        raise ValueError("full")

    with pytest.raises(ValueError, match="full"):
        write_all({first: lambda path: path.write_text("new") and None, second: fail})
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]
    assert first.read_text() == "old"


def test_an_open_workbook_is_named_and_left_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What Windows says where Excel holds the file."""
    target = tmp_path / "汇总.xlsx"
    target.write_text("old")

    def held(source: object, destination: object) -> None:
        raise PermissionError(13, "in use", str(destination))

    monkeypatch.setattr(os, "replace", held)
    with pytest.raises(ExportRefused, match=r"汇总\.xlsx.*Excel或WPS中打开"):
        write_all({target: lambda path: path.write_text("new") and None})
    assert [path.name for path in tmp_path.iterdir()] == ["汇总.xlsx"]
    assert target.read_text() == "old"


def test_a_target_that_is_a_folder_or_lies_in_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for target in (tmp_path, tmp_path / "file" / "panel.csv"):
        with pytest.raises(ExportRefused):
            write_all({target: lambda path: path.write_text("new") and None})


@pytest.mark.parametrize("text", [ARMED, "+1+cmd", "-2+3", "@SUM(1)", "\t=1", "＝1＋1", "-x"])
def test_a_text_that_could_be_a_formula_gets_an_apostrophe(text: str) -> None:
    assert panel.disarmed_text(text) == f"'{text}"
    assert pl.select(panel.disarmed(pl.lit(text))).item() == f"'{text}"


@pytest.mark.parametrize(
    "text", ["松岭县", "12", "-5", "+5", "-1,200.50", "-", "--", "/", "", "a=b"]
)
def test_numbers_dashes_and_other_texts_stay(text: str) -> None:
    assert panel.disarmed_text(text) == text
    assert pl.select(panel.disarmed(pl.lit(text))).item() == text


FRAME = pl.DataFrame(
    {
        "agency": ["松岭县教育局", ARMED, None],
        "unit": ["件", "万元", "万元"],
        "value": [Decimal("12"), Decimal("7730.28"), None],
        "printed": ["12", "7730.2800", ""],
        "printed_decimals": [0, 4, None],
        "report_year": [2023, 2023, None],
    },
    schema_overrides={"value": pl.Decimal(24, 8), "printed_decimals": pl.Int32},
)


def test_csv_has_a_mark_and_numbers_as_they_are_printed(tmp_path: Path) -> None:
    panel.write_csv(FRAME, tmp_path / "p.csv")
    lines = (tmp_path / "p.csv").read_bytes()
    assert lines.startswith(b"\xef\xbb\xbf")
    assert lines.decode("utf-8-sig").splitlines()[1:] == [
        "松岭县教育局,件,12,12,0,2023",
        '"\'=HYPERLINK(""http://example"")",万元,7730.2800,7730.2800,4,2023',
        ',万元,,"",,',
    ]


def test_parquet_has_doubles_and_blanks(tmp_path: Path) -> None:
    panel.write_parquet(FRAME, tmp_path / "p.parquet")
    read = pl.read_parquet(tmp_path / "p.parquet")
    assert read["value"].to_list() == [12.0, 7730.28, None]
    assert read["agency"].to_list()[1] == ARMED


def test_in_a_workbook_text_is_text_and_numbers_are_numbers(tmp_path: Path) -> None:
    panel.write_xlsx(FRAME, pl.DataFrame({"kind": ["column"]}), tmp_path / "p.xlsx")
    sheet = part(tmp_path / "p.xlsx", "xl/worksheets/sheet1.xml")
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet
    read = pl.read_excel(tmp_path / "p.xlsx", sheet_name="panel")
    assert read["value"].to_list() == [12.0, 7730.28, None]
    assert read["agency"].to_list() == ["松岭县教育局", ARMED, None]
    styles = part(tmp_path / "p.xlsx", "xl/styles.xml")
    assert 'formatCode="0.0000"' in styles
    assert texts(tmp_path / "p.xlsx", "codebook") == [["kind"], ["column"]]


def test_more_rows_than_a_worksheet_holds_are_refused_for_xlsx_alone() -> None:
    panel.require_room(Path("p.xlsx"), 1_048_575)
    panel.require_room(Path("p.csv"), 5_000_000)
    with pytest.raises(ExportRefused, match=r"p\.csv.*p\.parquet"):
        panel.require_room(Path("p.xlsx"), 1_048_576)


def test_each_agency_with_a_line_has_a_workbook(tmp_path: Path) -> None:
    sound = report(2, lines=(), count_doubtful=3)
    assert written(tmp_path, [report(0), report(1), sound]) == {
        OVERVIEW,
        "松岭县第0局.xlsx",
        "松岭县第1局.xlsx",
    }
    words = str(texts(tmp_path / OVERVIEW, "汇总"))
    assert "另有1份报告没有须列入的问题" in words
    assert "另有3处读取存疑" in words


def test_agencies_of_one_name_tell_their_regions(tmp_path: Path) -> None:
    named = [report(n, agency="教育局", region=place) for n, place in enumerate(("甲县", "乙县"))]
    named.append(report(3, agency="教育局", agency_id=None, region=None, file="x/某局.pdf"))
    assert written(tmp_path, named) == {
        OVERVIEW,
        "教育局（甲县）.xlsx",
        "教育局（乙县）.xlsx",
        "教育局（某局）.xlsx",
    }


def test_an_agency_cannot_take_the_name_of_the_overview(tmp_path: Path) -> None:
    assert written(tmp_path, [report(agency="汇总")]) == {"汇总 (2).xlsx", OVERVIEW}


def test_reports_of_an_agency_are_sheets_by_year_with_their_head(tmp_path: Path) -> None:
    second = report(0, report_id="s", report_year=2024, file="reports/s.pdf")
    third = report(0, report_id="t", report_year=2024, file="reports/t.pdf")
    written(tmp_path, [report(0), second, third])
    names = re.findall(
        r'<sheet name="([^"]+)"', part(tmp_path / "松岭县第0局.xlsx", "xl/workbook.xml")
    )
    assert names == ["2023", "2024", "2024 (2)"]
    head = texts(tmp_path / "松岭县第0局.xlsx", "2024")
    assert [row[0] for row in head[1:4]] == [
        "机关：松岭县第0局",
        "年度：2024",
        "文件：reports/s.pdf",
    ]
    assert head[4] == [
        *("序号", "级别", "位置", "问题", "算式", "建议", "页码", "整改结果", "签字")
    ]
    assert head[5] == [
        *(
            "1",
            "须更正",
            "三、（七）总计·自然人",
            "不符合：总计",
            "5＋6＝11，印为15，多4",
            "请核对",
        ),
        *("3", None, None),
    ]


def test_headings_are_in_english_too(tmp_path: Path) -> None:
    written(tmp_path, [report(0)], "en")
    assert "Signature" in texts(tmp_path / "松岭县第0局.xlsx", "2023")[4]
    assert texts(tmp_path / OVERVIEW, "overview")[1][1] == "Agency"


@pytest.mark.parametrize("count", [1, 60, 300])
def test_the_overview_prints_on_one_page_of_a4(tmp_path: Path, count: int) -> None:
    written(tmp_path, [report(number) for number in range(count)])
    sheet = part(tmp_path / OVERVIEW, "xl/worksheets/sheet1.xml")
    assert '<pageSetUpPr fitToPage="1"/>' in sheet
    [setup] = re.findall(r"<pageSetup [^>]*>", sheet)
    assert 'paperSize="9"' in setup
    # Excel leaves out what is 1.
    assert "fitToHeight" not in setup
    assert "fitToWidth" not in setup
    rows = texts(tmp_path / OVERVIEW, "汇总")
    total = next(row for row in rows if row[1] == "合计")
    assert total[3:6] == [str(count), str(count), "0"]
    assert len(texts(tmp_path / OVERVIEW, "明细")) == count + 1


def test_text_of_a_report_is_no_formula_in_the_lists(tmp_path: Path) -> None:
    names = written(tmp_path, [report(agency=ARMED, file="=1.pdf")])
    for name in names:
        with zipfile.ZipFile(tmp_path / name) as archive:
            sheets = [n for n in archive.namelist() if n.startswith("xl/worksheets/sheet")]
            assert all(b"<f>" not in archive.read(sheet) for sheet in sheets)


def test_the_same_lists_are_the_same_bytes(tmp_path: Path) -> None:
    reports = [report(number) for number in range(3)]
    for folder in ("a", "b"):
        written(tmp_path / folder, reports)
    for file in (tmp_path / "a").iterdir():
        assert file.read_bytes() == (tmp_path / "b" / file.name).read_bytes()


def test_rows_are_as_high_as_their_wrapped_text() -> None:
    assert lines_of(None, 10) == 1
    assert lines_of("一二三四五六七八", 8) == 2
    assert lines_of("ab\ncd", 10) == 2
