"""gouji.toml: what it may say, and what is said of one that cannot be understood."""

from __future__ import annotations

from pathlib import Path

import pytest

from checkpoints.cli import COMMANDS
from checkpoints.commands.checking import check, ingest
from checkpoints.config import (
    Config,
    ConfigError,
    SeverityChange,
    configured_rules,
    find_config,
    read_config,
    severity_changes,
)
from checkpoints.exit_codes import ExitCode
from expectations.rules import read_rules
from tests.acceptance.runs import gouji

RULE = "completeness.row_shape"


def write(folder: Path, text: str, name: str = "gouji.toml") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def test_everything_it_may_say(tmp_path: Path) -> None:
    file = write(
        tmp_path,
        'language = "en"\nfail_on = "warning"\npaths = ["a", "b/c"]\ndb = "x.duckdb"\n'
        f'site = "site"\n[severity]\n"{RULE}" = "info"\n',
    )
    assert read_config(file) == Config(
        path=file,
        severities={RULE: "info"},
        language="en",
        fail_on="warning",
        paths=(tmp_path / "a", tmp_path / "b/c"),
        db=tmp_path / "x.duckdb",
        site=tmp_path / "site",
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('language = "en"\ncolour = "red"\n', "第2行：没有colour这一项"),
        ('language = "fr"\n', "第1行：language不能是'fr'，只能是zh、en"),
        ('\nfail_on = "info"\n', "第2行：fail_on不能是'info'"),
        ('[severity]\n"balance.nothing" = "info"\n', "第2行：没有规则balance.nothing"),
        (f'[severity]\n"{RULE}" = "off"\n', "第2行：completeness.row_shape不能是'off'"),
        (f'[severity]\n{RULE} = "info"\n', f'第2行：规则名要加引号，如"{RULE}"'),
        ('severity = "info"\n', r"第1行：应写成\[severity\]一节"),
        ('paths = "a"\n', "第1行：paths应是路径的列表"),
        ("db = 3\n", "第1行：db应是带引号的路径"),
        ("language = en\n", "不是有效的TOML.*line 1"),
    ],
)
def test_what_cannot_be_understood_is_named_with_its_line(
    tmp_path: Path, text: str, said: str
) -> None:
    with pytest.raises(ConfigError, match=said):
        read_config(write(tmp_path, text))


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="打不开"):
        find_config(tmp_path / "none.toml", [])


def test_the_named_file_goes_before_that_beside_the_reports_and_that_of_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert find_config(None, ["reports"]) == Config()
    here = write(tmp_path, 'language = "zh"\n')
    beside = write(tmp_path / "reports", 'language = "en"\n')
    named = write(tmp_path, "", "other.toml")
    assert find_config(named, ["reports"]).path == named
    assert find_config(None, ["reports"]).path == beside.relative_to(tmp_path)
    assert find_config(None, ["reports/a.pdf"]).path == beside.relative_to(tmp_path)
    assert find_config(None, []).path == here.relative_to(tmp_path)


def test_two_folders_with_different_files_are_no_choice(tmp_path: Path) -> None:
    folders = [str(write(tmp_path / name, "").parent) for name in ("a", "b")]
    with pytest.raises(ConfigError, match="--config"):
        find_config(None, folders)
    assert find_config(None, [folders[0]] * 2).path is not None


def test_changes_are_those_that_change_something() -> None:
    was = {rule.rule: rule.severity for rule in read_rules()}
    changes = severity_changes({RULE: "info", "balance.outcomes_total": "error"})
    assert changes == (SeverityChange(RULE, "warning", "info"),)
    now = {rule.rule: rule.severity for rule in configured_rules(changes)}
    assert now == {**was, RULE: "info"}


ARGUMENTS = {
    "check": ["reports"],
    "ingest": ["reports"],
    "waive": ["某局 2023", RULE, "--reason", "口径如此", "--who", "某某"],
    "correct": ["某局 2023", "disputes.total.total", "-1", "--reason", "不清", "--who", "某某"],
    "sql": ["select 1"],
    "explain": ["某局 2023"],
    "export": ["panel.csv"],
    "audit": ["audit.xlsx"],
    "forget": ["a.txt"],
}
"""What each command demands."""


@pytest.mark.parametrize("verb", [command.__name__ for command in COMMANDS])
def test_a_wrong_file_is_wrong_configuration_for_every_command(tmp_path: Path, verb: str) -> None:
    file = write(tmp_path, 'colour = "red"\n')
    database = tmp_path / "g.duckdb"
    ended = gouji(verb, *ARGUMENTS.get(verb, []), "--config", file, "--db", database)
    assert ended.code == ExitCode.USAGE
    assert ended.out == ""
    assert "第1行" in ended.err
    assert not database.exists()


@pytest.mark.parametrize(
    "verb", [command.__name__ for command in COMMANDS if command not in (check, ingest)]
)
def test_every_command_asks_the_configured_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, verb: str
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, 'db = "configured.duckdb"\n')
    ended = gouji(verb, *ARGUMENTS.get(verb, []))
    assert ended.code == ExitCode.USAGE
    assert "configured.duckdb" in ended.err
    named = gouji(verb, *ARGUMENTS.get(verb, []), "--db", "given.duckdb")
    assert "given.duckdb" in named.err


def test_check_without_path_or_configured_paths_is_wrong_usage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ended = gouji("check")
    assert (ended.code, "PATH" in ended.err) == (ExitCode.USAGE, True)
