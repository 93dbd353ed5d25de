"""From the rows of ``int_relation_terms`` to those of ``marts.suspects``."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from typing import Any, NamedTuple

from sql.localisation.plausible import in_order, ranked
from sql.localisation.problem import Cell, CellKey, Exact, Problem, RelationKey
from sql.localisation.search import Found, Limits, OutOfTime, smallest_sets

NOT_LOCALISED = "not_localised"
"""Kind of the one row of a table for which no set was found within the limits."""


class Term(NamedTuple):
    """One cell in one judged relation; ``sign`` is that of the cell with all on one side."""

    report_id: str
    form_table: str
    rule: str
    subject: str
    indicator: str
    breakdown: str
    sign: int
    value: Decimal | None
    line: int
    place: int
    doubt: int
    is_result: bool


class Suspect(NamedTuple):
    """One cell of one smallest set: a row of ``marts.suspects``."""

    report_id: str
    form_table: str
    solution_no: int | None
    change_no: int | None
    kind: str
    indicator: str | None
    breakdown: str | None
    value: Decimal | None
    suggested_value: Decimal | None
    is_certain: bool | None
    count_solutions: int
    has_more: bool


def suspects(terms: Iterable[Term], limits: Limits | None = None) -> Iterator[Suspect]:
    """The suspects of all tables; ``terms`` in the order of report, table and printed cells.

    The limit of time is one for each report, however many of its tables fail.
    """
    asked = limits or Limits()
    for _, of_report in groupby(terms, key=lambda term: term.report_id):
        deadline = time.thread_time() + asked.seconds
        for (report_id, form_table), of_table in groupby(of_report, key=lambda term: term[:2]):
            problem = problem_of(of_table)
            if not problem.residuals:
                continue
            try:
                found = smallest_sets(problem, asked, deadline)
            except OutOfTime:
                found = Found((), frozenset(), has_more=True)
            yield from _rows(report_id, form_table, problem, found)


def problem_of(terms: Iterable[Term]) -> Problem:
    """The table that these terms describe; its cells in the order of the terms."""
    cells: dict[CellKey, Cell] = {}
    relations: dict[RelationKey, dict[CellKey, int]] = {}
    for term in terms:
        key = CellKey(term.indicator, term.breakdown)
        value = None if term.value is None else _exact(term.value)
        cells[key] = Cell(key, value, term.line, term.place, term.doubt, term.is_result)
        relations.setdefault(RelationKey(term.rule, term.subject), {})[key] = term.sign
    return Problem(cells, relations)


def _exact(value: Decimal) -> Exact:
    fraction = Fraction(value)
    return fraction.numerator if fraction.denominator == 1 else fraction


def _rows(report_id: str, form_table: str, problem: Problem, found: Found) -> Iterator[Suspect]:
    nothing = (None, None, None, None)
    if not found.solutions:
        yield Suspect(
            report_id, form_table, None, None, NOT_LOCALISED, *nothing, None, 0, found.has_more
        )
    for solution_no, solution in enumerate(ranked(problem, found.solutions), start=1):
        for change_no, change in enumerate(in_order(problem, solution.changes), start=1):
            for cell, value in change.values:
                printed = problem.cells[cell].value
                yield Suspect(
                    report_id,
                    form_table,
                    solution_no,
                    change_no,
                    change.kind,
                    *cell,
                    None if printed is None else _decimal(printed),
                    Decimal(int(value)),
                    change in found.certain,
                    len(found.solutions),
                    found.has_more,
                )


def _decimal(value: Exact) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


def frame(terms: Any) -> Any:
    """An Arrow table of the suspects of a DuckDB relation of terms."""
    columns = ", ".join(Term._fields)
    rows = terms.order(", ".join(_ORDER)).project(columns)
    return _arrow(Term(*row) for row in rows.fetchall())


def spark_frame(terms: Any) -> Any:
    """The suspects of a Spark data frame of terms, report by report."""

    def of_report(table: Any) -> Any:
        rows = table.sort_by([(name, "ascending") for name in _ORDER]).to_pylist()
        return _arrow(Term(**row) for row in rows)

    types = ", ".join(f"{name} {_SQL.get(name, 'string')}" for name in Suspect._fields)
    return terms.select(*Term._fields).groupBy("report_id").applyInArrow(of_report, types)


_ORDER = ("report_id", "form_table", "line", "place", "rule", "subject")

_SQL = {
    "solution_no": "int",
    "change_no": "int",
    "value": "decimal(24, 8)",
    "suggested_value": "decimal(24, 8)",
    "is_certain": "boolean",
    "count_solutions": "int",
    "has_more": "boolean",
}
"""Types of the columns of suspects that are no texts."""


def _arrow(terms: Iterable[Term]) -> Any:
    """An Arrow table of the suspects of terms in order."""
    import pyarrow as pa

    found = suspects(terms)
    kinds = {"int": pa.int32(), "decimal(24, 8)": pa.decimal128(24, 8), "boolean": pa.bool_()}
    schema = pa.schema(
        [(name, kinds[_SQL[name]] if name in _SQL else pa.string()) for name in Suspect._fields]
    )
    return pa.Table.from_pylist([each._asdict() for each in found], schema=schema)
