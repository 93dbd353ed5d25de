"""Each part of what the suites state: how many more rows it judges, and finds to fail.

The cases that ``make mutants`` asked for: without one of them some part of a condition could be
another, and no test would tell.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import duckdb
import pytest

from checkpoints.transform import seed_rows
from expectations.rules import read_rules, rule_book
from expectations.suites import state_all
from tests.expectations.claims import Claim, Count, claims, count
from tests.expectations.marts import OTHER, SOUND, add, fill
from tests.expectations.test_suites import (
    CELLS,
    COMPARED,
    EARLIER,
    FILE,
    LATER,
    NOT_COMPARED,
    REPORTS,
    SUBMISSIONS,
    TABLES,
    Row,
    amount,
    blank,
    cell,
    change,
    claim,
    disputes,
    prior,
    relation,
    year,
)

ROWS = "marts.table_rows"
REJECTED = "raw.rejections"
OF_FIGURES = ("counts", "whole_counts", "amounts", "amount_precision")
IN_FIGURES = ("requests_received", "none_received", "outcomes", "disputes", "sums_in_prose", "year")
RELATIONS = tuple(
    dict.fromkeys(row["rule"] for seed in ("relations", "carry_overs") for row in seed_rows(seed))
)

BUSINESS = cell(breakdown="business", value=3)
TOTAL_BLANK = blank(breakdown="total", is_result=True)


def total(indicator: str, breakdown: str = "total", **changes: Any) -> Row:
    return blank(**{"indicator": indicator, "breakdown": breakdown, "is_result": True, **changes})


def dispute(indicator: str, **changes: Any) -> Row:
    return disputes(indicator=indicator, **changes)


def figure(**changes: Any) -> Row:
    """An amount in 万元 that would break every rule on figures that looked at it."""
    return amount(**{"value": "-1.00005", "printed_decimals": 5, **changes})


def both_years(
    *rows: tuple[str, str, str, int], later: dict[str, Any], **changes: Any
) -> list[Row]:
    """Cells (table, indicator, breakdown, value) of two years, the ``later`` with changes."""
    return [
        cell(
            report_id=report_id,
            form_table=table,
            indicator=indicator,
            breakdown=breakdown,
            **{"value": value, **changes, **more},
        )
        for report_id, more in ((EARLIER, {}), (LATER, later))
        for table, indicator, breakdown, value in rows
    ]


def two_years(granted: int, partly: int = 3, upheld: int = 1, issued: int = 2) -> list[Row]:
    """Two years with the same figures."""
    return [
        *COMPARED,
        *same_year(EARLIER, granted, partly, upheld, issued),
        *same_year(LATER, granted, partly, upheld, issued),
    ]


def same_year(report_id: str, granted: int, partly: int, upheld: int, issued: int) -> list[Row]:
    rows = (
        ("applications", "granted", "legal", granted),
        ("applications", "partly_granted", "legal", partly),
        ("disputes", "upheld", "reconsideration", upheld),
        ("proactive", "normative_documents", "issued", issued),
    )
    return [
        cell(report_id=report_id, form_table=table, indicator=row, breakdown=column, value=value)
        for table, row, column, value in rows
    ]


CHANNEL = {"form_table": "disputes", "breakdown": "reconsideration"}
THERE = {"report_id": OTHER}
BLANK_THERE = total("carried_in", **THERE)

Case = tuple[str, list[Row], int, int]

COMPLETENESS: list[Case] = [
    ("tables_present", [(TABLES, {"presence": None})], 0, 0),
    (
        "edition_current",
        [(TABLES, {"form_table": "statistics", "report_year": 2016, "valid_from": 2019})],
        0,
        0,
    ),
    ("edition_current", [(TABLES, {"valid_from": None})], 0, 0),
    ("edition_current", [(TABLES, {"valid_to": None})], 0, 0),
    ("edition_current", [(TABLES, {"valid_to": 2023})], 1, 0),
    ("row_shape", [(ROWS, {"count_values": None})], 0, 0),
    ("row_shape", [(ROWS, {"count_expected": None})], 0, 0),
    ("one_per_year", [(REPORTS, {"report_id": OTHER, "scope": None})] * 2, 0, 0),
    ("one_per_year", [(REPORTS, {"report_id": OTHER, "report_year": None})] * 2, 0, 0),
    ("submitted", [(SUBMISSIONS, {"submission_key": "k2", "is_due": False})], 1, 0),
    ("on_time", [(SUBMISSIONS, {"report_id": None, "days_late": 3})], 0, 0),
    ("on_time", [(SUBMISSIONS, {"submission_key": "k2", "days_late": 9})], 0, 0),
    # What counts as filled, and that all cells stay in sight where a total is blank.
    ("cells_filled", [cell(breakdown="business")], 1, 0),
    ("cells_filled", [cell(breakdown="business", status="unreadable", value=None)], 1, 0),
    ("cells_filled", [blank(breakdown="business")], 1, 1),
    ("cells_filled", [blank(breakdown="business", status="not_applicable")], 1, 1),
    ("cells_filled", [TOTAL_BLANK, cell(breakdown="business")], 2, 1),
    ("cells_filled", [TOTAL_BLANK, blank(breakdown="business", status="not_applicable")], 2, 2),
    # A total is owed only by figures that are read, judged, of its own row and column, and members.
    (
        "totals_filled",
        [cell(breakdown="business", value=3, status="unreadable"), TOTAL_BLANK],
        2,
        0,
    ),
    ("totals_filled", [cell(breakdown="business", value=3, is_judged=False), TOTAL_BLANK], 1, 0),
    ("totals_filled", [cell(report_id=OTHER, breakdown="business", value=3), TOTAL_BLANK], 2, 0),
    ("totals_filled", [dispute("other", value=3), total("other")], 2, 0),
    (
        "totals_filled",
        [dispute("upheld", value=3), blank(**dispute("total")[1], is_result=True)],
        2,
        1,
    ),
    (
        "totals_filled",
        [
            dispute("upheld", value=3),
            blank(**{**dispute("total")[1], "breakdown": "litigation_direct"}, is_result=True),
        ],
        2,
        0,
    ),
    ("totals_filled", [dispute("upheld"), total("total", **CHANNEL)], 2, 0),
    ("totals_filled", [cell(breakdown="business"), total("outcome_total", "business")], 2, 0),
    ("totals_filled", [BUSINESS, total("outcome_total", "research")], 2, 0),
    *(
        (
            "totals_filled",
            [
                cell(indicator=row, breakdown="business", value=3),
                total("outcome_total", "business"),
            ],
            2,
            0,
        )
        for row in ("new_received", "carried_in", "carried_out")
    ),
    (
        "totals_filled",
        [
            cell(indicator="outcome_total", breakdown="research", value=3),
            total("outcome_total", "business"),
        ],
        2,
        0,
    ),
    # No result, no total that is owed.
    ("totals_filled", [BUSINESS, blank(breakdown="total"), total("carried_in")], 3, 0),
    # One total of the column is printed: what is blank beside it is owed only for itself.
    (
        "totals_filled",
        [
            cell(indicator="partly_granted", breakdown="business", value=3),
            cell(breakdown="total"),
            total("partly_granted"),
            total("new_received"),
        ],
        4,
        1,
    ),
    # Another report that leaves totals blank says nothing of this one.
    (
        "totals_filled",
        [dispute("upheld", value=3, **THERE), BLANK_THERE, total("total", **CHANNEL)],
        3,
        0,
    ),
    (
        "totals_filled",
        [
            cell(breakdown="business", value=3, **THERE),
            BLANK_THERE,
            TOTAL_BLANK,
            total("outcome_total", "business"),
        ],
        4,
        0,
    ),
    ("totals_filled", [BUSINESS, TOTAL_BLANK, BLANK_THERE], 3, 1),
    (
        "totals_filled",
        [
            BUSINESS,
            TOTAL_BLANK,
            total("new_received"),
            cell(breakdown="total", **THERE),
            BLANK_THERE,
        ],
        5,
        2,
    ),
    # A total that is owed in another column says nothing of the column 总计.
    (
        "totals_filled",
        [BUSINESS, total("outcome_total", "business"), total("new_received")],
        3,
        1,
    ),
]

NON_NEGATIVITY: list[Case] = [
    *((rule, [cell(value="-1.5", status="unreadable")], 0, 0) for rule in OF_FIGURES),
    *((rule, [cell(value=None)], 0, 0) for rule in OF_FIGURES),
    *((rule, [figure(status="unreadable")], 0, 0) for rule in OF_FIGURES),
    *((rule, [figure(value=None)], 0, 0) for rule in OF_FIGURES),
    ("whole_counts", [amount(value="0.5", printed_decimals=1)], 0, 0),
    ("amounts", [amount(value=0)], 1, 0),
    ("amounts", [cell(value=-1)], 0, 0),
    ("amount_precision", [figure(printed_decimals=None)], 0, 0),
    ("amount_precision", [figure(value_kind="count")], 0, 0),
    ("items_left", [prior(value=3, is_judged=False), change(value=-4)], 0, 0),
    ("items_left", [prior(value=3, status="unreadable"), change(value=-4)], 0, 0),
    ("items_left", [prior(value=3), change(value=-4, is_judged=False)], 0, 0),
    ("items_left", [prior(value=3), change(value=-4, status="unreadable")], 0, 0),
    ("items_left", [prior(value=3, report_id=OTHER), change(value=-4)], 0, 0),
    ("items_left", [prior(value=3, indicator="fees"), change(value=-4)], 0, 0),
]

OF_RELATIONS: list[Case] = [
    *((rule, [relation(rule=rule)], 1, 0) for rule in RELATIONS),
    *((rule, [relation(rule=rule, left_value=4, holds=False)], 1, 1) for rule in RELATIONS),
    *((rule, [relation(rule=rule, left_value=4, holds=None)], 0, 0) for rule in RELATIONS),
    *((rule, [relation(rule="balance.another", left_value=4)], 0, 0) for rule in RELATIONS),
]

WITH_NOTHING_READ = blank(indicator="denied_admin_query", breakdown="legal")[1]
STOCK = ("proactive", "normative_documents")
MORE = {"value": 999}
CONTINUITY: list[Case] = [
    ("copied_report", two_years(12), 1, 1),
    # At least three figures other than 0, one of them of two digits.
    ("copied_report", two_years(12, 0, 1, 2), 1, 1),
    ("copied_report", two_years(12, 0, 0, 2), 1, 0),
    ("copied_report", two_years(10), 1, 1),
    ("copied_report", two_years(9), 1, 0),
    # Each figure counts.
    *(
        (
            "copied_report",
            [*COMPARED, *same_year(EARLIER, 12, 3, 1, 2), *same_year(LATER, *figures)],
            1,
            0,
        )
        for figures in ((13, 3, 1, 2), (12, 4, 1, 2), (12, 3, 2, 2), (12, 3, 1, 3))
    ),
    # One of two earlier years is enough.
    (
        "copied_report",
        [
            *two_years(12),
            ("marts.report_pairs", {"report_id": LATER, "earlier_report_id": OTHER}),
            *same_year(OTHER, 13, 3, 1, 2),
        ],
        1,
        1,
    ),
    # A blank and a / are figures like others; what cannot be read is not, though it is the same.
    *(
        (
            "copied_report",
            [
                *two_years(12),
                *(
                    (CELLS, {**WITH_NOTHING_READ, "status": status, "report_id": at})
                    for at in (EARLIER, LATER)
                ),
            ],
            1,
            failing,
        )
        for status, failing in (("blank", 1), ("not_applicable", 1), ("unreadable", 0))
    ),
    # Stocks may change, and what is not judged; nothing is told by totals and what was received.
    *(
        ("copied_report", [*two_years(12), *both_years((*STOCK, of, 5), later=MORE)], 1, 1)
        for of in ("in_force", "disclosed_total", "prior_items")
    ),
    (
        "copied_report",
        [*two_years(12), *both_years((*STOCK, "made", 5), later=MORE, is_judged=False)],
        1,
        1,
    ),
    *(
        (
            "copied_report",
            [*two_years(5), *both_years(("applications", *cells, 12), later={}, **changes)],
            1,
            0,
        )
        for cells, changes in (
            (("granted", "total"), {"is_result": True}),
            (("new_received", "legal"), {}),
            (("denied_admin_query", "legal"), {"status": "blank"}),
        )
    ),
    (
        "copied_report",
        [
            *two_years(12, 0, 0, 2),
            *both_years(("applications", "granted", "total", 12), later={}, is_result=True),
        ],
        1,
        0,
    ),
    ("copied_report", [*COMPARED, *same_year(LATER, 12, 3, 1, 2)], 1, 0),
    # A table is missing.
    (
        "copied_report",
        [
            *COMPARED,
            *both_years(
                ("applications", "granted", "legal", 12),
                ("applications", "partly_granted", "legal", 3),
                ("disputes", "upheld", "reconsideration", 1),
                later={},
            ),
        ],
        1,
        0,
    ),
    (
        "copied_report",
        [
            *two_years(12),
            *both_years(("applications", "outcome_total", "total", 5), later=MORE, is_judged=False),
        ],
        1,
        1,
    ),
    # The totals of the applications are the same.
    (
        "copied_report",
        [
            *two_years(12),
            *both_years(("applications", "outcome_total", "total", 15), later={}, is_result=True),
        ],
        1,
        1,
    ),
    ("copied_report", [*NOT_COMPARED, *two_years(12)[len(COMPARED) :]], 0, 0),
    (
        "copied_report",
        [
            *two_years(12),
            (REPORTS, {"report_id": OTHER}),
            ("marts.report_pairs", {"report_id": OTHER}),
        ],
        1,
        1,
    ),
    (
        "copied_report",
        [
            (REPORTS, {"report_id": EARLIER, "report_year": 2021}),
            (REPORTS, {"report_id": LATER, "report_year": 2022, "is_current": False}),
            *COMPARED[2:],
            *year(EARLIER, 12),
            *year(LATER, 12),
        ],
        0,
        0,
    ),
]

NAMES = {"stated_value": None, "table_value": None}
NARRATIVE: list[Case] = [
    *((rule, [claim(rule, stated_value=4, agrees=False)], 1, 1) for rule in IN_FIGURES),
    *((rule, [claim(rule, table_value=None, agrees=False)], 0, 0) for rule in IN_FIGURES),
    *((rule, [claim(rule, stated_value=None, agrees=False)], 0, 0) for rule in IN_FIGURES),
    *((rule, [claim("another", stated_value=4, agrees=False)], 0, 0) for rule in IN_FIGURES),
    (
        "year",
        [claim("another", **NAMES, stated_name="甲局", known_name="乙局", agrees=False)],
        0,
        0,
    ),
    ("year", [claim("year", **NAMES, known_name="乙局", agrees=False)], 0, 0),
    ("year", [claim("year", **NAMES, stated_name="甲局", agrees=False)], 0, 0),
    ("year", [claim("year", **NAMES, stated_name="甲局", known_name="乙局", agrees=False)], 1, 1),
    ("copied_text", [(REPORTS, {"report_id": OTHER})], 1, 0),
    (
        "copied_text",
        [
            (REPORTS, {"report_id": OTHER, "is_current": False}),
            ("marts.shared_files", {**FILE, "report_id": OTHER}),
        ],
        0,
        0,
    ),
]

STATUSES = ("blank", "not_applicable", "unreadable", "missing", "ambiguous")
EDITIONS = [f"{table}_edition" for table in ("proactive", "applications", "disputes")]
SOURCE: Row = ("raw.sources", {"document_id": OTHER, "source_path": "/b.pdf"})
INTEGRITY: list[Case] = [
    *(("status_known", [cell(status=status, value=None)], 1, 0) for status in STATUSES),
    ("status_known", [cell(status="", value=None)], 1, 1),
    *(("edition_known", [(REPORTS, {name: "future_2030"})], 1, 1) for name in EDITIONS),
    *(("edition_known", [(REPORTS, {name: None})], 1, 0) for name in EDITIONS),
    ("source_accounted", [SOURCE, (REJECTED, {"source_path": "/b.pdf"})], 1, 0),
    ("source_accounted", [SOURCE, (REJECTED, {"source_path": "/a.pdf", "sha256": OTHER})], 1, 0),
    ("source_accounted", [SOURCE, (REJECTED, {"source_path": "/a.pdf", "sha256": SOUND})], 1, 1),
    ("indicator_known", [cell(form_table="disputes")], 1, 1),
    ("indicator_known", [cell(indicator="nobody")], 1, 1),
    ("indicator_known", [cell(ordinal=77)], 1, 1),
    ("report_unique", [(REPORTS, {"report_id": OTHER})], 1, 0),
    ("finding_unique", [("marts.findings", {"finding_id": "f2"})], 1, 0),
    ("cell_unique", [(REPORTS, {"report_id": OTHER})], 0, 0),
]

CASES: list[Case] = [
    *((f"completeness.{rule}", *case) for rule, *case in COMPLETENESS),
    *((f"non_negativity.{rule}", *case) for rule, *case in NON_NEGATIVITY),
    *OF_RELATIONS,
    *((f"continuity.{rule}", *case) for rule, *case in CONTINUITY),
    *((f"narrative.{rule}", *case) for rule, *case in NARRATIVE),
    *((f"integrity.{rule}", *case) for rule, *case in INTEGRITY),
]


@pytest.fixture(scope="module")
def asked() -> dict[str, tuple[Claim, ...]]:
    return claims(state_all(rule_book(read_rules(), "zh")))


@pytest.fixture(scope="module")
def sound() -> Iterator[duckdb.DuckDBPyConnection]:
    """Sound marts in memory."""
    with duckdb.connect() as con:
        fill(con)
        yield con


@pytest.mark.parametrize(("rule", "rows", "judged", "failing"), CASES)
def test_so_many_more_rows_are_judged_and_fail(
    asked: dict[str, tuple[Claim, ...]],
    sound: duckdb.DuckDBPyConnection,
    rule: str,
    rows: list[Row],
    judged: int,
    failing: int,
) -> None:
    before = count(sound, asked[rule])
    sound.execute("begin")
    try:
        for table, changes in rows:
            add(sound, table, changes)
        after = count(sound, asked[rule])
    finally:
        sound.execute("rollback")
    assert after.less(before) == Count(judged, failing)
