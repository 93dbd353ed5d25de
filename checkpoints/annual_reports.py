"""The checkpoint ``annual_reports``: every suite on the marts of one database.

Great Expectations takes seconds to import, so importing this module does not import it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from checkpoints.room import roomy
from expectations.deferred import defer_unused
from expectations.results import exception_of
from expectations.rules import GX_SEVERITY, Language, Rule, Severity, read_rules, rule_book

CHECKPOINT = "annual_reports"

# Data Docs list this many failing rows of a rule; the counts are exact, and marts.findings has all.
MOST_ROWS_LISTED = 200

SEVERITY_OF_GX: Mapping[str, Severity] = {gx: severity for severity, gx in GX_SEVERITY.items()}


@dataclass(frozen=True, slots=True)
class RuleOutcome:
    """What the checkpoint found for one rule, over all expectations that state it.

    ``unexpected_count`` counts failing rows, all of them; ``evaluated_count`` counts the rows that
    were judged. Where ``exception`` says why the rule could not be evaluated, success is False and
    the counts say nothing.
    """

    suite: str
    rule: str
    severity: Severity
    success: bool
    unexpected_count: int
    evaluated_count: int | None
    exception: str | None


@dataclass(frozen=True, slots=True)
class CheckpointOutcome:
    """All outcomes in the order of suites and rules.

    ``unstated`` names the rules of these suites that no expectation states; ``data_docs`` is the
    first page of the Data Docs, None where none were asked for.
    """

    rules: tuple[RuleOutcome, ...]
    unstated: tuple[str, ...]
    data_docs: Path | None


@roomy
def run_checkpoint(
    database: Path,
    *,
    language: Language,
    site: Path | None,
    under: Sequence[str] | None = None,
    submissions: Sequence[str] = (),
    rules: Sequence[Rule] | None = None,
    spark: Any = None,
) -> CheckpointOutcome:
    """Validate the marts of ``database`` and, where ``site`` is given, write ``site/data_docs``.

    ``under`` narrows all suites but integrity to these report ids, and what is said of expected
    reports to the keys ``submissions``. ``rules`` are those of
    ``rules.csv`` unless others are given (with severities changed by configuration, say).
    ``spark`` is a session that holds the same marts and evaluates them, None where DuckDB does.
    Raises UnknownRule where a suite states a rule that is not among them, FileNotFoundError where
    there is no database.
    """
    if not database.is_file():
        # DuckDB would make an empty file.
        raise FileNotFoundError(database)
    # Seconds, which commands that validate nothing must not spend.
    defer_unused()
    from checkpoints.data_docs.site import write_data_docs
    from expectations.suites import state_all, unstated_rules
    from expectations.validation import Scope, quiet_context, validate

    book = rule_book(read_rules() if rules is None else rules, language)
    stated = state_all(book)
    scope = Scope(under, submissions)
    with quiet_context() as context:
        results = validate(
            context,
            database,
            stated,
            scope,
            name=CHECKPOINT,
            most_rows=MOST_ROWS_LISTED,
            spark=spark,
        )
        page = None
        if site is not None:
            page = write_data_docs(
                context, site / "data_docs", language=language, most_rows=MOST_ROWS_LISTED
            )
    return CheckpointOutcome(
        rules=tuple(outcomes(results)),
        unstated=tuple(unstated_rules(book, stated)),
        data_docs=page,
    )


def outcomes(results: Iterable[Any]) -> list[RuleOutcome]:
    """One outcome for each rule, in the order the rules were stated."""
    by_rule: dict[str, list[Any]] = {}
    for result in results:
        by_rule.setdefault(result.expectation_config.meta["rule"], []).append(result)
    return [outcome_of_rule(rule, of_rule) for rule, of_rule in by_rule.items()]


def outcome_of_rule(rule: str, results: Sequence[Any]) -> RuleOutcome:
    """The results of the expectations that state ``rule``, added up."""
    config = results[0].expectation_config
    exceptions = [text for each in results if (text := exception_of(each.exception_info))]
    evaluated = [each.result.get("element_count") for each in results]
    return RuleOutcome(
        suite=config.meta["suite"],
        rule=rule,
        severity=SEVERITY_OF_GX[str(config.severity.value)],
        success=not exceptions and all(each.success for each in results),
        unexpected_count=sum(each.result.get("unexpected_count") or 0 for each in results),
        evaluated_count=None if None in evaluated else sum(n for n in evaluated if n is not None),
        exception="; ".join(exceptions) or None,
    )
