"""What reading one file may take."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Limits:
    """What reading one file may take: ``seconds`` of time and ``mebibytes`` of memory."""

    seconds: float = 60.0
    mebibytes: int = 1024


DEFAULT = Limits()


def limit_memory(mebibytes: int) -> None:
    """Limit what this process may take beyond what it has: POSIX alone knows such limits."""
    if sys.platform == "win32":
        return
    import resource

    status = Path("/proc/self/statm")
    pages = int(status.read_text().split()[0]) if status.exists() else 0
    limit = pages * resource.getpagesize() + mebibytes * 2**20
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
