"""``make mutants``: change the seeds of the sums and what the suites state, one thing at a time.

A change that no planted report and no case of the tests notices has survived. Ends with 1 where one
has that is not listed as changing nothing.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import duckdb

from checkpoints.transform import seed_rows
from tests.mutants import conditions
from tests.mutants.report import Tried, show
from tests.mutants.seeds import mutants
from tests.mutants.warehouse import SEEDS, Rows, Warehouse, findings, harmonised, planted_warehouse


def of_seeds(warehouse: Warehouse) -> Iterator[Tried]:
    """The mutants of each seed, and whether what is found or shown is another."""
    before = _told(warehouse)
    for seed in SEEDS:
        rows = seed_rows(seed)
        with warehouse.with_seed(seed, rows):
            assert _told(warehouse) == before, f"{seed} as it is changes what is found"
        for mutant in mutants(rows):
            try:
                with warehouse.with_seed(seed, mutant.rows):
                    fate = "survived" if _told(warehouse) == before else "killed"
            except duckdb.Error:
                fate = "refused"
            yield Tried(f"{seed}.csv", mutant.change, fate)


def _told(warehouse: Warehouse) -> tuple[Rows, Rows]:
    return findings(warehouse.con), harmonised(warehouse.con)


def of_conditions(con: duckdb.DuckDBPyConnection) -> Iterator[Tried]:
    """The mutants of what the suites state, and whether a case or a report tells them."""
    tried = list(conditions.mutants(conditions.stated()))
    conditions.try_cases(tried)
    conditions.try_reports(con, tried)
    yield from (Tried(each.place, each.change, each.fate) for each in tried)


PARTS = ("conditions", "seeds")


def main() -> int:
    """Try the parts that are named, or all; the exit code."""
    parts = sys.argv[1:] or PARTS
    with tempfile.TemporaryDirectory() as folder, planted_warehouse(Path(folder)) as warehouse:
        tried = {"conditions": of_conditions(warehouse.con), "seeds": of_seeds(warehouse)}
        return max(show(part, tried[part]) for part in parts)


if __name__ == "__main__":
    sys.exit(main())
