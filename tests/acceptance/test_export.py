"""What ``export``, ``audit`` and ``forget`` do to a database of real runs."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import polars as pl
import pytest

from checkpoints.exit_codes import ExitCode
from tests.acceptance.reports import clean, reprint, write
from tests.acceptance.runs import gouji, rows
from tests.acceptance.workbooks import fill

pytestmark = pytest.mark.xdist_group("export")

GRANTED = ("applications", "granted", "total")
OTHER = "other_handling"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Reports of both forms, one with an error, one with a doubtful row, two undecided."""
    place = tmp_path_factory.mktemp("export")
    folder = place / "reports"
    write(clean(0, 2020, style="busy"), folder / "trial.txt")
    write(reprint(clean(1, style="busy"), {GRANTED: "9999"}), folder / "wrong.pdf")
    undecided = clean(2, style="busy")
    cell = ("proactive", "licensing", "decisions")
    write(reprint(undecided, {cell: "7"}), folder / "one.txt")
    write(reprint(undecided, {cell: "8"}), folder / "two.txt")
    ended = gouji(
        *("check", folder, "--db", place / "g.duckdb", "--site", place / "site"),
        *("--fail-on", "never", "--jobs", 1),
    )
    assert ended.code == ExitCode.OK, ended.err
    return place


@pytest.fixture(scope="module")
def exported(place: Path) -> dict[str, Path]:
    """The panel in each format."""
    files = {kind: place / "out" / f"panel.{kind}" for kind in ("parquet", "csv", "xlsx")}
    for file in files.values():
        ended = gouji("export", file, "--db", place / "g.duckdb", "--lang", "zh")
        assert ended.code == ExitCode.OK, ended.err
    return files


def records(path: Path) -> list[dict[str, str]]:
    text = path.read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_a_cell_of_an_agency_and_year_is_there_once_unless_undecided(place: Path) -> None:
    repeated = rows(
        place / "g.duckdb",
        "select agency_id, report_year, indicator, breakdown, count(*), bool_and(is_undecided)"
        " from marts.panel group by agency_id, scope, report_year, form_table, indicator, breakdown"
        " having count(*) > 1",
    )
    assert repeated
    assert all(count == 2 and is_undecided for *_, count, is_undecided in repeated)
    [[twice]] = rows(
        place / "g.duckdb",
        "select count(*) - count(distinct (report_id, form_table, indicator, breakdown))"
        " from marts.panel",
    )
    assert twice == 0


def test_every_cell_says_from_which_year_it_compares(place: Path) -> None:
    [[without]] = rows(
        place / "g.duckdb",
        "select count(*) from intermediate.int_panel_indicators where comparable_from is null",
    )
    assert without == 0
    years = dict(
        rows(
            place / "g.duckdb",
            "select indicator || '.' || breakdown, any_value(comparable_from) from marts.panel"
            " where breakdown in ('decisions', 'total', 'made') group by 1",
        )
    )
    assert years["licensing.decisions"] == 2021
    assert years["regulations.made"] == 2019
    assert years["granted.total"] == years[f"{OTHER}.total"] == 2019
    assert years["other_misc.total"] == 2021


def test_other_handling_is_in_both_editions(place: Path) -> None:
    sums = rows(
        place / "g.duckdb",
        "select h.edition, h.value = sum(p.value), any_value(h.resolution) from marts.panel as h"
        " inner join marts.panel as p using (report_id, breakdown)"
        " where h.indicator = 'other_handling' and breakdown = 'total' and p.indicator in"
        " ('other', 'other_no_correction', 'other_fee_unpaid', 'other_misc')"
        " group by h.report_id, h.edition, h.value order by all",
    )
    assert ("trial_2019", True, None) in sums
    assert ("standard_2021", True, "sum") in sums


def test_the_formats_hold_the_same_panel(exported: dict[str, Path]) -> None:
    parquet = pl.read_parquet(exported["parquet"])
    xlsx = pl.read_excel(exported["xlsx"], sheet_name="panel", infer_schema_length=None)
    listed = records(exported["csv"])
    assert parquet.columns == xlsx.columns == list(listed[0])
    values = parquet["value"].to_list()
    assert [float(row["value"]) if row["value"] else None for row in listed] == values
    assert xlsx["value"].to_list() == values
    assert not [row["value"] for row in listed if row["unit"] == "件" and "." in row["value"]]


