"""Which samples carry which faults; fewer than half of the samples are faulty.

The faults leave alone what other years and the prose refer to, the totals of 一, 二, （七） and 四,
so that a faulty year does not make its neighbours look wrong.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from data.generator import faults
from data.generator.faults import Planted
from data.generator.forms import CHANNELS, COLUMNS, TABLES, TOTAL, Cell
from data.generator.report import Report

Fault = Callable[[Report], Planted]

YUNXI_EDUCATION = "云溪县示例教育局"
SONGLING_EDUCATION = "松岭县示例教育局"
YUNXI_WATER = "云溪县示例水务局"
SONGLING_MARKET = "松岭县示例市场监督管理局"
QINGHE_DISTRICT = "青禾市示例区人民政府"
QINGHE_TRANSPORT = "青禾市示例交通运输局"

# Tables printed in the trial form years after it went out of force.
OUTDATED: dict[tuple[str, int], tuple[str, ...]] = {
    (YUNXI_WATER, 2023): TABLES,
    (SONGLING_MARKET, 2022): ("applications",),
}

# Last year's figures as this year's report remembers them: higher by so much than they were.
MISREMEMBERED: dict[tuple[str, int], dict[Cell, int]] = {
    (QINGHE_TRANSPORT, 2023): {
        Cell("applications", "carried_out", "natural_person"): 2,
        Cell("proactive", "normative_documents", "in_force"): 20,
    },
}


def _blank_total_column(report: Report) -> Planted:
    cells = [Cell("applications", row, TOTAL) for row in faults.application_rows(report)]
    return faults.blank(report, cells, "表三总计列整列留空")


FAULTS: dict[tuple[str, int], tuple[Fault, ...]] = {
    (YUNXI_EDUCATION, 2021): (
        partial(
            faults.misprint,
            changes={Cell("applications", "rejected_reconfirm", TOTAL): "3"},
            note="一行的总计抄错一个数字",
        ),
        partial(
            faults.blank,
            cells=[Cell("disputes", TOTAL, "litigation_direct")],
            note="各项结果不全为0而总计留空",
        ),
    ),
    (YUNXI_EDUCATION, 2023): (_blank_total_column,),
    (SONGLING_EDUCATION, 2021): (
        partial(
            faults.shift,
            changes={
                Cell("applications", "new_received", "natural_person"): -1,
                Cell("applications", "new_received", "business"): 1,
            },
            note="一件自然人申请记在商业企业名下，总计列仍平",
        ),
        partial(
            faults.shift,
            changes={
                Cell("disputes", "upheld", "litigation_direct"): 1,
                Cell("disputes", "other", "litigation_direct"): -1,
            },
            note="用负数冲抵，总计仍平",
        ),
    ),
    (SONGLING_EDUCATION, 2023): (
        partial(
            faults.shift,
            changes={
                Cell("applications", "partly_granted", "natural_person"): -1,
                Cell("applications", "partly_granted", "business"): 1,
            },
            note="一件办理结果记错申请人类别",
        ),
    ),
    (YUNXI_WATER, 2022): (
        partial(
            faults.misprint,
            changes={Cell("proactive", "licensing", "decisions"): "83.5"},
            note="件数印成小数",
        ),
        partial(
            faults.misprint,
            changes={Cell("proactive", "fees", "amount"): "8.26125"},
            note="万元金额超过四位小数",
        ),
        partial(
            faults.restate,
            was="申请18件",
            now="申请81件",
            finding=faults.Finding(
                "narrative.requests_received", "requests_received", "81", "18", "正文数字颠倒"
            ),
        ),
    ),
    (YUNXI_WATER, 2023): (
        partial(
            faults.outdated_form,
            tables=TABLES,
            expected="standard_2021",
            note="2023年度仍用试行表式",
        ),
    ),
    (SONGLING_MARKET, 2020): (
        partial(
            faults.misprint,
            changes={Cell("proactive", "licensing", "change"): "-5"},
            note="减少的事项多于上一年的事项",
        ),
        partial(
            faults.unreadable,
            cell=Cell("applications", "unavailable_not_held", "natural_person"),
            text="若干",
            note="应填数字处写了文字",
        ),
    ),
    (SONGLING_MARKET, 2022): (
        partial(
            faults.outdated_form,
            tables=("applications",),
            expected="standard_2021",
            note="现行表式中其他处理仍为一行",
        ),
        partial(
            faults.restate,
            was="结转下年度办理31件",
            now="结转下年度办理33件",
            finding=faults.Finding(
                "narrative.outcomes", "carried_out", "33", "31", "正文与表三的结转数不同"
            ),
        ),
    ),
    (QINGHE_DISTRICT, 2021): (
        partial(
            faults.misprint,
            changes={Cell("disputes", TOTAL, CHANNELS[0]): "0"},
            note="行政复议总计未更新",
        ),
        partial(
            faults.blank,
            cells=[
                Cell("proactive", "regulations", part)
                for part in ("issued", "repealed", "in_force")
            ],
            text="/",
            note="规章一行以斜线代替0",
        ),
        partial(
            faults.blank,
            cells=[Cell("applications", "denied_state_secret", column) for column in COLUMNS],
            note="为0的一行留空",
        ),
    ),
    (QINGHE_DISTRICT, 2022): (
        partial(faults.drop_table, form_table="disputes", note="只有标题，没有表格"),
    ),
    (QINGHE_TRANSPORT, 2019): (
        partial(
            faults.surplus_value,
            form_table="applications",
            indicator="carried_out",
            note="一行八个0，表式为七格",
        ),
        partial(faults.drop_section, section_no=6, note="缺第六部分"),
    ),
    (QINGHE_TRANSPORT, 2021): (
        partial(
            faults.drop_row,
            form_table="applications",
            indicator="rejected_publication",
            note="漏印一行",
        ),
        partial(
            faults.misprint,
            changes={Cell("proactive", "fees", "amount"): "-31.8"},
            note="收费金额为负数",
        ),
    ),
}
