"""Running stated expectations on the marts of one database, with Great Expectations."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import duckdb
import great_expectations as gx
import sqlalchemy as sa
from great_expectations import ExpectationSuite
from great_expectations.core import ExpectationSuiteValidationResult, ExpectationValidationResult
from great_expectations.core.run_identifier import RunIdentifier
from great_expectations.data_context import EphemeralDataContext
from great_expectations.data_context.types.base import ProgressBarsConfig
from great_expectations.data_context.types.resource_identifiers import (
    ExpectationSuiteIdentifier,
    ValidationResultIdentifier,
)
from great_expectations.datasource.fluent.interfaces import Batch
from great_expectations.datasource.fluent.sql_datasource import QueryAsset

from expectations import spark_marts
from expectations.batch import REPORTS_UNDER, SUBMISSIONS_UNDER, WAIVED
from expectations.duckdb_datasource import DuckDBDatasource
from expectations.every_row import ExpectEveryRow
from expectations.suites import Stated

MEMORY_LIMIT = "512MB"
"""What DuckDB may hold in memory while it counts: scans need little."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Which reports count: None for all.

    ``submissions`` are the keys of the expected reports that count where ``under`` is given.
    """

    under: Sequence[str] | None
    submissions: Sequence[str] = ()

    @property
    def keys(self) -> dict[tuple[str, str], Sequence[str]]:
        """The keys that count, by the table and column that batches look for them in."""
        if self.under is None:
            return {}
        return {
            (REPORTS_UNDER, "report_id"): self.under,
            (SUBMISSIONS_UNDER, "submission_key"): self.submissions,
        }


def waived_rules(database: Path) -> frozenset[str]:
    """The rules of which some case is waived."""
    with duckdb.connect(str(database)) as con:
        rows = con.execute("select distinct rule from marts.findings where waived").fetchall()
    return frozenset(str(rule) for (rule,) in rows)


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
    context: EphemeralDataContext,
    database: Path,
    scope: Scope,
    assets: Sequence[QueryAsset] = (),
) -> Iterator[DuckDBDatasource]:
    """The marts of a database, closed afterwards.

    The reports in scope are told in a temporary table of the one connection. ``assets`` are there
    from the beginning: each that is added later has Great Expectations write all of them anew.
    """
    # The method exists since the class was defined.
    datasource = cast(
        DuckDBDatasource,
        context.data_sources.add_duckdb(
            name="marts",
            connection_string=f"duckdb:///{database}",
            default_schema="marts",
            assets=list(assets),
        ),
    )
    try:
        with datasource.get_execution_engine().get_connection() as connection:
            connection.execute(sa.text(f"set memory_limit = '{MEMORY_LIMIT}'"))
            _tell_scope(connection, scope)
        yield datasource
    finally:
        datasource.close()


def _tell_scope(connection: sa.Connection, scope: Scope) -> None:
    for (table, column), keys in scope.keys.items():
        connection.execute(sa.text(f"create temp table {table} ({column} text)"))
        connection.execute(
            sa.text(f"insert into {table} select unnest(cast(:keys as text[]))"),
            {"keys": list(keys)},
        )


def validate(
    context: EphemeralDataContext,
    database: Path,
    stated: Sequence[Stated],
    scope: Scope,
    *,
    name: str,
    most_rows: int,
    spark: Any = None,
) -> list[ExpectationValidationResult]:
    """Validate each suite on each batch it looks at; the results are stored as of run ``name``.

    They come in the order of ``stated``, grouped by suite and batch. Counts are exact; the lists of
    failing rows end after ``most_rows``. Where a session ``spark`` holds the marts, it evaluates
    them there, else DuckDB.
    """
    waived = waived_rules(database)
    run = RunIdentifier(run_name=name)
    parts = [_part(each, scope, waived) for each in _by_suite_and_batch(stated)]
    found: list[ExpectationValidationResult] = []
    batches = _batches(context, database, scope, [asset for asset, _ in parts], spark)
    with batches as batch_of:
        for asset, suite in parts:
            batch = batch_of(asset.name)
            result = _validated(batch, suite, most_rows)
            result.meta |= {"run_id": run, "validation_time": run.run_time}
            cast(dict[str, Any], result.meta)["engine"] = batch.datasource.type
            key = ValidationResultIdentifier(
                ExpectationSuiteIdentifier(suite.name), run, result.batch_id
            )
            context.validation_results_store.set(key, result)
            found += result.results
    return found


@contextmanager
def _batches(
    context: EphemeralDataContext,
    database: Path,
    scope: Scope,
    assets: Sequence[QueryAsset],
    spark: Any,
) -> Iterator[Callable[[str], Batch]]:
    """What gives the batch of each asset by its name, on the engine that holds the marts."""
    if spark is not None:
        queries = {asset.name: asset.query for asset in assets}
        yield spark_marts.batches(context, spark, queries, scope.keys)
        return
    with marts(context, database, scope, assets) as datasource:

        def batch_of(name: str) -> Batch:
            asset = cast(QueryAsset, datasource.get_asset(name))
            return asset.get_batch(asset.build_batch_request())

        yield batch_of


def _by_suite_and_batch(stated: Sequence[Stated]) -> list[list[Stated]]:
    """An expectation suite of Great Expectations looks at one batch; ours may look at several."""
    parts: dict[tuple[str, str], list[Stated]] = {}
    for each in stated:
        parts.setdefault((each.suite, each.batch.name), []).append(each)
    return list(parts.values())


def _part(
    part: Sequence[Stated], scope: Scope, waived: frozenset[str]
) -> tuple[QueryAsset, ExpectationSuite]:
    """A batch, and the expectations of one suite about it; both are named ``<suite>.<batch>``."""
    first = part[0]
    name = f"{first.suite}.{first.batch.name}"
    pairs = sorted({(s.rule, s.subject) for s in part if s.rule in waived and s.subject})
    query = first.batch.query(has_scope=scope.under is not None, waived=pairs)
    suite = ExpectationSuite(name=name, expectations=[_less_waived(each, pairs) for each in part])
    return QueryAsset(name=name, query=query), suite


def _validated(
    batch: Batch, suite: ExpectationSuite, most_rows: int
) -> ExpectationSuiteValidationResult:
    return batch.validate(
        suite,
        result_format={"result_format": "COMPLETE", "partial_unexpected_count": most_rows},
    )


def _less_waived(stated: Stated, pairs: Sequence[tuple[str, str]]) -> ExpectEveryRow:
    """The expectation, on the rows on which its rule is not waived."""
    if (stated.rule, stated.subject) not in pairs:
        return stated.expectation
    number = [*pairs].index((stated.rule, stated.subject or ""))
    where = f"({stated.expectation.where}) and {WAIVED}{number} is null"
    return stated.expectation.copy(update={"where": where})
