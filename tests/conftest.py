"""What all tests share: where Hypothesis keeps its examples, and where published reports lie."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# Read by Hypothesis when it is imported, hence before the import.
os.environ.setdefault("HYPOTHESIS_STORAGE_DIRECTORY", str(ROOT / "build" / "hypothesis"))

from hypothesis import settings

# No deadline: two test processes share two cores, and a slow example is no wrong one.
settings.register_profile("local", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "local")


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder that holds pyproject.toml."""
    return ROOT


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of published reports that GOUJI_CORPUS names; without it the test is skipped."""
    folder = os.environ.get("GOUJI_CORPUS", "")
    if not folder:
        pytest.skip("GOUJI_CORPUS names no folder of published reports")
    path = Path(folder)
    assert path.is_dir(), f"GOUJI_CORPUS names {folder}, which is no folder"
    return path
