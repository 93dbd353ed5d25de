"""``python -m reliability.fuzz``: spoil documents of every format and read them."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from reliability.fuzz.documents import FORMATS
from reliability.processes import ROOT

CASES = 20_000
BATCH = 500
"""Cases that one process reads; another then starts afresh."""
TIME_LIMIT = 60.0
"""Seconds for one document, as in a check."""


@dataclass
class Tally:
    """What became of the cases of a format; ``failures`` are kinds, and the files kept of each."""

    cases: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    failures: dict[str, str] = field(default_factory=dict)
    crashes: int = 0
    hangs: int = 0
    slowest: float = 0.0
    cpu: float = 0.0
    peak: int = 0

    @property
    def count_failed(self) -> int:
        """Cases that came to no good end."""
        failed = sum(n for name, n in self.outcomes.items() if name.startswith("FAILURE"))
        return failed + self.crashes + self.hangs


def fuzz(form: str, cases: int, seconds: float | None, seed: int, folder: Path) -> Tally:
    """Read batches until there were enough cases, or the time is over."""
    tally = Tally()
    end = None if seconds is None else time.monotonic() + seconds
    size = BATCH if seconds is None else 100
    number = 0
    while tally.cases < cases and (end is None or time.monotonic() < end):
        _batch(form, min(size, cases - tally.cases), 1_000_003 * seed + number, folder, tally)
        number += 1
    return tally


def _batch(form: str, cases: int, seed: int, folder: Path, tally: Tally) -> None:
    command = [sys.executable, "-m", "reliability.fuzz.worker", form]
    process = subprocess.Popen(
        [*command, str(folder), str(seed), str(cases)],
        cwd=folder,
        # Without a PATH no converter is found: LibreOffice takes seconds, and is not fuzzed here.
        env={**os.environ, "PYTHONPATH": str(ROOT), "PATH": "", "PYTHONDONTWRITEBYTECODE": "1"},
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    case = folder / f"{form}.case"
    case.unlink(missing_ok=True)
    is_hanging = _watch(process, case)
    out = process.communicate()[0]
    if process.returncode == 0:
        _add(tally, json.loads(out.splitlines()[-1]))
        return
    if not case.exists():
        raise RuntimeError(f"{' '.join(command)} ended with code {process.returncode}")
    # The cases before it count for nothing; what it died of is kept.
    tally.cases += 1
    tally.hangs += is_hanging
    tally.crashes += not is_hanging
    kept = folder / f"{form}-{seed}.{'hung' if is_hanging else 'crashed'}"
    case.replace(kept)
    tally.failures[f"code {process.returncode}"] = kept.name


def _watch(process: subprocess.Popen[str], case: Path) -> bool:
    """Wait for the end; end a process that has read one document for longer than it may."""
    last, since = -1, time.monotonic()
    while True:
        try:
            process.wait(0.5)
            return False
        except subprocess.TimeoutExpired:
            now = case.stat().st_mtime_ns if case.exists() else 0
            if now != last:
                last, since = now, time.monotonic()
            elif time.monotonic() - since > TIME_LIMIT:
                process.kill()
                return True


def _add(tally: Tally, batch: dict[str, object]) -> None:
    found = Tally(**batch)  # type: ignore[arg-type]
    tally.cases += found.cases
    tally.outcomes.update(found.outcomes)
    tally.failures |= {k: v for k, v in found.failures.items() if k not in tally.failures}
    tally.slowest = max(tally.slowest, found.slowest)
    tally.cpu += found.cpu
    tally.peak = max(tally.peak, found.peak)


def _lines(form: str, tally: Tally) -> Iterator[str]:
    read = tally.outcomes["read"]
    rate = tally.cases / tally.cpu if tally.cpu else 0.0
    yield (
        f"{form}: {tally.cases} cases, {read} read, {tally.cases - read - tally.count_failed} "
        f"rejected; crashes {tally.crashes}, hangs {tally.hangs}, other failures "
        f"{tally.count_failed - tally.crashes - tally.hangs}; slowest {tally.slowest:.1f} s, "
        f"peak {tally.peak} MiB, {rate:.0f} cases a CPU second"
    )
    for name, count in tally.outcomes.most_common():
        yield f"    {count:6} {name}"
    for kind, kept in tally.failures.items():
        yield f"    {kind}: {kept}"


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line, fuzz, and end with code 1 where anything failed."""
    parser = argparse.ArgumentParser(
        prog="python -m reliability.fuzz",
        description="Spoil documents of every format and read them; a failure is kept with its "
        "bytes. Published reports under GOUJI_CORPUS are spoilt, too.",
        epilog="example: python -m reliability.fuzz --formats text,html --cases 20000",
    )
    parser.add_argument("--formats", default=",".join(FORMATS), help="any of %(default)s")
    parser.add_argument("--cases", type=int, default=CASES, help="documents of each format")
    parser.add_argument("--seconds", type=float, help="time for all formats together instead")
    parser.add_argument("--seed", type=int, default=1, help="another seed, other documents")
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "fuzz")
    asked = parser.parse_args(arguments)
    forms = asked.formats.split(",")
    folder = asked.work.absolute()
    folder.mkdir(parents=True, exist_ok=True)
    share = None if asked.seconds is None else asked.seconds / len(forms)
    failed = 0
    for form in forms:
        cases = sys.maxsize if share is not None else asked.cases
        tally = fuzz(form, cases, share, asked.seed, folder)
        failed += tally.count_failed
        print("\n".join(_lines(form, tally)), flush=True)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
