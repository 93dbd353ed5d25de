"""Outcomes made by hand: groups, reports and runs with only what a test is about."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from checkpoints.annual_reports import RuleOutcome
from checkpoints.outcome import Group, Outcome, Report
from checkpoints.reviewed import Reviewed
from ingest.warehouse import Rejection

GARBAGE = Rejection("/r/坏.pdf", None, "unreadable", "damaged", "文件已损坏，请重新下载。")
NOTICE = Rejection("/r/通知.txt", "ab", "skipped", "not_a_report", "不是年度报告，已跳过。")
LAPSED = Reviewed(
    kind="waiver",
    listed_in="/r/waivers.csv",
    line_no=3,
    state="expired",
    report_id=None,
    cell="balance.disputes_total disputes.reconsideration",
    then="11≠0",
    now=None,
    right=None,
    reason="口径如此",
    who="张三",
)
CORRECTED = replace(
    LAPSED, kind="correction", state="in_force", then="17", right="", cell="三、（一）\x1b予以公开"
)


def group(severity: str = "error", **changes: Any) -> Group:
    """A finding of table 四 of that severity."""
    mark = {"error": "须更正", "warning": "请核对", "info": "提示"}[severity]
    values: dict[str, Any] = {
        "group_id": f"{severity}-0123456789abcdef",
        "suite": "balance",
        "rule": "balance.disputes_total",
        "severity": severity,
        "origin": "source",
        "count_findings": 1,
        "page": 4,
        "waived": False,
        "message_zh": f"【{mark}】四、行政复议·总计：表中总计印为0，少11。",
        "message_en": f"[{severity}] table 4: printed total 0, 11 too little.",
        "is_new": True,
    }
    return Group(**{**values, **changes})


def report(*groups: Group, **changes: Any) -> Report:
    """A current report with these groups."""
    values: dict[str, Any] = {
        "report_id": "a" * 64,
        "source_path": "/r/甲局.pdf",
        "agency": "云溪县示例甲局",
        "report_year": 2022,
        "is_current": True,
        "version_basis": "only",
    }
    return Report(**{**values, **changes}, groups=groups)


def outcome(*reports: Report, **changes: Any) -> Outcome:
    """The end of a run over these reports."""
    values: dict[str, Any] = {
        "rules": (),
        "difficulties": (),
        "fail_on": "error",
        "database": Path("/b/gouji.duckdb"),
        "site": None,
        "has_history": False,
    }
    return Outcome(reports=reports, **{**values, **changes})


def rule(name: str, unexpected: int = 0, **changes: Any) -> RuleOutcome:
    """What the suites say of one rule."""
    values: dict[str, Any] = {
        "suite": name.partition(".")[0],
        "rule": name,
        "severity": "error",
        "success": not unexpected,
        "unexpected_count": unexpected,
        "evaluated_count": 10,
        "exception": None,
    }
    return RuleOutcome(**{**values, **changes})
