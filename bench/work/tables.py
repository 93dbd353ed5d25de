"""Write what the peers check: ``python -m bench.work.tables DATABASE FOLDER``.

The tables of ``peer_tables.sql`` stand in ``FOLDER/tables.duckdb`` and, each, in a Parquet file.
"""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb

from bench.checks import by_table

TABLES = Path(__file__).parent.parent / "peer_tables.sql"


def write(database: Path, folder: Path) -> None:
    """Write the tables of the marts of ``database`` into ``folder``, anew."""
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / "tables.duckdb"
    target.unlink(missing_ok=True)
    with duckdb.connect(str(target)) as con:
        con.execute(f"attach '{database}' as warehouse (read_only)")
        con.execute(TABLES.read_text(encoding="utf-8"))
        for table, _ in by_table():
            con.execute(f"copy {table} to '{folder / table}.parquet'")


if __name__ == "__main__":
    write(Path(sys.argv[1]), Path(sys.argv[2]))
