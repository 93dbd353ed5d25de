"""What a run says at its end."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest

import sql
from checkpoints.language import Language
from checkpoints.outcome import Outcome
from checkpoints.summary import MOST_GROUPS, last_line, summary
from tests.checkpoints.outcomes import CORRECTED, GARBAGE, LAPSED, NOTICE, group, outcome, report

ERROR = group("error")
LANGUAGES: tuple[Language, ...] = get_args(Language)


def test_the_last_line_counts_reports_and_groups() -> None:
    run = outcome(report(ERROR, ERROR), report(group("warning")), site=Path("/b/site"))
    zh, en = last_line(run, "zh"), last_line(run, "en")
    assert zh.startswith("退出码 1：1份报告 2处须更正；首要：【须更正】四、行政复议·总计：")
    assert zh.endswith("少11；详见 /b/site/index.html")
    assert en.startswith("exit code 1: 2 to correct in 1 reports; first of all: [error] table 4")
    assert en.endswith("; see /b/site/index.html")


@pytest.mark.parametrize(
    ("run", "said"),
    [
        (outcome(), "退出码 0：没有找到报告"),
        (outcome(report()), "退出码 0：没有须处理的问题"),
        (outcome(report(group("info"))), "退出码 0：没有须处理的问题"),
        (
            outcome(report(ERROR), fail_on="never"),
            "退出码 0：1份报告 1处须更正（按 --fail-on 设置不影响退出码）",
        ),
        (
            outcome(report(group("warning"))),
            "退出码 0：1份报告 1处请核对（按 --fail-on 设置不影响退出码）",
        ),
        (outcome(report(), rejections=(GARBAGE, NOTICE)), "没有须处理的问题；另有1个文件打不开"),
        (outcome(report(), difficulties=("x", "y")), "没有须处理的问题；2项检查未能完成"),
    ],
)
def test_the_last_line_says_why(run: Outcome, said: str) -> None:
    assert said in last_line(run, "zh")


def test_new_and_remaining_are_told_apart_where_there_was_a_run_before() -> None:
    groups = (ERROR, group("error", is_new=False), group("error", is_new=False))
    assert "3处须更正（新增1，遗留2）" in last_line(
        outcome(report(*groups), has_history=True), "zh"
    )
    assert "遗留" not in last_line(outcome(report(*groups)), "zh")


def test_the_worst_report_comes_first() -> None:
    names = [
        line.split()[0]
        for line in summary(
            outcome(
                report(agency="丙局"),
                report(group("warning"), agency="乙局"),
                report(ERROR, agency="甲局"),
            ),
            "zh",
        )
        if "2022" in line
    ]
    assert names == ["甲局", "乙局", "丙局"]


def test_a_report_shows_its_suites_and_its_first_findings() -> None:
    groups = [group("error", message_zh=f"【须更正】第{n}处") for n in range(MOST_GROUPS + 2)]
    lines = list(summary(outcome(report(*groups, group("info", suite="completeness"))), "zh"))
    assert "完整性 · 提示1 · 非负性 ✓ · 勾稽 ✗ 须更正5" in lines[1]
    assert [line for line in lines if "【须更正】第" in line and not line.startswith("退出码")] == [
        f"  【须更正】第{n}处 [balance.disputes_total]" for n in range(MOST_GROUPS)
    ]
    assert "  另有3条，见网页" in lines


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "✓ 未发现问题"),
        ({"is_current": False, "version_basis": "same_figures"}, "数字相同，不再重复检查"),
        ({"is_current": False, "version_basis": "superseded"}, "已有更新的版本"),
        ({"agency": None, "report_year": None}, "机关未识别 年度未识别"),
    ],
)
def test_the_state_of_a_report_is_said_in_words(changes: dict, said: str) -> None:
    assert said in "\n".join(summary(outcome(report(**changes)), "zh"))


def test_everything_else_is_named_too() -> None:
    run = outcome(
        report(),
        rejections=(GARBAGE, NOTICE),
        gone=("/r/去.txt",),
        difficulties=("balance.r: no column",),
        count_passed_over=2,
        count_context=7,
    )
    text = "\n".join(summary(run, "zh"))
    for said in (
        "打不开：/r/坏.pdf：文件已损坏",
        "已跳过：/r/通知.txt：不是年度报告",
        "已不在原处：/r/去.txt",
        "检查未能完成：balance.r: no column",
        "其他文件2个，未读",
        "数据库中另有7份报告，仅供参照",
    ):
        assert said in text


def test_text_of_reports_is_made_safe() -> None:
    hostile = report(
        group("error", message_zh="红\x1b[31m\u202e字"),
        agency="甲\x1b]0;局",
        source_path="/r/\x1b[2J.txt",
    )
    text = "\n".join(summary(outcome(hostile, gone=("/r/\x07.txt",), difficulties=("\x1b",)), "zh"))
    assert not set(text) & set("\x1b\x07\u202e")
    assert "红[31m字" in text


def test_what_is_waived_is_told_with_its_reason_and_counts_nowhere() -> None:
    waived = group("error", waived=True, waived_reason="口径\x1b如此", waived_by="张三")
    lines = list(summary(outcome(report(waived)), "zh"))
    assert lines[0].endswith(" · 已说明1处")
    assert "勾稽 ✓ 已说明1" in lines[1]
    assert lines[2].startswith("  已说明（口径如此，张三）：【须更正】四、")
    assert lines[-1] == "退出码 0：没有须处理的问题"


def test_lines_without_effect_and_corrections_in_force_are_told() -> None:
    zh = list(summary(outcome(report(), reviewed=(LAPSED, CORRECTED)), "zh"))
    assert zh[2:4] == [
        "不起作用：/r/waivers.csv第3行 balance.disputes_total disputes.reconsideration："
        "已过期，该问题重新计入；确需延长请改until",
        "/r/waivers.csv第3行 三、（一）予以公开：读作17，已按原件更正为空白（张三）",
    ]
    en = list(summary(outcome(report(), reviewed=(LAPSED, CORRECTED)), "en"))
    assert en[2].startswith("without effect: /r/waivers.csv line 3 balance.disputes_total")
    assert en[3].endswith("read as 17, corrected to a blank (张三)")


def test_waivers_in_force_need_no_line_of_their_own() -> None:
    in_force = replace(LAPSED, state="in_force")
    assert not [s for s in summary(outcome(report(), reviewed=(in_force,)), "zh") if "第3行" in s]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_has_words(language: Language) -> None:
    sql_of = [
        sql.PROJECT / "models" / "marts" / f"{name}.sql" for name in ("waivers", "corrections")
    ]
    states = {
        state
        for path in sql_of
        for state in re.findall(r"(?:then|else) '(\w+)'", path.read_text(encoding="utf-8"))
    }
    assert len(states) > 9
    for state in states:
        assert replace(LAPSED, state=state, now="12").told(language)
