"""Fixed words of charts, in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping

WORDS: Mapping[str, tuple[str, str]] = {
    "figures": ("各年度数字", "Figures by year"),
    "all_figures": ("逐项数字", "All figures"),
    "figures_say": (
        "按报告所印，（小计）为各行之和。□ 留空  — 报告中没有  / 不适用  … 无法确定  ⁇ 认不出；"
        "空着的是该年表式没有的项目。",
        "As printed in the reports; subtotals are sums of rows. □ blank  — not there  / not "
        "applicable  … cannot be told  ⁇ illegible; empty where the form of the year has no such "
        "figure.",
    ),
    "figure_of": ("项目", "Figure"),
    "as_table": ("数字表", "As a table"),
    "chart_outcomes": ("申请办理结果", "Requests by outcome"),
    "chart_outcomes_say": (
        "每柱为一个年度办结的申请，自下而上为（一）至（六），柱顶为所印（七）总计；与各项之和不等时写作“印数≠和”。"
        "虚框“?”表示有一项或几项未印出数字。",
        "Each bar is the requests closed in a year, outcomes （一） to （六） from the bottom; "
        "over it the printed total, or “printed ≠ sum” where the parts add up to something else. "
        "An open box with “?” stands for parts that have no figure.",
    ),
    "chart_refusals": ("不予公开的理由", "Refusals by reason"),
    "chart_refusals_say": (
        "“总计”列各行的数字；横条长短按各年各理由中最大的数。",
        "The column of totals; the bars are in proportion to the largest number of any year.",
    ),
    "chart_disputes": ("行政复议、行政诉讼", "Reconsideration and litigation"),
    "chart_disputes_say": (
        "每柱为一个年度，自下而上为结果维持、结果纠正、其他结果、尚未审结，柱顶为所印总计，✗表示与各项之和不等。",
        "Each bar is a year, from the bottom upheld, corrected, other result, pending; over it the "
        "printed total, with ✗ where the parts add up to something else.",
    ),
    "chart_documents": ("现行有效件数", "Documents in force"),
    "chart_documents_say": (
        "实线：上年＋本年制发－本年废止＝本年；断开的线：不等，写出差数；点线：无法比较。",
        "Solid line: last year + issued − repealed = this year; broken line: they differ, by the "
        "number beside it; dotted line: cannot be compared.",
    ),
    "chart_chain": ("结转是否衔接", "Do the carry-overs join up?"),
    "chart_chain_say": (
        "上年“四、结转下年度”应等于本年“二、上年结转”。断开的线表示两数不等。",
        "What last year's report carries out must arrive in this year's. A broken line says that "
        "it does not.",
    ),
    "chart_reconsideration": ("行政复议", "Reconsideration"),
    "chart_litigation_direct": ("直接起诉", "Direct suit"),
    "chart_litigation_after_reconsideration": ("复议后起诉", "Suit after review"),
    "result_upheld": ("结果维持", "upheld"),
    "result_corrected": ("结果纠正", "corrected"),
    "result_other": ("其他结果", "other result"),
    "result_pending": ("尚未审结", "pending"),
    "absent_report": ("无此数据", "no figures"),
    "absent_missing": ("未交", "missing"),
    "absent_gap": ("无报告", "no report"),
    "chain_in": ("二、上年结转", "carried in"),
    "chain_received": ("一、新收 ", "received "),
    "chain_closed": ("（七）办结 ", "closed "),
    "chain_out": ("四、结转下年度", "carried out"),
    "into_next_year": ("与下年度", "into the next year"),
    "reason": ("理由", "Reason"),
    "joint_holds": ("{left} = {right} 衔接", "{left} = {right}"),
    "joint_partly": (
        "{left} = {right}，部分列无法比较",
        "{left} = {right}, not all columns comparable",
    ),
    "joint_differs": ("{left} ≠ {right}，差{difference}", "{left} ≠ {right}, {difference}"),
    "joint_columns": ("总计相同，{n}列不符", "same total, {n} columns differ"),
    "joint_unjudged": ("无法比较", "cannot be compared"),
    "apart_by": ("差{difference}", "{difference}"),
}
