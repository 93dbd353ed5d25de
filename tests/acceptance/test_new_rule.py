"""A rule that is a plain sum takes rows in the seeds: nothing else of the program is touched."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance import reports, runs

PROGRAM = Path(__file__).resolve().parents[2]
PACKAGES = ("ingest", "sql", "expectations", "checkpoints")

RULE = "balance.requests_accounted"
WORDS = {
    "suite": "balance",
    "rule": RULE,
    "severity": "error",
    "title_zh": "申请有着落",
    "title_en": "Every request is accounted for",
    "formula_zh": "新收＋上年结转＝各项办理结果＋结转下年度",
    "formula_en": "received + carried in = every outcome + carried out",
    "basis_zh": "表三勾稽关系",
    "basis_en": "note of table 3",
    "advice_zh": "请逐项核对该列",
    "advice_en": "check the column item by item",
}
"""What the form implies of each column of table 3, and no rule of the program says in one."""

OUTCOME = ("applications", "granted")
FAULTS = {
    "sound": {},
    "fails": {(*OUTCOME, "natural_person"): "901", (*OUTCOME, "total"): "901"},
    "unreadable": {(*OUTCOME, "natural_person"): "若干", (*OUTCOME, "total"): "若干"},
}
COLUMNS = 7


def append(path: Path, rows: list[dict[str, str]]) -> None:
    """Add rows to the end of a seed; columns not given stay blank."""
    with path.open(encoding="utf-8", newline="") as file:
        columns = next(csv.reader(file))
    with path.open("a", encoding="utf-8", newline="") as file:
        csv.DictWriter(file, columns, lineterminator="\n").writerows(rows)


def relation() -> Iterator[dict[str, str]]:
    """The members of the rule: rows of table 3, those of all editions."""
    with (PROGRAM / "sql" / "seeds" / "indicators.csv").open(encoding="utf-8", newline="") as file:
        cells = list(csv.DictReader(file))
    for row in dict.fromkeys(c["indicator"] for c in cells if c["form_table"] == "applications"):
        if row != "outcome_total":
            yield {
                "rule": RULE,
                "form_table": "applications",
                "members_in": "rows",
                "side": "left" if row in ("new_received", "carried_in") else "right",
                "sign": "1",
                "member": row,
                "is_result": "false",
            }


@dataclass(frozen=True)
class Checked:
    """The program with the rule has checked the reports."""

    ended: runs.Ended
    database: Path
    site: Path

    @property
    def said(self) -> dict[str, Any]:
        """The outcome as JSON."""
        return dict(json.loads(self.ended.out))


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Checked:
    folder = tmp_path_factory.mktemp("new_rule")
    program = folder / "program"
    for package in PACKAGES:
        left_out = shutil.ignore_patterns("__pycache__")
        shutil.copytree(PROGRAM / package, program / package, ignore=left_out)
    append(program / "sql" / "seeds" / "rules.csv", [WORDS])
    append(program / "sql" / "seeds" / "relations.csv", list(relation()))
    for number, (name, changes) in enumerate(FAULTS.items()):
        report = reports.reprint(reports.clean(number, 2020 + number, style="busy"), changes)
        reports.write(report, folder / "reports" / f"{name}.txt")
    database, site = folder / "gouji.duckdb", folder / "site"
    ended = runs.command(
        *("check", "reports", "--db", database, "--site", site, "--format", "json"),
        *("--lang", "zh", "--jobs", "1"),
        cwd=folder,
        PYTHONPATH=str(program),
    )
    return Checked(ended, database, site)


def test_the_checkpoint_and_the_findings_agree_on_it(checked: Checked) -> None:
    """A difficulty would tell that they differ, or that the rule could not be evaluated."""
    assert checked.ended.code == 1, checked.ended.err
    assert checked.said["difficulties"] == []
    [rule] = [rule for rule in checked.said["rules"] if rule["rule"] == RULE]
    assert (rule["suite"], rule["success"], rule["unexpected_count"]) == ("balance", False, 2)


def test_it_fails_where_the_fault_is_and_nowhere_else(checked: Checked) -> None:
    found = runs.found_in(checked.database)
    assert {
        name: sorted(subject for rule, subject in findings if rule == RULE)
        for name, findings in found.items()
    } == {"sound.txt": [], "fails.txt": ["natural_person", "total"], "unreadable.txt": []}


def test_it_is_judged_where_it_can_be(checked: Checked) -> None:
    counted = runs.rows(
        checked.database,
        "select instances_possible, instances_judged, instances_failing, reports_failing"
        " from marts.rule_coverage where rule = ?",
        RULE,
    )
    assert counted == [(3 * COLUMNS, 3 * COLUMNS - 2, 2, 1)]


def test_its_finding_has_the_arithmetic_and_the_words_of_the_seed(checked: Checked) -> None:
    messages = runs.rows(
        checked.database,
        "select expected, actual, message_zh, message_en from marts.findings where rule = ?",
        RULE,
    )
    for left, right, message_zh, message_en in messages:
        assert left < right
        assert f"多{int(right - left)}" in message_zh
        assert WORDS["advice_zh"] in message_zh
        assert WORDS["advice_en"][1:] in message_en


def test_the_suite_shows_it(checked: Checked) -> None:
    pages = [page.read_text(encoding="utf-8") for page in checked.site.rglob("*.html")]
    assert any(WORDS["title_zh"] in page and WORDS["formula_zh"] in page for page in pages)
