"""Queries of DuckDB, such as build the models, as ones of Spark with the same rows."""

from __future__ import annotations

from typing import NamedTuple

from sqlglot import exp, parse_one
from sqlglot.dialects.duckdb import DuckDB
from sqlglot.dialects.spark import Spark

from sql.spark import functions, queries
from sql.spark.names import ColumnsOf, names_of

# ``len`` is of lists, ``length`` of texts: Spark has a function for each, the parser one for both.
_MODELS = type(
    "Models",
    (DuckDB,),
    {
        "Parser": type(
            "Parser",
            (DuckDB.Parser,),
            {"FUNCTIONS": {k: v for k, v in DuckDB.Parser.FUNCTIONS.items() if k != "LEN"}},
        )
    },
)


class Translated(NamedTuple):
    """A query for Spark and the names of its columns, in DuckDB's order."""

    query: str
    columns: tuple[str, ...]


def translate(query: str, columns_of: ColumnsOf) -> Translated:
    """A query for Spark; ``columns_of`` knows the tables that it reads.

    A temporary table is a temporary view there, which is in no schema.
    """
    tree = parse_one(query, read=_MODELS)
    for table in tree.find_all(exp.Table):
        if table.catalog == "temp":
            table.set("db", None)
        table.set("catalog", None)
    columns = tuple(names_of(tree, {}, columns_of))
    queries.rewrite(tree, columns_of)
    return Translated(functions.rewrite(tree).sql(dialect=Spark, comments=False), columns)


def translate_expression(expression: str) -> str:
    """A condition or a value over the columns of a query, for Spark; it may ask other tables."""
    [item] = functions.rewrite(parse_one(f"select {expression}", read=_MODELS)).expressions
    return str(item.sql(dialect=Spark, comments=False))
