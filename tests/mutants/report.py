"""What became of the mutants, on the screen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

from tests.mutants.equivalent import REASONS, Reason, reason

Fate = Literal["killed", "refused", "survived"]


class Tried(NamedTuple):
    """One mutant: what was changed where; ``refused`` is a change that cannot be built."""

    place: str
    change: str
    fate: Fate


def show(part: str, tried: Iterable[Tried]) -> int:
    """Print the survivors and the count of fates for each place; 1 where some have no reason.

    A reason is listed for so many survivors: one more or less is not explained.
    """
    fates: dict[str, Counter[str]] = {}
    explained: Counter[Reason] = Counter()
    unexplained = False
    for mutant in tried:
        why = reason(mutant.place, mutant.change) if mutant.fate == "survived" else None
        fate = "equivalent" if why else mutant.fate
        if why:
            explained[why] += 1
        elif fate == "survived":
            unexplained = True
            print(f"survived: {mutant.place}: {mutant.change}", flush=True)
        fates.setdefault(mutant.place, Counter())[fate] += 1
    for why in (each for each in REASONS if each.part == part):
        print(f"{explained[why]} equivalent in {why.place}: {why.change}: {why.text}")
        if explained[why] != why.times:
            unexplained = True
            print(f"  but {why.times} are listed")
    _table(fates)
    return int(unexplained)


def _table(fates: Mapping[str, Counter[str]]) -> None:
    columns = ("killed", "refused", "equivalent", "survived")
    print("\n| where | tried | " + " | ".join(columns) + " |")
    print("|---|" + "---:|" * (len(columns) + 1))
    for place, count in {**fates, "all": sum(fates.values(), Counter[str]())}.items():
        numbers = [count.total(), *(count[column] for column in columns)]
        print(f"| {place} | " + " | ".join(map(str, numbers)) + " |")
