"""Reading the seed of rules."""

from __future__ import annotations

from pathlib import Path

import pytest

from expectations.rules import BadRule, Rule, read_rules, rule_book

HEADER = "suite,rule,severity,title_zh,title_en,formula_zh,formula_en,basis_zh,basis_en,note\n"
LINE = "balance,balance.a,error,甲等于乙,A equals B,甲＝乙,a = b,附件,annex,x\n"


def seed(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "rules.csv"
    path.write_text(text, encoding="utf-8-sig")
    return path


def test_the_words_of_a_rule_in_both_languages(tmp_path: Path) -> None:
    [rule] = read_rules(seed(tmp_path, HEADER + LINE))
    assert rule.description("zh") == "甲等于乙：甲＝乙（附件）"
    assert rule.description("en") == "A equals B: a = b (annex)"


def test_formula_and_basis_may_be_absent() -> None:
    rule = Rule("balance", "balance.a", "info", "甲等于乙", "A equals B")
    assert (rule.description("zh"), rule.description("en")) == ("甲等于乙", "A equals B")


def test_severity_is_put_in_the_grades_of_great_expectations() -> None:
    grades = ("error", "warning", "info")
    book = rule_book([Rule("s", f"s.{grade}", grade, "题", "t") for grade in grades], "zh")
    assert [book.words(f"s.{grade}")["severity"] for grade in grades] == [
        "critical",
        "warning",
        "info",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("suite,rule\nbalance,balance.a\n", "column 'severity' is missing"),
        (HEADER + LINE.replace("error", "fatal"), r"line 2: balance\.a: severity 'fatal'"),
        (HEADER + LINE.replace("balance.a", "narrative.a"), "must begin with its suite"),
        (HEADER + LINE + LINE, r"line 3: balance\.a is there twice"),
    ],
)
def test_a_bad_seed_is_refused_with_its_place(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(BadRule, match=message):
        read_rules(seed(tmp_path, text))


def test_every_rule_of_the_project_has_words_in_both_languages() -> None:
    rules = read_rules()
    assert len(rules) > 20
    assert not [rule.rule for rule in rules if not (rule.title_zh and rule.title_en)]