def test_the_codebook_explains_every_column_and_code(exported: dict[str, Path]) -> None:
    book = records(exported["csv"].with_name("panel.codebook.csv"))
    listed = records(exported["csv"])
    columns = [row["indicator"] for row in book if row["kind"] == "column"]
    assert columns == list(listed[0])
    cells = {(row["form_table"], row["indicator"], row["breakdown"]) for row in book}
    used = {(row["form_table"], row["indicator"], row["breakdown"]) for row in listed}
    assert used < cells
    assert all(row["name_zh"] and row["name_en"] for row in book)
    assert all(row["comparable_from"] for row in book if row["kind"] != "column")
    sheet = pl.read_excel(exported["xlsx"], sheet_name="codebook")
    assert sheet.height == len(book)


def test_the_facts_name_version_seeds_and_documents(place: Path, exported: dict[str, Path]) -> None:
    facts = json.loads(exported["csv"].with_name("panel.meta.json").read_text("utf-8"))
    ids = {row["sha256"] for row in facts["documents"]}
    current = rows(place / "g.duckdb", "select report_id from marts.reports where is_current")
    assert ids == {report_id for (report_id,) in current}
    assert facts["count_reports"] == len(ids) == 4
    assert len(facts["seeds_sha256"]) == 64
    assert facts["run"] == 1
    assert facts["waivers"] == facts["corrections"] == []


def test_the_same_reports_elsewhere_give_the_same_bytes(
    place: Path, exported: dict[str, Path], tmp_path: Path
) -> None:
    shutil.copytree(place / "reports", tmp_path / "moved")
    database = tmp_path / "other.duckdb"
    gouji(
        *("check", tmp_path / "moved", "--db", database, "--site", tmp_path / "site"),
        *("--fail-on", "never", "--jobs", 1),
    )
    for kind, file in exported.items():
        again = tmp_path / "out" / f"panel.{kind}"
        gouji("export", again, "--db", database, "--lang", "en")
        assert again.read_bytes() == file.read_bytes(), kind
    for name in ("panel.codebook.csv", "panel.meta.json"):
        assert (tmp_path / "out" / name).read_bytes() == (place / "out" / name).read_bytes()


def test_under_narrows_the_panel(place: Path, tmp_path: Path) -> None:
    gouji(
        *("export", tmp_path / "p.csv", "--db", place / "g.duckdb"),
        *("--under", place / "reports" / "trial.txt"),
    )
    assert {row["report_year"] for row in records(tmp_path / "p.csv")} == {"2020"}


@pytest.mark.parametrize("target", ["panel", "panel.xls", "panel.json"])
def test_another_kind_of_file_is_refused(place: Path, tmp_path: Path, target: str) -> None:
    ended = gouji("export", tmp_path / target, "--db", place / "g.duckdb")
    assert ended.code == ExitCode.USAGE
    assert ".parquet" in ended.err
    assert list(tmp_path.iterdir()) == []


def test_lists_hold_what_the_reports_print_and_name_what_they_leave_out(
    place: Path, tmp_path: Path
) -> None:
    ended = gouji(
        *("export", tmp_path / "整改清单", "--by", "agency"),
        *("--db", place / "g.duckdb", "--lang", "zh"),
    )
    assert ended.code == ExitCode.OK, ended.err
    lines = pl.read_excel(tmp_path / "整改清单" / "汇总.xlsx", sheet_name="明细")
    listed = rows(
        place / "g.duckdb",
        "select rule from marts.finding_groups where origin = 'source' and not waived"
        " and severity in ('error', 'warning')",
    )
    assert sorted(lines["规则"]) == sorted(rule for (rule,) in listed)
    wrong = lines.filter(pl.col("文件").str.ends_with("wrong.pdf"))
    assert set(wrong["级别"]) == {"须更正"}
    assert "表中总计印为9999" in "".join(wrong["算式"])
    (tmp_path / "整改清单" / "旧局.xlsx").touch()
    again = gouji(
        *("export", tmp_path / "整改清单", "--by", "agency"),
        *("--db", place / "g.duckdb", "--lang", "zh"),
    )
    assert "旧局.xlsx" in again.err


