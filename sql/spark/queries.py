"""What Spark says otherwise of a whole query: stars, unions by name, QUALIFY, unnest, windows."""

from __future__ import annotations

from typing import Any

from sqlglot import exp

from sql.spark.calls import call, counted_from_1
from sql.spark.names import ColumnsOf, ctes_around, merged_columns, names_of, star_of, starred


def rewrite(tree: Any, columns_of: ColumnsOf) -> None:
    """Rewrite the queries of a tree in place, the inner before the outer."""
    for union in reversed(list(tree.find_all(exp.Union))):
        if union.args.get("by_name"):
            _by_position(union, columns_of)
    selects = list(tree.find_all(exp.Select))
    for select in selects:
        _flat_joins(select)
    for select in selects:
        _written_out(select, columns_of)
    for select in reversed(selects):
        _windows(select)
        _unnests(select)
        if select.args.get("qualify"):
            _qualified(select)


def _flat_joins(select: Any) -> None:
    """Joins belong to the query; the parser leaves some with the first table."""
    source = select.args.get("from_")
    if source is not None and source.this.args.get("joins"):
        select.set("joins", source.this.args["joins"] + (select.args.get("joins") or []))
        source.this.set("joins", None)


def _by_position(union: Any, columns_of: ColumnsOf) -> None:
    """Both sides of a union by name with all columns in one order, NULL where there is none."""
    ctes = ctes_around(union)
    left, right = (names_of(side, ctes, columns_of) for side in (union.left, union.right))
    names = left + [name for name in right if name not in left]
    for side, there in (("this", left), ("expression", right)):
        query = union.args[side].copy()
        items = [exp.column(name) if name in there else _nothing(name) for name in names]
        union.set(side, exp.select(*items).from_(query.subquery("side")))
    union.set("by_name", None)


def _nothing(name: str) -> Any:
    return exp.alias_(exp.null(), name)


def _written_out(select: Any, columns_of: ColumnsOf) -> None:
    """The stars written out where Spark would lay the columns out otherwise, or knows no such."""
    stars = [star_of(item) for item in select.expressions]
    is_new = (
        any(star is not None and star.args.get("replace") for star in stars)
        or merged_columns(select)
        or select.args.get("qualify")
        or sum(_is_generator(item.unalias()) for item in select.expressions) > 1
    )
    if not (any(stars) and is_new):
        return
    ctes = ctes_around(select)
    items: list[Any] = []
    for item, star in zip(select.expressions, stars, strict=True):
        if star is None:
            items.append(item)
            continue
        replaced = {other.alias: other for other in star.args.get("replace") or []}
        columns = starred(select, item, ctes, columns_of)
        items += [replaced.get(column.name, column) for column in columns]
    select.set("expressions", items)


def _windows(select: Any) -> None:
    """``over (w order by x)``: Spark takes a named window alone."""
    named = {window.name: window for window in select.args.get("windows") or []}
    for window in select.find_all(exp.Window):
        base = named.get(window.alias)
        if base is not None and window.args.get("order"):
            window.set("partition_by", [each.copy() for each in base.args["partition_by"]])
            window.set("alias", None)


def _unnests(select: Any) -> None:
    """``unnest`` in a select list: several go side by side, as one generator."""
    items = select.expressions
    found = [item for item in items if _is_generator(item.unalias())]
    if not found:
        return
    if len(found) == 1:
        unnest = found[0].unalias()
        unnest.replace(call("explode", unnest.this))
        return
    names = [item.alias_or_name for item in items]
    lists = [_list_of(item.unalias()) for item in found]
    inline = exp.Aliases(
        this=call("inline", call("arrays_zip", *lists)),
        expressions=[exp.to_identifier(item.alias) for item in found],
    )
    select.set("expressions", [item for item in items if item not in found] + [inline])
    _wrap(select, exp.select(*map(exp.column, names)), "unnested")


def _is_generator(item: Any) -> bool:
    if isinstance(item, exp.Anonymous):
        return str(item.name) == "generate_subscripts"
    return isinstance(item, exp.Explode)


def _list_of(item: Any) -> Any:
    return item.this if isinstance(item, exp.Explode) else counted_from_1(item.expressions[0])


def _qualified(select: Any) -> None:
    """QUALIFY as a column of an inner query that the outer one filters by."""
    names = [item.alias_or_name for item in select.expressions]
    condition = select.args["qualify"].this
    select.set("qualify", None)
    select.append("expressions", exp.alias_(exp.paren(condition), "is_kept"))
    _wrap(select, exp.select(*map(exp.column, names)).where("is_kept"), "qualified")


def _wrap(select: Any, outer: Any, alias: str) -> None:
    """Put a query into ``outer``, in its place; common table expressions stay outside."""
    inner = select.copy()
    inner.set("with_", None)
    for key in [key for key in select.args if key != "with_"]:
        select.set(key, None)
    for key, value in outer.args.items():
        if key != "with_":
            select.set(key, value)
    select.set("from_", exp.From(this=inner.subquery(alias)))
