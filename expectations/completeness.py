"""完整性: everything the form asks for is there, filled in, legible and identified."""

from __future__ import annotations

import great_expectations.expectations as gxe
from great_expectations.expectations.row_conditions import Column

from expectations import batches
from expectations.rules import RuleBook
from expectations.suites import Stated

SUITE = "completeness"

NOT_THERE = ["missing", "ambiguous"]
UNMODELLED_EDITIONS = ["statistics_2014"]

IS_MODELLED_TABLE = Column("form_table") != "statistics"
IS_TABLE_OF_KNOWN_YEAR = (
    IS_MODELLED_TABLE & (Column("presence") == "present") & Column("report_year").is_not_null()
)
IS_IDENTIFIED = (
    Column("agency_id").is_not_null()
    & Column("scope").is_not_null()
    & Column("report_year").is_not_null()
)


def expectations(book: RuleBook) -> list[Stated]:
    """The suite, in the order in which a reader would look at a report."""
    return [*_tables(book), *_cells(book), *_identity(book), *_submissions(book)]


def _tables(book: RuleBook) -> list[Stated]:
    return [
        Stated(
            batches.REPORT_TABLES,
            gxe.ExpectColumnValuesToBeInSet(
                column="presence",
                value_set=["present"],
                row_condition=IS_MODELLED_TABLE,
                **book.words("completeness.tables_present"),
            ),
        ),
        # A table in force for its year meets both; one out of force fails exactly one.
        Stated(
            batches.REPORT_TABLES,
            gxe.ExpectColumnPairValuesAToBeGreaterThanB(
                column_A="report_year",
                column_B="valid_from",
                or_equal=True,
                row_condition=IS_TABLE_OF_KNOWN_YEAR,
                **book.words("completeness.edition_current"),
            ),
        ),
        Stated(
            batches.REPORT_TABLES,
            gxe.ExpectColumnPairValuesAToBeGreaterThanB(
                column_A="valid_to",
                column_B="report_year",
                or_equal=True,
                row_condition=IS_TABLE_OF_KNOWN_YEAR,
                **book.words("completeness.edition_current"),
            ),
        ),
        Stated(
            batches.REPORT_TABLES,
            gxe.ExpectColumnValuesToNotBeInSet(
                column="edition",
                value_set=UNMODELLED_EDITIONS,
                **book.words("completeness.edition_covered"),
            ),
        ),
        Stated(
            batches.REPORT_SECTIONS,
            gxe.ExpectColumnPairValuesToBeEqual(
                column_A="printed_no",
                column_B="section_no",
                **book.words("completeness.sections_present"),
            ),
        ),
        Stated(
            batches.TABLE_ROWS,
            gxe.ExpectColumnPairValuesToBeEqual(
                column_A="count_values",
                column_B="count_expected",
                **book.words("completeness.row_shape"),
            ),
        ),
    ]


def _cells(book: RuleBook) -> list[Stated]:
    return [
        Stated(
            batches.CELL_VALUES,
            gxe.ExpectColumnValuesToNotBeInSet(
                column=column, value_set=wrong, **book.words(f"completeness.{rule}")
            ),
        )
        for rule, column, wrong in (
            ("cells_present", "status", NOT_THERE),
            ("values_readable", "status", ["unreadable"]),
            ("totals_filled", "filling", ["owed"]),
            ("cells_filled", "filling", ["empty"]),
        )
    ]


def _identity(book: RuleBook) -> list[Stated]:
    return [
        *(
            Stated(
                batches.REPORTS,
                gxe.ExpectColumnValuesToNotBeNull(
                    column=column, **book.words("completeness.identity_known")
                ),
                own_subject=f"'{column}'",
            )
            for column in ("agency", "report_year")
        ),
        Stated(
            batches.REPORTS,
            gxe.ExpectColumnValuesToNotBeNull(
                column="region",
                row_condition=Column("agency").is_not_null(),
                **book.words("completeness.region_known"),
            ),
            own_subject="'region'",
        ),
        # Not a compound-unique expectation: that one names no rows on SQL, and would not see a
        # namesake that lies outside the reports of this run.
        Stated(
            batches.REPORTS,
            gxe.ExpectColumnValuesToBeBetween(
                column="reports_of_same_year",
                max_value=1,
                row_condition=IS_IDENTIFIED,
                **book.words("completeness.one_per_year"),
            ),
            own_subject="'report'",
        ),
    ]


def _submissions(book: RuleBook) -> list[Stated]:
    return [
        # Without a subject: a missing report is no finding to waive, the list is what to correct.
        Stated(
            batches.SUBMISSIONS,
            gxe.ExpectColumnValuesToNotBeInSet(
                column="state_when_due",
                value_set=["missing"],
                row_condition=Column("state") != "unreadable",
                **book.words("completeness.submitted"),
            ),
        ),
        Stated(
            batches.HANDED_IN,
            gxe.ExpectColumnValuesToBeBetween(
                column="days_late", max_value=0, **book.words("completeness.on_time")
            ),
        ),
    ]
