"""What all tests share: Hypothesis' examples, published reports, one parse of the SQL project."""

import gc
import json
import os
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent

# Read by Hypothesis when it is imported, hence before the import.
os.environ.setdefault("HYPOTHESIS_STORAGE_DIRECTORY", str(ROOT / "build" / "hypothesis"))

from hypothesis import settings

# No deadline: two test processes share two cores, and a slow example is no wrong one.
settings.register_profile("local", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "local")


from checkpoints.cli import COLLECTED_AFTER

gc.set_threshold(*COLLECTED_AFTER)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Few long tests first and many short ones last: processes beside each other end together."""
    long = [ROOT / "tests" / folder for folder in ("acceptance", "sql", "browser")]
    items.sort(key=lambda item: item.path.parent not in long)


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


@pytest.fixture(scope="session", autouse=True)
def parsed_once() -> Iterator[None]:
    """dbt parses the project once for all new databases of one name, and not for each of them.

    That takes half as long as the build that follows. What dbt has parsed it takes back as the
    argument of its runner; a program that a test starts parses for itself, as users' programs do.
    """
    import sql
    from checkpoints import transform

    invoke = transform._invoke
    parsed: dict[tuple[object, ...], Any] = {}

    def with_manifest(
        database: Path, command: list[str], progress: Any = None, variables: Mapping[str, Any] = {}
    ) -> Any:
        if "DBT_WRITE_JSON" in os.environ:  # A parse writes files that the test wants.
            return invoke(database, command, progress, variables)
        files = sorted(path for path in sql.PROJECT.rglob("*") if path.is_file())
        state = [(path, path.stat().st_mtime_ns, path.stat().st_size) for path in files]
        key = (*state, database.stem, json.dumps(variables))
        if key not in parsed:
            parsed[key] = invoke(database, ["parse"], None, variables)
        from dbt.cli import main

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(main, "dbtRunner", partial(main.dbtRunner, parsed[key]))
            return invoke(database, command, progress, variables)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(transform, "_invoke", with_manifest)
        yield
