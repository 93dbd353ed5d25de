"""Make a database of raw tables: ``python -m bench.work.generate DATABASE REPORTS PLANTED``.

PLANTED is written: the number of faults of each rule, as JSON.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from data.generator.bulk import fill

if __name__ == "__main__":
    database, reports, planted = sys.argv[1:]
    counts = fill(Path(database), int(reports))
    Path(planted).write_text(json.dumps(counts), encoding="utf-8")
