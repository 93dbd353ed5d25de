"""Whether a contestant found what there is to find.

``python -m bench.work.judge DATABASE FOLDER PLANTED`` compares ``FOLDER/failing.csv`` with
``marts.findings``, rule by rule and report by report, and with the faults planted, where the file
PLANTED tells them.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import duckdb

_DIFFERENCES = """
with found as (
    select rule, coalesce(report_id, subject) as case_of
    from read_csv($failing, all_varchar = true, header = true) as listed
),

due as (select rule, coalesce(report_id, subject) as case_of from marts.findings)

select rule from (from found except all from due)
union
select rule from (from due except all from found)
order by rule
"""


def judge(database: Path, failing: Path, planted: Path) -> dict[str, Any]:
    """How many cases were found, how many were planted, and the rules that differ."""
    with duckdb.connect(str(database), read_only=True) as con:
        listed = con.read_csv(str(failing), all_varchar=True, header=True)
        found = dict(listed.aggregate("rule, count(*)", "rule").fetchall())
        rows = con.execute(_DIFFERENCES, {"failing": str(failing)}).fetchall()
    differ = {rule for (rule,) in rows}
    told: dict[str, Any] = {"found": sum(found.values()), "by_rule": found}
    if planted.is_file():
        counts = {rule: n for rule, n in json.loads(planted.read_text("utf-8")).items() if n}
        told["planted"] = sum(counts.values())
        differ |= {rule for rule in {*counts, *found} if counts.get(rule, 0) != found.get(rule, 0)}
    return {**told, "differ": sorted(differ)}


if __name__ == "__main__":
    verdict = judge(*map(Path, sys.argv[1:]))
    sys.stdout.write(json.dumps(verdict) + "\n")
