"""The limit of modelling: DuckDB copies the raw cells and sums them up, and does nothing else.

``python -m bench.work.copy_and_sum DATABASE TARGET``
"""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb


def copy_and_sum(database: Path, target: Path) -> None:
    """Write a copy of the raw cells and their sums by table and column into a new database."""
    target.unlink(missing_ok=True)
    with duckdb.connect(str(target)) as con:
        con.execute(f"attach '{database}' as base (read_only)")
        con.execute("create table cells as from base.raw.cells")
        con.execute(
            """
            create table sums as
            select
                document_id,
                block_no,
                col_no,
                count(*) as cells,
                sum(try_cast(text as decimal(24, 8))) as total
            from cells
            group by document_id, block_no, col_no
            """
        )


if __name__ == "__main__":
    copy_and_sum(Path(sys.argv[1]), Path(sys.argv[2]))
