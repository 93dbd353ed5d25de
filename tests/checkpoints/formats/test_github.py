"""Workflow commands as the runner of GitHub Actions reads them, and the summary of the step."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from checkpoints.formats.github import MOST_ANNOTATIONS, as_github
from checkpoints.formats.step_summary import MOST_BYTES
from checkpoints.outcome import Outcome
from checkpoints.summary import last_line
from tests.checkpoints.formats.runs import (
    CHANGED,
    ERROR,
    FORBIDDEN,
    FULL,
    HOSTILE_RUN,
    MISSING,
    WAIVED,
    WARNING,
    identified,
)
from tests.checkpoints.outcomes import GARBAGE, outcome, report


class Command(NamedTuple):
    """A workflow command."""

    level: str
    properties: dict[str, str]
    message: str


def obeyed(line: str) -> Command | None:
    """What the runner makes of a line, as its ActionCommand.cs does; None for plain text.

    It first looks for ``::name key=value,key=value::message`` at the beginning, then for
    ``##[name key=value;key=value]message`` anywhere.
    """
    found = re.match(r"\s*::(\w[\w-]*)(?: (.*?))?::(.*)$", line, re.DOTALL)
    if found is None:
        assert "##[" not in line
        return None
    name, properties, message = found.groups()
    pairs = [pair.split("=", 1) for pair in (properties or "").split(",") if pair]
    return Command(
        name,
        {key: unescaped(value, ":,\r\n%") for key, value in pairs},
        unescaped(message, "\r\n%"),
    )


def unescaped(text: str, signs: str) -> str:
    for sign in signs:
        text = text.replace(f"%{ord(sign):02X}", sign)
    return text


def commands(run: Outcome, language: str = "zh") -> list[Command]:
    """All commands; the one line that is none is the reason of the exit code."""
    lines = as_github(run, language).split("\n")
    found = [command for line in lines if (command := obeyed(line))]
    assert len(found) == len(lines) - 1
    assert obeyed(lines[-1]) is None
    return found


@pytest.fixture(autouse=True)
def summary_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of our own for the summary: the build server's stays as it is."""
    file = tmp_path / "summary.md"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(file))
    return file


def test_each_finding_has_level_file_page_rule_and_id() -> None:
    [command] = commands(outcome(report(ERROR)))
    assert command == (
        "error",
        {"file": "/r/甲局.pdf", "title": "云溪县示例甲局 2022 balance.disputes_total"},
        f"{ERROR.message_zh}\n/r/甲局.pdf 第4页 · {ERROR.group_id}",
    )


