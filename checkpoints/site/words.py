"""Fixed words of the site, in Chinese and English; what other parts say too is in wording.py."""

from __future__ import annotations

from collections.abc import Mapping

WORDS: Mapping[str, tuple[str, str]] = {
    "other_language": ("English", "中文"),
    "skip": ("跳到正文", "Skip to the content"),
    "navigation": ("网页导航", "Pages of this site"),
    "nav_overview": ("总览", "Overview"),
    "nav_data_docs": ("技术附件", "Data Docs"),
    "in_reports": ("{n}/{of}份报告", "in {n} of {of} reports"),
    "of_expected": ("应交{of}份", "of {of} expected"),
    "since_run": (
        "与上次运行相比；已更正{put_right}，遗留{remaining}",
        "since the run before; put right {put_right}, remaining {remaining}",
    ),
    "who_must_correct": ("须更正的机关（{n}个）", "Who must correct ({n})"),
    "not_so": ("不符合：", "fails: "),
    "more_agencies": ("另有{n}个机关，见下表", "{n} more in the table below"),
    "others_on_own_pages": (
        "此处列出问题最多的{n}份报告；另有{others}份，请从上表进入各报告页。",
        "The {n} reports with most findings; {others} more are told on their own pages, reached "
        "from the table above.",
    ),
    "in_order": ("无问题", "in order"),
    "other_version": ("另一版本", "other version"),
    "due": ("{due}前", "due {due}"),
    "state_unreadable": ("打不开", "unreadable"),
    "state_duplicate": ("有多份", "several files"),
    "search": ("搜索", "Search"),
    "search_hint": ("机关或地区", "agency or region"),
    "severity": ("级别", "Severity"),
    "rule_filter": ("规则", "Rule"),
    "all": ("全部", "all"),
    "reset": ("清除条件", "Clear"),
    "ok": ("未发现问题", "nothing found"),
    "is_new": ("新增", "new"),
    "since_last": ("与上次检查的版本相比：", "Compared with the version checked before: "),
    "years": ("各年度", "Years"),
    "scope": ("范围", "Scope"),
    "scope_own": ("本机关", "the agency itself"),
    "scope_whole": ("本级政府全部机关", "all agencies of the government"),
    "region": ("地区", "Region"),
    "original": ("原件", "Original"),
    "original_page": ("原件第{page}页", "original, page {page}"),
    "other_report": ("所比较的报告", "the report it is compared with"),
    "count_pages": ("（共{n}页）", "({n} pages)"),
    "printed_title": ("标题", "Title"),
    "published_on": ("发布日期", "Published on"),
    "published_at": ("网址", "Published at"),
    "apart": ("，差{n}", ", {n} apart"),
    "in_table": ("表中：{cell}", "in the table: {cell}"),
    "picture": ("图", "picture"),
    "places": ("共{n}处", "{n} places"),
    "rule": ("规则：", "Rule:"),
    "because": ("；理由：{reason}", "; reason: {reason}"),
    "because_signed": ("；理由：{reason}（{who}）", "; reason: {reason} ({who})"),
    "not_modelled": (
        "该表式不在检查范围内，未列出各格。",
        "This form is not among those that are checked; its cells are not listed.",
    ),
    "legend": (
        "✗ 须更正  ! 请核对  · 提示  ○ 已说明（其后为问题编号）  "
        "?数 疑似有误，后为建议核对的数  ~ 识别把握不大  □ 留空  — 报告中没有  … 无法确定",
        "✗ to correct  ! to check  · hint  ○ waived (and the number of the finding)  "
        "?n suspected, n is the number to check  ~ read with little confidence  □ blank  "
        "— not there  … cannot be told",
    ),
    "corner_proactive": ("信息内容", "Information"),
    "corner_applications": (
        "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）",
        "(In each column the first and second items add up to the third and fourth.)",
    ),
    "not_there": ("报告中没有", "not in the report"),
    "not_told": ("无法确定", "cannot be told"),
    "read_as": ("读作", "read as"),
    "is_suggested": ("疑似有误，建议核对", "suspected: check this"),
    "read_doubtfully": ("识别把握不大", "read with little confidence"),
    "doubtful_cells": ("识别把握不大的格", "Cells read with little confidence"),
    "pictures": ("原件页面", "Pages of the original"),
    "pictures_say": (
        "有问题的格已框出，编号与问题清单一致；带?的为疑似有误的格。",
        "Cells with findings are outlined, numbered as in the list; those with ? are suspected.",
    ),
    "picture_of": (
        "{agency}{year}年度报告第{page}页，有问题的格已框出",
        "Page {page} of the report of {agency} for {year}, its cells with findings outlined",
    ),
    "nav_rules": ("规则", "Rules"),
    "nav_tables": ("数据字典", "Data dictionary"),
    "rules_say": (
        "共{rules}条规则。下面是本次检查的{reports}份现行报告逐条的结果。",
        "{rules} rules, and how the {reports} current reports of this run stand by each.",
    ),
    "rules_count": (
        "“无法判断”不是符合：格子留空、读不出或缺表、缺上年报告时即无法判断。"
        "“部分判断”指能判断的都符合，另有不能判断的。",
        "What could not be judged has not passed: a cell is blank or cannot be read, a table or "
        "last year's report is not there. Judged in part: whatever could be judged holds.",
    ),
    "suite": ("类别", "Suite"),
    "configured": ("设置已改", "configured"),
    "changed_severity": (
        "（设置由{was}改为{now}）",
        "(the configuration makes it {now}, not {was})",
    ),
    "head_fails": ("不符合", "Fails"),
    "head_waived": ("已说明", "Waived"),
    "head_holds": ("符合", "Holds"),
    "head_partly": ("部分判断", "Judged in part"),
    "head_not_judged": ("无法判断", "Not judged"),
    "stand": ("{what}{n}", "{what} {n}"),
    "stand_of": ("共{of}份：", "of {of}: "),
    "of_reports": ("报告", "Reports"),
    "of_cases": ("逐处", "Cases"),
    "cases": (
        "应判{possible}处，已判{judged}处，不符合{failing}处",
        "{possible} possible, {judged} judged, {failing} fail",
    ),
    "cases_waived": ("（其中已说明{n}处）", " ({n} of them waived)"),
    "applies_to_none": ("本次没有适用的报告", "applies to no report of this run"),
    "formula": ("内容", "Asserts"),
    "basis": ("依据", "Rests on"),
    "advice": ("建议", "Advice"),
    "failing_reports": ("不符合的报告", "Reports that fail"),
    "more_reports": ("另有{n}份，见总览", "{n} more, see the overview"),
    "tables_say": (
        "数据库中可查询的{tables}张表及其各列；NULL 表示没有。表名可直接用于查询：",
        "The {tables} tables to query, and their columns; NULL stands for nothing there. They go "
        "by these names:",
    ),
    "how_made": ("各表由何而来", "What is made from what"),
    "how_made_say": (
        "箭头由来源指向由它得出的表，其间的中间模型从略，由其他箭头可推知的也从略；点击表名可到其说明。",
        "An arrow leads from a table to what is made from it, directly or through intermediate "
        "models; arrows that others imply are left out. A name leads to its table.",
    ),
    "layer_raw": ("读取的原始记录", "as the readers wrote it"),
    "layer_form": ("表式知识（种子）", "the form as seeds"),
    "is_input": ("所读报告，对齐到表式", "what is read, aligned"),
    "made_from": ("来源：", "Made from: "),
    "used_by": ("用于：", "Used by: "),
    "made_from_head": ("来源", "Made from"),
    "column": ("列", "Column"),
    "column_name": ("名称", "Name"),
    "type": ("类型", "Type"),
    "about": ("说明", "What it holds"),
    "all_models": ("全部模型", "All models"),
    "all_models_say": (
        "由 dbt 建立，逐个列出其直接来源；各模型的英文说明在 sql/models 的 yml 文件中。",
        "Built by dbt, each with what it is directly made from; the yml files of sql/models "
        "describe them.",
    ),
    "list_of_models": ("{n}个模型及其来源", "{n} models and what they are made from"),
    "model": ("模型", "Model"),
}
