"""The fixed words of the Data Docs pages, and codes put in words."""

from __future__ import annotations

from collections.abc import Mapping

from expectations.rules import Language

PAGE: Mapping[Language, Mapping[str, str]] = {
    "zh": {
        "title": "勾稽校验技术附件",
        "about": "本页由 Great Expectations 按规则逐条校验后生成，供技术复核使用。",
        "all_findings": "计数均为实数；每条规则至多列出{most}行，"
        "全部问题见数据库表 marts.findings。",
        "overview": "总览",
        "rule": "规则",
        "severity": "严重程度",
        "state": "结果",
        "evaluated": "已校验",
        "failing": "未通过",
        "table": "数据表",
        "only_failing": "仅看未通过",
        "holds": "通过",
        "fails": "未通过",
        "error": "无法校验",
        "nothing": "无可校验",
        "critical": "须更正",
        "warning": "请核对",
        "info": "提示",
        "why": "未能校验的原因",
        "rows": "未通过的行",
        "listed": "共{total}行，列出前{shown}行",
        "technical": "技术细节",
        "expectation": "校验方式",
        "settings": "参数",
        "run_at": "校验时间",
        "version": "Great Expectations 版本",
    },
    "en": {
        "title": "Technical annex: validation results",
        "about": "Made by Great Expectations, rule by rule, for technical review.",
        "all_findings": "Counts are exact. At most {most} rows of a rule are listed; "
        "the table marts.findings has all of them.",
        "overview": "Overview",
        "rule": "Rule",
        "severity": "Severity",
        "state": "Result",
        "evaluated": "Judged",
        "failing": "Failing",
        "table": "Table",
        "only_failing": "Failing only",
        "holds": "holds",
        "fails": "fails",
        "error": "not evaluated",
        "nothing": "nothing to judge",
        "critical": "error",
        "warning": "warning",
        "info": "info",
        "why": "Why it could not be evaluated",
        "rows": "Failing rows",
        "listed": "{total} rows, the first {shown} listed",
        "technical": "Technical details",
        "expectation": "Expectation",
        "settings": "Settings",
        "run_at": "Run at",
        "version": "Great Expectations version",
    },
}

SUITES: Mapping[Language, Mapping[str, str]] = {
    "zh": {
        "completeness": "完整性",
        "non_negativity": "非负性",
        "balance": "表内勾稽",
        "continuity": "跨年衔接",
        "narrative": "文表一致",
        "integrity": "程序自检",
    },
    "en": {
        "completeness": "Completeness",
        "non_negativity": "Non-negativity",
        "balance": "Balance",
        "continuity": "Continuity",
        "narrative": "Narrative",
        "integrity": "Integrity of gouji itself",
    },
}

# English readers get the column's own name.
COLUMNS_ZH: Mapping[str, str] = {
    "agency": "机关",
    "report_year": "年度",
    "place": "位置",
    "page": "页码",
    "report_id": "报告编号",
    "value": "数值",
    "whole_value": "整数部分",
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
    "printed_decimals": "小数位数",
    "items_left": "增减后项目数",
    "region": "地区",
    "form_table": "表",
    "indicator": "指标",
    "breakdown": "分项",
    "raw_text": "原文",
    "block_no": "段块",
    "row_no": "行",
    "col_no": "列",
    "rule": "规则",
    "finding_id": "问题编号",
    "source_path": "文件",
    "document_id": "文件编号",
    "format": "格式",
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


def column(name: str, language: Language) -> str:
    """A column's heading."""
    return COLUMNS_ZH.get(name, name) if language == "zh" else name


def code(name: str, value: str, language: Language) -> str:
    """A code of column ``name`` in words; any other text as it is."""
    return CODES_ZH.get(name, {}).get(value, value) if language == "zh" else value
