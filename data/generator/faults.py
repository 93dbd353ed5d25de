"""Faults planted in a report, each with every finding the program has to report for it.

A fault is a change of what is printed or, in :func:`restate`, of what the prose says; all else
stays as it was. The findings follow from the form: which relations a cell stands in, and by how
much the change upsets each. They cover all suites. Each function takes a report
whose relations all hold before the change.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from data.generator.figures import Figures
from data.generator.forms import (
    APPLICANTS,
    COLUMNS,
    FRAME_ROWS,
    RESULTS,
    TOTAL,
    Cell,
    form_cells,
    outcome_rows,
    row_key,
    rows_of,
)
from data.generator.report import NUMERALS, Printed, Report, Section

# One side of R1 against the other: 一 + 二 = （七） + 四.
CLOSURE = {"new_received": 1, "carried_in": 1, "outcome_total": -1, "carried_out": -1}
AMOUNT_PLACES = 4


@dataclass(frozen=True)
class Finding:
    """One finding the program must report: rule, subject, what is printed, what would tie out.

    The subject is the column for requests_closure and outcomes_total, the row for
    applicants_total, the channel for disputes_total, ``table.indicator.breakdown`` for rules on
    cells, ``table.indicator`` for rules on rows, the table or the section number.
    """

    rule: str
    subject: str
    printed: str
    expected: str
    note: str


@dataclass(frozen=True)
class Planted:
    """A faulty report and all its findings."""

    report: Report
    findings: tuple[Finding, ...]


def number(text: str) -> Decimal:
    """Read a text the generator printed; blank counts as 0."""
    return Decimal(text.rstrip("万元") or "0")


def restate(report: Report, was: str, now: str, finding: Finding) -> Planted:
    """Say something else in the prose, once; the tables stay as they are.

    Raises ValueError where the prose does not say ``was`` exactly once.
    """
    texts = [text for section in report.sections for text in section.paragraphs]
    if sum(text.count(was) for text in texts) != 1:
        raise ValueError(f"the prose does not say {was!r} once")
    changed = tuple(
        replace(section, paragraphs=tuple(text.replace(was, now) for text in section.paragraphs))
        for section in report.sections
    )
    return Planted(replace(report, sections=changed), (finding,))


def misprint(report: Report, changes: Mapping[Cell, str], note: str) -> Planted:
    """Print other numbers in some cells.

    Raises KeyError for a cell that is not printed.
    """
    printed = {**report.printed, **changes}
    upset: dict[tuple[str, str], Decimal] = {}
    for cell, text in changes.items():
        change = number(text) - number(report.printed[cell])
        for relation, sign in _relations(cell).items():
            upset[relation] = upset.get(relation, Decimal(0)) + sign * change
    findings = [
        Finding(rule, subject, *_sides(printed, rule, subject), note)
        for (rule, subject), difference in upset.items()
        if difference
    ]
    for cell, text in changes.items():
        findings += _value_findings(report, printed, cell, text, note)
    return Planted(replace(report, printed=printed), tuple(findings))


def shift(report: Report, changes: Mapping[Cell, int], note: str) -> Planted:
    """Print some counts higher or lower by so much."""
    printed = {cell: f"{number(report.printed[cell]) + by:f}" for cell, by in changes.items()}
    return misprint(report, printed, note)


def blank(report: Report, cells: Iterable[Cell], note: str, text: str = "") -> Planted:
    """Leave cells blank, or print / or — in them.

    Raises ValueError for a blank that would change a sum: a figure other than 0 that no relation
    gives as its result.
    """
    chosen = list(cells)
    owed = {
        cell
        for cell in chosen
        if any(number(report.printed[member]) for member in _members(report.printed, cell))
    }
    # A 总计 column left blank as a whole is one fault, its totals of 0 included.
    column = {c for c in report.printed if (c.form_table, c.breakdown) == ("applications", "total")}
    if owed and column <= set(chosen):
        owed |= column
    findings = []
    for cell in chosen:
        was = report.printed[cell]
        result = cell in owed
        if number(was) and not result:
            raise ValueError(f"{cell} is {was}: a blank there would upset the sums")
        rule = "completeness.totals_filled" if result else "completeness.cells_filled"
        findings.append(Finding(rule, ".".join(cell), text, was, note))
    printed = {**report.printed, **dict.fromkeys(chosen, text)}
    return Planted(replace(report, printed=printed), tuple(findings))


def unreadable(report: Report, cell: Cell, text: str, note: str) -> Planted:
    """Print words where a number belongs; the relations of the cell can no longer be judged."""
    finding = Finding(
        "completeness.values_readable", ".".join(cell), text, report.printed[cell], note
    )
    return Planted(
        replace(report, printed={**report.printed, cell: text}),
        (finding,),
    )


def drop_row(report: Report, form_table: str, indicator: str, note: str) -> Planted:
    """Leave out one row of a table with all its cells."""
    dropped = {
        cell: text for cell, text in report.printed.items() if cell[:2] == (form_table, indicator)
    }
    printed = {cell: text for cell, text in report.printed.items() if cell not in dropped}
    findings = tuple(
        Finding("completeness.cells_present", ".".join(cell), "", text, note)
        for cell, text in dropped.items()
    )
    return Planted(replace(report, printed=printed), findings)


def drop_table(report: Report, form_table: str, note: str) -> Planted:
    """Leave out a table; its cells are then not judged."""
    printed = {cell: text for cell, text in report.printed.items() if cell[0] != form_table}
    finding = Finding("completeness.tables_present", form_table, "", "", note)
    return Planted(replace(report, printed=printed), (finding,))


def drop_section(report: Report, section_no: int, note: str) -> Planted:
    """Leave out a section's heading and text."""
    kept = tuple(section for section in report.sections if section.number != section_no)
    gone = next(section for section in report.sections if section.number == section_no)
    finding = Finding("completeness.sections_present", str(section_no), "", gone.heading, note)
    return Planted(replace(report, sections=kept), (finding,))


