"""expected.csv: the list of the reports that must be there."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from ingest import warehouse
from ingest.companions import CompanionError
from ingest.expected import EXPECTED
from ingest.read import ingest

HEADER = "region,agency,aliases,year,scope,due\n"


def write(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    folder.mkdir(exist_ok=True)
    file = folder / "expected.csv"
    file.write_bytes(text.encode(encoding))
    return file


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_line_with_all_it_may_say(tmp_path: Path, encoding: str) -> None:
    file = write(
        tmp_path, HEADER + "某县,教育局,教体局；教育体育局,2022年度,own,2023/1/31\n", encoding
    )
    assert EXPECTED.read(file) == [
        {
            "region": "某县",
            "agency": "教育局",
            "aliases": "教体局；教育体育局",
            "year": 2022,
            "scope": "own",
            "due": date(2023, 1, 31),
            "listed_in": file.as_posix(),
            "line_no": 2,
        }
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("region,year\n某县,2022\n", "第1行：缺少agency"),
        (HEADER + ",教育局,,,,\n", "第2行：year为空"),
        (HEADER + ",,,2022,,\n", "第2行：agency为空"),
        (HEADER + ",教育局,,2022,,月底\n", "第2行：due“月底”"),
        (HEADER + ",教育局,,2022,both,\n", "第2行：scope“both”"),
    ],
)
def test_bad_line_is_named_with_its_file(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(CompanionError, match=message):
        EXPECTED.read(write(tmp_path, text))


def test_only_lists_under_the_paths_are_those_of_the_run(tmp_path: Path) -> None:
    outer = write(tmp_path, HEADER + ",甲局,,2022,,\n")
    inner = write(tmp_path / "sub", HEADER + ",乙局,,2022,,\n")
    database = tmp_path / "db" / "g.duckdb"
    (tmp_path / "sub" / "a.txt").write_text("通知", encoding="utf-8")
    assert ingest([tmp_path], database).lists == (outer.as_posix(), inner.as_posix())
    assert ingest([tmp_path / "sub"], database).lists == (inner.as_posix(),)
    assert ingest([tmp_path / "sub" / "a.txt"], database).lists == ()


def test_paths_that_are_gone_are_noted_until_they_are_back(tmp_path: Path) -> None:
    database = tmp_path / "db" / "g.duckdb"
    folder = tmp_path / "reports"
    file = folder / "a.md"
    folder.mkdir()

    def gone() -> list[tuple[str]]:
        with closing(warehouse.connect(database)) as con:
            return con.execute("select source_path from raw.gone").fetchall()

    text = "某县教育局2022年政府信息公开工作年度报告\n一、总体情况\n"
    file.write_text(text, encoding="utf-8")
    ingest([folder], database)
    assert gone() == []
    file.unlink()
    ingest([folder], database)
    assert gone() == [(file.as_posix(),)]
    file.write_text(text, encoding="utf-8")
    ingest([folder], database)
    assert gone() == []
