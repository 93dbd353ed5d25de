"""One wrong number in a document: named, with the right one, wherever a reader looks."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.generator import faults
from data.generator.forms import Cell
from tests.acceptance.reports import clean, write
from tests.acceptance.runs import check, gouji, report_at, rows

pytestmark = pytest.mark.xdist_group("localisation")

WRONG = Cell("applications", "granted", "business")


def test_a_wrong_number_is_named_with_the_right_one(tmp_path: Path) -> None:
    report = clean()
    right = int(report.printed[WRONG])
    planted = faults.shift(report, {WRONG: 5}, "printed too high")
    path = write(planted.report, tmp_path / "reports" / "wrong.txt")
    database = tmp_path / "gouji.duckdb"
    outcome = check([path], database)
    assert outcome.difficulties == ()
    suspects = rows(
        database,
        "select form_table, solution_no, change_no, kind, indicator, breakdown,"
        " cast(value as int), cast(suggested_value as int), is_certain, count_solutions, has_more"
        " from marts.suspects",
    )
    assert suspects == [
        ("applications", 1, 1, "change", *WRONG[1:], right + 5, right, True, 1, False)
    ]
    # Row and column fail for one cause: two findings, one line.
    assert len(rows(database, "select * from marts.findings")) == 2
    [group] = report_at(outcome, path).groups
    assert group.count_findings == 2
    assert "同一处错误，涉及2条勾稽关系" in group.message_zh
    assert f"·商业企业（现为{right + 5}，若为{right}则该表全部勾稽）" in group.message_zh
    assert "应为" not in group.message_zh
    drawn = gouji("explain", path, "--db", database, "--lang", "zh").out
    assert f"{right + 5}?{right}" in drawn