def renumber_section(report: Report, section_no: int, printed_no: int, note: str) -> Planted:
    """Print another number before a section's heading."""

    def renumbered(section: Section) -> Section:
        if section.number != section_no:
            return section
        return replace(section, heading=NUMERALS[printed_no - 1] + section.heading[1:])

    sections = tuple(renumbered(section) for section in report.sections)
    before, after = report.sections[section_no - 1].heading, sections[section_no - 1].heading
    finding = Finding("completeness.sections_present", str(section_no), after, before, note)
    return Planted(replace(report, sections=sections), (finding,))


def surplus_value(report: Report, form_table: str, indicator: str, note: str) -> Planted:
    """Let flattened text print one value too many in a row; the row has to be all zeros.

    Raises ValueError for a row of other figures, which could not be assigned to its cells.
    """
    values = [
        text for cell, text in report.printed.items() if row_key(cell) == (form_table, indicator)
    ]
    if set(values) != {"0"}:
        raise ValueError(f"{form_table}.{indicator} is not all zeros")
    finding = Finding(
        "completeness.row_shape",
        f"{form_table}.{indicator}",
        str(len(values) + 1),
        str(len(values)),
        note,
    )
    surplus = report.surplus | {(form_table, indicator)}
    return Planted(replace(report, surplus=surplus), (finding,))


def outdated_form(report: Report, tables: Iterable[str], expected: str, note: str) -> Planted:
    """State that tables of this report use an edition out of force in its year.

    The report itself was made with that form, so nothing in it is changed.
    """
    findings = tuple(
        Finding("completeness.edition_current", form_table, "trial_2019", expected, note)
        for form_table in tables
    )
    return Planted(report, findings)


def not_carried(figures: Figures, last_year: Figures, note: str) -> tuple[Finding, ...]:
    """Return the findings for figures that do not follow from last year's.

    Figures that the form of either year does not have are not compared.
    """
    found = []

    def compare(rule: str, subject: str, printed: Cell, *terms: tuple[int, Figures, Cell]) -> None:
        if printed not in figures or any(cell not in year for _, year, cell in terms):
            return
        expected = sum(sign * year[cell] for sign, year, cell in terms)
        if figures[printed] != expected:
            found.append(Finding(rule, subject, str(figures[printed]), str(expected), note))

    for column in COLUMNS:
        compare(
            "continuity.requests_carried",
            f"applications.{column}",
            Cell("applications", "carried_in", column),
            (1, last_year, Cell("applications", "carried_out", column)),
        )
    for row in ("regulations", "normative_documents"):
        issued, repealed, in_force = (
            Cell("proactive", row, part) for part in ("issued", "repealed", "in_force")
        )
        compare(
            "continuity.documents_in_force",
            f"proactive.{row}",
            in_force,
            *((1, last_year, in_force), (1, figures, issued), (-1, figures, repealed)),
        )
    for row in rows_of(figures, "proactive"):
        prior, change = (Cell("proactive", row, part) for part in ("prior_items", "change"))
        terms = ((1, last_year, prior), (1, last_year, change))
        compare("continuity.items_carried", f"proactive.{row}", prior, *terms)
    return tuple(found)


