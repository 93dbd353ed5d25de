"""What must be found in the printed cells of one report, worked out by hand-written rules.

The form and its relations are written out here once more, on purpose: nothing is taken from the
seeds or the generator, so that a slip there and here would have to be the same slip. Suites:
balance, non_negativity, and of completeness the rules on tables and cells.
"""

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

Cell = tuple[str, str, str]
Finding = tuple[str, str]

PEOPLE = ["natural_person", "business", "research", "social", "legal", "other_org"]
COLUMNS = [*PEOPLE, "total"]
DENIED = [
    "denied_state_secret",
    "denied_law_forbids",
    "denied_safety_stability",
    "denied_third_party",
    "denied_internal_affairs",
    "denied_deliberative",
    "denied_enforcement_file",
    "denied_admin_query",
]
UNAVAILABLE = ["unavailable_not_held", "unavailable_needs_creation", "unavailable_unclear"]
REJECTED = [
    "rejected_petition",
    "rejected_duplicate",
    "rejected_publication",
    "rejected_excessive",
    "rejected_reconfirm",
]
COMMON_OUTCOMES = ["granted", "partly_granted", *DENIED, *UNAVAILABLE, *REJECTED]
OTHER = {True: ["other"], False: ["other_no_correction", "other_fee_unpaid", "other_misc"]}
CHANNELS = ["reconsideration", "litigation_direct", "litigation_after_reconsideration"]
RESULTS = ["upheld", "corrected", "other", "pending"]
TRIAL_PROACTIVE = {
    "regulations": "made disclosed disclosed_total",
    "normative_documents": "made disclosed disclosed_total",
    "licensing": "prior_items change decisions",
    "other_services": "prior_items change decisions",
    "penalties": "prior_items change decisions",
    "coercion": "prior_items change decisions",
    "fees": "prior_items change",
    "procurement": "items amount",
}
LATER_PROACTIVE = {
    "regulations": "issued repealed in_force",
    "normative_documents": "issued repealed in_force",
    "licensing": "decisions",
    "penalties": "decisions",
    "coercion": "decisions",
    "fees": "amount",
}
NOT_APPLICABLE = {"/", "／", "—", "–", "-", "－", "无", "不适用"}


def statutory_cells(edition: str, single_other_row: bool = False) -> list[Cell]:
    """All cells of a report of one edition, table by table."""
    trial = edition == "trial_2019"
    proactive = TRIAL_PROACTIVE if trial else LATER_PROACTIVE
    cells = [("proactive", row, part) for row, parts in proactive.items() for part in parts.split()]
    outcomes = COMMON_OUTCOMES + OTHER[trial or single_other_row]
    frame = ["new_received", "carried_in", *outcomes, "outcome_total", "carried_out"]
    cells += [("applications", row, column) for row in frame for column in COLUMNS]
    cells += [
        ("disputes", result, channel) for channel in CHANNELS for result in [*RESULTS, "total"]
    ]
    return cells


class Sheet:
    """The printed cells of one report, read: number, blank, not applicable, unreadable, missing."""

    def __init__(self, printed: Mapping[Cell, str], edition: str, single_other_row: bool) -> None:
        self.printed = {tuple(cell): text for cell, text in printed.items()}
        self.trial = edition == "trial_2019"
        self.outcomes = COMMON_OUTCOMES + OTHER[self.trial or single_other_row]
        self.tables = {cell[0] for cell in self.printed}
        self.cells = [
            cell for cell in statutory_cells(edition, single_other_row) if cell[0] in self.tables
        ]

    def status(self, cell: Cell) -> str:
        if cell not in self.printed:
            return "missing"
        text = self.printed[cell].strip()
        if not text:
            return "blank"
        if text in NOT_APPLICABLE:
            return "not_applicable"
        return "unreadable" if self.value(cell) is None else "reported"

    def value(self, cell: Cell) -> Decimal | None:
        """The number in the cell's own unit; None where none can be read."""
        text = self.printed.get(cell, "").strip().removesuffix("元")
        try:
            return Decimal(text)
        except InvalidOperation:
            return None

    def empty(self, cell: Cell) -> bool:
        return self.status(cell) in ("blank", "not_applicable")

    def sums(self, cell: Cell) -> list[list[Cell]]:
        """The lists of members that add up to this cell, one for each relation it results from."""
        table, row, column = cell
        found: list[list[Cell]] = []
        if table == "applications" and column == "total":
            found.append([(table, row, person) for person in PEOPLE])
        if table == "applications" and row == "outcome_total":
            found.append([(table, outcome, column) for outcome in self.outcomes])
        if table == "disputes" and row == "total":
            found.append([(table, result, column) for result in RESULTS])
        return found

    def zero_or_empty(self, cell: Cell) -> bool:
        return self.empty(cell) or self.value(cell) == 0

    def term(self, cell: Cell) -> Decimal | None:
        """What a member counts as; None where it keeps its relation from being judged."""
        if self.status(cell) == "reported":
            return self.value(cell)
        if not self.empty(cell):
            return None
        members = [member for members in self.sums(cell) for member in members]
        return Decimal(0) if all(map(self.zero_or_empty, members)) else None

    def total_of(self, cells: list[Cell]) -> Decimal | None:
        terms = [self.term(cell) for cell in cells]
        return None if None in terms else sum((t for t in terms if t is not None), Decimal(0))

    def upset(self, result: Cell, members: list[Cell]) -> bool:
        """Whether a result is judged and differs from the sum of its members."""
        if self.status(result) != "reported":
            return False
        total = self.total_of(members)
        return total is not None and total != self.value(result)


