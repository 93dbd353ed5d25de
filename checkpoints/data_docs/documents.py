"""What a page says, taken from a validation result of Great Expectations: plain data, no markup."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from checkpoints.data_docs import words
from checkpoints.data_docs.words import Said
from expectations.places import BETWEEN_LANGUAGES
from expectations.results import exception_of

HASH_SHOWN = 12


@dataclass(frozen=True, slots=True)
class RuleDocument:
    """One expectation: the rule it states, how it came out, the rows that fail (some of them)."""

    anchor: str
    rule: str
    title: Said
    description: Said
    severity: str
    state: str
    evaluated: int | None
    failing: int
    exception: str | None
    expectation: str
    settings: str
    headings: tuple[Said, ...]
    rows: tuple[tuple[Said, ...], ...]


@dataclass(frozen=True, slots=True)
class SuiteDocument:
    """One page: the rules of a suite that are about one table."""

    suite: str
    suite_title: Said
    table: str
    run_at: str
    gx_version: str
    engine: str
    to_top: str
    rules: tuple[RuleDocument, ...]


def suite_document(result: Any, most_rows: int) -> SuiteDocument:
    """The page of one ExpectationSuiteValidationResult, named ``<suite>.<table>``."""
    suite, _, table = result.suite_name.partition(".")
    return SuiteDocument(
        suite=suite,
        suite_title=words.SUITES.get(suite, (suite, suite)),
        table=table,
        run_at=_run_time(result.meta),
        gx_version=str(result.meta.get("great_expectations_version", "")),
        engine=words.ENGINES[result.meta["engine"]],
        # validations/<suite>/<table>/<run name>/<run time>/<batch>.html
        to_top="../" * 5,
        rules=tuple(
            _rule_document(each, f"r{number}", most_rows)
            for number, each in enumerate(result.results, start=1)
        ),
    )


def _run_time(meta: Mapping[str, Any]) -> str:
    """When the checkpoint ran, in local time; a stored run id is a dict with an ISO time."""
    run_time = meta["run_id"]["run_time"]
    return datetime.fromisoformat(str(run_time)).astimezone().strftime("%Y-%m-%d %H:%M")


def _rule_document(result: Any, anchor: str, most_rows: int) -> RuleDocument:
    config = result.expectation_config
    exception = exception_of(result.exception_info)
    evaluated = result.result.get("element_count")
    names, rows = failing_rows(result.result)
    return RuleDocument(
        anchor=anchor,
        rule=config.meta["rule"],
        title=_said(config.meta["titles"]),
        description=_said(config.meta["descriptions"]),
        severity=str(config.severity.value),
        state=_state(result.success, exception, evaluated),
        evaluated=evaluated,
        failing=int(result.result.get("unexpected_count") or 0),
        exception=exception,
        expectation=config.type,
        settings=_settings(config.kwargs),
        headings=tuple(words.column(name) for name in names),
        rows=tuple(tuple(_text(name, row.get(name)) for name in names) for row in rows[:most_rows]),
    )


def _state(success: bool, exception: str | None, evaluated: int | None) -> str:
    if exception is not None:
        return "error"
    if not success:
        return "fails"
    return "nothing" if evaluated == 0 else "holds"


def failing_rows(result: Mapping[str, Any]) -> tuple[list[str], Sequence[Mapping[str, Any]]]:
    """Names of the columns in the order to show them, and the failing rows the result lists."""
    details = result.get("details") or {"columns": [], "unexpected_rows": []}
    return list(details["columns"]), details["unexpected_rows"]


def _settings(kwargs: Mapping[str, Any]) -> str:
    """The arguments of an expectation, as JSON."""
    shown = {name: value for name, value in kwargs.items() if name != "batch_id"}
    return json.dumps(shown, ensure_ascii=False, indent=2, default=str)


def _said(texts: Sequence[str]) -> Said:
    zh, en = texts
    return zh, en


def _text(name: str, value: Any) -> Said:
    """A value as the table shows it."""
    if value is None:
        return "", ""
    if isinstance(value, float):
        text = f"{value:.8f}".rstrip("0").rstrip(".")
        return text, text
    text = str(value)
    if name in ("report_id", "document_id"):
        text = text[:HASH_SHOWN]
    if name == "place" and BETWEEN_LANGUAGES in text:
        zh, _, en = text.partition(BETWEEN_LANGUAGES)
        return zh, en
    return words.code(name, text)
