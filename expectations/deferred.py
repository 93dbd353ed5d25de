"""Imports put off until they are used.

Great Expectations imports modules for distributions and charts, which no expectation here needs, at
the cost of a third of its own import.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType

UNUSED = ("altair", "scipy.special", "scipy.stats")


class _Deferring(MetaPathFinder):
    """Finds modules as the other finders do, to be executed when an attribute is asked for."""

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """See :class:`importlib.abc.MetaPathFinder`."""
        if name not in UNUSED:
            return None
        others = (finder for finder in sys.meta_path if finder is not self)
        found = (finder.find_spec(name, path, target) for finder in others)
        spec = next((spec for spec in found if spec is not None), None)
        if spec is not None and spec.loader is not None:
            spec.loader = importlib.util.LazyLoader(spec.loader)
        return spec


def defer_unused() -> None:
    """From now on modules of :data:`UNUSED` are executed when something of theirs is asked for.

    To be called before other threads import anything: they go through the same list of finders.
    """
    if not any(isinstance(finder, _Deferring) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Deferring())
