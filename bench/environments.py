"""The environments of the peers: made once from pinned requirements, kept under ``build/bench``."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

from bench.processes import ROOT

REQUIREMENTS = ROOT / "bench" / "peers"
FOLDER = ROOT / "build" / "bench" / "peers"


class NotMade(RuntimeError):
    """An environment cannot be made here; the message says why."""


def interpreter(name: str) -> Path:
    """The Python that has what ``bench/peers/<name>.txt`` pins. Raises NotMade."""
    requirements = REQUIREMENTS / f"{name}.txt"
    pins = hashlib.sha256(requirements.read_bytes()).hexdigest()
    folder = FOLDER / name
    stamp = folder / "pins"
    python = folder / "bin" / "python"
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == pins:
        return python
    install = ["-m", "pip", "install", "--quiet", "--compile", "--require-hashes", "--no-deps"]
    for command in (
        [sys.executable, "-m", "venv", "--clear", str(folder)],
        [str(python), *install, "-r", str(requirements)],
    ):
        made = subprocess.run(command, capture_output=True, text=True, check=False)
        if made.returncode:
            raise NotMade(_reason(made.stderr))
    stamp.write_text(pins, encoding="utf-8")
    return python


def pinned(name: str, distribution: str) -> str:
    """The version of a distribution that the requirements of a peer pin."""
    for line in (REQUIREMENTS / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith(f"{distribution}=="):
            return line.partition("==")[2].split()[0]
    raise LookupError(f"{distribution} is not among the requirements of {name}")


def _reason(said: str) -> str:
    """The last thing that pip calls an error."""
    lines = [line for line in said.splitlines() if line.startswith("ERROR")]
    return (lines or said.strip().splitlines() or ["?"])[-1][:200]
