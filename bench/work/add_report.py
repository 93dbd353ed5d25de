"""What one new report costs: ``python -m bench.work.add_report DATABASE``, of raw tables alone.

Builds all models, adds a report, and at the end compares the marts with those of a full build.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from bench.incremental import Cost, measure


def told(cost: Cost) -> dict[str, float]:
    """A cost as a record has it."""
    return {"cpu": cost.cpu, "peak": cost.memory}


if __name__ == "__main__":
    found = measure(Path(sys.argv[1]), verify=True)
    costs = {"all": found.full, "new": found.new, "nothing": found.nothing}
    by_name = {name: told(cost) for name, cost in costs.items()}
    sys.stdout.write(json.dumps({**by_name, "differing": found.differing}) + "\n")
