"""ExpectEveryRow: a condition in SQL that rows of a batch meet, and its metrics.

Great Expectations puts the counts of all such expectations on one batch into one statement, so that
a suite takes one scan of its table however many rules it states. Rows are fetched only for the
rules that some row breaks.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, cast

import sqlalchemy as sa
from great_expectations.core.metric_domain_types import MetricDomainTypes
from great_expectations.core.metric_function_types import MetricPartialFunctionTypes
from great_expectations.execution_engine import (
    SparkDFExecutionEngine,
    SqlAlchemyExecutionEngine,
)
from great_expectations.expectations.expectation import BatchExpectation
from great_expectations.expectations.expectation_configuration import parse_result_format
from great_expectations.expectations.metrics.metric_provider import metric_partial, metric_value
from great_expectations.expectations.metrics.table_metric_provider import TableMetricProvider
from great_expectations.validator.metric_configuration import MetricConfiguration
from great_expectations.validator.validator import ValidationDependencies

from expectations import spark_marts

COUNT = "rows.count"
LISTED = "rows.listed"


class ExpectEveryRow(BatchExpectation):
    """Every row of the batch that meets ``where`` meets ``condition``; both are SQL.

    A row for which ``condition`` is unknown fails, so ``where`` leaves out what cannot be judged.
    ``columns`` pairs the names under which a failing row is shown with the SQL of its values.
    The result has the numbers of rows judged (``element_count``) and failing, all of them, and
    failing rows in ``details``, as many as the result format's ``partial_unexpected_count``.
    """

    where: str = "true"
    condition: str
    columns: tuple[tuple[str, str], ...]

    success_keys: ClassVar[tuple[str, ...]] = ("where", "condition", "columns")

    def get_validation_dependencies(
        self, execution_engine: Any = None, runtime_configuration: Any = None
    ) -> ValidationDependencies:
        """The counts of judged and failing rows, and the failing rows."""
        asked = (runtime_configuration or {}).get("result_format", self.result_format)
        result_format = parse_result_format(asked)
        failing = f"({self.where}) and ({self.condition}) is not true"
        rows = {
            "where": failing,
            "columns": self.columns,
            "most": result_format["partial_unexpected_count"],
        }
        return ValidationDependencies(
            metric_configurations={
                "judged": self._metric(COUNT, {"where": self.where}),
                "failing": self._metric(COUNT, {"where": failing}),
                "rows": self._metric(LISTED, rows),
            },
            result_format=result_format,
        )

    def _metric(self, name: str, values: dict[str, Any]) -> MetricConfiguration:
        return MetricConfiguration(name, {"batch_id": self.batch_id}, values)

    def _validate(
        self,
        metrics: dict[str, Any],
        runtime_configuration: dict[str, Any] | None = None,
        execution_engine: Any = None,
    ) -> dict[str, Any]:
        names = [name for name, _ in self.columns]
        return {
            "success": not metrics["failing"],
            "result": {
                "element_count": metrics["judged"],
                "unexpected_count": metrics["failing"],
                "details": {"columns": names, "unexpected_rows": metrics["rows"]},
            },
        }


class RowsCount(TableMetricProvider):
    """How many rows of the batch meet ``where``."""

    metric_name = COUNT
    value_keys = ("where",)

    @metric_partial(
        engine=SqlAlchemyExecutionEngine,
        partial_fn_type=MetricPartialFunctionTypes.AGGREGATE_FN,
        domain_type=MetricDomainTypes.TABLE,
    )
    def _sqlalchemy(
        cls,
        execution_engine: SqlAlchemyExecutionEngine,
        metric_domain_kwargs: dict[str, Any],
        metric_value_kwargs: dict[str, Any],
        metrics: Mapping[str, Any],
        runtime_configuration: dict[str, Any],
    ) -> Any:
        where: sa.ColumnElement[bool] = sa.literal_column(metric_value_kwargs["where"])
        return sa.func.count().filter(where), metric_domain_kwargs, {}

    @metric_partial(
        engine=SparkDFExecutionEngine,
        partial_fn_type=MetricPartialFunctionTypes.AGGREGATE_FN,
        domain_type=MetricDomainTypes.TABLE,
    )
    def _spark(
        cls,
        execution_engine: SparkDFExecutionEngine,
        metric_domain_kwargs: dict[str, Any],
        metric_value_kwargs: dict[str, Any],
        metrics: Mapping[str, Any],
        runtime_configuration: dict[str, Any],
    ) -> Any:
        counted = spark_marts.column(metric_value_kwargs["where"], "count_if({})")
        return counted, metric_domain_kwargs, {}


class RowsListed(TableMetricProvider):
    """The first ``most`` rows of the batch that meet ``where``, as dicts of ``columns``."""

    metric_name = LISTED
    value_keys = ("where", "columns", "most")

    @metric_value(engine=SqlAlchemyExecutionEngine)
    def _sqlalchemy(
        cls,
        execution_engine: SqlAlchemyExecutionEngine,
        metric_domain_kwargs: dict[str, Any],
        metric_value_kwargs: dict[str, Any],
        metrics: Mapping[str, Any],
        runtime_configuration: dict[str, Any],
    ) -> list[dict[str, Any]]:
        if not metrics[COUNT]:
            return []
        batch, _, _ = execution_engine.get_compute_domain(
            metric_domain_kwargs, domain_type=MetricDomainTypes.TABLE
        )
        shown: list[sa.ColumnElement[Any]] = [
            sa.literal_column(value).label(name) for name, value in metric_value_kwargs["columns"]
        ]
        query = sa.select(*shown).select_from(cast(sa.FromClause, batch))
        query = query.where(sa.text(metric_value_kwargs["where"]))
        rows = execution_engine.execute_query(query.limit(metric_value_kwargs["most"]))
        return [dict(row._mapping) for row in rows.fetchall()]

    @metric_value(engine=SparkDFExecutionEngine)
    def _spark(
        cls,
        execution_engine: SparkDFExecutionEngine,
        metric_domain_kwargs: dict[str, Any],
        metric_value_kwargs: dict[str, Any],
        metrics: Mapping[str, Any],
        runtime_configuration: dict[str, Any],
    ) -> list[dict[str, Any]]:
        if not metrics[COUNT]:
            return []
        batch = execution_engine.get_domain_records(metric_domain_kwargs)
        shown = [
            spark_marts.column(value).alias(name) for name, value in metric_value_kwargs["columns"]
        ]
        rows = batch.where(spark_marts.column(metric_value_kwargs["where"])).select(*shown)
        return spark_marts.plain_rows(rows.limit(metric_value_kwargs["most"]))

    @classmethod
    def _get_evaluation_dependencies(
        cls,
        metric: MetricConfiguration,
        configuration: Any = None,
        execution_engine: Any = None,
        runtime_configuration: Any = None,
    ) -> dict[str, MetricConfiguration]:
        values = {"where": metric.metric_value_kwargs["where"]}
        return {COUNT: MetricConfiguration(COUNT, metric.metric_domain_kwargs, values)}