def balance(sheet: Sheet) -> list[Finding]:
    """R1 to R4."""
    found: list[Finding] = []
    if "applications" in sheet.tables:
        table = "applications"
        for column in COLUMNS:
            come = sheet.total_of([(table, "new_received", column), (table, "carried_in", column)])
            gone = sheet.total_of(
                [(table, "outcome_total", column), (table, "carried_out", column)]
            )
            if come is not None and gone is not None and come != gone:
                found.append(("balance.requests_closure", column))
            parts: list[Cell] = [(table, row, column) for row in sheet.outcomes]
            if sheet.upset((table, "outcome_total", column), parts):
                found.append(("balance.outcomes_total", column))
        for row in ["new_received", "carried_in", *sheet.outcomes, "outcome_total", "carried_out"]:
            if sheet.upset((table, row, "total"), [(table, row, person) for person in PEOPLE]):
                found.append(("balance.applicants_total", row))
    if "disputes" in sheet.tables:
        for channel in CHANNELS:
            results: list[Cell] = [("disputes", result, channel) for result in RESULTS]
            if sheet.upset(("disputes", "total", channel), results):
                found.append(("balance.disputes_total", channel))
    return found


def non_negativity(sheet: Sheet) -> list[Finding]:
    """Signs, whole numbers, decimals."""
    found: list[Finding] = []
    for cell in sheet.cells:
        value = sheet.value(cell)
        if value is None:
            continue
        subject = ".".join(cell)
        if cell[2] == "amount":
            if value < 0:
                found.append(("non_negativity.amounts", subject))
            # The trial form's amount is in 元, where the rule says nothing.
            places = sheet.printed[cell].strip().partition(".")[2]
            if cell[1] == "fees" and len(places) > 4:
                found.append(("non_negativity.amount_precision", subject))
        elif cell[2] != "change":
            if value < 0:
                found.append(("non_negativity.counts", subject))
            if value != value.to_integral_value():
                found.append(("non_negativity.whole_counts", subject))
    if sheet.trial:
        for row, parts in TRIAL_PROACTIVE.items():
            if "change" not in parts.split():
                continue
            prior = sheet.value(("proactive", row, "prior_items"))
            change = sheet.value(("proactive", row, "change"))
            if prior is not None and change is not None and prior + change < 0:
                found.append(("non_negativity.items_left", f"proactive.{row}"))
    return found


def completeness(sheet: Sheet) -> list[Finding]:
    """Tables and cells; rows, sections and editions are not to be seen in printed cells."""
    found: list[Finding] = [
        ("completeness.tables_present", table)
        for table in ("proactive", "applications", "disputes")
        if table not in sheet.tables
    ]
    for cell in sheet.cells:
        subject, status = ".".join(cell), sheet.status(cell)
        if status == "missing":
            found.append(("completeness.cells_present", subject))
        if status == "unreadable":
            found.append(("completeness.values_readable", subject))
        if sheet.empty(cell):
            rule = "totals_filled" if owed(sheet, cell) else "cells_filled"
            found.append((f"completeness.{rule}", subject))
    return found


def owed(sheet: Sheet, cell: Cell) -> bool:
    """Whether a blank cell is a total of figures not all 0, or stands in a blank 总计 column."""

    def has_figures(total: Cell) -> bool:
        members = [member for members in sheet.sums(total) for member in members]
        return any(sheet.value(member) not in (None, 0) for member in members)

    if cell[0] != "applications" or cell[2] != "total":
        return has_figures(cell)
    column = [other for other in sheet.cells if other[0] == cell[0] and other[2] == "total"]
    return has_figures(cell) or (all(map(sheet.empty, column)) and any(map(has_figures, column)))


def expected_findings(
    printed: Mapping[Cell, str], edition: str, single_other_row: bool = False
) -> Counter[Finding]:
    """All (rule, subject) that must be found in the printed cells of a report of this edition.

    ``single_other_row``: a later form whose （六）其他处理 is one row, as on the trial form.
    """
    sheet = Sheet(printed, edition, single_other_row)
    return Counter(balance(sheet) + non_negativity(sheet) + completeness(sheet))
