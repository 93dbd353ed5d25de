"""The dbt project on Spark: the same models, translated where a statement reaches the session."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

_CREATE = re.compile(r"\s*(?:/\*.*?\*/)?\s*create table (\w+)\.(\w+)\b.*?\bas\b(.*)", re.S | re.I)

Columns = dict[tuple[str, str], tuple[str, ...]]
"""Columns of each built table, by schema and name, in the order of the model."""


@contextmanager
def translating(spark: Any) -> Iterator[Columns]:
    """Let dbt-spark build the models in ``spark``; yields the columns of what has been built.

    Two names of dbt-spark are replaced: the cursor of its session, which then translates the query
    of every table it creates, and the way a Python model is run, which it knows for one vendor's
    service alone.
    """
    from dbt.adapters.spark import SparkAdapter, session
    from dbt.adapters.spark.session import Cursor

    built: Columns = {}

    def execute(cursor: Any, statement: str, *parameters: Any) -> None:
        creates = _CREATE.fullmatch(statement)
        if creates is not None:
            schema, name, query = creates.groups()
            statement = _translated(spark, schema, name, query, built)
        cursor._df = spark.sql(statement)

    before = {name: vars(SparkAdapter)[name] for name in _PYTHON}
    session.Cursor = type("TranslatingCursor", (Cursor,), {"execute": execute})
    for name, value in _PYTHON.items():
        setattr(SparkAdapter, name, property(value))
    try:
        yield built
    finally:
        session.Cursor = Cursor
        for name, value in before.items():
            setattr(SparkAdapter, name, value)


def _translated(spark: Any, schema: str, name: str, query: str, built: Columns) -> str:
    from sql.spark.translate import translate

    def columns_of(schema: str, name: str) -> tuple[str, ...]:
        return built.get((schema, name)) or tuple(spark.table(f"{schema}.{name}").columns)

    query, columns = translate(query, columns_of)
    built[schema, name] = columns
    # Years apart, so that a question about some of them reads no others.
    parts = "partitioned by (report_year)" if schema == "marts" and "report_year" in columns else ""
    return f"create table {schema}.{name} using parquet {parts} as {query}"


class _InThisSession:
    """Runs a Python model where dbt itself runs."""

    def __init__(self, parsed_model: Mapping[str, Any], credentials: Any) -> None:
        pass

    def submit(self, compiled_code: str) -> None:
        """Run the model's code, which writes its table."""
        from pyspark.sql import SparkSession

        exec(compiled_code, {"spark": SparkSession.active(), "__name__": "model"})


_PYTHON = {
    "default_python_submission_method": lambda _: "session",
    "python_submission_helpers": lambda _: {"session": _InThisSession},
}
