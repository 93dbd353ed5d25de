"""What reading one file may take."""

from __future__ import annotations

import sys
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path


@dataclass(frozen=True)
class Limits:
    """What reading one file may take: ``seconds`` of time and ``mebibytes`` of memory."""

    seconds: float = 60.0
    mebibytes: int = 1024


DEFAULT = Limits()


_ARENAS = -8
"""``M_ARENA_MAX`` of glibc's ``malloc.h``."""


def limit_memory(mebibytes: int, module: str) -> None:
    """Limit what this process may take beyond ``module``, which is imported here, and what it has.

    POSIX alone knows such limits.
    """
    if sys.platform == "win32":
        import_module(module)
        return
    import ctypes
    import resource

    # The limit counts what is reserved, and glibc reserves 64 MiB for every thread that asks: of a
    # scan's 800 MiB a third.
    with suppress(AttributeError):  # Other libraries do not.
        ctypes.CDLL(None).mallopt(_ARENAS, 2)
    import_module(module)

    status = Path("/proc/self/statm")
    pages = int(status.read_text().split()[0]) if status.exists() else 0
    limit = pages * resource.getpagesize() + mebibytes * 2**20
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
