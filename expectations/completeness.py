"""完整性: everything the form asks for is there, filled in, legible and identified."""

from __future__ import annotations

from expectations import batches
from expectations.rules import RuleBook
from expectations.suites import Stated, state

SUITE = "completeness"

IS_MODELLED_TABLE = "form_table <> 'statistics'"
IS_TABLE_OF_KNOWN_YEAR = (
    f"{IS_MODELLED_TABLE} and presence = 'present' and report_year is not null"
    " and valid_from is not null and valid_to is not null"
)
IS_THERE = "status not in ('missing', 'ambiguous')"
IS_IDENTIFIED = "agency_id is not null and scope is not null and report_year is not null"


def expectations(book: RuleBook) -> list[Stated]:
    """The suite, in the order in which a reader would look at a report."""
    return [*_tables(book), *_cells(book), *_identity(book), *_submissions(book)]


def _tables(book: RuleBook) -> list[Stated]:
    return [
        state(
            batches.REPORT_TABLES,
            book.words("completeness.tables_present"),
            "presence = 'present'",
            where=f"{IS_MODELLED_TABLE} and presence is not null",
            show=("presence",),
        ),
        state(
            batches.REPORT_TABLES,
            book.words("completeness.edition_current"),
            "report_year between valid_from and valid_to",
            where=IS_TABLE_OF_KNOWN_YEAR,
            show=("edition", "valid_from", "valid_to"),
        ),
        state(
            batches.REPORT_TABLES,
            book.words("completeness.edition_covered"),
            "edition <> 'statistics_2014'",
            where="edition is not null",
            show=("edition",),
        ),
        state(
            batches.REPORT_SECTIONS,
            book.words("completeness.sections_present"),
            "printed_no = section_no",
            where="printed_no is not null",
            show=("printed_no", "section_no"),
        ),
        state(
            batches.TABLE_ROWS,
            book.words("completeness.row_shape"),
            "count_values = count_expected",
            where="count_values is not null and count_expected is not null",
            show=("count_values", "count_expected"),
        ),
    ]


def _cells(book: RuleBook) -> list[Stated]:
    return [
        state(
            batch,
            book.words(f"completeness.{rule}"),
            condition,
            where=f"{column} is not null",
            show=(column,),
        )
        for rule, batch, column, condition in (
            ("cells_present", batches.CELL_VALUES, "status", IS_THERE),
            ("values_readable", batches.CELL_VALUES, "status", "status <> 'unreadable'"),
            ("totals_filled", batches.CELLS_FILLED, "filling", "filling <> 'owed'"),
            ("cells_filled", batches.CELLS_FILLED, "filling", "filling <> 'empty'"),
        )
    ]


def _identity(book: RuleBook) -> list[Stated]:
    return [
        *(
            state(
                batches.REPORTS,
                book.words("completeness.identity_known"),
                f"{column} is not null",
                subject=f"'{column}'",
            )
            for column in ("agency", "report_year")
        ),
        state(
            batches.REPORTS,
            book.words("completeness.region_known"),
            "region is not null",
            where="agency is not null",
            subject="'region'",
        ),
        state(
            batches.REPORTS,
            book.words("completeness.one_per_year"),
            "reports_of_same_year = 1",
            where=IS_IDENTIFIED,
            show=("reports_of_same_year",),
            subject="'report'",
        ),
    ]


def _submissions(book: RuleBook) -> list[Stated]:
    return [
        # Without a subject: a missing report is no finding to waive, the list is what to correct.
        state(
            batches.SUBMISSIONS,
            book.words("completeness.submitted"),
            "state_when_due <> 'missing'",
            where="state_when_due <> 'unreadable'",
            show=("state_when_due",),
        ),
        state(
            batches.HANDED_IN,
            book.words("completeness.on_time"),
            "days_late <= 0",
            where="days_late is not null",
            show=("days_late",),
        ),
    ]
