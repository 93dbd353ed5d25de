"""The checkpoint as a whole: its outcomes, its scope, what could not be evaluated."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from checkpoints.annual_reports import outcome_of_rule, run_checkpoint
from expectations.results import exception_of
from expectations.rules import Rule, read_rules
from tests.expectations.marts import OTHER, create, execute, insert


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return create(tmp_path / "gouji.duckdb")


def test_sound_marts_pass_every_rule_and_say_nothing(
    database: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    outcome = run_checkpoint(database, language="zh", site=None)
    assert {rule.rule for rule in outcome.rules if not rule.success} == set()
    assert {rule.suite for rule in outcome.rules} >= {
        "completeness",
        "non_negativity",
        "balance",
        "continuity",
        "narrative",
        "integrity",
    }
    assert len({rule.rule for rule in outcome.rules}) == len(outcome.rules)
    assert outcome.data_docs is None
    assert capfd.readouterr() == ("", "")


def test_severity_counts_and_scope(database: Path) -> None:
    rules = [
        Rule(rule.suite, rule.rule, "info", rule.title_zh, rule.title_en) for rule in read_rules()
    ]
    insert(database, "marts.cell_values", report_id=OTHER, value=-1)
    insert(database, "marts.cell_values", value="-1.5")
    outcome = run_checkpoint(database, language="en", site=None, under=[OTHER], rules=rules)
    [counts] = [rule for rule in outcome.rules if rule.rule == "non_negativity.counts"]
    assert (counts.success, counts.unexpected_count, counts.evaluated_count) == (False, 1, 1)
    assert counts.severity == "info"


def test_more_failing_rows_than_are_listed_are_all_counted(database: Path) -> None:
    execute(
        database,
        "insert into marts.relations select r.* replace (9 as left_value)"
        " from marts.relations as r, range(450)",
    )
    outcome = run_checkpoint(database, language="zh", site=None)
    [total] = [rule for rule in outcome.rules if rule.rule == "balance.outcomes_total"]
    assert (total.unexpected_count, total.evaluated_count) == (450, 451)


def test_what_cannot_be_evaluated_is_an_exception_and_stops_nothing_else(
    database: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    execute(database, "drop table marts.report_sections; alter table marts.findings drop agency")
    insert(database, "marts.cell_values", value=-1)
    outcome = run_checkpoint(database, language="zh", site=None)
    raised = {rule.rule for rule in outcome.rules if rule.exception}
    assert "completeness.sections_present" in raised
    assert "completeness.row_shape" not in raised
    [counts] = [rule for rule in outcome.rules if rule.rule == "non_negativity.counts"]
    assert (counts.unexpected_count, counts.exception) == (1, None)
    assert "Traceback" not in "".join(capfd.readouterr())


def test_rules_without_an_expectation_are_named(database: Path) -> None:
    added = Rule("balance", "balance.forgotten", "info", "", "")
    forgotten = Rule("completeness", "completeness.forgotten", "info", "", "")
    outcome = run_checkpoint(
        database, language="zh", site=None, rules=[*read_rules(), added, forgotten]
    )
    assert "completeness.forgotten" in outcome.unstated
    assert "balance.forgotten" not in outcome.unstated


def test_a_database_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        run_checkpoint(tmp_path / "none.duckdb", language="zh", site=None)
    assert not list(tmp_path.iterdir())


def test_importing_the_checkpoint_does_not_import_great_expectations() -> None:
    program = (
        "import sys, checkpoints.annual_reports;"
        " sys.exit('great_expectations' in sys.modules or 'sqlalchemy' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


@pytest.mark.parametrize(
    ("info", "exception"),
    [
        (None, None),
        ({}, None),
        ({"raised_exception": False, "exception_message": None}, None),
        ({"raised_exception": True, "exception_message": "no column"}, "no column"),
        ({"raised_exception": True, "exception_message": None}, "no message"),
        (
            {
                "('m1', 'a')": {"raised_exception": True, "exception_message": "no table"},
                "('m2', 'b')": {"raised_exception": True, "exception_message": "no table"},
                "('m3', 'c')": {"raised_exception": False, "exception_message": None},
            },
            "no table",
        ),
    ],
)
def test_exception_info_in_all_its_shapes(info: dict[str, Any] | None, exception: str) -> None:
    assert exception_of(info) == exception


def test_two_expectations_of_one_rule_are_added_up() -> None:
    config = SimpleNamespace(meta={"suite": "s"}, severity=SimpleNamespace(value="warning"))

    def result(failing: int, judged: int) -> SimpleNamespace:
        return SimpleNamespace(
            expectation_config=config,
            exception_info={"raised_exception": False},
            success=not failing,
            result={"unexpected_count": failing, "element_count": judged},
        )

    outcome = outcome_of_rule("s.r", [result(0, 4), result(3, 5)])
    assert (outcome.success, outcome.unexpected_count, outcome.evaluated_count) == (False, 3, 9)
    assert outcome.severity == "warning"
