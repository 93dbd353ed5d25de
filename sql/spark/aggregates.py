"""DuckDB's aggregates as Spark's, where they differ in name or in meaning."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlglot import exp

from sql.spark.calls import call, function, is_null, when

HUGE = exp.DataType.build("decimal(38, 0)")
"""What holds a sum of integers in Spark; DuckDB has a type for it."""


def _list(node: Any) -> Any:
    """``list``: NULL is an item, no row is no list, and ``order by`` goes by the items."""
    what, keys = node.this, []
    if isinstance(what, exp.Order):
        keys = [key for each in what.expressions for key in (is_null(each.this), each.this)]
        what = what.this
    is_distinct = isinstance(what, exp.Distinct)
    item = what.expressions[0] if is_distinct else what
    items = call("collect_set" if is_distinct else "collect_list", _struct(*keys, item))
    outer = node.parent if isinstance(node.parent, exp.Filter) else node
    if outer is not node:
        items = exp.Filter(this=items, expression=outer.expression.copy())
    if keys:
        items = call("array_sort", items)
    listed = call("transform", items, function(_item(len(keys)), "one"))
    found = when(exp.GT(this=call("size", items.copy()), expression=exp.convert(0)), listed)
    if outer is not node:
        outer.replace(found)
        return node
    return found


def _struct(*values: Any) -> Any:
    pairs = [each for no, value in enumerate(values) for each in (f"part{no}", value)]
    return call("named_struct", *pairs)


def _item(part: int) -> Any:
    return exp.Dot(this=exp.to_identifier("one"), expression=exp.to_identifier(f"part{part}"))


def _string_agg(node: Any) -> Any:
    what, separator = node.this, node.args["separator"]
    if isinstance(node.parent, exp.Window):
        window = node.parent.copy()
        window.set("this", call("collect_list", what.copy()))
        is_some = exp.GT(this=call("size", window.copy()), expression=exp.convert(0))
        node.parent.replace(when(is_some, call("array_join", window, separator.copy())))
        return node
    if not isinstance(what, exp.Order):
        return call("listagg", what, separator)
    if isinstance(what.this, exp.Distinct):
        # Spark orders distinct texts by themselves alone; a key that descends is a number here.
        word = what.this.expressions[0]
        keys = [exp.Neg(this=k.this) if k.args.get("desc") else k.this for k in what.expressions]
        items = call("array_sort", call("collect_set", _struct(*keys, word)))
        return call(
            "array_join", call("transform", items, function(_item(len(keys)), "one")), separator
        )
    order = exp.Order(expressions=what.expressions)
    return exp.WithinGroup(this=call("listagg", what.this, separator), expression=order)


def _filter(node: Any) -> Any:
    """An aggregate over a window takes no FILTER."""
    if not isinstance(node.parent, exp.Window):
        return node
    condition, aggregate = node.expression.this, node.this
    is_count = isinstance(aggregate.this, exp.Star)
    aggregate.set("this", when(condition, exp.convert(1) if is_count else aggregate.this))
    return aggregate


def _count(node: Any) -> Any:
    """Over a window Spark counts no distinct values."""
    if isinstance(node.this, exp.Distinct) and isinstance(node.parent, exp.Window):
        window = node.parent.copy()
        window.set("this", call("collect_set", node.this.expressions[0].copy()))
        node.parent.replace(call("size", window))
    return node


def _by(name: str) -> Callable[[Any], Any]:
    """``arg_max`` and ``arg_min``, which pass over NULL."""

    def rule(node: Any) -> Any:
        found = call(name, node.this, node.expression)
        if isinstance(node.parent, exp.Window | exp.Filter):
            return found
        return exp.Filter(this=found, expression=exp.Where(this=exp.Not(this=is_null(node.this))))

    return rule


def _sum(node: Any) -> Any:
    """Hashes take all of their 64 bits; a sum of them has no room in as many."""
    if node.this.name == "xxhash64":
        node.set("this", exp.cast(node.this, HUGE))
    return node


RULES: dict[type, Callable[[Any], Any]] = {
    exp.ArgMax: _by("max_by"),
    exp.ArgMin: _by("min_by"),
    exp.ArrayAgg: _list,
    exp.Count: _count,
    exp.Filter: _filter,
    exp.GroupConcat: _string_agg,
    exp.Sum: _sum,
}
