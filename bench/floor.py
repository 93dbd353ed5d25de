"""The floor of validation: every rule by hand-written SQL, its failing rows written out.

``python -m bench.floor DATABASE FOLDER`` writes ``FOLDER/failing.csv``.
"""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb

CHECKS = Path(__file__).with_name("floor.sql")


def run(database: Path, failing: Path) -> None:
    """Check the marts of ``database`` and write the cases that fail to ``failing``."""
    with duckdb.connect(str(database), read_only=True) as con:
        con.execute(CHECKS.read_text(encoding="utf-8"))
        con.execute(f"copy (from failing order by all) to '{failing}' (header)")


if __name__ == "__main__":
    run(Path(sys.argv[1]), Path(sys.argv[2]) / "failing.csv")
