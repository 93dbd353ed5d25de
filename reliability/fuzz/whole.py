"""Spoilt reports through the whole program: ``python -m reliability.fuzz.whole``.

One report must not cost the others: whatever figure or text is printed in one of them, the models
are built, every rule is evaluated, and the site is written.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from random import Random

from data.generator.text import render_text
from reliability.fuzz.mutations import NASTY, renumber
from reliability.processes import ROOT, run
from reliability.reports import report_of

MOST_TEXTS = 6
"""Cells, or numbers of the prose, that are spoilt in a report."""


def write_spoilt(folder: Path, count: int, seed: int) -> None:
    """Write reports some of whose cells and numbers are something nasty."""
    folder.mkdir(parents=True)
    texts = [nasty.decode("utf-8", "ignore").replace("\0", "") for nasty in NASTY]
    for number in range(count):
        dice = Random(f"{seed}/{number}")
        report = report_of(number, seed)
        cells = dice.sample(sorted(report.printed), dice.randint(1, MOST_TEXTS))
        vars(report)["printed"] = {**report.printed, **{c: dice.choice(texts) for c in cells}}
        data = render_text(report).encode()
        for _ in range(dice.randint(0, MOST_TEXTS)):
            data = renumber(dice, data)
        (folder / f"{number:05}.txt").write_bytes(data.replace(b"\0", b""))


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line, check the reports, and end with code 1 where the check did not."""
    parser = argparse.ArgumentParser(
        prog="python -m reliability.fuzz.whole",
        description="Check spoilt reports with the whole program.",
        epilog="example: python -m reliability.fuzz.whole --reports 300 --seed 1",
    )
    parser.add_argument("--reports", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "fuzz-whole")
    asked = parser.parse_args(arguments)
    work = asked.work.absolute()
    shutil.rmtree(work, ignore_errors=True)
    write_spoilt(work / "reports", asked.reports, asked.seed)
    options = ["--db", "build/g.duckdb", "--site", "build/site", "--jobs", "2", "--lang", "en"]
    ended = run(["check", "reports", *options], work)
    lines = ended.said.splitlines()
    print("\n".join([*lines[:1], *lines[-1:], f"{ended.cpu:.0f} CPU seconds"]))
    undone = [line for line in lines if line.startswith("could not be evaluated")]
    print("\n".join(undone))
    is_sound = ended.code in (0, 1, 3) and not undone and lines[-1].startswith("exit code")
    sys.exit(0 if is_sound else 1)


if __name__ == "__main__":
    main()
