"""Stand-in for dbt's ``var`` while sqlfluff renders a model: the seeds that a run hands to dbt."""

import csv
from pathlib import Path
from typing import Any

_SEEDS = Path(__file__).resolve().parents[2] / "sql" / "seeds"


def _rows(seed: str) -> list[dict[str, str]]:
    with (_SEEDS / f"{seed}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def var(name: str, default: Any = 0) -> Any:
    """Value of the dbt variable ``name``; one that is no seed is a number, which fits any place."""
    if name in ("relations", "narrative_patterns"):
        return _rows(name)
    if name == "editions":
        return [row["edition"] for row in _rows("editions") if row["is_modelled"] == "true"]
    if name == "statutory_phrases":
        return [row["phrase"] for row in _rows(name)]
    return default
