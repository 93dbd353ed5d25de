"""Headings of the lists and of the audit's workbook, in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping

from checkpoints.language import Language

HEADINGS: Mapping[str, tuple[str, str]] = {
    "list_title": ("政府信息公开年度报告整改清单", "Annual report: what to correct"),
    "overview_title": (
        "政府信息公开年度报告整改汇总",
        "Annual reports: what to correct, by agency",
    ),
    "overview": ("汇总", "overview"),
    "lines": ("明细", "lines"),
    "year_unknown": ("年度未识别", "year unknown"),
    "agency_unknown": ("机关未识别", "agency unknown"),
    "agency": ("机关", "Agency"),
    "region": ("地区", "Region"),
    "year": ("年度", "Year"),
    "file": ("文件", "File"),
    "number": ("序号", "No."),
    "severity": ("级别", "Severity"),
    "error": ("须更正", "to correct"),
    "warning": ("请核对", "to check"),
    "place": ("位置", "Place"),
    "problem": ("问题", "Problem"),
    "arithmetic": ("算式", "Arithmetic"),
    "advice": ("建议", "Advice"),
    "page": ("页码", "Page"),
    "result": ("整改结果", "Result"),
    "signature": ("签字", "Signature"),
    "rule": ("规则", "Rule"),
    "workbook": ("整改清单", "Workbook"),
    "reports": ("报告", "Reports"),
    "total": ("合计", "Total"),
    "not_so": ("不符合：{title}", "Not so: {title}"),
    "and_more": ("等{n}处", "and more, {n} in all"),
    "fill_zero": ("按勾稽关系应为0，请补填0", "the relations make these 0; fill in 0"),
    "left_out": (
        "另有{n}处读取存疑，须先对照原件，未列入。",
        "{n} more may be misread; compare with the original first. They are not listed.",
    ),
    "waived": ("另有{n}处已说明理由并豁免，未列入。", "{n} more are waived and not listed."),
    "sound": (
        "另有{n}份报告没有须列入的问题。",
        "{n} more reports have nothing to be listed.",
    ),
    "disclaimer": (
        "本清单仅说明报告所印数字之间或与文字不一致，不代表主观故意；请以原件和发布机关答复为准。",
        "This list only says that printed figures disagree with each other or with the text; it "
        "implies no intent. The original and the agency's reply decide.",
    ),
}


def word(key: str, language: Language, **values: object) -> str:
    """The heading ``key`` with ``values`` filled in."""
    zh, en = HEADINGS[key]
    return (zh if language == "zh" else en).format(**values)
