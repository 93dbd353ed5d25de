"""What could not be evaluated, or evaluated in two ways, is never taken for sound: code 3."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from checkpoints import config
from checkpoints.exit_codes import ExitCode
from expectations.rules import Rule, read_rules
from tests.acceptance.reports import clean, reprint, write
from tests.acceptance.runs import check, execute, gouji, validate

pytestmark = pytest.mark.xdist_group("honesty")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database in which one blank is a warning, and nothing is an error."""
    place = tmp_path_factory.mktemp("honesty")
    report = reprint(clean(style="busy"), {("proactive", "licensing", "decisions"): ""})
    write(report, place / "reports" / "warned.txt")
    outcome = check([place / "reports"], place / "gouji.duckdb")
    assert outcome.difficulties == ()
    assert [len(outcome.groups(severity)) for severity in ("error", "warning")] == [0, 1]
    assert outcome.exit_code == ExitCode.OK
    return place / "gouji.duckdb"


@pytest.fixture
def database(built: Path, tmp_path: Path) -> Path:
    """A copy, to be spoilt."""
    return Path(shutil.copy(built, tmp_path / "gouji.duckdb"))


@pytest.mark.parametrize(
    ("damage", "named"),
    [
        ("delete from marts.findings", "completeness.cells_filled"),
        ("insert into marts.findings by name from marts.findings", "completeness.cells_filled"),
        (
            "update marts.findings set rule = 'balance.disputes_total'",
            "balance.disputes_total: suite 0, findings 1",
        ),
        ("update marts.findings set rule = 'balance.no_such_rule'", "balance.no_such_rule"),
        ("alter table marts.cell_values drop column is_judged", "completeness.cells_filled"),
        ("alter table marts.relations drop column left_value", "balance."),
        ("drop table marts.report_sections", "completeness.sections_present"),
        (
            "insert into marts.cell_values from marts.cell_values limit 1",
            "integrity.",
        ),
    ],
    ids=[
        "finding lost",
        "finding twice",
        "finding of another rule",
        "finding of no rule",
        "column of cells lost",
        "column of relations lost",
        "table lost",
        "cell twice",
    ],
)
def test_damage_ends_with_code_3_and_is_named(database: Path, damage: str, named: str) -> None:
    execute(database, damage)
    ended = gouji("validate", "--db", database, "--site", database.parent / "site", "--lang", "zh")
    assert ended.code == ExitCode.INCOMPLETE, ended
    assert "Traceback" not in ended.out + ended.err
    difficulties = [line for line in ended.out.splitlines() if line.startswith("检查未能完成：")]
    assert any(named in line for line in difficulties), ended.out
    assert ended.out.splitlines()[-1].startswith("退出码 3：")


def test_an_error_wins_over_what_could_not_be_evaluated(database: Path) -> None:
    execute(database, "update marts.finding_groups set severity = 'error'")
    execute(database, "drop table marts.report_sections")
    outcome = validate(database)
    assert outcome.difficulties
    assert outcome.exit_code == ExitCode.FINDINGS


def test_a_rule_that_no_expectation_states_ends_with_code_3(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = [
        *read_rules(),
        Rule("completeness", "completeness.forgotten", "info", "忘", "Forgotten"),
    ]
    monkeypatch.setattr(config, "read_rules", lambda: rules)
    outcome = validate(database)
    assert [text for text in outcome.difficulties if "completeness.forgotten" in text]
    assert outcome.exit_code == ExitCode.INCOMPLETE


def test_a_second_check_notices_what_is_missing_without_building_anew(
    built: Path, tmp_path: Path
) -> None:
    database = Path(shutil.copy(built, tmp_path / "gouji.duckdb"))
    execute(database, "delete from marts.findings")
    outcome = check([built.parent / "reports"], database)
    assert outcome.count_known == 1
    assert outcome.exit_code == ExitCode.INCOMPLETE


def test_a_model_that_cannot_be_built_ends_with_code_3_and_a_sentence(
    built: Path, tmp_path: Path
) -> None:
    database = Path(shutil.copy(built, tmp_path / "gouji.duckdb"))
    execute(database, "alter table raw.cells drop column row_span")
    ended = gouji("build", "--db", database)
    assert ended.code == ExitCode.INCOMPLETE
    assert "Traceback" not in ended.out + ended.err
    assert "stg_cells" in ended.err
