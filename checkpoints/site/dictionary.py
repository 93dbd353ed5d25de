"""The page of the tables: what each column holds, and what each table is made from."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass

from checkpoints.documented import Table, documented_marts
from checkpoints.lineage import Lineage, read_lineage
from checkpoints.site.layers import BOX_HEIGHT, BOX_WIDTH, Picture, picture
from checkpoints.site.page import Page, Site, Task

PATH = "tables.html"

LAYERS = ("raw", "form", "staging", "intermediate", "marts")
"""Schemas of the database, in the order in which they are made."""

BEFORE = ("raw", "form", "staging")
"""Of all these together the picture shows one box."""

INPUT = "input"
"""Its key."""


@dataclass(frozen=True)
class Documented:
    """A mart with the types of its columns, what it is made from and what is made from it."""

    table: Table
    types: Mapping[str, str]
    parents: tuple[str, ...]
    children: tuple[str, ...]


def pages(site: Site) -> Iterator[Task]:
    """``tables.html``, anew only when the models have changed."""
    known = repr((site.language, site.outcome.data_docs is not None, _read(site)))
    yield Task({PATH: hashlib.sha256(known.encode()).hexdigest()}, make)


def make(site: Site, paths: Collection[str]) -> Iterator[Page]:
    """The page."""
    lineage, types = _read(site)
    for path in paths:
        yield site.page(
            path,
            "tables.html",
            tables=_tables(lineage, types),
            titles={f"marts.{table.name}": (table.zh, table.en) for table in documented_marts()},
            picture=overall(lineage) if lineage else None,
            box=(BOX_WIDTH, BOX_HEIGHT),
            inputs=[(layer, _of_layer(lineage, layer)) for layer in LAYERS[:2]],
            models=_models(lineage),
        )


def overall(lineage: Lineage) -> Picture:
    """What the marts are made from, of each other and of the layers before them."""
    marts = [f"marts.{name}" for name in _of_layer(lineage, "marts")]
    return picture({INPUT: set(), **{mart: nearest(lineage, mart) for mart in marts}})


def nearest(lineage: Lineage, table: str) -> set[str]:
    """The marts that a table is made from, directly or through intermediate models, and INPUT."""
    found: set[str] = set()
    left = list(lineage.get(table, ()))
    while left:
        each = left.pop()
        layer = each.partition(".")[0]
        if layer == "marts":
            found.add(each)
        elif layer in BEFORE:
            found.add(INPUT)
        else:
            left += lineage.get(each, ())
    return found


def _read(site: Site) -> tuple[Lineage, dict[tuple[str, str], str]]:
    """The lineage, and the types of the marts' columns by table and column."""
    with closing(site.connect()) as con:
        rows = con.execute(
            """
            select table_name, column_name, data_type from duckdb_columns()
            where schema_name = 'marts'
            """
        ).fetchall()
        return read_lineage(con), {(table, column): kind for table, column, kind in sorted(rows)}


def _tables(lineage: Lineage, types: Mapping[tuple[str, str], str]) -> list[Documented]:
    return [
        Documented(
            table,
            {column.name: types.get((table.name, column.name), "") for column in table.columns},
            lineage.get(f"marts.{table.name}", ()),
            tuple(sorted(c for c, of in lineage.items() if f"marts.{table.name}" in of)),
        )
        for table in documented_marts()
    ]


def _models(lineage: Lineage) -> list[tuple[str, tuple[str, ...]]]:
    """Every model with what it is made from, layer by layer."""
    models = [each for each in lineage.items() if each[0].partition(".")[0] in LAYERS[2:]]
    return sorted(models, key=lambda each: (LAYERS.index(each[0].partition(".")[0]), each[0]))


def _of_layer(lineage: Lineage, layer: str) -> list[str]:
    """Names of the tables of a layer; sources are known from what is made of them."""
    everything: Iterable[str] = {*lineage, *(each for of in lineage.values() for each in of)}
    return sorted(
        name for key in everything for own, _, name in [key.partition(".")] if own == layer
    )
