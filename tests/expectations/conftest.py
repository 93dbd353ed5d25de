"""Fixtures of the suites: a database of sound marts, and the outcome of one rule on it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from checkpoints.annual_reports import RuleOutcome, outcomes
from expectations.rules import read_rules, rule_book
from expectations.suites import state_all
from expectations.validation import Scope, quiet_context, validate
from tests.expectations.marts import create

Judge = Callable[..., RuleOutcome]


@pytest.fixture(scope="session")
def sound_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made once, for :func:`sound_marts` to copy."""
    return create(tmp_path_factory.mktemp("marts") / "gouji.duckdb")


@pytest.fixture
def sound_marts(sound_template: Path, tmp_path: Path) -> Path:
    """A DuckDB file in which no rule is broken."""
    return Path(shutil.copy(sound_template, tmp_path / "gouji.duckdb"))


@pytest.fixture
def judge(sound_marts: Path) -> Judge:
    """Evaluate one rule on the marts."""

    def outcome(rule: str, under: Sequence[str] | None = None) -> RuleOutcome:
        stated = [each for each in state_all(rule_book(read_rules(), "zh")) if each.rule == rule]
        scope = Scope(under)
        with quiet_context() as context:
            results = validate(context, sound_marts, stated, scope, name="test", most_rows=20)
        [found] = outcomes(results)
        return found

    return outcome