def test_an_audit_is_drawn_read_and_kept(place: Path, tmp_path: Path) -> None:
    database = shutil.copy(place / "g.duckdb", tmp_path / "g.duckdb")
    drawn = tmp_path / "audit.xlsx"
    arguments = ("audit", drawn, "--cells", 40, "--seed", 3, "--db", database, "--lang", "zh")
    assert gouji(*arguments).code == ExitCode.OK
    first = drawn.read_bytes()
    gouji(*arguments)
    assert drawn.read_bytes() == first
    strata = dict(rows(database, "select stratum, count(*) from history.audit_cells group by 1"))
    assert sum(strata.values()) == 40
    assert {"text trial_2019 zero", "text trial_2019 non_zero", "pdf standard_2021 zero"} <= set(
        strata
    )
    unread = gouji("audit", "--read", drawn, "--db", database)
    assert (unread.code, "一行也没有填写" in unread.err) == (ExitCode.USAGE, True)
    filled = fill(drawn, wrong=1, left=2)
    ended = gouji("audit", "--read", filled, "--db", database, "--lang", "zh")
    assert "判断38格，读错1格" in ended.out, ended
    assert "未判断2格" in ended.out
    kept = rows(
        database,
        "select count_judged, count_wrong, low < error_rate, error_rate < high from history.audits",
    )
    assert kept == [(38, 1, True, True)]
    gouji("export", tmp_path / "p.csv", "--db", database)
    facts = json.loads((tmp_path / "p.meta.json").read_text("utf-8"))
    assert [(a["count_judged"], a["seed"], "read_at" in a) for a in facts["audits"]] == [
        (38, 3, False)
    ]
    seed = gouji("audit", "--read", filled, "--seed", 4, "--db", database)
    assert (seed.code, "--seed 3" in seed.err) == (ExitCode.USAGE, True)
    foreign = gouji("audit", "--read", filled, "--db", place / "g.duckdb")
    assert (foreign.code, "--db" in foreign.err) == (ExitCode.USAGE, True)


@pytest.fixture(scope="module")
def leaving(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Reports of which some go: ``copy.txt`` has the bytes of ``kept.txt``."""
    place = tmp_path_factory.mktemp("leaving")
    folder = place / "reports"
    write(clean(5), folder / "others" / "gone.txt")
    write(clean(6), folder / "others" / "there.pdf")
    write(clean(7), folder / "kept.txt")
    write(clean(8), folder / "out.txt")
    shutil.copy(folder / "kept.txt", folder / "copy.txt")
    gouji("check", folder, "--db", place / "g.duckdb", "--site", place / "s", "--jobs", 1)
    (folder / "others" / "gone.txt").unlink()
    return place


def test_cells_of_a_file_that_is_gone_say_so(leaving: Path, tmp_path: Path) -> None:
    database = shutil.copy(leaving / "g.duckdb", tmp_path / "g.duckdb")
    ended = gouji("audit", tmp_path / "a.xlsx", "--cells", 40, "--db", database, "--lang", "zh")
    assert "原文件已不在原处" in ended.err
    frame = pl.read_excel(
        tmp_path / "a.xlsx", sheet_name="audit", has_header=False, infer_schema_length=0
    )
    cells = [row for row in frame.rows() if (row[0] or "").isdecimal()]
    gone = [row for row in cells if row[3].endswith("gone.txt")]
    assert gone
    assert all("原文件已不在原处" in row[6] and "【" in row[6] for row in gone)
    there = [row for row in cells if row[3].endswith("there.pdf")]
    assert there
    assert all(not row[6] for row in there)


def test_a_report_is_taken_out_with_all_that_was_read_of_it(leaving: Path, tmp_path: Path) -> None:
    database = shutil.copy(leaving / "g.duckdb", tmp_path / "g.duckdb")
    folder = leaving / "reports"
    runs = rows(database, "select count(*) from history.runs")
    unknown = gouji("forget", tmp_path / "out.txt", "--db", database)
    assert unknown.code == ExitCode.USAGE
    assert (folder / "out.txt").as_posix() in unknown.err
    for name, left in (("out.txt", 3), ("copy.txt", 3), ("kept.txt", 2), ("others", 0)):
        ended = gouji("forget", folder / name, "--db", database)
        assert ended.code == ExitCode.OK, ended.err
        assert name in ended.out
        assert (folder / name).exists()
        for table, column in (
            ("raw.documents", "document_id"),
            ("raw.cells", "document_id"),
            ("marts.reports", "report_id"),
            ("marts.panel", "report_id"),
        ):
            [[count]] = rows(database, f"select count(distinct {column}) from {table}")
            assert count == left, (name, table)
    assert rows(database, "select * from raw.sources") == []
    assert rows(database, "select count(*) from history.runs") == runs


@pytest.mark.parametrize(
    "arguments",
    [["export", "p.csv"], ["audit"], ["forget", "a.txt"], ["export", "x", "--by", "agency"]],
)
def test_without_a_database_nothing_is_written(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ended = gouji(*arguments)
    assert ended.code == ExitCode.USAGE
    assert "gouji check" in ended.err
    assert list(tmp_path.iterdir()) == []