def application_rows(report: Report) -> tuple[str, ...]:
    """Return the rows of table 三 the report prints."""
    return rows_of(report.printed, "applications")


def _relations(cell: Cell) -> dict[tuple[str, str], int]:
    """Return the (rule, subject) a cell stands in, with the sign it has on the members' side."""
    form_table, indicator, breakdown = cell
    if form_table == "disputes":
        return {("balance.disputes_total", breakdown): -1 if indicator == TOTAL else 1}
    if form_table != "applications":
        return {}
    relations = {("balance.applicants_total", indicator): -1 if breakdown == TOTAL else 1}
    if indicator in CLOSURE:
        relations["balance.requests_closure", breakdown] = CLOSURE[indicator]
    if indicator == "outcome_total" or indicator not in FRAME_ROWS:
        relations["balance.outcomes_total", breakdown] = -1 if indicator == "outcome_total" else 1
    return relations


def _members(printed: Printed, result: Cell) -> list[Cell]:
    """Return the cells that add up to a result cell; none if the cell is no result."""
    form_table, indicator, breakdown = result
    members = []
    if form_table == "disputes" and indicator == TOTAL:
        members += [Cell(form_table, member, breakdown) for member in RESULTS]
    if form_table == "applications" and breakdown == TOTAL:
        members += [Cell(form_table, indicator, member) for member in APPLICANTS]
    if form_table == "applications" and indicator == "outcome_total":
        rows = outcome_rows(Cell(*cell) for cell in printed)
        members += [Cell(form_table, member, breakdown) for member in rows]
    return members


def _sides(printed: Printed, rule: str, subject: str) -> tuple[str, str]:
    """Return what the form prints as a relation's total, and what its members add up to."""

    def total(cells: Iterable[Cell]) -> Decimal:
        return sum((number(printed[cell]) for cell in cells), Decimal(0))

    def side(sign: int) -> list[Cell]:
        return [Cell("applications", row, subject) for row, at in CLOSURE.items() if at == sign]

    if rule == "balance.requests_closure":
        return f"{total(side(-1)):f}", f"{total(side(1)):f}"
    if rule == "balance.outcomes_total":
        rows = outcome_rows(Cell(*cell) for cell in printed)
        result = Cell("applications", "outcome_total", subject)
        members = [Cell("applications", row, subject) for row in rows]
    elif rule == "balance.applicants_total":
        result = Cell("applications", subject, TOTAL)
        members = [Cell("applications", subject, column) for column in APPLICANTS]
    else:
        result = Cell("disputes", TOTAL, subject)
        members = [Cell("disputes", row, subject) for row in RESULTS]
    return printed[result], f"{total(members):f}"


def _value_findings(
    report: Report, printed: Printed, cell: Cell, text: str, note: str
) -> list[Finding]:
    """Return the findings of suite non_negativity for one newly printed number."""
    kinds = {
        spec.cell: spec for single in (False, True) for spec in form_cells(report.edition, single)
    }
    kind, value = kinds[cell].value_kind, number(text)
    was = report.printed[cell]
    broken = []
    if kind == "count" and value < 0:
        broken.append("non_negativity.counts")
    if kind == "count" and value % 1:
        broken.append("non_negativity.whole_counts")
    if kind == "amount" and value < 0:
        broken.append("non_negativity.amounts")
    places = len(text.rstrip("万元").partition(".")[2])
    in_ten_thousands = kinds[cell].unit == "万元" or text.endswith("万元")
    if kind == "amount" and in_ten_thousands and places > AMOUNT_PLACES:
        broken.append("non_negativity.amount_precision")
    findings = [Finding(rule, ".".join(cell), text, was, note) for rule in broken]
    if cell.breakdown in ("prior_items", "change"):
        row = (Cell(*cell[:2], part) for part in ("prior_items", "change"))
        left = sum((number(printed[part]) for part in row), Decimal(0))
        if left < 0:
            subject = f"{cell.form_table}.{cell.indicator}"
            findings.append(Finding("non_negativity.items_left", subject, f"{left:f}", "", note))
    return findings
