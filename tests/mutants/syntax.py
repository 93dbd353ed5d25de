"""Mutants of SQL: one node of the tree that DuckDB parses it into is another, or is gone."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from decimal import Decimal
from typing import Any, NamedTuple

import duckdb

Node = dict[str, Any]

COMPARISONS = {
    "COMPARE_EQUAL": ("COMPARE_NOTEQUAL",),
    "COMPARE_NOTEQUAL": ("COMPARE_EQUAL",),
    "COMPARE_LESSTHAN": ("COMPARE_LESSTHANOREQUALTO", "COMPARE_GREATERTHANOREQUALTO"),
    "COMPARE_LESSTHANOREQUALTO": ("COMPARE_LESSTHAN", "COMPARE_GREATERTHAN"),
    "COMPARE_GREATERTHAN": ("COMPARE_GREATERTHANOREQUALTO", "COMPARE_LESSTHANOREQUALTO"),
    "COMPARE_GREATERTHANOREQUALTO": ("COMPARE_GREATERTHAN", "COMPARE_LESSTHAN"),
    "COMPARE_DISTINCT_FROM": ("COMPARE_NOT_DISTINCT_FROM", "COMPARE_NOTEQUAL"),
    "COMPARE_NOT_DISTINCT_FROM": ("COMPARE_DISTINCT_FROM", "COMPARE_EQUAL"),
}
OPERATORS = {
    "OPERATOR_IS_NULL": "OPERATOR_IS_NOT_NULL",
    "OPERATOR_IS_NOT_NULL": "OPERATOR_IS_NULL",
}
FUNCTIONS = {
    "+": "-",
    "-": "+",
    "*": "+",
    "min": "max",
    "max": "min",
    "bool_or": "bool_and",
    "bool_and": "bool_or",
    "sum": "max",
    "trunc": "abs",
}
JOINS = {"INNER": "LEFT", "LEFT": "INNER"}


class Changed(NamedTuple):
    """What was changed, as SQL before and after, and the whole with it."""

    change: str
    sql: str


def mutants(sql: str) -> Iterator[Changed]:
    """The mutants of a select, each with one change.

    Raises ValueError where DuckDB cannot parse it.
    """
    with duckdb.connect() as con:
        tree = _tree(con, sql)
        for path, node in list(_nodes(tree)):
            for other, told in _others(node):
                changed = _written(con, _replaced(tree, path, other))
                yield Changed(told or f"{_said(con, node)} → {_said(con, other)}", changed)


def of_expression(sql: str) -> Iterator[Changed]:
    """The mutants of an expression."""
    for change, select in mutants(f"select {sql}"):
        yield Changed(change, select.removeprefix("SELECT "))


def _tree(con: duckdb.DuckDBPyConnection, sql: str) -> Node:
    [(text,)] = con.execute("select json_serialize_sql(?)", [sql]).fetchall()
    tree: Node = json.loads(text)
    if tree["error"]:
        raise ValueError(f"{tree['error_message']}: {sql}")
    return tree


def _written(con: duckdb.DuckDBPyConnection, tree: Node) -> str:
    statement = "select json_deserialize_sql(?::json)"
    [(sql,)] = con.execute(statement, [json.dumps(tree)]).fetchall()
    return str(sql)


def _said(con: duckdb.DuckDBPyConnection, expression: Node) -> str:
    tree = _tree(con, "select 1")
    tree["statements"][0]["node"]["select_list"] = [expression]
    return _written(con, tree).removeprefix("SELECT ")


Path = tuple[str | int, ...]


def _nodes(value: Any, path: Path = ()) -> Iterator[tuple[Path, Node]]:
    if isinstance(value, dict):
        yield path, value
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    for key, child in pairs:
        if isinstance(child, dict | list):
            yield from _nodes(child, (*path, key))


def _replaced(tree: Node, path: Path, other: Any) -> Node:
    copy = deepcopy(tree)
    at: Any = copy
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = other
    return copy


Other = tuple[Any, str]
"""A node in the place of another, and what that is called where the two cannot be shown as SQL."""


def _others(node: Node) -> Iterator[Other]:
    # A subquery that is read from has the type of one in a condition, but no class.
    kind = node.get("class") or node.get("type")
    if kind in _KINDS and not (kind == "SUBQUERY" and "class" not in node):
        for other, told in _KINDS[kind](node):
            # The column that an expression makes keeps its name.
            yield ({**other, "alias": node["alias"]} if "class" in node else other), told


def _comparison(node: Node) -> Iterator[Other]:
    yield from (({**node, "type": other}, "") for other in COMPARISONS[node["type"]])


def _between(node: Node) -> Iterator[Other]:
    lower, lower_strict = (_compared(node, f"COMPARE_GREATERTHAN{s}", "lower") for s in _STRICT)
    upper, upper_strict = (_compared(node, f"COMPARE_LESSTHAN{s}", "upper") for s in _STRICT)
    yield from ((lower, ""), (upper, ""))
    yield from ((_both(lower_strict, upper), ""), (_both(lower, upper_strict), ""))


_STRICT = ("OREQUALTO", "")


def _compared(node: Node, kind: str, bound: str) -> Node:
    left, right = node["input"], node[bound]
    return {"class": "COMPARISON", "type": kind, "alias": "", "left": left, "right": right}


def _both(*children: Node) -> Node:
    return {"class": "CONJUNCTION", "type": "CONJUNCTION_AND", "alias": "", "children": children}


def _conjunction(node: Node) -> Iterator[Other]:
    turned = {"CONJUNCTION_AND": "CONJUNCTION_OR", "CONJUNCTION_OR": "CONJUNCTION_AND"}
    yield {**node, "type": turned[node["type"]]}, ""
    for rest in _each_left_out(node["children"]):
        yield (rest[0] if len(rest) == 1 else {**node, "children": rest}), ""


def _each_left_out(children: list[Node]) -> Iterator[list[Node]]:
    yield from ([*children[:at], *children[at + 1 :]] for at in range(len(children)))


def _operator(node: Node) -> Iterator[Other]:
    children = node["children"]
    if node["type"] in OPERATORS:
        yield {**node, "type": OPERATORS[node["type"]]}, ""
    elif node["type"] in ("OPERATOR_NOT", "OPERATOR_COALESCE"):
        yield from ((child, "") for child in children)
    elif node["type"] in ("COMPARE_IN", "COMPARE_NOT_IN"):
        yield _not(node), ""
        if len(children) > 2:
            for listed in _each_left_out(children[1:]):
                yield {**node, "children": [children[0], *listed]}, ""


def _not(node: Node) -> Node:
    return {"class": "OPERATOR", "type": "OPERATOR_NOT", "alias": "", "children": [node]}


def _constant(node: Node) -> Iterator[Other]:
    literal = node["literal"]
    kind, text = literal["kind"], literal.get("text", "")
    if kind in ("INTEGER", "NUMERIC"):
        step = Decimal(1).scaleb(Decimal(text).as_tuple().exponent)
        others = [str(Decimal(text) + step), str(Decimal(text) - step)]
    elif kind == "BOOLEAN":
        others = ["false" if text == "true" else "true"]
    else:
        others = ["", "mutant"] if kind == "STRING" else []
    for other in others:
        if other != text:
            yield {**node, "literal": {**literal, "text": other}}, ""


def _function(node: Node) -> Iterator[Other]:
    name = node["function_name"]
    if name in FUNCTIONS:
        yield _named(node, FUNCTIONS[name]), ""
    if node.get("filter"):
        yield {**node, "filter": None}, ""
    if node.get("distinct"):
        yield {**node, "distinct": False}, ""


def _named(node: Node, name: str) -> Node:
    return {**node, "function_name": name, "qualified_name": {"path": [name]}}


def _window(node: Node) -> Iterator[Other]:
    if node["function_name"] in FUNCTIONS and node["type"] == "WINDOW_AGGREGATE":
        yield _named(node, FUNCTIONS[node["function_name"]]), ""
    for rest in _each_left_out(node["partitions"]):
        yield {**node, "partitions": rest}, ""


def _case(node: Node) -> Iterator[Other]:
    checks = node["case_checks"]
    for rest in _each_left_out(checks):
        yield ({**node, "case_checks": rest} if rest else node["else_expr"]), ""


def _subquery(node: Node) -> Iterator[Other]:
    if node["subquery_type"] != "SCALAR":
        yield _not(node), ""


def _select(node: Node) -> Iterator[Other]:
    for clause in ("where_clause", "having", "qualify"):
        if node.get(clause):
            yield {**node, clause: None}, f"without its {clause.removesuffix('_clause')}"


def _join(node: Node) -> Iterator[Other]:
    if node["join_type"] in JOINS and node["ref_type"] == "REGULAR":
        other = JOINS[node["join_type"]]
        told = f"{node['join_type']} JOIN {_name(node['right'])} → {other} JOIN"
        yield {**node, "join_type": other}, told


def _name(table: Node) -> str:
    return str(table.get("alias") or table.get("table_name") or table["type"])


def _union(node: Node) -> Iterator[Other]:
    for child in node["children"]:
        yield {**child, "cte_map": node["cte_map"]}, f"{node['setop_type']} → one of its sides"


_KINDS: dict[str, Callable[[Node], Iterator[Other]]] = {
    "COMPARISON": _comparison,
    "BETWEEN": _between,
    "CONJUNCTION": _conjunction,
    "OPERATOR": _operator,
    "CONSTANT": _constant,
    "FUNCTION": _function,
    "WINDOW": _window,
    "CASE": _case,
    "SUBQUERY": _subquery,
    "SELECT_NODE": _select,
    "JOIN": _join,
    "SET_OPERATION_NODE": _union,
}
