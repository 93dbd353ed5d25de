"""A baseline: the JSON of an accepted run, by which only what is new counts."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from checkpoints.groups import Group
from checkpoints.transform import seed_rows

SCHEMA_VERSION = "1.1"
"""Of the JSON: a field more raises the second number, one less or of another meaning the first."""

# What makes a rule another rule; its wording does not.
_MEANING = ("suite", "rule", "severity", "formula_zh", "formula_en")


class BaselineError(ValueError):
    """The file is no JSON of a run; the message says what to do."""


@dataclass(frozen=True)
class Baseline:
    """The ids of accepted findings, and the digest of each rule at that time.

    What was waived then is not accepted: it counts again when the waiver lapses.
    """

    path: Path
    version: str
    findings: frozenset[str]
    digests: Mapping[str, str]

    def judged(self, group: Group) -> Group:
        """The group with its standing: only a finding that the accepted run lacks counts."""
        if self.findings.issuperset(group.finding_ids):
            return replace(group, standing="accepted")
        if self.digests.get(group.rule) != rule_digests().get(group.rule):
            return replace(group, standing="changed_rule")
        return group


@cache
def rule_digests() -> dict[str, str]:
    """A digest of what each rule means, from its rows in rules.csv and relations.csv."""
    relations = seed_rows("relations")
    digests = {}
    for row in seed_rows("rules"):
        meaning = [row[column] for column in _MEANING]
        terms = [list(r.values()) for r in relations if r["rule"] == row["rule"]]
        text = json.dumps([meaning, terms], ensure_ascii=False)
        digests[row["rule"]] = hashlib.sha256(text.encode()).hexdigest()[:16]
    return digests


def read_baseline(path: Path) -> Baseline:
    """Read the output of ``--format json``. Raises :class:`BaselineError`."""
    try:
        document = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise BaselineError(f"基线文件{path}打不开（{error.strerror}） · cannot open it") from error
    except ValueError as error:
        raise _foreign(path) from error
    if _schema(document) != SCHEMA_VERSION.partition(".")[0]:
        raise BaselineError(
            f"{path}由不同版本的gouji生成，请用现在的版本重新生成 · "
            "made by another version of gouji; make it anew"
        )
    try:
        findings = [finding for told in _told(document) for finding in told["findings"]]
        return Baseline(
            path=path,
            version=str(document["gouji"]),
            findings=frozenset(
                str(i) for f in findings if not f["waived"] for i in f["finding_ids"]
            ),
            digests={str(r["rule"]): str(r["digest"]) for r in document["rules"]},
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise _foreign(path) from error


def _told(document: Any) -> Iterable[Any]:
    return [*document["reports"], *document["expected"]]


def _schema(document: Any) -> str:
    """The first number of its version; documents of before there was one are of version 1."""
    stated = document.get("schema_version", "1") if isinstance(document, dict) else "1"
    return str(stated).partition(".")[0]


def _foreign(path: Path) -> BaselineError:
    return BaselineError(
        f"{path}不是本程序的JSON结果，请用 gouji check PATH --format json > {path.name} 生成 · "
        "not the JSON of a run; make one with --format json"
    )
