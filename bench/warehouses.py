"""The databases that are measured on, made once by the generator and kept under ``build/bench``."""

from __future__ import annotations

import shutil
from pathlib import Path

from bench.processes import ROOT, python, require, spend

FOLDER = ROOT / "build" / "bench" / "data"
MOST_MODELLED = 200_000
"""A larger warehouse holds copies of the marts of one of so many reports."""


def raw(size: int, folder: Path = FOLDER) -> Path:
    """A database of raw tables with so many reports and planted faults."""
    path = folder / f"raw-{size}.duckdb"
    if not path.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        unfinished = discard(folder / f"unfinished-{path.name}")
        require(spend(python("bench.work.generate", unfinished, size, planted(size, folder))))
        replace(unfinished, path)
    return path


def unmodelled(size: int, folder: Path = FOLDER) -> Path:
    """A fresh copy of the raw tables, of which dbt knows nothing yet."""
    copy = discard(folder / f"unmodelled-{size}.duckdb")
    shutil.copyfile(raw(size, folder), copy)
    return copy


def modelled(size: int, folder: Path = FOLDER) -> Path:
    """A database with the marts of so many reports, up to date with the models."""
    path = folder / f"modelled-{size}.duckdb"
    if size > MOST_MODELLED:
        base = modelled(MOST_MODELLED, folder)
        told = (planted(MOST_MODELLED, folder), planted(size, folder))
        times = -(-size // MOST_MODELLED)
        require(spend(python("bench.work.multiply", base, path, times, *told)))
    elif path.is_file():
        require(spend(python("bench.work.model", path)))
    else:
        unfinished = unmodelled(size, folder)
        require(spend(python("bench.work.model", unfinished)))
        keep_modelled(unfinished, size, folder)
    return path


def keep_modelled(database: Path, size: int, folder: Path = FOLDER) -> None:
    """Keep a copy that was modelled, so that it need not be modelled again."""
    replace(database, folder / f"modelled-{size}.duckdb")


def planted(size: int, folder: Path = FOLDER) -> Path:
    """The file that tells how many faults of each rule a warehouse has; it may not be there."""
    return folder / f"planted-{size}.json"


def replace(database: Path, path: Path) -> None:
    """Put a database in the place of another, without what dbt keeps beside them."""
    discard(path)
    shutil.rmtree(database.with_suffix(".dbt"), ignore_errors=True)
    database.rename(path)


def discard(path: Path) -> Path:
    """Remove a database, and what DuckDB and dbt keep beside it; return its path."""
    path.unlink(missing_ok=True)
    path.with_name(f"{path.name}.wal").unlink(missing_ok=True)
    shutil.rmtree(path.with_name(f"{path.name}.tmp"), ignore_errors=True)
    shutil.rmtree(path.with_suffix(".dbt"), ignore_errors=True)
    return path
