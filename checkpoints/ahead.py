"""Load what comes after the reading while other processes read."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from threading import Thread

from checkpoints.progress import Progress
from expectations.deferred import defer_unused

_SLOTS = 65_536
"""Of the interpreter's stack, eight bytes each: more than the deepest chain of imports takes."""


def loading_ahead(progress: Progress) -> Progress:
    """``progress``, which at the first file that is to be read starts to import dbt and GX.

    A run that has nothing to read may need neither; it imports them where it uses them, as this
    one does whatever goes wrong here.
    """
    has_begun = False

    def told(step: str, done: int, total: int) -> None:
        nonlocal has_begun
        if step == "read" and done < total and not has_begun:
            has_begun = True
            defer_unused()
            Thread(target=_roomy(_load), daemon=True).start()
        progress(step, done, total)

    return told


def _load() -> None:
    with suppress(Exception):
        for name in ("dbt.cli.main", "expectations.validation"):
            import_module(name)


def _roomy(function: Callable[[], None]) -> Callable[[], None]:
    """``function``, with all Python frames below it in one piece of memory.

    CPython keeps frames in pieces of 16 KiB. A loop at the edge of one has every call take the next
    piece from the system and give it back: in these imports 68,000 times, a twentieth of the CPU of
    a check. A frame that asks for more gets a larger piece, whose rest is there for those below:
    https://github.com/python/cpython/blob/3.11/Python/pystate.c, ``push_chunk``.
    """

    def call() -> None:
        function()

    call.__code__ = call.__code__.replace(co_stacksize=_SLOTS)
    return call
