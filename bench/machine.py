"""The machine and the versions that figures are of."""

from __future__ import annotations

import os
import platform
import subprocess
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from bench.processes import ROOT

MEASURED = ("duckdb", "dbt-core", "dbt-duckdb", "great-expectations", "polars", "pandas")


def about(command: str, rounds: int) -> dict[str, Any]:
    """What a record says of its run."""
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "command": command,
        "rounds": rounds,
        "machine": machine(),
        "load": round(os.getloadavg()[0], 1),
        "versions": versions(),
        "commit": _commit(),
    }


def machine() -> str:
    """Processors and memory, in words."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} processors ({_model()}), {memory:.0f} GiB of memory"


def versions() -> str:
    """Python and what the program measured here stands on."""
    named = [f"Python {platform.python_version()}"]
    return ", ".join([*named, *(f"{name} {version(name)}" for name in MEASURED)])


def _model() -> str:
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    models = (line.partition(":")[2] for line in lines if line.startswith("model name"))
    return " ".join(next(models, platform.machine()).split())


def _commit() -> str:
    """The commit that was measured, with a plus where files but for the page differ from it."""
    commit = _git("rev-parse", "--short", "HEAD")
    changed = _git("status", "--porcelain", "--", ".", ":!docs/performance.md")
    return f"{commit}+" if changed else commit


def _git(*arguments: str) -> str:
    said = subprocess.run(
        ["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return said.stdout.strip()
