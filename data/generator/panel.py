"""A panel of agencies over the years 2019 to 2023 with faults of every rule.

Figures carry over from year to year, the prose agrees with them, both editions are used; each
report has one fault at most. What a fault implies for other rules or other reports is listed with
it, so that every finding of the program is either planted or a false alarm.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from io import StringIO
from pathlib import Path

from data.generator.figures import Figures
from data.generator.panel_faults import plant, quiet
from data.generator.panel_figures import figures_of
from data.generator.panel_files import STATISTICS, words_of
from data.generator.panel_place import (
    LIST,
    YEARS,
    Fault,
    Found,
    Slot,
    agency_name,
    county_of,
    file_name,
    place,
)
from data.generator.panel_plan import OLD, plan

COLUMNS = ("region", "agency", "aliases", "year", "scope", "due")


@dataclass
class Panel:
    """All files of a panel by path, the faults in them and how many reports have none."""

    files: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    clean: int = 0

    @property
    def expected(self) -> Counter[Found]:
        """Every finding the program must report."""
        return Counter(
            found for fault in self.faults for found in (*fault.findings, *fault.implied)
        )

    def write(self, folder: Path) -> None:
        """Write all files into ``folder``, which is made."""
        for path, text in self.files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8", newline="")


def make(agencies: int, each: int) -> Panel:
    """Make a panel with so many faults of every rule; the same arguments give the same panel.

    Raises ValueError where there are too few agencies.
    """
    panel = build(agencies, plan(agencies, each))
    with_old_reports(panel, agencies, each)
    return panel


def build(agencies: int, planned: Mapping[Slot, tuple[str, int]]) -> Panel:
    """Make a panel with the faults of a plan: rule and which one of it, by slot."""
    panel = Panel()
    words = words_of(planned)
    lines = []
    for agency_no in range(agencies):
        before: Figures | None = None
        for year in YEARS:
            slot = Slot(agency_no, year)
            rule, nth = planned.get(slot, ("", 0))
            figures, edition, implied = figures_of(slot, before, rule, nth)
            here = place(slot, figures, before, edition, quiet=quiet(rule), words=words.get(slot))
            wrong = plant(replace(here, nth=nth), rule, implied)
            panel.files |= wrong.files
            _keep(panel, slot, rule, wrong.findings)
            if wrong.listed:
                due = f"{year + 1}-01-31"
                lines.append((here.county, here.report.agency, "", year, "", due))
            before = figures
    panel.files[LIST] = listed(lines)
    return panel


def with_old_reports(panel: Panel, agencies: int, count: int) -> None:
    """Add reports of the first agencies for the year before, which have the old statistics."""
    for agency_no in range(min(agencies, count)):
        slot = Slot(agency_no, YEARS[0] - 1)
        name = agency_name(agency_no, county_of(agency_no))
        panel.files[file_name(slot)] = STATISTICS.format(agency=name, year=slot.year)
        found = (Found(file_name(slot), OLD, "statistics"),)
        panel.faults.append(Fault(OLD, slot, found))


def _keep(panel: Panel, slot: Slot, rule: str, findings: Sequence[Found]) -> None:
    if not rule:
        panel.clean += 1
        return
    own = tuple(found for found in findings if found.rule == rule)
    if not own:
        raise ValueError(f"{slot}: panel_faults.py plants nothing of {rule}")
    others = tuple(found for found in findings if found.rule != rule)
    panel.faults.append(Fault(rule, slot, own, others))


def listed(lines: Iterable[tuple[object, ...]]) -> str:
    """The list of expected reports."""
    target = StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(lines)
    return target.getvalue()
