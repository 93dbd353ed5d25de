"""What the models' yml says of each mart: the data dictionary, in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

import sql

MARTS = sql.PROJECT / "models" / "marts"
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Of libyaml where PyYAML was built with it: six times as fast."""


@dataclass(frozen=True)
class Column:
    """A column of a mart: its name in Chinese, and what it holds."""

    name: str
    zh: str
    about_zh: str
    about_en: str


@dataclass(frozen=True)
class Table:
    """A mart under the name it has in the database; ``about`` begins with what a row stands for."""

    name: str
    zh: str
    en: str
    about_zh: str
    about_en: str
    columns: tuple[Column, ...]


@cache
def documented_marts() -> tuple[Table, ...]:
    """All marts, by name."""
    return tuple(sorted(map(_table, MARTS.glob("*.yml")), key=lambda table: table.name))


def documented(name: str) -> Table:
    """One mart. Raises LookupError where there is none of that name."""
    for table in documented_marts():
        if table.name == name:
            return table
    raise LookupError(name)


def _table(path: Path) -> Table:
    [model] = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)["models"]
    name = model["config"].get("alias", model["name"])
    columns = tuple(Column(**_words(column)) for column in model["columns"])
    title = model["config"]["meta"]["en"]
    return Table(**{**_words(model), "name": name}, en=title, columns=columns)


def _words(node: Mapping[str, Any]) -> dict[str, Any]:
    said = node["config"]["meta"]
    return {
        "name": node["name"],
        "zh": said["zh"],
        "about_zh": said["about"],
        "about_en": " ".join(node["description"].split()),
    }
