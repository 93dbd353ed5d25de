"""``python -m reliability``: kill checks at random moments and see that nothing is lost."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from reliability.kills import Tally, measure
from reliability.processes import ROOT


def main() -> None:
    """Read the command line, kill, and end with code 1 where anything was lost."""
    parser = argparse.ArgumentParser(
        prog="python -m reliability",
        description="Kill gouji check at random moments, run it to the end, and compare tables and "
        "site with those of an undisturbed run.",
        epilog="example: python -m reliability --reports 200 --kills 100 --seed 1",
    )
    parser.add_argument("--reports", type=int, default=200, help="generated reports to check")
    parser.add_argument("--kills", type=int, default=100, help="how often to kill")
    parser.add_argument("--seed", type=int, default=1, help="another seed, other moments")
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "reliability")
    asked = parser.parse_args()
    start = time.monotonic()

    def say(text: str) -> None:
        print(f"{time.monotonic() - start:6.0f} s  {text}", file=sys.stderr, flush=True)

    tally = measure(asked.work.absolute(), asked.reports, asked.kills, asked.seed, say)
    print(_summary(tally, asked.reports))
    sys.exit(1 if tally.faults else 0)


def _summary(tally: Tally, reports: int) -> str:
    kills = ", ".join(f"{who} {count}" for who, count in sorted(tally.kills.items()))
    steps = ", ".join(f"{step} {count}" for step, count in sorted(tally.steps.items()))
    lines = [
        f"{tally.kills.total()} kills of checks of {reports} reports ({kills}; {steps}), "
        f"{tally.databases} databases run to their end",
        f"reports lost {tally.lost}, doubled {tally.doubled}; tables or pages that differ "
        f"{tally.different}; processes left behind {tally.left_behind}; faults {len(tally.faults)}",
        f"{tally.cpu:.0f} CPU seconds",
        *tally.faults,
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
