"""The changes that change nothing, and why; no other may survive."""

from __future__ import annotations

import re
from typing import NamedTuple


class Reason(NamedTuple):
    """Why ``times`` changes that match the pattern ``change`` are none."""

    part: str
    place: str
    change: str
    times: int
    text: str


REASONS: tuple[Reason, ...] = ()


def reason(place: str, change: str) -> Reason | None:
    """Why a surviving change is none; None where it is one."""
    return next((r for r in REASONS if r.place == place and re.search(r.change, change)), None)
