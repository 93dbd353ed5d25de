"""Soda on DuckDB: one failed-rows check for each rule, all its samples kept by a sampler.

Its release pins DuckDB 1.0, which cannot read the files of DuckDB 2: it is given Parquet.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import duckdb
from soda.sampler.sampler import Sampler
from soda.scan import Scan

from bench.checks import by_table, write_failing

ALL = 10**9
"""More failing rows than there are: by default 100 are given."""


class Kept(Sampler):  # type: ignore[misc]
    """Keeps rule and report of each failing row."""

    def __init__(self) -> None:
        self.cases: list[tuple[str, str | None]] = []

    def store_sample(self, sample_context: Any) -> None:
        """Keep the rows of one check."""
        sample = sample_context.sample
        names = [column.name for column in sample.get_schema().columns]
        at = names.index("report_id")
        rule = sample_context.check_name.partition(" ")[0]
        self.cases += [(rule, row[at]) for row in sample.get_rows()]


def run(tables: Path, folder: Path) -> None:
    """Check the Parquet files of ``tables``, write failing rows to ``folder``."""
    con = duckdb.connect()
    lines = []
    for table, checks in by_table():
        con.execute(f"create view {table} as from read_parquet('{tables / table}.parquet')")
        lines.append(f"checks for {table}:")
        for number, check in enumerate(checks):
            lines += [
                "  - failed rows:",
                f"      name: {check.rule} {number}",
                f"      samples limit: {ALL}",
                f"      fail condition: ({check.applies}) and not ({check.holds})",
            ]
    scan = Scan()
    scan.set_data_source_name("marts")
    scan.add_duckdb_connection(con, data_source_name="marts")
    scan.add_sodacl_yaml_str("\n".join(lines))
    scan.sampler = Kept()
    scan.execute()
    if scan.has_error_logs():
        raise RuntimeError(scan.get_error_logs_text())
    write_failing(folder, scan.sampler.cases)


if __name__ == "__main__":
    run(Path(sys.argv[1]), Path(sys.argv[2]))
