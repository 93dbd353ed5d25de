"""Every model says how far what it reads reaches, and what it says fits those it reads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

import sql

SCOPES = ("document", "agency", "succession", "text", "submission", "finding")
WHOLE = "global"
RELATED = "related"
"""What the rows of other reports that are read, but not made anew, are affected by."""

HARMLESS = {
    "stg_labels": "what a text may be is asked once, when it is first read",
    "int_corrections": "a document's corrections are part of its print",
    "int_findings_submissions": "it changes with submissions alone, which says whom it affects",
}
"""Models made whole whose rows may change without a document's being affected by the change."""


@dataclass(frozen=True)
class Model:
    """A model as its files have it."""

    name: str
    meta: dict[str, Any]
    refs: frozenset[str]
    code: str


def _models() -> Iterator[Model]:
    metas = {
        model["name"]: model.get("config", {}).get("meta", {})
        for path in (sql.PROJECT / "models").rglob("*.yml")
        for model in yaml.safe_load(path.read_text(encoding="utf-8")).get("models", [])
    }
    editions = [path.stem for path in (sql.PROJECT / "models").rglob("stg_*20??*.sql")]
    macros = {
        path.stem: path.read_text(encoding="utf-8")
        for path in (sql.PROJECT / "macros").glob("*.sql")
    }
    for path in sorted((sql.PROJECT / "models").rglob("*.*")):
        if path.suffix not in (".sql", ".py"):
            continue
        code = path.read_text(encoding="utf-8")
        called = re.fullmatch(r"{{ (\w+)\(.*\) }}\s*", code)
        code = macros[called[1]] if called else code
        refs = set(re.findall(r"""ref\(['"](\w+)['"]\)""", code))
        if "ref('stg_' ~ edition)" in code:
            refs |= set(editions)
        yield Model(path.stem, metas.get(path.stem, {}), frozenset(refs), code)


@pytest.fixture(scope="module")
def models() -> dict[str, Model]:
    return {model.name: model for model in _models()}


def reach(scope: str) -> int:
    return SCOPES.index(scope)


def scoped(models: dict[str, Model]) -> list[Model]:
    return [model for model in models.values() if model.meta["scope"] != WHOLE]


def ancestors(models: dict[str, Model], name: str) -> set[str]:
    found: set[str] = set()
    waiting = [name]
    while waiting:
        for ref in models[waiting.pop()].refs & set(models) - found:
            found.add(ref)
            waiting.append(ref)
    return found


def test_every_model_has_a_scope(models: dict[str, Model]) -> None:
    assert len(models) > 75
    without = {m.name: m.meta.get("scope") for m in models.values()}
    assert {name: scope for name, scope in without.items() if scope not in (*SCOPES, WHOLE)} == {}


def test_no_model_reads_one_that_reaches_farther(models: dict[str, Model]) -> None:
    farther = [
        (model.name, ref)
        for model in scoped(models)
        for ref in model.refs & set(models)
        if models[ref].meta["scope"] != WHOLE
        and reach(models[ref].meta["scope"]) > reach(model.meta["scope"])
    ]
    assert farther == []


def test_what_is_made_whole_says_whom_it_affects(models: dict[str, Model]) -> None:
    """Or it is made of seeds alone, or nothing that is made in part reads it."""
    of_seeds = {
        name
        for name in models
        if all("source(" not in models[each].code for each in {name, *ancestors(models, name)})
    }
    read = {
        ref
        for model in scoped(models)
        for ref in model.refs & set(models)
        if models[ref].meta["scope"] == WHOLE and "affects" not in models[ref].meta
    }
    assert read - of_seeds == set(HARMLESS)


def test_whoever_is_affected_is_known_before_a_model_is_built(models: dict[str, Model]) -> None:
    """Else two statements of one model might see different documents."""
    affecting = {m.name: m.meta["affects"] for m in models.values() if "affects" in m.meta}
    assert set(affecting.values()) == {*SCOPES[1:], RELATED}
    late = [
        (name, model.name)
        for model in scoped(models)
        for name, scope in affecting.items()
        if name not in ancestors(models, model.name)
        and (
            model.meta.get("reads") == RELATED
            if scope == RELATED
            else reach(scope) <= reach(model.meta["scope"])
        )
    ]
    assert late == []


def test_each_that_affects_others_says_how(models: dict[str, Model]) -> None:
    macros = (sql.PROJECT / "macros" / "affected.sql").read_text(encoding="utf-8")
    said = set(re.findall(r"macro affected_by_(\w+)\(", macros))
    assert said == {model.name for model in models.values() if "affects" in model.meta}


def test_what_depends_on_the_day_is_made_whole(models: dict[str, Model]) -> None:
    dated = {model.name for model in models.values() if "var('today')" in model.code}
    assert dated == {"int_waivers", "submissions", "waivers"}
    assert {models[name].meta["scope"] for name in dated} == {WHOLE}
    macros = [
        path.read_text(encoding="utf-8") for path in Path(sql.PROJECT, "macros").glob("*.sql")
    ]
    assert not [text for text in macros if "var('today')" in text]
