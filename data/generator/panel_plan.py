"""Which report of a panel has which fault: at most one, and some are left clean on purpose."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator

from data.generator.forms import SEED
from data.generator.panel_files import COPIED_TEXT, copied_from
from data.generator.panel_place import YEARS, Slot, edition_of, style_of

# Recognised in reports of the year before the panel, which are added to it.
OLD = "completeness.edition_covered"
# The faults of these rules are in figures of the trial form, or of the later forms alone.
TRIAL = {"non_negativity.items_left", "continuity.items_carried"}
LATER = {
    "non_negativity.amount_precision",
    "continuity.documents_in_force",
    "completeness.edition_current",
}
# These compare with last year's report, which then must have been clean.
CARRIED = {
    "continuity.requests_carried",
    "continuity.documents_in_force",
    "continuity.items_carried",
    "continuity.copied_report",
}
BUSY = {
    "completeness.totals_filled",
    "continuity.copied_report",
    "narrative.requests_received",
    "narrative.none_received",
    "narrative.outcomes",
    "narrative.disputes",
}
SPARSE = {"completeness.row_shape", "completeness.cells_filled"}


def rules() -> tuple[str, ...]:
    """All rules of the program, in their order."""
    with SEED.with_name("rules.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(line["rule"] for line in csv.DictReader(lines))


def plan(agencies: int, each: int) -> dict[Slot, tuple[str, int]]:
    """Choose ``each`` reports for every rule: rule and number of the fault, by report.

    Raises ValueError where there are too few agencies.
    """
    dice = random.Random(f"panel/{agencies}/{each}")
    slots = [Slot(agency_no, year) for agency_no in range(agencies) for year in YEARS]
    chosen = [rule for rule in rules() if rule != OLD]
    places = {rule: [slot for slot in slots if _suits(rule, slot)] for rule in chosen}
    planned: dict[Slot, tuple[str, int]] = {}
    taken: set[Slot] = set()
    # Those that few reports suit come first, then those that need two reports.
    for rule in sorted(chosen, key=lambda r: (len(places[r]), r not in CARRIED, r)):
        dice.shuffle(places[rule])
        nth = 0
        for slot in places[rule]:
            needed = {slot, *_partners(rule, slot, nth)}
            if nth == each or needed & taken or not needed <= set(slots):
                continue
            planned[slot] = rule, nth
            taken |= needed
            nth += 1
        if nth < each:
            raise ValueError(f"{rule}: place for {nth} faults only among {agencies} agencies")
    return planned


def _suits(rule: str, slot: Slot) -> bool:
    if rule == "continuity.copied_report" and edition_of(slot) == "decimal_2021":
        return False
    styled = {"busy": BUSY, "sparse": SPARSE}
    if any(rule in rules and style_of(slot.agency_no) != style for style, rules in styled.items()):
        return False
    if rule in TRIAL:
        return slot.year == 2020
    # A copy is one only if both years use one form, and what is carried over needs a year before.
    first = YEARS[0] + 2 * (rule in LATER) + (rule in CARRIED)
    return slot.year >= first and (rule, slot.year) != ("continuity.copied_report", 2021)


def _partners(rule: str, slot: Slot, nth: int) -> Iterator[Slot]:
    if rule in CARRIED:
        yield Slot(slot.agency_no, slot.year - 1)
    if rule == COPIED_TEXT:
        source = copied_from(slot, nth)
        if source:
            yield source
