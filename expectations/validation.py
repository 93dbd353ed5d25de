"""Running stated expectations on the marts of one database, with Great Expectations."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import great_expectations as gx
import sqlalchemy as sa
from great_expectations import Checkpoint, ExpectationSuite, ValidationDefinition
from great_expectations.core import ExpectationValidationResult
from great_expectations.core.run_identifier import RunIdentifier
from great_expectations.data_context import EphemeralDataContext
from great_expectations.data_context.types.base import ProgressBarsConfig
from great_expectations.expectations import Expectation
from great_expectations.expectations.row_conditions import Column

from expectations.batches import PLACE_COLUMNS, REPORTS_UNDER, SUBMISSIONS_UNDER, WAIVED
from expectations.duckdb_datasource import DuckDBDatasource
from expectations.suites import Stated


@dataclass(frozen=True, slots=True)
class Scope:
    """Which reports count: None for all.

    ``submissions`` are the keys of the expected reports that count where ``under`` is given.
    """

    under: Sequence[str] | None
    submissions: Sequence[str] = ()


def waived_rules(datasource: DuckDBDatasource) -> frozenset[str]:
    """The rules of which some case is waived."""
    with datasource.get_execution_engine().get_connection() as connection:
        query = sa.text("select distinct rule from marts.findings where waived")
        return frozenset(str(rule) for (rule,) in connection.execute(query))


@contextmanager
def quiet_context() -> Iterator[EphemeralDataContext]:
    """A context that lives in memory, reports to nobody and draws no progress bars.

    Great Expectations 1.24 sends no telemetry; the setting says that none is wanted.
    """
    # What could not be evaluated is told in the results; a traceback is no help to anyone. Some of
    # its loggers set a level of their own, so that a level on the top one would not reach them.
    disabled = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        context = gx.get_context(mode="ephemeral")
        context.enable_analytics(False)
        context.variables.progress_bars = ProgressBarsConfig(globally=False)
        yield context
    finally:
        logging.disable(disabled)


@contextmanager
def marts(
    context: EphemeralDataContext, database: Path, scope: Scope
) -> Iterator[DuckDBDatasource]:
    """The marts of a database, closed afterwards.

    The reports in scope are told in a temporary table of the one connection.
    """
    # The method exists since the class was defined.
    datasource = cast(
        DuckDBDatasource,
        context.data_sources.add_duckdb(
            name="marts", connection_string=f"duckdb:///{database}", default_schema="marts"
        ),
    )
    try:
        if scope.under is not None:
            covered = (
                (REPORTS_UNDER, "report_id", scope.under),
                (SUBMISSIONS_UNDER, "submission_key", scope.submissions),
            )
            with datasource.get_execution_engine().get_connection() as connection:
                for table, column, keys in covered:
                    connection.execute(sa.text(f"create temp table {table} ({column} text)"))
                    connection.execute(
                        sa.text(f"insert into {table} select unnest(cast(:keys as text[]))"),
                        {"keys": list(keys)},
                    )
        yield datasource
    finally:
        datasource.close()


def validate(
    context: EphemeralDataContext,
    datasource: DuckDBDatasource,
    stated: Sequence[Stated],
    scope: Scope,
    *,
    name: str,
    most_rows: int,
) -> list[ExpectationValidationResult]:
    """Run the checkpoint ``name``: one validation definition for each suite and batch.

    The results come in the order of ``stated``, grouped by suite and batch. Counts are exact; the
    lists of failing rows end after ``most_rows``, except those of ExpectNoRows.
    """
    waived = waived_rules(datasource)
    checkpoint = Checkpoint(
        name=name,
        validation_definitions=[
            _validation_definition(context, datasource, part, scope, waived)
            for part in _by_suite_and_batch(stated)
        ],
        result_format={
            "result_format": "COMPLETE",
            "partial_unexpected_count": most_rows,
            "unexpected_index_column_names": list(PLACE_COLUMNS),
            "return_unexpected_index_query": False,
        },
    )
    run = context.checkpoints.add(checkpoint).run(run_id=RunIdentifier(run_name=name))
    return [result for suite in run.run_results.values() for result in suite.results]


def _by_suite_and_batch(stated: Sequence[Stated]) -> list[list[Stated]]:
    """An expectation suite of Great Expectations looks at one batch; ours may look at several."""
    parts: dict[tuple[str, str], list[Stated]] = {}
    for each in stated:
        parts.setdefault((each.suite, each.batch.name), []).append(each)
    return list(parts.values())


def _validation_definition(
    context: EphemeralDataContext,
    datasource: DuckDBDatasource,
    part: Sequence[Stated],
    scope: Scope,
    waived: frozenset[str],
) -> ValidationDefinition:
    """The expectations of one suite that look at one batch, named ``<suite>.<batch>``."""
    first = part[0]
    name = f"{first.suite}.{first.batch.name}"
    pairs = sorted({(s.rule, s.subject) for s in part if s.rule in waived and s.subject})
    suite = context.suites.add(
        ExpectationSuite(name=name, expectations=[_less_waived(each, pairs) for each in part])
    )
    query = first.batch.query(has_scope=scope.under is not None, waived=pairs)
    asset = datasource.add_query_asset(name=name, query=query)
    batch = asset.add_batch_definition_whole_table(name)
    return context.validation_definitions.add(
        ValidationDefinition(name=name, data=batch, suite=suite)
    )


def _less_waived(stated: Stated, pairs: Sequence[tuple[str, str]]) -> Expectation:
    """The expectation, on the rows on which its rule is not waived."""
    if (stated.rule, stated.subject) not in pairs:
        return stated.expectation
    number = [*pairs].index((stated.rule, stated.subject or ""))
    counts = Column(f"{WAIVED}{number}").is_null()
    before = getattr(stated.expectation, "row_condition", None)
    return stated.expectation.copy(
        update={"row_condition": counts if before is None else before & counts}
    )
