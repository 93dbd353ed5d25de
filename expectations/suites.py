"""All suites of the package, found by their ``SUITE`` name.

A suite is a module of this package with a constant ``SUITE`` and a function
``expectations(book) -> list[Stated]``. It may define rules of its own in ``RULES``; otherwise its
rules are those of ``rules.csv``. Adding the module is all it takes.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import expectations
from expectations.batch import Batch
from expectations.every_row import ExpectEveryRow
from expectations.rules import RuleBook


@dataclass(frozen=True, slots=True)
class Stated:
    """One expectation and the rows it is about; its rule and suite stand in its meta.

    ``own_subject`` is the SQL of its findings' subject where the batch does not say it.
    """

    batch: Batch
    expectation: ExpectEveryRow
    own_subject: str | None = None

    @property
    def subject(self) -> str | None:
        """SQL of the subject that a finding about a row has; None for gouji's own rules."""
        return self.own_subject or self.batch.subject

    @property
    def rule(self) -> str:
        """The id of the rule this expectation states."""
        return str((self.expectation.meta or {})["rule"])

    @property
    def suite(self) -> str:
        """The suite of that rule."""
        return str((self.expectation.meta or {})["suite"])


def state(
    batch: Batch,
    words: Mapping[str, Any],
    condition: str,
    *,
    where: str = "true",
    show: Iterable[str] = (),
    subject: str | None = None,
) -> Stated:
    """Every row of ``batch`` that meets ``where`` meets ``condition``, both SQL over its columns.

    ``words`` are those of its rule, of :meth:`RuleBook.words`; ``show`` names the columns that tell
    why a row fails; ``subject`` as :attr:`Stated.own_subject`.
    """
    expectation = ExpectEveryRow(
        where=where, condition=condition, columns=batch.shown(show), **words
    )
    return Stated(batch, expectation, subject)


def suite_modules() -> list[ModuleType]:
    """The modules that state a suite, by name."""
    names = sorted(info.name for info in pkgutil.iter_modules(expectations.__path__))
    modules = [importlib.import_module(f"expectations.{name}") for name in names]
    return [module for module in modules if hasattr(module, "SUITE")]


def with_own_rules(book: RuleBook) -> RuleBook:
    """The book, and the rules that suites define themselves."""
    for module in suite_modules():
        book = book.with_rules(getattr(module, "RULES", ()))
    return book


def state_all(book: RuleBook) -> list[Stated]:
    """Every expectation of every suite, the suites in the order of their rules.

    Raises UnknownRule where a suite states a rule that neither the book nor the suite defines.
    """
    book = with_own_rules(book)
    suites = list(dict.fromkeys(rule.suite for rule in book))
    modules = sorted(
        (module for module in suite_modules() if module.SUITE in suites),
        key=lambda module: suites.index(module.SUITE),
    )
    return [stated for module in modules for stated in module.expectations(book)]


def unstated_rules(book: RuleBook, stated: Iterable[Stated]) -> list[str]:
    """Rules of a suite that is stated here which no expectation states, in the seed's order."""
    is_stated = {each.rule for each in stated}
    suites = {module.SUITE for module in suite_modules()}
    return [r.rule for r in with_own_rules(book) if r.suite in suites and r.rule not in is_stated]
