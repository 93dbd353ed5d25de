"""The READMEs say the same in two languages and name what the command really has."""

from __future__ import annotations

import csv
import re
import shlex
from enum import StrEnum
from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner

import sql
from checkpoints.cli import app
from checkpoints.commands import options
from checkpoints.exit_codes import ExitCode
from ingest.registry import READERS

READMES = ("README.md", "README.zh.md")
OPTION = r"(?<![\w-])--[a-z][a-z-]*"


def read(root: Path, readme: str) -> str:
    return (root / readme).read_text(encoding="utf-8")


def shell_lines(text: str) -> list[str]:
    """Lines of all shell blocks in their order."""
    blocks = re.findall(r"^```sh\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    return [line for block in blocks for line in block.splitlines() if line]


def gouji_commands(text: str) -> list[list[str]]:
    """Arguments of every `gouji` in the shell blocks, without what the shell redirects."""
    lines = [line for line in shell_lines(text) if line.startswith("gouji ")]
    return [shlex.split(re.sub(r" > \S+$", "", line))[1:] for line in lines]


def options_of_the_command() -> dict[str, set[str]]:
    """Long options by verb; those before any verb stand under ''."""
    command = get_command(app)
    verbs = {"": command, **command.commands}
    return {
        name: {option for parameter in verb.params for option in parameter.opts if option[0] == "-"}
        for name, verb in verbs.items()
    }


def options_of_the_table(text: str) -> dict[str, set[str]]:
    """Long options by the verb in the second column of the table of options."""
    verbs = [name for name in options_of_the_command() if name]
    found: dict[str, set[str]] = {}
    for names, of in re.findall(r"^\| ([^|]*`--[^|]*) \| ([^|]*) \|", text, re.MULTILINE):
        named = verbs if of in ("all", "全部") else re.split(r", |、", of)
        for verb in named:
            found.setdefault(verb, set()).update(re.findall(OPTION, names))
    return found


@pytest.mark.parametrize("readme", READMES)
def test_starts_with_what_it_is_and_two_commands(root: Path, readme: str) -> None:
    text = read(root, readme)
    title, link, sentence = text.split("\n\n")[:3]
    assert title == "# gouji 勾稽"
    assert {readme, *re.findall(r"\((README[.\w]*)\)", link)} == set(READMES)
    assert "DuckDB" in sentence
    assert shell_lines(text)[:2] == ["make demo", "make test"]


def test_both_show_the_same_commands(root: Path) -> None:
    english, chinese = (shell_lines(read(root, readme)) for readme in READMES)
    assert english == chinese


@pytest.mark.parametrize("readme", READMES)
def test_every_command_parses_and_its_verb_has_help(root: Path, readme: str) -> None:
    command = get_command(app)
    commands = gouji_commands(read(root, readme))
    assert {arguments[0] for arguments in commands} >= set(command.commands)
    for arguments in commands:
        if arguments == ["--version"]:
            result = CliRunner().invoke(app, arguments)
            assert (result.exit_code, result.output.split()[0]) == (0, "gouji")
            continue
        name, *rest = arguments
        # Raises on an unknown option, a wrong choice or an argument too many.
        command.commands[name].make_context(name, list(rest))
        assert CliRunner().invoke(app, [name, "--help"]).exit_code == 0


@pytest.mark.parametrize("verb", sorted(name for name in options_of_the_command() if name))
@pytest.mark.parametrize("readme", READMES)
def test_table_of_options_is_that_of_the_command(root: Path, readme: str, verb: str) -> None:
    assert options_of_the_table(read(root, readme))[verb] == options_of_the_command()[verb]


@pytest.mark.parametrize("readme", READMES)
def test_names_every_option_and_no_other(root: Path, readme: str) -> None:
    there = set().union(*options_of_the_command().values()) | {"--help"}
    assert set(re.findall(OPTION, read(root, readme))) == there


@pytest.mark.parametrize(
    ("option", "choices"),
    [
        ("--fail-on", options.FailOnOption),
        ("--format", options.FormatOption),
        ("--format", options.TableFormatOption),
        ("--lang", options.LanguageOption),
    ],
)
@pytest.mark.parametrize("readme", READMES)
def test_table_of_options_has_every_choice(
    root: Path, readme: str, option: str, choices: type[StrEnum]
) -> None:
    rows = re.findall(rf"^\| (`{option}[^|]*) \|", read(root, readme), re.MULTILINE)
    assert set(choices) in [
        set(re.findall(r"\b[a-z]+\b", row.split(" ", 1)[1])) - {"or"} for row in rows
    ]


@pytest.mark.parametrize("readme", READMES)
def test_table_of_rules_is_that_of_the_seed(root: Path, readme: str) -> None:
    with (sql.SEEDS / "rules.csv").open(encoding="utf-8", newline="") as file:
        seed = [(row["rule"], row["severity"]) for row in csv.DictReader(file)]
    table = re.findall(r"^\| `(\w+\.\w+)` \| (\w+) \|", read(root, readme), re.MULTILINE)
    assert table == seed


@pytest.mark.parametrize("readme", READMES)
def test_table_of_exit_codes_is_complete(root: Path, readme: str) -> None:
    codes = re.findall(r"^\| (\d) \|", read(root, readme), re.MULTILINE)
    assert [int(code) for code in codes] == list(ExitCode)


@pytest.mark.parametrize("readme", READMES)
def test_names_what_is_read(root: Path, readme: str) -> None:
    text = read(root, readme)
    assert [extension for extension in READERS if f"`{extension}`" not in text] == []


@pytest.mark.parametrize("readme", READMES)
def test_files_it_links_and_folders_it_lists_exist(root: Path, readme: str) -> None:
    text = read(root, readme)
    [layout] = re.findall(r"```text\n(ingest/.*?)```", text, re.DOTALL)
    folders = [line.split()[0] for line in layout.splitlines()]
    named = [*re.findall(r"\]\(([^)]+)\)", text), *(f for f in folders if f != "build/")]
    assert [name for name in named if not (root / name).exists()] == []
