"""A panel of agencies and years with faults of every rule: all are found, and nothing else is."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from pathlib import Path

import duckdb
import pytest

from bench import floor
from bench.checks import CHECKS, write_failing
from bench.parts import validation
from bench.work import tables
from bench.work.judge import judge
from bench.work.multiply import multiply
from data.generator.panel import Panel, make
from data.generator.panel_place import YEARS, Found
from data.generator.panel_plan import plan, rules
from data.generator.panel_score import HEADING, Score, score, table, told

pytestmark = pytest.mark.xdist_group("panel")

AGENCIES = 20
# The first way to break each rule; the command has the others too.
EACH = 1


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the panel of these tests is checked."""
    return tmp_path_factory.mktemp("panel")


@pytest.fixture(scope="module")
def scored(folder: Path) -> Score:
    """The panel of these tests, checked once."""
    return score(make(AGENCIES, EACH), folder)


@pytest.fixture(scope="module")
def database(scored: Score, folder: Path) -> Path:
    """The database that has a fault of every rule."""
    return folder / "panel.duckdb"


def test_every_rule_has_its_faults_and_most_reports_none(scored: Score) -> None:
    planted = Counter(fault.rule for fault in scored.panel.faults)
    assert planted == dict.fromkeys(rules(), EACH)
    assert scored.panel.clean + EACH * (len(rules()) - 1) == AGENCIES * len(YEARS)
    assert scored.panel.clean > AGENCIES * len(YEARS) / 2


def test_every_fault_is_found(scored: Score) -> None:
    assert list(told(scored, AGENCIES)) == []
    assert not scored.missed


def test_nothing_is_found_that_no_fault_explains(scored: Score) -> None:
    assert not scored.alarms
    assert scored.found == scored.panel.expected


@pytest.mark.parametrize("rule", rules())
def test_recall_is_complete(scored: Score, rule: str) -> None:
    planted, found, due, given, missed, alarms = scored.count(rule)
    assert (planted, found, missed, alarms) == (EACH, EACH, 0, 0)
    assert given == due >= EACH


def test_the_benchs_floor_finds_the_same(database: Path, tmp_path: Path) -> None:
    floor.run(database, tmp_path / "failing.csv")
    verdict = judge(database, tmp_path / "failing.csv", tmp_path / "none.json")
    assert verdict["differ"] == []
    assert verdict["by_rule"].keys() == {*rules()}


def test_the_benchs_other_tools_are_asked_for_the_same(database: Path, tmp_path: Path) -> None:
    tables.write(database, tmp_path)
    with duckdb.connect(str(tmp_path / "tables.duckdb"), read_only=True) as con:
        cases = [
            (check.rule, report_id)
            for check in CHECKS
            for (report_id,) in con.execute(
                f"select report_id from {check.table}"
                f" where ({check.applies}) and not ({check.holds})"
            ).fetchall()
        ]
    write_failing(tmp_path, cases)
    verdict = judge(database, tmp_path / "failing.csv", tmp_path / "none.json")
    assert verdict["differ"] == []
    assert verdict["by_rule"].keys() == {*rules()}


def test_the_bench_names_the_rules_in_which_a_tool_differs(database: Path, tmp_path: Path) -> None:
    failing = tmp_path / "failing.csv"
    floor.run(database, failing)
    text = failing.read_text(encoding="utf-8")
    wrong = re.sub(r"(balance\.disputes_total,)\w", r"\g<1>x", text, count=1)
    failing.write_text(wrong, encoding="utf-8")
    planted = tmp_path / "planted.json"
    counts = Counter(line.partition(",")[0] for line in text.splitlines()[1:])
    planted.write_text(json.dumps({**counts, "non_negativity.counts": 5}), encoding="utf-8")
    verdict = judge(database, failing, planted)
    assert verdict["differ"] == ["balance.disputes_total", "non_negativity.counts"]


def test_a_multiplied_warehouse_has_the_faults_as_often(database: Path, tmp_path: Path) -> None:
    floor.run(database, tmp_path / "once.csv")
    once = judge(database, tmp_path / "once.csv", tmp_path / "none.json")
    large = tmp_path / "large.duckdb"
    multiply(database, large, 3)
    floor.run(large, tmp_path / "failing.csv")
    verdict = judge(large, tmp_path / "failing.csv", tmp_path / "none.json")
    assert verdict["differ"] == []
    assert verdict["by_rule"] == {rule: 3 * count for rule, count in once["by_rule"].items()}


def test_the_bench_has_ours_and_the_floor_take_turns(database: Path, tmp_path: Path) -> None:
    size = AGENCIES * len(YEARS)
    shutil.copyfile(database, tmp_path / f"modelled-{size}.duckdb")
    [measured] = validation.run([size], 1, lambda _: None, tmp_path, peers=())
    by_name = {each.name: each for each in measured}
    ours, theirs = by_name[validation.OURS], by_name[validation.FLOOR]
    assert (ours.failed, theirs.failed) == (None, None)
    counted = {rule: n for rule, n in ours.told["counted"].items() if n}
    assert counted == ours.told["by_rule"] == theirs.told["by_rule"]
    assert ours.told["differ"] == theirs.told["differ"] == []
    assert "other:" not in validation.table(measured)


def test_what_is_missed_and_what_is_found_in_error_is_counted() -> None:
    panel = Panel(files={}, faults=make(30, 1).faults)
    fault = next(fault for fault in panel.faults if fault.rule == "balance.disputes_total")
    alarm = Found("000b.txt", "balance.disputes_total", "litigation_direct")
    wrong = Score(panel, panel.expected - Counter(fault.findings) + Counter([alarm]))
    due = len(fault.findings)
    assert wrong.count("balance.disputes_total") == (1, 0, due, 1, due, 1)
    assert "| balance.disputes_total | 1 | 0 | 0.0 % |" in table(wrong)
    assert f"false alarm: {' '.join(alarm)}" in list(told(wrong, 3))


def test_the_same_arguments_give_the_same_panel() -> None:
    assert make(30, 1).files == make(30, 1).files
    with pytest.raises(ValueError, match="agencies"):
        plan(10, 20)


def test_the_full_panel_has_twenty_of_each_and_two_hundred_clean_reports(root: Path) -> None:
    panel = make(200, 20)
    assert Counter(fault.rule for fault in panel.faults) == dict.fromkeys(rules(), 20)
    assert panel.clean >= 200
    text = (root / "docs" / "accuracy.md").read_text(encoding="utf-8")
    section = text.partition(HEADING)[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (\w+\.\w+) \| 20 \| 20 \| 100\.0 % .* \| 0 \| 0 \|$", section, re.M)
    assert tuple(rows) == rules()
