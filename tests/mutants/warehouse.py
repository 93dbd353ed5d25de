"""The planted reports as tables, and the tables as they would be with another seed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

import duckdb

from checkpoints import transform
from sql.localisation.search import Limits
from tests.acceptance.runs import check, found_in
from tests.mutants.planted import Planted, write_all
from tests.oracle import Finding, expected_findings

Row = dict[str, str]
Rows = frozenset[tuple[Any, ...]]

BEFORE = "before"
"""The tables as they were made, beside those that change."""

SAMPLES = Path(__file__).parents[2] / "data" / "reports"

OF_THE_ORACLE = {
    *(f"completeness.{of}" for of in ("tables_present", "cells_present", "values_readable")),
    *(f"completeness.{of}" for of in ("totals_filled", "cells_filled")),
    *(f"non_negativity.{of}" for of in ("counts", "whole_counts", "amounts", "amount_precision")),
    "non_negativity.items_left",
    *(row["rule"] for row in transform.seed_rows("relations")),
}
"""The rules that tests/oracle.py works out from printed cells."""

TOLD = ("findings", "panel")
"""The marts in which a wrong sum shows."""

LOCALISATION = ("suspects", "int_relation_terms", "int_suspect_changes", "int_relation_suspects")
"""What is left as it is: it is Python, and only adds to the messages of findings."""


class Model(NamedTuple):
    """A model that hangs on a seed: its select, and the ids of what it reads."""

    id: str
    schema: str
    table: str
    select: str
    reads: frozenset[str]


class Warehouse:
    """The tables of the planted reports in memory; each question leaves them as they were."""

    def __init__(self, con: duckdb.DuckDBPyConnection, database: Path) -> None:
        self.con = con
        self.database = database
        self._manifest = transform._invoke(database, ["parse"])
        self._models = {
            name: self._compiled(*(f"{name}+,+{told}" for told in TOLD)) for name in SEEDS
        }

    @contextmanager
    def with_seed(self, seed: str, rows: Sequence[Row]) -> Iterator[None]:
        """Within, the tables are as they would be with ``rows`` as the seed's.

        Only what reads a table that is another is made anew. Raises duckdb.Error where that cannot
        be done.
        """
        models = self._models[seed]
        changed = {f"seed.gouji.{seed}"}
        if seed == "relations":
            # The one model whose select is made from the rows.
            [judged] = self._compiled("judged_relations", relations=list(rows))
            models = [judged if model.id == judged.id else model for model in models]
            changed.add(judged.id)
        self.con.execute("begin")
        try:
            self._load(seed, rows)
            for model in models:
                if not changed.isdisjoint({model.id, *model.reads}) and self._made_anew(model):
                    changed.add(model.id)
            yield
        finally:
            self.con.execute("rollback")

    def _made_anew(self, model: Model) -> bool:
        """Make the table of a model; say whether it is another than before."""
        name = f'"{model.schema}"."{model.table}"'
        self.con.execute(f"create or replace table {name} as {model.select}")
        now, before = f"from {name}", f"from {BEFORE}.{name}"
        [(difference,)] = self.con.execute(
            f"select count(*) from ((select * {now} except all select * {before})"
            f" union all (select * {before} except all select * {now}))"
        ).fetchall()
        return bool(difference)

    def _load(self, seed: str, rows: Sequence[Row]) -> None:
        self.con.execute(f"delete from form.{seed}")
        marks = ", ".join("?" for _ in rows[0])
        statement = f"insert into form.{seed} ({', '.join(rows[0])}) values ({marks})"
        self.con.executemany(statement, [[value or None for value in row.values()] for row in rows])

    def _compiled(self, *selected: str, **variables: Any) -> list[Model]:
        from dbt.cli import main

        runner = partial(main.dbtRunner, self._manifest)
        with mock.patch.object(main, "dbtRunner", runner):
            command = ["compile", "--select", *selected, "--exclude", *LOCALISATION]
            done = transform._invoke(self.database, command, None, variables)
        nodes = [result.node for result in done.results]
        models = [node for node in nodes if node.resource_type == "model"]
        return [
            Model(
                node.unique_id,
                node.schema,
                node.alias,
                node.compiled_code,
                frozenset(node.depends_on.nodes),
            )
            for node in models
        ]


SEEDS = ("relations", "carry_overs", "harmonised_members")
"""Those that say what is added up."""


@contextmanager
def planted_warehouse(folder: Path) -> Iterator[Warehouse]:
    """Write the planted reports into ``folder``, read and model them and the samples.

    Of the planted reports, what is found is compared with what the oracle works out.
    """
    made = write_all(folder / "reports")
    database = folder / "planted.duckdb"
    with mock.patch("sql.localisation.rows.Limits", lambda: Limits(seconds=0)):
        outcome = check([folder / "reports", SAMPLES], database)
    assert outcome.difficulties == ()
    _compare(made, found_in(database))
    with duckdb.connect() as con:
        con.execute(f"attach '{database}' as written (read_only)")
        for name in (BEFORE, database.stem):
            con.execute(f"attach ':memory:' as {name}")
            con.execute(f"copy from database written to {name}")
        # dbt opens it again for each compilation.
        con.execute("detach written")
        con.execute(f"use {database.stem}")
        yield Warehouse(con, database)


def _compare(made: Mapping[str, Planted], found: Mapping[str, Counter[Finding]]) -> None:
    for name, (report, form) in made.items():
        worked_out = expected_findings(report.printed, form.edition, form.single_other_row)
        known = {pair: n for pair, n in found[name].items() if pair[0] in OF_THE_ORACLE}
        assert known == worked_out, f"{name}: what is found is not what the oracle works out"


def findings(con: duckdb.DuckDBPyConnection) -> Rows:
    """What is found: where, by which rule, how grave, and the two figures compared."""
    return _rows(
        con,
        "select report_id, rule, subject, severity, origin, indicator, breakdown, expected, actual"
        " from marts.findings",
    )


def harmonised(con: duckdb.DuckDBPyConnection) -> Rows:
    """The figures of the panel that no form prints."""
    return _rows(
        con,
        "select report_id, indicator, breakdown, value, status from marts.panel"
        " where indicator in (select indicator from form.harmonised)",
    )


def _rows(con: duckdb.DuckDBPyConnection, query: str) -> Rows:
    counted = f"select *, count(*) from ({query}) as listed group by all"
    return frozenset(con.execute(counted).fetchall())
