"""DuckDB's functions as Spark's, one by one, where they differ in name or in meaning."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlglot import exp

from sql.spark import aggregates
from sql.spark.calls import call, function
from sql.spark.patterns import java, java_replacement

_BLANKS = r"[ \x{a0}\x{1680}\x{2000}-\x{200a}\x{202f}\x{205f}\x{3000}]+"
"""What DuckDB's trim takes away; Spark's takes the one blank alone."""

_FORMATS = {"%Y": "y", "%m": "M", "%d": "d"}


def rewrite(tree: Any) -> Any:
    """The tree with all functions as Spark's, the inner ones first."""
    for node in reversed(list(tree.bfs())):
        rule = _NAMED.get(node.name.lower()) if isinstance(node, exp.Anonymous) else None
        rule = rule or _RULES.get(type(node))
        if rule is None:
            continue
        new = rule(node)
        if node is tree:
            tree = new
        elif new is not node:
            node.replace(new)
    return tree


def _pattern(node: Any) -> Any:
    """A pattern, or the literal parts of one that is put together, as Java's."""
    if isinstance(node, exp.Literal):
        return exp.Literal.string(java(node.this))
    for part in list(node.find_all(exp.Literal)):
        if part.is_string and isinstance(part.parent, exp.DPipe):
            part.replace(exp.Literal.string(java(part.this)))
    return node


def _full_match(node: Any) -> Any:
    return call("regexp_like", node.this, rf"\A(?:{java(node.expression.this)})\z")


def _replace(node: Any) -> Any:
    """Spark replaces all; the first alone is one that nothing but the shortest text precedes."""
    pattern, replacement = _pattern(node.expression), node.args["replacement"].this
    modifiers = node.args.get("modifiers")
    if modifiers is not None and "g" in modifiers.this:
        return call("regexp_replace", node.this, pattern, java_replacement(replacement))
    first = call("concat", r"\A((?s:.*?))(?:", pattern, ")")
    return call("regexp_replace", node.this, first, "$1" + java_replacement(replacement, shift=1))


def _group(name: str) -> Callable[[Any], Any]:
    def rule(node: Any) -> Any:
        return call(name, node.this, _pattern(node.expression), node.args.get("group") or 0)

    return rule


def _split(node: Any) -> Any:
    separator = node.expression.this
    return call("split", node.this, rf"\Q{separator}\E" if separator else "")


def _trim(node: Any) -> Any:
    if node.expression:
        return node
    return call("regexp_replace", node.this, rf"\A{_BLANKS}|{_BLANKS}\z", "")


def _bracket(node: Any) -> Any:
    """A place of a list, a slice of one, or a field: texts are cut with left, right and substr."""
    place = node.expressions[0]
    if isinstance(place, exp.Slice):
        start, end = place.this, place.expression
        if end is None:
            return call("slice", node.this, start, call("size", node.this.copy()))
        length = exp.Add(
            this=exp.Sub(this=exp.paren(end), expression=exp.paren(start.copy())),
            expression=exp.convert(1),
        )
        return call("slice", node.this, start, length)
    if not isinstance(place, exp.Literal):
        return call("try_element_at", node.this, place)
    if place.is_string:
        return exp.Dot(this=node.this, expression=exp.to_identifier(place.this))
    # The parser counts literal places from 0.
    return call("try_element_at", node.this, int(place.this) + 1)


def _range(node: Any) -> Any:
    """Without its end. ``sequence`` would count down where the end comes before the start."""
    start, end = node.args["start"], node.args["end"]
    if isinstance(node.parent, exp.Table):
        return call("range", start, end)
    last = exp.Sub(this=exp.paren(end), expression=exp.convert(1))
    is_before = exp.LT(this=exp.to_identifier("place"), expression=exp.paren(end.copy()))
    numbers = call("sequence", start, call("greatest", last, start.copy()))
    return call("filter", numbers, function(is_before, "place"))


def _transform(node: Any) -> Any:
    """DuckDB counts the places of a list from 1, Spark from 0."""
    body = node.expression
    if len(body.expressions) == 2:
        for name in list(body.this.find_all(exp.Identifier, exp.Column)):
            if name.name == body.expressions[1].name and not isinstance(name.parent, exp.Column):
                name.replace(exp.paren(exp.Add(this=name.copy(), expression=exp.convert(1))))
    return call("transform", node.this, body)


def _concat(node: Any) -> Any:
    lists = [node.this, *node.expressions]
    return call("concat", *(call("coalesce", each, call("array")) for each in lists))


def _named_struct(node: Any) -> Any:
    pairs = []
    for field in node.expressions:
        is_pair = isinstance(field, exp.PropertyEQ)
        pairs += [field.this.name, field.expression] if is_pair else [field.alias, field.this]
    return call("named_struct", *pairs)


def _strptime(node: Any) -> Any:
    text, form = node.expressions
    written = form.this
    for ours, theirs in _FORMATS.items():
        written = written.replace(ours, theirs)
    return call("try_to_timestamp", text, written)


def _renamed(name: str) -> Callable[[Any], Any]:
    def rule(node: Any) -> Any:
        return call(name, node.this, node.expression)

    return rule


_RULES: dict[type, Callable[[Any], Any]] = {
    **aggregates.RULES,
    exp.ArrayAppend: _renamed("array_append"),
    exp.ArrayConcat: _concat,
    exp.ArrayContains: _renamed("array_contains"),
    exp.ArrayDistinct: lambda node: call("array_distinct", call("array_compact", node.this)),
    exp.ArrayFilter: _renamed("filter"),
    exp.ArrayOverlaps: _renamed("arrays_overlap"),
    exp.ArrayPrepend: _renamed("array_prepend"),
    exp.ArrayToString: _renamed("array_join"),
    exp.Bracket: _bracket,
    exp.DataType: lambda node: aggregates.HUGE.copy() if node.is_type("int128") else node,
    exp.GenerateSeries: _range,
    exp.RegexpExtract: _group("regexp_extract"),
    exp.RegexpExtractAll: _group("regexp_extract_all"),
    exp.RegexpFullMatch: _full_match,
    exp.RegexpLike: lambda node: call("regexp_like", node.this, _pattern(node.expression)),
    exp.RegexpReplace: _replace,
    exp.RegexpSplit: lambda node: call("split", node.this, _pattern(node.expression)),
    exp.Split: _split,
    exp.Struct: _named_struct,
    exp.Transform: _transform,
    exp.Trim: _trim,
}

_NAMED: dict[str, Callable[[Any], Any]] = {
    "hash": lambda node: call("xxhash64", *node.expressions),
    "len": lambda node: call("size", *node.expressions),
    "list_intersect": lambda node: call(
        "coalesce", call("array_intersect", *node.expressions), call("array")
    ),
    "list_last": lambda node: call("try_element_at", node.expressions[0], -1),
    "list_position": lambda node: call("nullif", call("array_position", *node.expressions), 0),
    "regexp_escape": lambda node: call(
        "regexp_replace", node.expressions[0], r"([^0-9A-Za-z_\x{80}-\x{10ffff}])", r"\\$1"
    ),
    "regexp_split_to_array": lambda node: call(
        "split", node.expressions[0], _pattern(node.expressions[1])
    ),
    "try_strptime": _strptime,
}
