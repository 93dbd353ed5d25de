"""Which table is made from which: noted when the models are built, for the site to draw."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

import duckdb

from ingest import warehouse

Lineage: TypeAlias = Mapping[str, tuple[str, ...]]
"""``schema.table`` of every model and seed, and those that it is made from, sources included."""

_KEY = "lineage"


def lineage_of(nodes: Iterable[Any]) -> Lineage:
    """The lineage of the nodes that dbt has built."""
    built = {node.unique_id: f"{node.schema}.{node.alias}" for node in nodes}
    return {
        built[node.unique_id]: tuple(
            sorted(built.get(each) or _source(each) for each in node.depends_on_nodes)
        )
        for node in nodes
    }


def _source(unique_id: str) -> str:
    """``source.gouji.raw.cells`` as ``raw.cells``."""
    return ".".join(unique_id.split(".")[-2:])


def note_lineage(con: duckdb.DuckDBPyConnection, lineage: Lineage) -> None:
    """Keep it with the database."""
    warehouse.put_meta(con, _KEY, json.dumps(lineage, sort_keys=True))


def read_lineage(con: duckdb.DuckDBPyConnection) -> Lineage:
    """What was noted; nothing where the models were built before lineage was."""
    noted = json.loads(warehouse.get_meta(con, _KEY) or "{}")
    return {table: tuple(parents) for table, parents in noted.items()}
