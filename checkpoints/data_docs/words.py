"""The fixed words of the Data Docs pages, and codes put in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

Said: TypeAlias = tuple[str, str]
"""A text in Chinese and in English."""

PAGE: Mapping[str, Said] = {
    "title": ("勾稽校验技术附件", "Technical annex: validation results"),
    "about": (
        "本页由 Great Expectations 按规则逐条校验后生成，供技术复核使用。",
        "Made by Great Expectations, rule by rule, for technical review.",
    ),
    "all_findings": (
        "计数均为实数；每条规则至多列出{most}行，全部问题见数据库表 marts.findings。",
        "Counts are exact. At most {most} rows of a rule are listed; "
        "the table marts.findings has all of them.",
    ),
    "rule": ("规则", "Rule"),
    "severity": ("严重程度", "Severity"),
    "state": ("结果", "Result"),
    "evaluated": ("已校验", "Judged"),
    "failing": ("未通过", "Failing"),
    "table": ("数据表", "Table"),
    "only_failing": ("仅看未通过", "Failing only"),
    "holds": ("通过", "holds"),
    "fails": ("未通过", "fails"),
    "error": ("无法校验", "not evaluated"),
    "nothing": ("无可校验", "nothing to judge"),
    "critical": ("须更正", "error"),
    "warning": ("请核对", "warning"),
    "info": ("提示", "info"),
    "why": ("未能校验的原因", "Why it could not be evaluated"),
    "rows": ("未通过的行", "Failing rows"),
    "listed": ("共{total}行，列出前{shown}行", "{total} rows, the first {shown} listed"),
    "technical": ("技术细节", "Technical details"),
    "expectation": ("校验方式", "Expectation"),
    "settings": ("参数", "Settings"),
    "run_at": ("校验时间", "Run at"),
    "version": ("Great Expectations 版本", "Great Expectations version"),
    "engine": ("计算引擎", "Engine"),
    "annex": ("技术附件", "Data Docs"),
    "other_language": ("English", "中文"),
}

ENGINES: Mapping[str, str] = {"duckdb": "DuckDB", "spark": "Apache Spark"}

SUITES: Mapping[str, Said] = {
    "completeness": ("完整性", "Completeness"),
    "non_negativity": ("非负性", "Non-negativity"),
    "balance": ("表内勾稽", "Balance"),
    "continuity": ("跨年衔接", "Continuity"),
    "narrative": ("文表一致", "Narrative"),
    "integrity": ("程序自检", "Integrity of gouji itself"),
}

# English readers get the column's own name.
COLUMNS_ZH: Mapping[str, str] = {
    "agency": "机关",
    "report_year": "年度",
    "place": "位置",
    "page": "页码",
    "report_id": "报告编号",
    "value": "数值",
    "status": "状态",
    "filling": "填写情况",
    "left_value": "等式左边",
    "right_value": "等式右边",
    "presence": "表格",
    "edition": "表式版本",
    "valid_from": "版本起用年度",
    "valid_to": "版本止用年度",
    "section_no": "应为第几部分",
    "printed_no": "所印序号",
    "count_values": "数值个数",
    "count_expected": "应有个数",
    "reports_of_same_year": "同年度报告份数",
    "share": "与另一报告相同的比例",
    "own_claim": "一处所归机关",
    "other_claim": "另一处所归机关",
    "printed_decimals": "小数位数",
    "items_left": "增减后项目数",
    "form_table": "表",
    "indicator": "指标",
    "breakdown": "分项",
    "raw_text": "原文",
    "block_no": "段块",
    "row_no": "行",
    "col_no": "列",
    "proactive_edition": "表二版本",
    "applications_edition": "表三版本",
    "disputes_edition": "表四版本",
    "rule": "规则",
    "finding_id": "问题编号",
    "times": "出现次数",
    "cells": "单元格数",
    "different_cells": "不重复的单元格数",
    "state_when_due": "报送情况",
    "days_late": "逾期天数",
    "stated_value": "文中所述",
    "table_value": "表中数字",
    "stated_name": "文中名称",
    "known_name": "所属机关",
    "ingested_at": "读取时间",
}

CODES_ZH: Mapping[str, Mapping[str, str]] = {
    "status": {
        "reported": "已读出",
        "blank": "空白",
        "not_applicable": "不适用",
        "unreadable": "无法识读",
        "missing": "缺失",
        "ambiguous": "归属不明",
    },
    "filling": {"owed": "总计留空", "empty": "留空", "filled": "已填"},
    "presence": {"present": "有", "missing": "缺表", "unrecognised": "表式未识别"},
}


def column(name: str) -> Said:
    """A column's heading."""
    return COLUMNS_ZH.get(name, name), name


def code(name: str, value: str) -> Said:
    """A code of column ``name`` in words; any other text as it is."""
    return CODES_ZH.get(name, {}).get(value, value), value
