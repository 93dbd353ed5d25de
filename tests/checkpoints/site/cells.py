"""Cells of the form as a report of some edition has them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from checkpoints.explain import FormCell
from checkpoints.transform import seed_rows


def cell(seed: dict[str, str], **changes: Any) -> FormCell:
    """The cell of a row of indicators.csv, in which 7 is printed."""
    values: dict[str, Any] = {
        "value": Decimal("7.00000000"),
        "status": "reported",
        "raw_text": "7",
        "read_value": Decimal("7.00000000"),
        "resolution": None,
        "confidence": None,
        "page": None,
        "is_failing": False,
        "suggested": None,
    }
    seeded = {name: seed[name] for name in FormCell.__dataclass_fields__ if name in seed}
    return FormCell(**{**seeded, **values, **changes})


def cells_of(edition: str, form_table: str) -> list[FormCell]:
    """All cells of a table in an edition, in the order of the form."""
    return [
        cell(row)
        for row in seed_rows("indicators")
        if row["form_table"] == form_table and edition in row["editions"].split()
    ]
