"""完好性: gouji's own tables are consistent. A failure here is a fault of the program, no finding.

The rules are defined here and not in ``rules.csv``, because they say nothing about reports.
"""

from __future__ import annotations

from typing import NamedTuple

import great_expectations.expectations as gxe

from expectations.batches import Batch
from expectations.no_rows import ExpectNoRows
from expectations.rules import Rule, RuleBook
from expectations.suites import Stated

SUITE = "integrity"

STATUSES = ["reported", "blank", "not_applicable", "unreadable", "missing", "ambiguous"]
CELL_KEY = ["report_id", "form_table", "indicator", "breakdown"]

TITLES = {
    "cell_unique": ("每份报告每个单元格只有一行", "A report has each cell once"),
    "status_known": ("单元格状态均为已知代码", "Every cell has one of the known statuses"),
    "indicator_known": ("单元格均在表式目录之内", "Every cell is one of the form's cells"),
    "value_when_reported": (
        "有数值当且仅当状态为已读出",
        "A cell has a value exactly when its status is reported",
    ),
    "cell_faithful": (
        "单元格的位置与原文同读取记录一致",
        "A cell's box, page and text are those that were read",
    ),
    "report_unique": ("每份报告只有一行", "Every report has one row"),
    "edition_known": ("表式版本均为已知代码", "Every edition is a known one"),
    "report_documented": ("每份报告都有读取记录", "Every report was read from a document"),
    "document_modelled": ("每份读取的文件都成为报告", "Every document that was read is a report"),
    "source_accounted": (
        "每个文件路径都归于一份报告或注明未采用的原因",
        "Every source path leads to a report or to a rejection",
    ),
    "finding_unique": ("问题编号不重复", "A finding's id occurs once"),
    "finding_report_known": ("问题所属的报告均存在", "Every finding belongs to a known report"),
    "finding_rule_known": ("问题所依的规则均存在", "Every finding is of a known rule"),
}

RULES = tuple(
    Rule(suite=SUITE, rule=f"{SUITE}.{name}", severity="error", title_zh=zh, title_en=en)
    for name, (zh, en) in TITLES.items()
)

CELLS = Batch(
    "all_cells",
    "select *, indicator || '.' || breakdown as place from marts.cell_values",
    is_program=True,
)
REPORTS = Batch(
    "all_reports",
    "select *, source_path as place, null::integer as page from marts.reports",
    is_program=True,
)
FINDINGS = Batch("all_findings", "select *, rule as place from marts.findings", is_program=True)
DOCUMENTS = Batch(
    "all_documents",
    "select *, document_id as report_id, null::varchar as agency, null::integer as report_year,"
    " format as place, null::integer as page from raw.documents",
    is_program=True,
)
SOURCES = Batch(
    "all_sources",
    "select *, document_id as report_id, null::varchar as agency, null::integer as report_year,"
    " source_path as place, null::integer as page from raw.sources",
    is_program=True,
)


class Query(NamedTuple):
    """A rule stated as the rows that must not be: which rows of the batch, showing what."""

    rule: str
    batch: Batch
    columns: tuple[str, ...]
    where: str


CELL_COLUMNS = ("report_id", "form_table", "indicator", "breakdown", "status", "raw_text")

QUERIES = (
    Query(
        "indicator_known",
        CELLS,
        CELL_COLUMNS,
        "not exists (select 1 from form.indicators as known"
        " where known.form_table = here.form_table and known.indicator = here.indicator"
        " and known.breakdown = here.breakdown)",
    ),
    Query(
        "value_when_reported",
        CELLS,
        (*CELL_COLUMNS, "value"),
        "(status = 'reported') <> (value is not null)",
    ),
    # Nothing may be lost or changed between the transcript and the mart. Cells that carry no
    # position were not found or were filled by reasoning on their row.
    Query(
        "cell_faithful",
        CELLS,
        (*CELL_COLUMNS, "page", "block_no", "row_no", "col_no"),
        "here.block_no is not null and here.row_no is not null and here.col_no is not null"
        " and not exists (select 1 from raw.cells as printed"
        " where printed.document_id = here.report_id and printed.block_no = here.block_no"
        " and printed.row_no = here.row_no and printed.col_no = here.col_no"
        " and printed.text is not distinct from here.raw_text"
        " and printed.page is not distinct from here.page"
        " and printed.x0 is not distinct from here.x0"
        " and printed.top is not distinct from here.top"
        " and printed.x1 is not distinct from here.x1"
        " and printed.bottom is not distinct from here.bottom)",
    ),
    Query(
        "edition_known",
        REPORTS,
        ("report_id", "proactive_edition", "applications_edition", "disputes_edition"),
        "exists (select 1 from (values (here.proactive_edition), (here.applications_edition),"
        " (here.disputes_edition)) as used (edition) where used.edition is not null"
        " and used.edition not in (select edition from form.editions))",
    ),
    Query(
        "report_documented",
        REPORTS,
        ("report_id", "source_path"),
        "report_id not in (select document_id from raw.documents)",
    ),
    Query(
        "document_modelled",
        DOCUMENTS,
        ("document_id", "format", "ingested_at"),
        "document_id not in (select report_id from marts.reports)",
    ),
    Query(
        "source_accounted",
        SOURCES,
        ("source_path", "document_id"),
        "document_id not in (select report_id from marts.reports)"
        " and not exists (select 1 from raw.rejections as rejected"
        " where rejected.source_path = here.source_path or rejected.sha256 = here.document_id)",
    ),
    Query(
        "finding_report_known",
        FINDINGS,
        ("finding_id", "rule", "report_id"),
        "report_id is not null and report_id not in (select report_id from marts.reports)",
    ),
    Query(
        "finding_rule_known",
        FINDINGS,
        ("finding_id", "rule", "report_id"),
        "rule is null or rule not in (select rule from form.rules)",
    ),
)


def expectations(book: RuleBook) -> list[Stated]:
    """Keys and codes by the stock expectations, the rest by queries that must find nothing."""
    return [
        Stated(
            CELLS,
            gxe.ExpectCompoundColumnsToBeUnique(
                column_list=CELL_KEY, **book.words("integrity.cell_unique")
            ),
        ),
        Stated(
            CELLS,
            gxe.ExpectColumnValuesToBeInSet(
                column="status", value_set=STATUSES, **book.words("integrity.status_known")
            ),
        ),
        Stated(
            REPORTS,
            gxe.ExpectColumnValuesToBeUnique(
                column="report_id", **book.words("integrity.report_unique")
            ),
        ),
        Stated(
            FINDINGS,
            gxe.ExpectColumnValuesToBeUnique(
                column="finding_id", **book.words("integrity.finding_unique")
            ),
        ),
        *(Stated(query.batch, _no_rows(query, book)) for query in QUERIES),
    ]


def _no_rows(query: Query, book: RuleBook) -> ExpectNoRows:
    shown = ", ".join(f"here.{column}" for column in query.columns)
    return ExpectNoRows(
        unexpected_rows_query=f"select {shown} from (select * from {{batch}}) as here"
        f" where {query.where}",
        columns=query.columns,
        **book.words(f"{SUITE}.{query.rule}"),
    )
