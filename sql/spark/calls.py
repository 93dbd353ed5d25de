"""Parts of Spark's statements that several of the rules put together."""

from __future__ import annotations

from typing import Any

from sqlglot import exp


def call(name: str, *arguments: Any) -> Any:
    """A call of one of Spark's functions, left as it is."""
    return exp.Anonymous(this=name, expressions=[exp.convert(each) for each in arguments])


def counted_from_1(array: Any) -> Any:
    """1, 2, 3 ... for the items of an array."""
    body = exp.Add(this=exp.to_identifier("item_no"), expression=exp.convert(1))
    return call("transform", array.copy(), function(body, "item", "item_no"))


def function(body: Any, *names: str) -> Any:
    """``names -> body``."""
    return exp.Lambda(this=body, expressions=[exp.to_identifier(name) for name in names])


def when(condition: Any, value: Any) -> Any:
    """The value where the condition is met, else NULL."""
    return exp.Case(ifs=[exp.If(this=condition, true=value)])


def is_null(value: Any) -> Any:
    """Whether a value is NULL."""
    return exp.Is(this=value.copy(), expression=exp.null())
