"""dbt: one singular test for each check, failures stored in a database of their own."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import duckdb
from dbt.cli.main import dbtRunner

from bench.checks import CHECKS, write_failing

PROJECT = """\
name: peer
version: "1.0"
profile: peer
config-version: 2
flags: {send_anonymous_usage_stats: false}
data_tests: {peer: {+store_failures: true, +severity: warn}}
"""
PROFILE = """\
peer:
  target: duckdb
  outputs:
    duckdb:
      type: duckdb
      path: FOLDER/failures.duckdb
      threads: 2
      keep_open: true
      attach: [{path: TABLES/tables.duckdb, alias: peer, read_only: true}]
"""
STORED = "main_dbt_test__audit"


def run(tables: Path, folder: Path) -> None:
    """Check ``tables.duckdb`` with a project written into ``folder``, and the failing rows too."""
    project = folder / "project"
    (project / "tests").mkdir(parents=True)
    (project / "dbt_project.yml").write_text(PROJECT, encoding="utf-8")
    profile = PROFILE.replace("FOLDER", str(folder)).replace("TABLES", str(tables))
    (project / "profiles.yml").write_text(profile, encoding="utf-8")
    rules = {f"check_{number}": check for number, check in enumerate(CHECKS)}
    for name, check in rules.items():
        text = (
            f"select report_id from peer.{check.table}\n"
            f"where ({check.applies}) and not ({check.holds})\n"
        )
        (project / "tests" / f"{name}.sql").write_text(text, encoding="utf-8")
    os.environ |= {"DBT_PROJECT_DIR": str(project), "DBT_PROFILES_DIR": str(project)}
    quiet = ("--log-level", "none", "--log-level-file", "none")
    outcome: Any = dbtRunner().invoke(["test", *quiet])
    if not outcome.success:
        wrong = [each.message for each in outcome.result or () if str(each.status) == "error"]
        raise RuntimeError(outcome.exception or wrong)
    with duckdb.connect(str(folder / "failures.duckdb")) as con:
        stored = [
            (rules[table].rule, report_id)
            for (table,) in con.execute(
                "select table_name from duckdb_tables() where schema_name = ?", [STORED]
            ).fetchall()
            for (report_id,) in con.execute(f"select report_id from {STORED}.{table}").fetchall()
        ]
    write_failing(folder, stored)


if __name__ == "__main__":
    run(Path(sys.argv[1]), Path(sys.argv[2]))
