"""Patterns of DuckDB (RE2) as patterns of Spark (Java) that match the same."""

from __future__ import annotations

import re

_SPACE = r"\t\n\f\r "
_ESCAPE = re.compile(r"\\(?:x\{[0-9a-fA-F]+\}|[pP]\{\w+\}|.)", re.DOTALL)
_CLASS_BEGINS = re.compile(r"\[\^?\]?")


def java(pattern: str) -> str:
    """``pattern``, which RE2 takes, as Java takes it.

    In Java ``$`` also matches before a last line break, other characters than ``\\n`` end a line,
    white space has one character more, scripts have a prefix, and brackets and && mean something
    inside a class.
    """
    out = ["(?d)"]
    in_class = False
    place = 0
    while place < len(pattern):
        letter = pattern[place]
        found = letter
        if letter == "\\":
            escape = _ESCAPE.match(pattern, place)
            if escape is None:
                raise ValueError(pattern)
            found = escape[0]
            out.append(_escape(found, in_class))
        elif letter == "[" and not in_class:
            begins = _CLASS_BEGINS.match(pattern, place)
            assert begins is not None
            in_class, found = True, begins[0]
            # A bracket that comes first in a class stands for itself.
            out.append(found.replace("]", r"\]"))
        elif in_class:
            in_class = letter != "]"
            out.append("\\" + letter if letter in "[&" else letter)
        else:
            out.append(r"\z" if letter == "$" else letter)
        place += len(found)
    return "".join(out)


def _escape(found: str, in_class: bool) -> str:
    if found == r"\s":
        return _SPACE if in_class else f"[{_SPACE}]"
    if found[1] in "pP":
        return found.replace("{", "{Is")
    return found


def java_replacement(replacement: str, shift: int = 0) -> str:
    r"""A replacement of RE2, ``\1``, as Java's, ``$1``; ``shift`` groups come before its own."""
    return re.sub(
        r"\\(\d)", lambda group: f"${int(group[1]) + shift}", replacement.replace("$", r"\$")
    )
