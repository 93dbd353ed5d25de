"""The rules by which gouji checks its own tables."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from expectations.integrity import RULES
from tests.expectations.conftest import Judge
from tests.expectations.marts import OTHER, SOUND, insert

BOX = {"x0": 1.5, "top": 2.5, "x1": 3.5, "bottom": 4.5}
PRINTED = {
    "document_id": SOUND,
    "block_no": 4,
    "page": 2,
    "row_no": 3,
    "col_no": 5,
    "text": "12",
    **BOX,
}
PLACED = {"block_no": 4, "row_no": 3, "col_no": 5, "raw_text": "12", "page": 2, **BOX}

Row = tuple[str, dict[str, Any]]

FAILS: list[tuple[str, list[Row], int]] = [
    ("cell_unique", [("marts.cell_values", {"value": 9})], 2),
    ("status_known", [("marts.cell_values", {"status": "lost", "value": None})], 1),
    ("indicator_known", [("marts.cell_values", {"breakdown": "nobody"})], 1),
    ("value_when_reported", [("marts.cell_values", {"value": None})], 1),
    ("value_when_reported", [("marts.cell_values", {"status": "blank"})], 1),
    ("cell_faithful", [("marts.cell_values", PLACED)], 1),
    ("cell_faithful", [("raw.cells", PRINTED), ("marts.cell_values", {**PLACED, "page": 3})], 1),
    ("cell_faithful", [("raw.cells", PRINTED), ("marts.cell_values", {**PLACED, "x1": 3.25})], 1),
    (
        "cell_faithful",
        [("raw.cells", PRINTED), ("marts.cell_values", {**PLACED, "raw_text": "1"})],
        1,
    ),
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
    ("cell_faithful", [("raw.cells", PRINTED), ("marts.cell_values", PLACED)]),
    # A format without page geometry.
    (
        "cell_faithful",
        [
            ("raw.cells", {**PRINTED, "page": None, **dict.fromkeys(BOX)}),
            ("marts.cell_values", {**PLACED, "page": None, **dict.fromkeys(BOX)}),
        ],
    ),
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
