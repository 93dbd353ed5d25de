import datetime

import pytest

from ingest.companions import CompanionError
from ingest.sources import read_all

HEADER = "path,url,retrieved_on,agency,region,year,scope\n"


def write(folder, text, encoding="utf-8"):
    folder.mkdir(exist_ok=True)
    (folder / "sources.csv").write_bytes(text.encode(encoding))
    return str(folder)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_rows_with_absolute_paths(tmp_path, encoding):
    line = "sub\\a.pdf,https://x.gov.cn/,2024/1/31,某局,某市,2023,own\n"
    facts, files = read_all([write(tmp_path, HEADER + line, encoding)])
    assert files == [tmp_path / "sources.csv"]
    assert facts.row(0, named=True) == {
        "source_path": str(tmp_path / "sub" / "a.pdf"),
        "url": "https://x.gov.cn/",
        "retrieved_on": datetime.date(2024, 1, 31),
        "agency": "某局",
        "region": "某市",
        "year": 2023,
        "scope": "own",
        "listed_in": str(tmp_path / "sources.csv"),
    }


def test_columns_may_be_left_out_or_empty(tmp_path):
    facts, _ = read_all([write(tmp_path, "path,year\na.txt,\n,\n\n")])
    assert facts.select("url", "year", "scope").rows() == [(None, None, None)]


def test_nearest_file_counts(tmp_path):
    outer = write(tmp_path, "path,agency\nsub/a.txt,外\nb.txt,外\n")
    inner = write(tmp_path / "sub", "path,agency\na.txt,内\n")
    facts, _ = read_all([inner, outer])
    assert dict(facts.select("source_path", "agency").rows()) == {
        str(tmp_path / "sub" / "a.txt"): "内",
        str(tmp_path / "b.txt"): "外",
    }


def test_folder_without_file(tmp_path):
    facts, files = read_all([str(tmp_path)])
    assert facts.is_empty()
    assert files == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("file\na.txt\n", "第1行：缺少path"),
        (HEADER + "a.txt,,,,,2023,own\nb.txt,,,,,二三,\n", "第3行：year“二三”"),
        (HEADER + "a.txt,,2024-02-30,,,,\n", "第2行：retrieved_on“2024-02-30”"),
        (HEADER + "a.txt,,,,,,both\n", "第2行：scope“both”"),
        (HEADER + ",https://x/,,,,,\n", "第2行：path为空"),
    ],
)
def test_bad_line_is_named_with_its_file(tmp_path, text, message):
    with pytest.raises(CompanionError, match=message) as caught:
        read_all([write(tmp_path, text)])
    assert str(tmp_path / "sources.csv") in str(caught.value)
