"""The planted reports that tell a wrong relation from a right one.

Every figure is other than 0, so that what a sum leaves out or counts otherwise shows. For each form
a report that ties out, reports that leave members or totals blank, reports of figures that are all
0; two years of an agency of which nothing carries over, and for each term of a carry-over two that
leave it blank. Nothing is random.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import NamedTuple

from checkpoints.transform import seed_rows
from data.generator.figures import Figures, complete
from data.generator.forms import FRAME_ROWS, TOTAL, Cell, form_cells
from data.generator.report import Report
from tests.acceptance.reports import clean, reprint, write

TABLES = ("applications", "disputes")

Drawn = dict[Cell, int | Decimal]


class Form(NamedTuple):
    """What a report prints: ``single_other_row`` as in the trial form, though the year is later."""

    edition: str
    year: int
    single_other_row: bool = False


FORMS = (
    Form("trial_2019", 2020),
    Form("standard_2021", 2022),
    Form("standard_2021", 2024, single_other_row=True),
)


class Planted(NamedTuple):
    """A report and its form."""

    report: Report
    form: Form


def reports() -> dict[str, Planted]:
    """All planted reports by name, each agency with a number of its own."""
    numbers = count()
    made = {}
    for form in FORMS:
        for fault, spoil in FAULTS.items():
            number = next(numbers)
            planted = spoil(_report(number, form, figures(form, 1 + number % 5)))
            made[f"{number:03}_{form.edition}_{form.year}_{fault}"] = Planted(planted, form)
    for edition, year in (("trial_2019", 2019), ("standard_2021", 2022)):
        pairs = [_unlike_years(next(numbers), edition, year)]
        for blank in (None, *seed_rows("carry_overs")):
            if not blank or _prints(edition, blank["member"]):
                pairs.append(_two_years(next(numbers), edition, year, blank))
        for pair in pairs:
            for number, form, report in pair:
                made[f"{number:03}_{edition}_{form.year}"] = Planted(report, form)
    return made


def _prints(edition: str, member: str) -> bool:
    return any(member in spec.cell for spec in form_cells(edition))


def write_all(folder: Path) -> dict[str, Planted]:
    """Write every report as text into ``folder``; the reports by file name."""
    made = {f"{name}.txt": planted for name, planted in reports().items()}
    for name, planted in made.items():
        write(planted.report, folder / name)
    return made


def figures(form: Form, first: int, before: Figures | None = None) -> Drawn:
    """Figures of which none is 0 and all relations hold, those to the year ``before`` too."""
    given: Drawn = {}
    for number, spec in enumerate(form_cells(form.edition, form.single_other_row)):
        cell = spec.cell
        if not _is_total(cell) and cell.indicator != "new_received":
            given[cell] = first + number % 7
    return complete(form.edition, given | _carried(given, before or {}), form.single_other_row)


def _carried(now: Drawn, before: Figures) -> Drawn:
    """What the figures of the year before make of this year's, as the forms mean it."""
    found: Drawn = {}
    for cell, value in before.items():
        if cell.indicator == "carried_out" and cell.breakdown != TOTAL:
            found[cell._replace(indicator="carried_in")] = value
        if cell.breakdown == "prior_items":
            found[cell] = value + before[cell._replace(breakdown="change")]
        if cell.breakdown == "in_force":
            issued, repealed = (cell._replace(breakdown=name) for name in ("issued", "repealed"))
            found[cell] = value + now[issued] - now[repealed]
    return found


def _report(number: int, form: Form, drawn: Drawn) -> Report:
    single = form.single_other_row
    return clean(number, form.year, edition=form.edition, figures=drawn, single_other_row=single)


Years = Iterator[tuple[int, Form, Report]]


def _unlike_years(number: int, edition: str, year: int) -> Years:
    """Two years of which nothing carries over."""
    for form, first in ((Form(edition, year), 20), (Form(edition, year + 1), 30)):
        yield number, form, _report(number, form, figures(form, first))


def _two_years(number: int, edition: str, year: int, blank: dict[str, str] | None) -> Years:
    """Two years that carry over; without the figures of the term of carry_overs.csv ``blank``."""
    first, second = Form(edition, year), Form(edition, year + 1)
    before = figures(first, 20)
    for form, drawn in ((first, before), (second, figures(second, 30, before))):
        report = _report(number, form, drawn)
        if blank and year + 1 - form.year == int(blank["years_before"]):
            report = reprint(report, {c: "" for c in drawn if blank["member"] in c})
        yield number, form, report


def _is_total(cell: Cell) -> bool:
    return TOTAL in cell or cell.indicator == "outcome_total"


def _is_part(number: int, rest: int) -> bool:
    # Rows of 7 begin elsewhere each time.
    return (number + number // 7) % 3 == rest


Spoil = Callable[[Report], Report]


def _printing(text: str, chosen: Callable[[Cell, int], bool]) -> Spoil:
    """Prints ``text`` in the cells of tables 三 and 四 that are chosen by key and number."""

    def spoil(report: Report) -> Report:
        cells = [Cell(*cell) for cell in report.printed if cell[0] in TABLES]
        return reprint(report, {c: text for n, c in enumerate(cells) if chosen(c, n)})

    return spoil


def _each_part_one_more(report: Report) -> Report:
    parts = [Cell(*cell) for cell in report.printed if cell[0] in TABLES]
    changes = {c: str(int(report.printed[c]) + 1) for c in parts if not _is_total(c)}
    return reprint(report, changes)


def _received_and_no_outcome(report: Report) -> Report:
    received = [Cell("applications", "new_received", column) for column in ("business", TOTAL)]
    return reprint(_totals_blank(_nothing(report)), dict.fromkeys(received, "5"))


_nothing = _printing("0", lambda cell, number: True)
_totals_blank = _printing("", lambda cell, number: _is_total(cell))

FAULTS: dict[str, Spoil] = {
    "sound": lambda report: report,
    "nothing": _nothing,
    "nothing_and_totals_blank": lambda report: _totals_blank(_nothing(report)),
    "received_and_no_outcome": _received_and_no_outcome,
    "parts_0_blank": _printing("", lambda cell, n: not _is_total(cell) and _is_part(n, 0)),
    "parts_1_blank": _printing("", lambda cell, n: not _is_total(cell) and _is_part(n, 1)),
    "parts_2_blank": _printing("", lambda cell, n: not _is_total(cell) and _is_part(n, 2)),
    "some_row_totals_blank": _printing("", lambda cell, n: TOTAL in cell and n % 2 == 0),
    "other_row_totals_blank": _printing("", lambda cell, n: TOTAL in cell and n % 2 == 1),
    "outcome_totals_blank": _printing("", lambda cell, n: cell.indicator == "outcome_total"),
    "frame_blank": _printing("", lambda cell, n: cell.indicator in FRAME_ROWS and n % 2 == 0),
    "each_part_one_more": _each_part_one_more,
}
