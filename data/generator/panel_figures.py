"""Figures of a year of a panel: right, or wrong before they are printed.

What is wrong in the figures themselves is what the next year follows from.
"""

from __future__ import annotations

import random

from data.generator import faults
from data.generator.faults import Finding
from data.generator.figures import Figures
from data.generator.forms import APPLICANTS, TABLES, TOTAL, Cell
from data.generator.panel_place import Slot, application, edition_of, next_figures

OUTDATED = (TABLES, ("applications",))


def figures_of(
    slot: Slot, before: Figures | None, rule: str, nth: int
) -> tuple[Figures, str, tuple[Finding, ...]]:
    """Return a year's figures, its edition and the findings that the figures themselves imply."""
    edition: str = edition_of(slot)
    if rule == "completeness.edition_current":
        tables = OUTDATED[nth % 2]
        edition = "trial_2019" if tables == TABLES else edition
        figures = next_figures(slot, before, edition, tables != TABLES)
        return (
            figures,
            edition,
            tuple(Finding(rule, form_table, "trial_2019", "", "") for form_table in tables),
        )
    if rule == "continuity.copied_report" and before:
        figures = _copy(slot, before)
        own = Finding(rule, "report", "", "", "")
        return figures, edition, (own, *faults.not_carried(figures, before, ""))
    dice = random.Random(f"misremembered/{slot}")
    wrong: dict[Cell, int] = {}
    if rule == "continuity.requests_carried":
        column, by = dice.choice(APPLICANTS), dice.randint(1, 9)
        wrong = {application("carried_out", c): by for c in (column, TOTAL)}
    elif rule == "continuity.documents_in_force":
        wrong = {Cell("proactive", "normative_documents", "in_force"): dice.randint(1, 99)}
    elif rule == "continuity.items_carried":
        row = dice.choice(("licensing", "penalties", "coercion", "fees", "other_services"))
        wrong = {Cell("proactive", row, "prior_items"): dice.randint(1, 99)}
    if not wrong or not before:
        return next_figures(slot, before, edition), edition, ()
    remembered = {cell: value + wrong.get(cell, 0) for cell, value in before.items()}
    figures = next_figures(slot, remembered, edition)
    return figures, edition, faults.not_carried(figures, before, "")


def _copy(slot: Slot, before: Figures) -> Figures:
    """Last year's figures once more; documents in force are counted on from what they were."""
    figures = dict(before)
    for cell in before:
        if cell.breakdown == "in_force":
            issued, repealed = (before[Cell(*cell[:2], part)] for part in ("issued", "repealed"))
            figures[cell] = max(0, before[cell] + issued - repealed)
    return figures
