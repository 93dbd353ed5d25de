"""ExpectNoRows: a query that must find nothing, with every row it does find."""

from __future__ import annotations

from typing import Any, ClassVar

from great_expectations.expectations import UnexpectedRowsExpectation
from great_expectations.validator.metric_configuration import MetricConfiguration

ROW_COUNT = "unexpected_rows_query.row_count"
ROWS = "query.table"


class ExpectNoRows(UnexpectedRowsExpectation):
    """No row of ``{batch}`` is found by ``unexpected_rows_query``.

    The stock expectation returns at most 200 rows and runs the query twice. This one runs it once
    and returns every row: ``result["details"]["unexpected_rows"]`` is a list of dicts in the order
    of the query, and ``columns`` names the columns in the order they are shown, because stored
    results sort the keys of a row. Works on DuckDB and on Spark.
    """

    columns: tuple[str, ...]

    # Of the stock dependencies the row count alone is kept, and only for the batch it names.
    metric_dependencies: ClassVar[tuple[str, ...]] = (ROW_COUNT,)

    def get_validation_dependencies(
        self, execution_engine: Any = None, runtime_configuration: Any = None
    ) -> Any:
        """Ask for the whole result of the query as the one metric."""
        dependencies = super().get_validation_dependencies(execution_engine, runtime_configuration)
        counted = dependencies.get_metric_configuration(ROW_COUNT)
        if counted is None:
            raise LookupError(f"Great Expectations no longer asks for the metric {ROW_COUNT}")
        dependencies.remove_metric_configuration(ROW_COUNT)
        dependencies.set_metric_configuration(
            ROWS,
            MetricConfiguration(
                metric_name=ROWS,
                metric_domain_kwargs=counted.metric_domain_kwargs,
                metric_value_kwargs={"query": self.unexpected_rows_query, "fetch_all": True},
            ),
        )
        return dependencies

    def _validate(
        self,
        metrics: dict[str, Any],
        runtime_configuration: dict[str, Any] | None = None,
        execution_engine: Any = None,
    ) -> dict[str, Any]:
        rows = metrics[ROWS]
        return {
            "success": not rows,
            "result": {
                "observed_value": len(rows),
                "unexpected_count": len(rows),
                "details": {"columns": list(self.columns), "unexpected_rows": rows},
            },
        }