def test_a_file_of_the_repository_is_named_from_its_root(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    [command] = commands(outcome(report(ERROR, source_path=str(tmp_path / "2024" / "甲.pdf"))))
    assert command.properties["file"] == "2024/甲.pdf"


def test_everything_a_run_has_is_annotated_but_what_the_baseline_sets_apart() -> None:
    told = commands(FULL)
    assert [(each.level, each.properties["title"].split()[-1]) for each in told] == [
        ("error", "balance.disputes_total"),
        ("error", "completeness.submitted"),
        ("error", "damaged"),
        ("error", "gouji"),
        ("warning", "balance.disputes_total"),
        ("notice", "balance.disputes_total"),
        ("notice", "balance.disputes_total"),
    ]
    assert "已说明（口径如此，张三，至2024-06-30）" in told[-1].message
    assert told[1].properties["file"] == "/r/expected.csv"
    assert "file" not in told[3].properties
    assert CHANGED.group_id not in str(told)


def test_the_last_line_says_why() -> None:
    assert as_github(FULL, "zh").splitlines()[-1] == last_line(FULL, "zh")


def test_the_worst_report_comes_first_and_what_may_be_misread_last() -> None:
    mild = report(identified(1), source_path="/r/mild")
    doubtful = report(
        *[identified(number, origin="unsure") for number in (2, 3, 4)], source_path="/r/doubtful"
    )
    worst = report(identified(5), identified(6), source_path="/r/worst")
    told = commands(outcome(mild, doubtful, worst))
    files = [each.properties["file"].removeprefix("/r/") for each in told]
    assert files == ["worst", "worst", "mild", "doubtful", "doubtful", "doubtful"]


def test_at_most_ten_annotations_a_level_and_the_rest_in_the_summary(summary_file: Path) -> None:
    many = [
        report(
            *[identified(12 * n + i, severity, page=None) for i in range(12)],
            source_path=f"/r/{severity}",
        )
        for n, severity in enumerate(("error", "warning", "info"))
    ]
    told = commands(outcome(*many, rejections=(GARBAGE,), fail_on="never"))
    levels = [each.level for each in told]
    assert levels == [name for name in ("error", "warning", "notice") for _ in range(10)]
    assert MOST_ANNOTATIONS == 10
    text = summary_file.read_text(encoding="utf-8")
    assert "| 共 | 13 | 12 | 12 |" in text
    assert "| 已标注 | 10 | 10 | 10 |" in text
    assert "| 未标注，列于下 | 3 | 2 | 2 |" in text
    listed = text.partition("**未标注的问题**")[2].partition("<details>")[0]
    annotated = {match for each in told for match in re.findall(r"[0-9a-f]{32}", each.message)}
    rest = re.findall(r"[0-9a-f]{32}", listed)
    assert len(annotated) == 30
    assert len(rest) == 6
    assert annotated | set(rest) == {f"{number:032x}" for number in range(36)}
    assert "/r/坏.pdf" in listed


def test_nothing_that_a_report_says_is_obeyed() -> None:
    told = commands(HOSTILE_RUN)
    assert [each.level for each in told] == ["error", "error", "error", "error", "notice"]
    assert {name for each in told for name in each.properties} == {"file", "title"}
    text = as_github(HOSTILE_RUN, "zh")
    assert not set(text) & set(FORBIDDEN)
    assert "100%250A" in text
    assert "100%0A" in told[0].message
    assert "100%0A,a:b,file=x" in told[0].properties["file"]


def test_without_a_summary_file_only_the_commands_are_written(
    monkeypatch: pytest.MonkeyPatch, summary_file: Path
) -> None:
    monkeypatch.delenv("GITHUB_STEP_SUMMARY")
    assert len(commands(outcome(report(WARNING)))) == 1
    assert not summary_file.exists()


def blocks(text: str) -> tuple[str, str]:
    """The text outside and inside of fenced blocks, as CommonMark tells them apart."""
    outside, inside, fence = [], [], ""
    for line in text.split("\n"):
        found = re.match(r" {0,3}(`{3,})[^`]*$", line)
        if not fence and found:
            fence = found[1]
        elif fence and re.fullmatch(rf" {{0,3}}{fence}`*\s*", line):
            fence = ""
        else:
            (inside if fence else outside).append(line)
    assert not fence
    return "\n".join(outside), "\n".join(inside)


def test_the_summary_is_appended_and_holds_text_of_reports_only_in_blocks(
    summary_file: Path,
) -> None:
    summary_file.write_text("before\n", encoding="utf-8")
    as_github(HOSTILE_RUN, "zh")
    text = summary_file.read_text(encoding="utf-8")
    assert text.startswith("before\n")
    assert not set(text) & set(FORBIDDEN)
    outside, inside = blocks(text)
    assert "</details> ##[add-mask]y" in inside
    assert set(re.findall(r"<[^>]*>", outside)) == {
        "<details>",
        "<summary>",
        "</summary>",
        "</details>",
    }
    assert "add-mask" not in outside


def test_the_summary_has_room_for_what_github_takes(summary_file: Path) -> None:
    many = report(*[identified(number, message_zh="长" * 500) for number in range(3000)])
    as_github(outcome(many, *[report(ERROR, MISSING, WAIVED)] * 9000), "zh")
    assert MOST_BYTES * 0.9 < summary_file.stat().st_size <= MOST_BYTES
    outside, inside = blocks(summary_file.read_text(encoding="utf-8"))
    assert len(re.findall(r"^……另有\d+行，见网页$", inside, re.MULTILINE)) == 2
    assert "| 共 |" in outside


def test_a_second_summary_of_the_step_keeps_within_what_github_takes(summary_file: Path) -> None:
    summary_file.write_text("x" * MOST_BYTES, encoding="utf-8")
    as_github(FULL, "zh")
    assert MOST_BYTES < summary_file.stat().st_size < 1 << 20
