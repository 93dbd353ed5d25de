"""What reading one file may take."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """What reading one file may take: ``seconds`` of time and ``mebibytes`` of memory."""

    seconds: float = 60.0
    mebibytes: int = 1024


DEFAULT = Limits()
