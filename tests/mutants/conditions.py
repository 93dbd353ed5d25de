"""Mutants of what the suites state in SQL, and the cases of the tests that tell them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import duckdb

from expectations.rules import read_rules, rule_book
from expectations.suites import Stated, state_all
from tests.expectations import marts, test_conditions, test_integrity, test_suites
from tests.expectations.claims import Claim, Count, claims, count
from tests.mutants import syntax


@dataclass
class Mutant:
    """The claims that one change touches, as changed; ``fate`` as it is known so far."""

    place: str
    change: str
    claims: Mapping[str, tuple[Claim, ...]]
    fate: str = field(default="survived")


class Case(NamedTuple):
    """Rows added to sound marts, and what a test says of the rule with them.

    ``failing`` is the number of failing rows, ``judged`` how many more are judged, if it is said.
    """

    rule: str
    rows: Sequence[tuple[str, dict[str, Any]]]
    failing: int
    judged: int | None = None


def stated() -> list[Stated]:
    """Every expectation of every suite."""
    return state_all(rule_book(read_rules(), "zh"))


def mutants(expectations: Sequence[Stated]) -> Iterator[Mutant]:
    """One change each, in a condition, in what it is judged on, or in the rows of a batch."""
    for at, each in enumerate(expectations):
        for name in ("where", "condition"):
            for change, sql in syntax.of_expression(getattr(each.expectation, name)):
                other = replace(each, expectation=each.expectation.copy(update={name: sql}))
                changed = [*expectations[:at], other, *expectations[at + 1 :]]
                of_rule = {each.rule: claims(changed)[each.rule]}
                yield Mutant(f"{each.rule}, {name}", change, of_rule)
    for name, batch in {each.batch.name: each.batch for each in expectations}.items():
        for change, sql in syntax.mutants(batch.sql):
            other_batch = replace(batch, sql=sql)
            changed = [
                replace(each, batch=other_batch) if each.batch.name == name else each
                for each in expectations
            ]
            touched = {each.rule for each in changed if each.batch is other_batch}
            all_claims = claims(changed)
            yield Mutant(f"batch {name}", change, {rule: all_claims[rule] for rule in touched})


def cases() -> list[Case]:
    """The lists of the tests of the suites."""
    program = "integrity."
    return [
        *(Case(rule, rows, 0) for rule, rows in test_suites.HOLDS),
        *(Case(rule, rows, count) for rule, rows, count in test_suites.FAILS),
        *(Case(rule, rows, 0, 0) for rule, rows in test_suites.NOT_JUDGED),
        *(
            Case(rule, rows, failing, judged)
            for rule, rows, judged, failing in test_conditions.CASES
        ),
        *(Case(program + rule, rows, 0) for rule, rows in test_integrity.HOLDS),
        *(Case(program + rule, rows, count) for rule, rows, count in test_integrity.FAILS),
        *(Case(rule, [], 0) for rule in claims(stated())),
    ]


def try_cases(tried: Sequence[Mutant]) -> None:
    """Note in each mutant whether a case of the tests fails on it, or it cannot be evaluated."""
    with duckdb.connect() as con:
        marts.fill(con)
        before = {id(each): _counts(con, each) for each in tried}
        for case in cases():
            alive = [each for each in tried if each.fate == "survived" and case.rule in each.claims]
            with _added(con, case):
                for each in alive:
                    if not _passes(con, case, each, before[id(each)]):
                        each.fate = "killed"


@contextmanager
def _added(con: duckdb.DuckDBPyConnection, case: Case) -> Iterator[None]:
    con.execute("begin")
    try:
        for table, changes in case.rows:
            marts.add(con, table, changes)
        yield
    finally:
        con.execute("rollback")


def _counts(con: duckdb.DuckDBPyConnection, mutant: Mutant) -> dict[str, Count]:
    try:
        return {rule: count(con, of_rule) for rule, of_rule in mutant.claims.items()}
    except duckdb.Error:
        mutant.fate = "refused"
        return {}


def _passes(
    con: duckdb.DuckDBPyConnection, case: Case, mutant: Mutant, before: Mapping[str, Count]
) -> bool:
    try:
        now = count(con, mutant.claims[case.rule])
    except duckdb.Error:
        return False
    more = now.less(before[case.rule])
    return now.failing == case.failing and case.judged in (None, more.judged)


def try_reports(con: duckdb.DuckDBPyConnection, tried: Sequence[Mutant]) -> None:
    """Note in each mutant that is left whether it finds something else in the marts of ``con``."""
    as_stated = {rule: _found(con, of_rule) for rule, of_rule in claims(stated()).items()}
    for each in tried:
        if each.fate == "survived":
            try:
                same = all(_found(con, cs) == as_stated[rule] for rule, cs in each.claims.items())
            except duckdb.Error:
                same = False
            each.fate = "survived" if same else "killed"


def _found(con: duckdb.DuckDBPyConnection, of_rule: Iterable[Claim]) -> frozenset[tuple[Any, ...]]:
    """The failing rows of a rule, as reports and subjects with their number."""
    found: list[tuple[Any, ...]] = []
    for number, claim in enumerate(of_rule):
        found += con.execute(
            f"select {number}, report_id, subject_of, count(*) from ("
            f"select *, {claim.subject} as subject_of from ({claim.rows}) as batch"
            f") as batch where {claim.fails} group by all"
        ).fetchall()
    return frozenset(found)
