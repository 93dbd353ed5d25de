"""What ``gouji validate`` asserts: ``python -m bench.work.validate DATABASE FOLDER``.

All suites on all current reports by Great Expectations, Data Docs written, and the failing rows
with their words from ``marts.findings``. Tells the cases of each rule that the suites counted.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import duckdb

from checkpoints.annual_reports import run_checkpoint


def run(database: Path, folder: Path) -> dict[str, int]:
    """Validate and write; return the cases that the suites counted, by rule.

    Raises RuntimeError where an expectation could not be evaluated.
    """
    checked = run_checkpoint(database, language="zh", site=folder)
    with duckdb.connect(str(database)) as con:
        con.execute(
            f"copy (select rule, report_id, * exclude (rule, report_id) from marts.findings)"
            f" to '{folder / 'failing.csv'}' (header)"
        )
    raised = [each.exception for each in checked.rules if each.exception]
    if raised or checked.unstated:
        raise RuntimeError(f"{raised} {checked.unstated}")
    return {each.rule: each.unexpected_count for each in checked.rules}


if __name__ == "__main__":
    counts = run(Path(sys.argv[1]), Path(sys.argv[2]))
    sys.stdout.write(json.dumps({"counted": counts}) + "\n")
