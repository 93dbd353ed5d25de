"""Room for the frames of deep calls."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

Given = ParamSpec("Given")
Got = TypeVar("Got")

_SLOTS = 65_536
"""Of the interpreter's stack, eight bytes each: more than the deepest chain of imports takes."""


def roomy(function: Callable[Given, Got]) -> Callable[Given, Got]:
    """``function``, with all Python frames below it in one piece of memory.

    CPython keeps frames in pieces of 16 KiB. A loop at the edge of one has every call take the next
    piece from the system and give it back: 68,000 times while Great Expectations is imported, which
    is a twentieth of the CPU of a check. A frame that asks for more gets a larger piece, whose rest
    is there for those below:
    https://github.com/python/cpython/blob/3.11/Python/pystate.c, ``push_chunk``.
    """

    def call(*args: Given.args, **kwargs: Given.kwargs) -> Got:
        return function(*args, **kwargs)

    call.__code__ = call.__code__.replace(co_stacksize=_SLOTS)
    return wraps(function)(call)
