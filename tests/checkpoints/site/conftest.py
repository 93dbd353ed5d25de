"""Databases that pictures of pages are drawn from."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checkpoints.site.pictured import BOX, Database, group, printed


@pytest.fixture
def empty(tmp_path: Path) -> Database:
    return Database(tmp_path)


@pytest.fixture
def one(empty: Database) -> Database:
    """A report of two pages with a finding on each."""
    report_id = empty.report(printed("12", "34"), group("a"), group("b", severity="warning"))
    empty.finding("a", report_id, 1, *BOX)
    empty.finding("b", report_id, 2, *BOX)
    return empty
