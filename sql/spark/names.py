"""Which columns a query returns, and the stars of a query written out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from sqlglot import exp

ColumnsOf = Callable[[str, str], Sequence[str]]
"""Columns of a table of the catalog, by schema and name."""

Ctes = Mapping[str, Any]


def ctes_around(node: Any) -> Ctes:
    """The common table expressions that a query may name, by their names."""
    ctes: dict[str, Any] = {}
    while node is not None:
        if isinstance(node, exp.Query):
            ctes = {**{cte.alias: cte.this for cte in node.ctes}, **ctes}
        node = node.parent
    return ctes


def names_of(query: Any, ctes: Ctes, columns_of: ColumnsOf) -> list[str]:
    """Names of the columns a query returns, in their order."""
    ctes = {**ctes, **{cte.alias: cte.this for cte in query.ctes}}
    if isinstance(query, exp.Union):
        names = names_of(query.left, ctes, columns_of)
        if query.args.get("by_name"):
            right = names_of(query.right, ctes, columns_of)
            names += [name for name in right if name not in names]
        return names
    if isinstance(query, exp.Subquery):
        return names_of(query.this, ctes, columns_of)
    found: list[str] = []
    for item in query.expressions:
        if star_of(item) is None:
            found.append(item.alias_or_name)
        else:
            found += [column.name for column in starred(query, item, ctes, columns_of)]
    return found


def star_of(item: Any) -> Any:
    """The star of ``*`` or ``t.*``; None of any other item."""
    if isinstance(item, exp.Column):
        item = item.this
    return item if isinstance(item, exp.Star) else None


def merged_columns(select: Any) -> set[str]:
    """Names of the columns that joins have merged by USING."""
    joins = select.args.get("joins") or []
    return {name.name for join in joins for name in join.args.get("using") or []}


def starred(select: Any, item: Any, ctes: Ctes, columns_of: ColumnsOf) -> list[Any]:
    """The columns a star stands for, in DuckDB's order: merged ones stay where they are."""
    merged = merged_columns(select)
    table = item.table if isinstance(item, exp.Column) else ""
    gone = {column.name for column in star_of(item).args.get("except_") or []}
    found: list[Any] = []
    seen: set[str] = set()
    for source in _sources(select):
        alias = source.alias_or_name
        if table not in ("", alias):
            continue
        for name in _columns(source, ctes, columns_of):
            is_merged = not table and name in merged
            if name in gone or (is_merged and name in seen):
                continue
            seen.add(name)
            found.append(exp.column(name) if is_merged else exp.column(name, table=alias))
    return found


def _sources(select: Any) -> Iterator[Any]:
    if select.args.get("from_"):
        yield select.args["from_"].this
    for join in select.args.get("joins") or []:
        yield join.this


def _columns(source: Any, ctes: Ctes, columns_of: ColumnsOf) -> list[str]:
    alias = source.args.get("alias")
    if alias is not None and alias.columns:
        return [column.name for column in alias.columns]
    if not isinstance(source, exp.Table):
        return names_of(source, ctes, columns_of)
    if not source.db and source.name in ctes:
        return names_of(ctes[source.name], ctes, columns_of)
    return list(columns_of(source.db, source.name))
