"""How a report stands: the worst of what was found, suite by suite."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from checkpoints.groups import Group
from checkpoints.outcome import SEVERITIES, SUITES

SIGNS = {"error": "✗", "warning": "!", "info": "·", "ok": "✓", "waived": "○", "missing": "▢"}
"""A sign for each state, so that colour never stands alone."""

APART = ("accepted", "changed_rule")


@dataclass(frozen=True)
class Standing:
    """Groups of one suite, or of all: those that count by severity, and those that do not.

    ``counts`` and ``apart`` hold pairs of a key of the words and a number above 0.
    """

    suite: str | None
    counts: tuple[tuple[str, int], ...]
    apart: tuple[tuple[str, int], ...]

    @property
    def worst(self) -> str:
        """The worst severity that counts, else ok."""
        return self.counts[0][0] if self.counts else "ok"


def standing(groups: Sequence[Group], suite: str | None = None) -> Standing:
    """How these groups stand in one suite or in all."""
    own = [group for group in groups if suite in (None, group.suite)]
    counts = ((s, sum(g.counts and g.severity == s for g in own)) for s in SEVERITIES)
    waived = ("counted_waived", sum(g.waived for g in own))
    others = ((s, sum(not g.waived and g.standing == s for g in own)) for s in APART)
    return Standing(suite, _some(counts), _some([waived, *others]))


def standings(groups: Sequence[Group]) -> list[Standing]:
    """How these groups stand in each suite."""
    return [standing(groups, suite) for suite in SUITES]


def _some(counts: Iterable[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    return tuple((key, count) for key, count in counts if count)
