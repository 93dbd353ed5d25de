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
from typing import Any

UNUSED = ("altair", "scipy.special", "scipy.stats")
_KNOWN = ("__file__", "__name__", "__spec__")
"""What is known of a module before it is executed, and asked of all modules by :mod:`inspect`."""


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
            spec.loader = _Loader(spec.loader)
        return spec


class _Loader(importlib.util.LazyLoader):
    """The lazy loader, whose modules are not executed for what is known of them."""

    def exec_module(self, module: ModuleType) -> None:
        """See :class:`importlib.util.LazyLoader`."""
        super().exec_module(module)
        lazy = type(module)

        class Deferred(ModuleType):
            def __getattribute__(self, name: str) -> Any:
                if name in _KNOWN:
                    return super().__getattribute__(name)
                object.__setattr__(self, "__class__", lazy)
                return getattr(self, name)

        module.__class__ = Deferred


def defer_unused() -> None:
    """From now on modules of :data:`UNUSED` are executed when something of theirs is asked for.

    To be called before other threads import anything: they go through the same list of finders.
    """
    if not any(isinstance(finder, _Deferring) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Deferring())
