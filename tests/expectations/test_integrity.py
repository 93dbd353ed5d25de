"""The rules by which gouji checks its own tables."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from expectations.integrity import RULES
from tests.expectations.conftest import Judge
from tests.expectations.marts import OTHER, SOUND, insert

Row = tuple[str, dict[str, Any]]

FAILS: list[tuple[str, list[Row], int]] = [
    # There twice since the models were built, and already then.
    ("cell_unique", [("marts.cell_values", {"value": 9})], 1),
    (
        "cell_unique",
        [
            ("marts.cell_values", {"report_id": OTHER}),
            ("intermediate.int_cells_counted", {"report_id": OTHER, "cells": 2}),
        ],
        1,
    ),
    ("status_known", [("marts.cell_values", {"status": "lost", "value": None})], 1),
    ("indicator_known", [("marts.cell_values", {"breakdown": "nobody"})], 1),
    ("indicator_known", [("marts.cell_values", {"ordinal": 2})], 1),
    ("value_when_reported", [("marts.cell_values", {"value": None})], 1),
    ("value_when_reported", [("marts.cell_values", {"status": "blank"})], 1),
    ("cell_faithful", [("intermediate.int_cells_unlike_raw", {"report_id": SOUND})], 1),
    ("report_unique", [("marts.reports", {})], 2),
    ("edition_known", [("marts.reports", {"disputes_edition": "future_2030"})], 1),
    ("report_documented", [("marts.reports", {"report_id": OTHER})], 1),
    ("document_modelled", [("raw.documents", {"document_id": OTHER})], 1),
    ("source_accounted", [("raw.sources", {"document_id": OTHER, "source_path": "/b.pdf"})], 1),
    ("finding_unique", [("marts.findings", {})], 2),
    ("finding_report_known", [("marts.findings", {"report_id": OTHER})], 1),
    ("finding_rule_known", [("marts.findings", {"rule": "balance.nothing"})], 1),
    # More than Great Expectations itself would return.
    ("finding_rule_known", [("marts.findings", {"rule": "balance.nothing"})] * 201, 201),
]

HOLDS: list[tuple[str, list[Row]]] = [
    ("value_when_reported", [("marts.cell_values", {"status": "missing", "value": None})]),
    ("edition_known", [("marts.reports", {"disputes_edition": None})]),
    (
        "source_accounted",
        [
            ("raw.sources", {"document_id": OTHER, "source_path": "/b.pdf"}),
            ("raw.rejections", {"source_path": "/b.pdf", "sha256": OTHER}),
        ],
    ),
    # A report that is missing altogether has findings and no id.
    ("finding_report_known", [("marts.findings", {"finding_id": "f2", "report_id": None})]),
]


@pytest.mark.parametrize(("name", "rows", "count"), FAILS)
def test_fails(judge: Judge, sound_marts: Path, name: str, rows: list[Row], count: int) -> None:
    for table, changes in rows:
        insert(sound_marts, table, **changes)
    # Never narrowed to the reports of a run: it is the program that is checked.
    outcome = judge(f"integrity.{name}", under=[])
    assert (outcome.success, outcome.unexpected_count, outcome.exception) == (False, count, None)


@pytest.mark.parametrize("rule", [rule.rule for rule in RULES])
def test_holds_on_sound_marts(judge: Judge, rule: str) -> None:
    outcome = judge(rule)
    assert (outcome.success, outcome.unexpected_count, outcome.exception) == (True, 0, None)


@pytest.mark.parametrize(("name", "rows"), HOLDS)
def test_holds(judge: Judge, sound_marts: Path, name: str, rows: list[Row]) -> None:
    for table, changes in rows:
        insert(sound_marts, table, **changes)
    assert judge(f"integrity.{name}").success


def test_every_rule_is_tried_here() -> None:
    assert {rule.rule for rule in RULES} == {f"integrity.{name}" for name, *_ in FAILS}
