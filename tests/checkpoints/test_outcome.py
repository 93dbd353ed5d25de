"""The exit code, and the comparison of suites with findings."""

from __future__ import annotations

import duckdb
import pytest

from checkpoints.exit_codes import ExitCode
from checkpoints.outcome import Outcome, disagreements
from tests.checkpoints.outcomes import GARBAGE, NOTICE, group, outcome, report, rule

ERROR, WARNING, INFO = (report(group(severity)) for severity in ("error", "warning", "info"))
WAIVED = report(group("error", waived=True))

# Reports, what else, --fail-on, the code.
CODES = [
    ([], {}, "error", 0),
    ([report()], {}, "warning", 0),
    ([WARNING], {}, "error", 0),
    ([INFO], {}, "warning", 0),
    ([WAIVED], {}, "warning", 0),
    ([ERROR], {}, "never", 0),
    ([report()], {"rejections": (NOTICE,)}, "error", 0),
    ([report()], {"gone": ("/r/a.txt",), "count_passed_over": 3}, "error", 0),
    ([ERROR], {}, "error", 1),
    ([WARNING], {}, "warning", 1),
    ([ERROR], {}, "warning", 1),
    ([INFO, WARNING, ERROR], {}, "error", 1),
    ([ERROR], {"rejections": (GARBAGE,)}, "error", 1),
    ([ERROR], {"difficulties": ("x",)}, "error", 1),
    ([], {"rejections": (GARBAGE,)}, "error", 3),
    ([WARNING], {"rejections": (GARBAGE,)}, "error", 3),
    ([WAIVED], {"difficulties": ("x",)}, "error", 3),
    ([ERROR], {"difficulties": ("x",)}, "never", 3),
    ([ERROR], {"rejections": (GARBAGE,)}, "never", 3),
]


@pytest.mark.parametrize(("reports", "more", "fail_on", "code"), CODES)
def test_exit_code(reports: list, more: dict, fail_on: str, code: int) -> None:
    ended: Outcome = outcome(*reports, fail_on=fail_on, **more)
    assert ended.exit_code == code
    assert isinstance(ended.exit_code, ExitCode)


@pytest.mark.parametrize(
    ("fail_on", "counting"),
    [("error", ("error",)), ("warning", ("error", "warning")), ("never", ())],
)
def test_severities_that_count(fail_on: str, counting: tuple[str, ...]) -> None:
    assert outcome(fail_on=fail_on).counting == counting


def test_waived_groups_are_not_counted() -> None:
    both = report(
        group("error"), group("error", waived=True), group("warning", suite="completeness")
    )
    assert both.count("error") == 1
    assert both.count("error", "completeness") == 0
    assert both.count("warning", "completeness") == 1
    assert len(outcome(both).groups("error")) == 1


@pytest.fixture
def con() -> duckdb.DuckDBPyConnection:
    """Findings of one rule: one in report a, one in report b, and one there that is waived."""
    con = duckdb.connect()
    con.execute(
        "create schema marts;"
        "create table marts.findings (report_id text, rule text, waived boolean, subject text);"
        "insert into marts.findings values ('a', 'balance.r', false, 's'),"
        " ('b', 'balance.r', false, 's'), ('b', 'balance.r', true, 't')"
    )
    return con


@pytest.mark.parametrize(
    ("rules", "report_ids"),
    [
        ([rule("balance.r", 2)], ["a", "b"]),
        ([rule("balance.r", 1)], ["a"]),
        ([rule("balance.r"), rule("completeness.s")], []),
        ([rule("balance.r", 2), rule("integrity.t", 5)], ["a", "b"]),
        ([rule("balance.r", 0, exception="no column")], ["a", "b"]),
    ],
)
def test_suites_and_findings_agree(
    con: duckdb.DuckDBPyConnection, rules: list, report_ids: list[str]
) -> None:
    assert disagreements(con, rules, report_ids) == []


@pytest.mark.parametrize(
    ("rules", "report_ids", "named"),
    [
        ([rule("balance.r", 1)], ["a", "b"], ["balance.r: suite 1, findings 2"]),
        ([rule("balance.r", 2)], ["a"], ["balance.r: suite 2, findings 1"]),
        (
            [rule("balance.r", 2), rule("balance.s", 1)],
            ["a", "b"],
            ["balance.s: suite 1, findings 0"],
        ),
        ([], ["a"], ["balance.r: findings without suite"]),
    ],
)
def test_a_difference_between_suites_and_findings_is_named(
    con: duckdb.DuckDBPyConnection, rules: list, report_ids: list[str], named: list[str]
) -> None:
    assert disagreements(con, rules, report_ids) == named
