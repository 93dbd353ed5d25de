"""The rules as the seed ``rules.csv`` states them: suite, severity and words."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

Language = Literal["zh", "en"]
Severity = Literal["error", "warning", "info"]

# Great Expectations has three grades of its own.
GX_SEVERITY: Mapping[Severity, str] = {"error": "critical", "warning": "warning", "info": "info"}

RULES_CSV = Path(__file__).parent.parent / "sql" / "seeds" / "rules.csv"


class UnknownRule(LookupError):
    """A suite states a rule that ``rules.csv`` does not know."""


class BadRule(ValueError):
    """A line of ``rules.csv`` cannot be used."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of ``rules.csv``; ``rule`` is the full id, such as ``balance.outcomes_total``."""

    suite: str
    rule: str
    severity: Severity
    title_zh: str
    title_en: str
    formula_zh: str = ""
    formula_en: str = ""
    basis_zh: str = ""
    basis_en: str = ""

    def __post_init__(self) -> None:
        if not self.rule.startswith(f"{self.suite}."):
            raise BadRule(f"{self.rule}: the id must begin with its suite, {self.suite}.")
        if self.severity not in get_args(Severity):
            raise BadRule(
                f"{self.rule}: severity {self.severity!r} is none of error, warning, info"
            )

    def title(self, language: Language) -> str:
        """What the rule asserts, in one line."""
        return self.title_zh if language == "zh" else self.title_en

    def description(self, language: Language) -> str:
        """Title, what it comes to in the cells of the form, and by what authority."""
        if language == "zh":
            formula = f"：{self.formula_zh}" if self.formula_zh else ""
            basis = f"（{self.basis_zh}）" if self.basis_zh else ""
        else:
            formula = f": {self.formula_en}" if self.formula_en else ""
            basis = f" ({self.basis_en})" if self.basis_en else ""
        return self.title(language) + formula + basis


@dataclass(frozen=True, slots=True)
class RuleBook:
    """The rules in force and the language their words are wanted in."""

    rules: Mapping[str, Rule]
    language: Language

    def __iter__(self) -> Iterator[Rule]:
        return iter(self.rules.values())

    def of_suite(self, suite: str) -> list[Rule]:
        """The rules of one suite, in the order of the seed."""
        return [rule for rule in self if rule.suite == suite]

    def words(self, rule_id: str) -> dict[str, Any]:
        """The keyword arguments that tie an expectation to its rule.

        Raises UnknownRule where the seed has no such rule.
        """
        try:
            rule = self.rules[rule_id]
        except KeyError:
            raise UnknownRule(f"{rule_id} is stated by a suite but is not in rules.csv") from None
        return {
            "severity": GX_SEVERITY[rule.severity],
            "description": rule.description(self.language),
            "meta": {
                "rule": rule.rule,
                "suite": rule.suite,
                "titles": [rule.title_zh, rule.title_en],
                "descriptions": [rule.description("zh"), rule.description("en")],
            },
        }

    def with_rules(self, added: Iterable[Rule]) -> RuleBook:
        """This book and ``added``; a rule of the same id is replaced."""
        return RuleBook({**self.rules, **{rule.rule: rule for rule in added}}, self.language)


def read_rules(path: Path = RULES_CSV) -> list[Rule]:
    """The rules of a seed file, in its order.

    The columns suite, rule, severity, title_zh and title_en must be there; the formulas and bases
    may be; others are left alone. Raises BadRule on a line that cannot be used or is repeated.
    """
    rules: dict[str, Rule] = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        for number, line in enumerate(csv.DictReader(file), start=2):
            try:
                rule = Rule(
                    suite=line["suite"],
                    rule=line["rule"],
                    severity=line["severity"],  # type: ignore[arg-type]
                    title_zh=line["title_zh"],
                    title_en=line["title_en"],
                    formula_zh=line.get("formula_zh") or "",
                    formula_en=line.get("formula_en") or "",
                    basis_zh=line.get("basis_zh") or "",
                    basis_en=line.get("basis_en") or "",
                )
            except KeyError as missing:
                raise BadRule(f"{path}: column {missing} is missing") from None
            except BadRule as bad:
                raise BadRule(f"{path}, line {number}: {bad}") from None
            if rule.rule in rules:
                raise BadRule(f"{path}, line {number}: {rule.rule} is there twice")
            rules[rule.rule] = rule
    return list(rules.values())


def rule_book(rules: Iterable[Rule], language: Language) -> RuleBook:
    """A book of these rules."""
    return RuleBook({rule.rule: rule for rule in rules}, language)
