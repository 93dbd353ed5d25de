"""Numbers as people write them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

MOST_TERMS = 4
"""A sum of more terms leaves out those that are 0."""


def plain(value: Decimal) -> str:
    """``value`` with the decimals that it needs."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def total(terms: Sequence[Decimal]) -> str:
    """A sum spelt out, such as ``12 + 1 − 3 = 10``; a single number stands alone."""
    told = [term for term in terms if term] if len(terms) > MOST_TERMS else list(terms)
    whole = plain(sum(terms, Decimal()))
    if len(told) < 2:
        return whole
    first, *others = told
    signed = "".join(f" {'−' if term < 0 else '+'} {plain(abs(term))}" for term in others)
    return f"{plain(first).replace('-', '−')}{signed} = {whole}"
