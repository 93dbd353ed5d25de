"""A printed table as cells and relations, in exact numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

Exact = int | Fraction


class CellKey(NamedTuple):
    """Codes of a cell within its table."""

    indicator: str
    breakdown: str


class RelationKey(NamedTuple):
    """Rule and subject (row, column or channel) of a relation."""

    rule: str
    subject: str


@dataclass(frozen=True)
class Cell:
    """A cell as printed: a blank has no ``value`` and counts as 0.

    ``line`` and ``place`` count the printed row and the cell's place in it from 1. ``doubt``
    counts the reasons to distrust the cell: blank, low confidence, contradicted elsewhere.
    ``is_result``: it is the total of a relation.
    """

    key: CellKey
    value: Exact | None
    line: int = 0
    place: int = 0
    doubt: int = 0
    is_result: bool = False

    @property
    def counted(self) -> Exact:
        """What the cell counts for in its relations."""
        return 0 if self.value is None else self.value

    @property
    def is_possible(self) -> bool:
        """Whether the printed number is a non-negative whole one."""
        return self.counted >= 0 and self.counted == int(self.counted)


@dataclass(frozen=True)
class Problem:
    """Cells of one table, and its relations as signs of their cells: each sum should be 0."""

    cells: Mapping[CellKey, Cell]
    relations: Mapping[RelationKey, Mapping[CellKey, int]]

    @cached_property
    def residuals(self) -> dict[RelationKey, Exact]:
        """How far each relation is from holding; only those that do not."""
        sums = {key: self._sum(terms) for key, terms in self.relations.items()}
        return {key: value for key, value in sums.items() if value}

    @cached_property
    def relations_of(self) -> dict[CellKey, dict[RelationKey, int]]:
        """The relations each cell stands in, with its sign there."""
        found: dict[CellKey, dict[RelationKey, int]] = {key: {} for key in self.cells}
        for relation, terms in self.relations.items():
            for cell, sign in terms.items():
                found[cell][relation] = sign
        return found

    def upset(self, changes: Mapping[CellKey, Exact]) -> dict[RelationKey, Exact]:
        """What adding ``changes`` to the cells adds to each relation, where that is not 0."""
        by: dict[RelationKey, Exact] = {}
        for cell, change in changes.items():
            for relation, sign in self.relations_of[cell].items():
                by[relation] = by.get(relation, 0) + sign * change
        return {relation: change for relation, change in by.items() if change}

    def _sum(self, terms: Mapping[CellKey, int]) -> Exact:
        total: Exact = 0
        for cell, sign in terms.items():
            total += sign * self.cells[cell].counted
        return total
