"""A panel of agencies and years with faults of every rule: all are found, and nothing else is."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from data.generator.panel import Panel, make
from data.generator.panel_place import YEARS, Found
from data.generator.panel_plan import plan, rules
from data.generator.panel_score import HEADING, Score, score, table, told

pytestmark = pytest.mark.xdist_group("panel")

AGENCIES = 20
# The first way to break each rule; the command has the others too.
EACH = 1


@pytest.fixture(scope="module")
def scored(tmp_path_factory: pytest.TempPathFactory) -> Score:
    """The panel of these tests, checked once."""
    return score(make(AGENCIES, EACH), tmp_path_factory.mktemp("panel"))


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
