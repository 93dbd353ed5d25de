"""The plane that charts are drawn in: its size, its scale, and how it is labelled.

Lengths are units of the drawing, 1 at its natural size a pixel; y grows downwards.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from checkpoints.numbers import plain

Words = tuple[str, str]
"""The same in Chinese and English."""
WIDTH = 380.0
"""Of a drawing, so that its type can be read on a telephone and several stand side by side."""
LEFT, RIGHT, TOP, BOTTOM = 34.0, 8.0, 26.0, 26.0
PLOT = 170.0
"""Height from the largest tick to the ground line."""
SHORT_LABELS = 34.0
"""Slots narrower than this name a year by its last two digits."""
MOST_TICKS = 5


@dataclass(frozen=True)
class Tick:
    """A level of the scale."""

    y: float
    text: str


def label(year: str, slot: float) -> str:
    """What a column is called, short where it is narrow."""
    return year[2:] if slot < SHORT_LABELS and year.isdigit() else year


def ticks(most: Decimal) -> Iterator[Tick]:
    """Round levels from 0 to at least ``most``, and at least to 1."""
    step = Decimal(1)
    while step * (MOST_TICKS - 1) < most:
        step *= Decimal(2) if str(step.normalize())[0] in "15" else Decimal("2.5")
    count = max(1, int((most / step).to_integral_value(ROUND_CEILING)))
    for number in range(count + 1):
        value = step * number
        yield Tick(TOP + PLOT * (1 - number / count), plain(value))
