"""完好性: gouji's own tables are consistent. A failure here is a fault of the program, no finding.

The rules are defined here and not in ``rules.csv``, because they say nothing about reports.
"""

from __future__ import annotations

from typing import NamedTuple

from expectations.batch import Batch
from expectations.rules import Rule, RuleBook
from expectations.suites import Stated, state

SUITE = "integrity"

STATUSES = ("reported", "blank", "not_applicable", "unreadable", "missing", "ambiguous")

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
    """
select
    cells.*,
    known.form_table as known_table,
    known.indicator as known_indicator,
    known.breakdown as known_breakdown
from marts.cell_values as cells
left join form.indicators as known using (ordinal)
""",
    place="indicator || '.' || breakdown",
    is_program=True,
)
# The cells of each report are counted while the models are built, which takes as long as all other
# rules of this suite; here they are counted as a whole, in a row without a report.
CELLS_COUNTED = Batch(
    "all_cells_counted",
    """
select
    reports.report_id,
    reports.agency,
    reports.report_year,
    reports.source_path,
    counted.cells,
    counted.different_cells
from intermediate.int_cells_counted as counted
left join marts.reports using (report_id)
union all by name
select
    (select count(*) from marts.cell_values) as cells,
    (select sum(different_cells) from intermediate.int_cells_counted) as different_cells
""",
    place="source_path",
    page="null",
    is_program=True,
)
CELLS_UNLIKE_RAW = Batch(
    "cells_unlike_raw",
    "select * from intermediate.int_cells_unlike_raw",
    place="indicator || '.' || breakdown",
    is_program=True,
)
REPORTS = Batch(
    "all_reports",
    "select *, count(*) over (partition by report_id) as times from marts.reports",
    place="source_path",
    page="null",
    is_program=True,
)
FINDINGS = Batch(
    "all_findings",
    "select *, count(*) over (partition by finding_id) as times from marts.findings",
    place="rule",
    is_program=True,
)
DOCUMENTS = Batch(
    "all_documents",
    "select *, document_id as report_id, null::varchar as agency, null::integer as report_year"
    " from raw.documents",
    place="format",
    page="null",
    is_program=True,
)
SOURCES = Batch(
    "all_sources",
    "select *, document_id as report_id, null::varchar as agency, null::integer as report_year"
    " from raw.sources",
    place="source_path",
    page="null",
    is_program=True,
)


class Kept(NamedTuple):
    """A rule of gouji's own: what every row of the batch meets, and what is shown of one that
    does not.
    """

    rule: str
    batch: Batch
    condition: str
    show: tuple[str, ...] = ()


CELL = ("form_table", "indicator", "breakdown", "status", "raw_text")

KEPT = (
    Kept("cell_unique", CELLS_COUNTED, "cells = different_cells", ("cells", "different_cells")),
    Kept("status_known", CELLS, f"status in {STATUSES}", CELL),
    Kept(
        "indicator_known",
        CELLS,
        "form_table = known_table and indicator = known_indicator and breakdown = known_breakdown",
        CELL,
    ),
    Kept(
        "value_when_reported",
        CELLS,
        "(status = 'reported') = (value is not null)",
        (*CELL, "value"),
    ),
    # Nothing may be lost or changed between the transcript and the mart.
    Kept(
        "cell_faithful",
        CELLS_UNLIKE_RAW,
        "false",
        ("form_table", "indicator", "breakdown", "raw_text", "block_no", "row_no", "col_no"),
    ),
    Kept("report_unique", REPORTS, "times = 1", ("times",)),
    Kept(
        "edition_known",
        REPORTS,
        " and ".join(
            f"({table}_edition is null or {table}_edition in (select edition from form.editions))"
            for table in ("proactive", "applications", "disputes")
        ),
        ("proactive_edition", "applications_edition", "disputes_edition"),
    ),
    Kept("report_documented", REPORTS, "report_id in (select document_id from raw.documents)"),
    Kept(
        "document_modelled",
        DOCUMENTS,
        "document_id in (select report_id from marts.reports)",
        ("ingested_at",),
    ),
    Kept(
        "source_accounted",
        SOURCES,
        "document_id in (select report_id from marts.reports)"
        " or source_path in (select source_path from raw.rejections)"
        " or document_id in (select sha256 from raw.rejections where sha256 is not null)",
    ),
    Kept("finding_unique", FINDINGS, "times = 1", ("finding_id", "times")),
    Kept(
        "finding_report_known",
        FINDINGS,
        "report_id is null or report_id in (select report_id from marts.reports)",
        ("finding_id",),
    ),
    Kept(
        "finding_rule_known",
        FINDINGS,
        "rule in (select rule from form.rules)",
        ("finding_id",),
    ),
)


def expectations(book: RuleBook) -> list[Stated]:
    """Every row of gouji's own tables is as it must be."""
    return [
        state(kept.batch, book.words(f"{SUITE}.{kept.rule}"), kept.condition, show=kept.show)
        for kept in KEPT
    ]
