"""Modules that no expectation needs are found at once and executed when they are used."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

DEFERRED = """
import sys
from expectations.deferred import UNUSED, defer_unused
defer_unused()
before = list(sys.meta_path)
defer_unused()
assert sys.meta_path == before
import scipy.stats
import inspect
assert inspect.stack()[0].code_context is None
assert "scipy.stats" in UNUSED and "scipy.stats._stats_py" not in sys.modules
assert scipy.stats.rankdata([3, 1]).tolist() == [2, 1]
assert "scipy.stats._stats_py" in sys.modules
"""


def test_they_are_executed_when_they_are_used(root: Path) -> None:
    subprocess.run([sys.executable, "-c", DEFERRED], cwd=root, check=True)
