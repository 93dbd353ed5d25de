"""``python -m bench``: measure, keep what was measured, write ``docs/performance.md``."""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from bench import machine, page, records
from bench.parts import (
    check,
    incremental,
    loading,
    modelling,
    reading,
    site,
    start,
    validation,
)
from bench.processes import ROOT

PARTS = {
    part.NAME: part
    for part in (start, reading, check, loading, modelling, incremental, validation, site)
}
RECORDS = ROOT / "build" / "bench" / "records.jsonl"
ROUNDS = 3


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the parts asked for; each is written as soon as one of its sizes is done."""
    asked = _arguments(arguments)
    for name in asked.parts:
        part = PARTS[name]
        sizes = (part.HAS_SIZES and asked.sizes) or part.SIZES
        run = machine.about(_command(name, asked), asked.rounds)
        for measured in part.run(sizes, asked.rounds, lambda text, name=name: _say(name, text)):
            records.append(asked.records, measured, run)
            kept = records.latest(asked.records, name)
            page.write(name, part.table(kept), kept, asked.page)


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m bench",
        description="Measure the program beside other tools and write docs/performance.md.",
        epilog="example: python -m bench --parts validation --sizes 2000,200000 --rounds 5",
    )
    parser.add_argument("--parts", type=_parts, default=list(PARTS), help=", ".join(PARTS))
    parser.add_argument("--sizes", type=_sizes, help="reports, such as 2000,20000")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="times all take turns")
    parser.add_argument("--records", type=Path, default=RECORDS, help=argparse.SUPPRESS)
    parser.add_argument("--page", type=Path, default=page.PAGE, help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


def _parts(text: str) -> list[str]:
    names = text.split(",")
    for name in names:
        if name not in PARTS:
            raise argparse.ArgumentTypeError(f"{name} is none of {', '.join(PARTS)}")
    return names


def _sizes(text: str) -> list[int]:
    return [int(size.replace("_", "")) for size in text.split(",")]


def _command(part: str, asked: argparse.Namespace) -> str:
    """The command that measures this part again."""
    is_sized = asked.sizes and PARTS[part].HAS_SIZES
    sizes = f" SIZES={','.join(map(str, asked.sizes))}" if is_sized else ""
    rounds = f" ROUNDS={asked.rounds}" if asked.rounds != ROUNDS else ""
    return f"make bench PARTS={part}{sizes}{rounds}"


def _say(part: str, text: str) -> None:
    print(f"{part}: {text}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    # Ended from outside, it ends what it has started, as it does on an interrupt.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended"))
    main()
