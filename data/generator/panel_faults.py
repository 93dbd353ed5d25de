"""The faults of a panel: ways to break it in one report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from data.generator import faults
from data.generator.faults import Finding, Planted
from data.generator.forms import APPLICANTS, CHANNELS, TABLES, TOTAL, Cell
from data.generator.panel_files import FILES
from data.generator.panel_place import (
    LICENSING,
    Making,
    Place,
    Wrong,
    application,
    text_of,
)
from data.generator.panel_prose import SAID

FEES = Cell("proactive", "fees", "amount")
PROCUREMENT = Cell("proactive", "procurement", "amount")


def with_reports(place: Place, planted: Planted) -> Wrong:
    """The one file of a planted fault and its findings."""
    found = [(finding.rule, finding.subject) for finding in planted.findings]
    return Wrong({place.file: text_of(planted.report, place.slot)}, place.findings(*found))


def quiet(rule: str) -> bool:
    """Whether the prose leaves out what the fault misprints in the tables."""
    return rule.startswith(("balance.", "non_negativity.", "completeness."))


def plant(place: Place, rule: str, implied: Sequence[Finding]) -> Wrong:
    """Plant the fault of a rule; no rule, no fault."""
    if rule in FILES:
        return FILES[rule](place)
    if ways := PRINTED.get(rule) or SAID.get(rule):
        return with_reports(place, ways[place.nth % len(ways)](place))
    return with_reports(place, Planted(place.report, tuple(implied)))


def _outcome(place: Place) -> str:
    """A row of outcomes."""
    rows = [
        r for r in faults.application_rows(place.report) if r.startswith(("deni", "rej", "una"))
    ]
    return place.dice.choice(rows)


def _nonzero(place: Place, cells: Sequence[Cell]) -> Cell:
    return place.dice.choice([cell for cell in cells if place.figures[cell]])


def _shifted(place: Place, changes: Mapping[Cell, int]) -> Planted:
    return faults.shift(place.report, changes, "")


def _section(place: Place) -> Planted:
    return faults.drop_section(place.report, place.dice.choice((1, 5, 6)), "")


def _renumbered(place: Place) -> Planted:
    number = place.dice.randint(2, 6)
    return faults.renumber_section(place.report, number, number - 1, "")


def _blank_total(place: Place) -> Planted:
    rows = [r for r in faults.application_rows(place.report) if r not in faults.CLOSURE]
    totals = [application(row, TOTAL) for row in rows]
    return faults.blank(place.report, [_nonzero(place, totals)], "")


def _blank_dispute(place: Place) -> Planted:
    totals = [Cell("disputes", TOTAL, channel) for channel in CHANNELS]
    return faults.blank(place.report, [_nonzero(place, totals)], "")


def _blank_zeros(place: Place) -> Planted:
    zeros = [
        cell
        for cell, value in place.figures.items()
        if not value and cell.form_table == "applications" and cell.indicator not in faults.CLOSURE
    ]
    return faults.blank(place.report, place.dice.sample(zeros, 3), "", ("", "/")[place.nth % 2])


def _surplus(place: Place) -> Planted:
    rows = [
        row
        for row in faults.application_rows(place.report)
        if not any(place.figures[application(row, c)] for c in (*APPLICANTS, TOTAL))
    ]
    return faults.surplus_value(place.report, "applications", place.dice.choice(rows), "")


def _negative_result(place: Place) -> Planted:
    channel = place.dice.choice(CHANNELS)
    upheld, other = (Cell("disputes", result, channel) for result in ("upheld", "other"))
    by = int(place.figures[upheld]) + place.some()
    return _shifted(place, {upheld: -by, other: by})


def _misprinted(place: Place, cell: Cell, text: str) -> Planted:
    return faults.misprint(place.report, {cell: text}, "")


def _negative_amount(place: Place) -> Planted:
    cell = FEES if FEES in place.report.printed else PROCUREMENT
    return _misprinted(place, cell, f"-{place.dice.randint(1, 99)}.5")


def _items_left(place: Place) -> Planted:
    cell = Cell("proactive", place.dice.choice(("licensing", "penalties", "fees")), "change")
    left = int(place.figures[Cell(*cell[:2], "prior_items")])
    return _misprinted(place, cell, f"-{left + place.some()}")


def _other_total(place: Place, cell: Cell) -> Planted:
    return _shifted(place, {cell: place.some()})


PRINTED: dict[str, tuple[Making, ...]] = {
    "completeness.tables_present": (
        lambda p: faults.drop_table(p.report, TABLES[p.nth % len(TABLES)], ""),
    ),
    "completeness.cells_present": (
        lambda p: faults.drop_row(p.report, "applications", _outcome(p), ""),
    ),
    "completeness.values_readable": (
        lambda p: faults.unreadable(p.report, LICENSING, "若干", ""),
        lambda p: faults.unreadable(
            p.report, application(_outcome(p), p.dice.choice(APPLICANTS)), "见附件", ""
        ),
    ),
    "completeness.totals_filled": (_blank_total, _blank_dispute),
    "completeness.cells_filled": (_blank_zeros,),
    "completeness.row_shape": (_surplus,),
    "completeness.sections_present": (_section, _renumbered),
    "non_negativity.counts": (
        lambda p: _misprinted(p, LICENSING, f"-{p.some()}"),
        _negative_result,
    ),
    "non_negativity.whole_counts": (
        lambda p: _misprinted(p, LICENSING, f"{p.some()}.5"),
        lambda p: _misprinted(p, Cell("proactive", "coercion", "decisions"), "0.5"),
    ),
    "non_negativity.amounts": (_negative_amount,),
    "non_negativity.amount_precision": (
        lambda p: _misprinted(p, FEES, f"{p.some()}.{p.dice.randint(1000, 9999)}5"),
    ),
    "non_negativity.items_left": (_items_left,),
    "balance.requests_closure": (
        lambda p: _other_total(p, application("new_received", p.dice.choice(APPLICANTS))),
        lambda p: _shifted(
            p,
            {
                application("new_received", "natural_person"): 3,
                application("new_received", "business"): -3
                if p.figures[application("new_received", "business")] >= 3
                else 2,
            },
        ),
    ),
    "balance.outcomes_total": (
        lambda p: _other_total(p, application(_outcome(p), p.dice.choice(APPLICANTS))),
    ),
    "balance.applicants_total": (
        lambda p: _other_total(p, application(_outcome(p), TOTAL)),
        lambda p: _other_total(p, application("new_received", p.dice.choice(APPLICANTS))),
    ),
    "balance.disputes_total": (
        lambda p: _other_total(p, Cell("disputes", "upheld", p.dice.choice(CHANNELS))),
        lambda p: _other_total(p, Cell("disputes", TOTAL, p.dice.choice(CHANNELS))),
    ),
}
