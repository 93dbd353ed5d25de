"""The marts that a session of Spark holds, as batches of Great Expectations' Spark engine.

What suites and batches say in DuckDB's dialect is put into Spark's when it is asked for, so that
there is one statement of each rule. Packages of the extra are imported where they are used.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import Any

from great_expectations.data_context import EphemeralDataContext
from great_expectations.datasource.fluent.interfaces import Batch


def batches(
    context: EphemeralDataContext,
    spark: Any,
    queries: Mapping[str, str],
    scope: Mapping[tuple[str, str], Sequence[str]],
) -> Callable[[str], Batch]:
    """What makes the batch of each name of ``queries``, which are DuckDB's.

    ``scope`` has the keys of each table and column that a query narrows its rows by.
    """
    import pyarrow as pa

    from sql.spark.translate import translate

    for (table, column), keys in scope.items():
        told = pa.table({column: pa.array(keys, pa.string())})
        spark.createDataFrame(told).createOrReplaceTempView(table.rpartition(".")[2])

    @cache
    def columns_of(schema: str, name: str) -> Sequence[str]:
        return tuple(spark.table(f"{schema}.{name}").columns)

    # Kept rows would be all columns of the batch; what is counted needs a few.
    datasource = context.data_sources.add_spark("marts", persist=False)

    def batch_of(name: str) -> Batch:
        rows = spark.sql(translate(queries[name], columns_of).query)
        asset = datasource.add_dataframe_asset(name)
        return asset.get_batch(asset.build_batch_request({"dataframe": rows}))

    return batch_of


def column(expression: str, within: str = "{}") -> Any:
    """An expression of DuckDB as a column of Spark; ``within`` is SQL of Spark around it."""
    from pyspark.sql import functions

    from sql.spark.translate import translate_expression

    return functions.expr(within.format(translate_expression(expression)))


def plain_rows(frame: Any) -> list[dict[str, Any]]:
    """The rows of a frame of Spark as dicts; decimals as floats, as they are stored."""
    return [
        {name: float(value) if isinstance(value, Decimal) else value for name, value in row.items()}
        for row in (found.asDict() for found in frame.collect())
    ]
