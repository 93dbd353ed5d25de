"""Load what comes after the reading while other processes read."""

from __future__ import annotations

from contextlib import suppress
from importlib import import_module
from threading import Thread

from checkpoints.progress import Progress
from checkpoints.room import roomy
from expectations.deferred import defer_unused


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
            Thread(target=_load, daemon=True).start()
        progress(step, done, total)

    return told


@roomy
def _load() -> None:
    with suppress(Exception):
        for name in ("dbt.cli.main", "expectations.validation"):
            import_module(name)
