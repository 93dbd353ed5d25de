import pytest

from ingest import text
from ingest.recognise import require_report
from ingest.rejected import NotAReport

TABLE = "\n\n行政许可\t{}\n一、本年新收政府信息公开申请数量\t{}"

REPORTS = [
    "某市某局 2023 年政府信息公开 工作年度报告\n\n一、总体情况",
    "2025 年上海市人民政府办公厅政府信息公开工作年度报告",
    "淮安市洪泽区人民政府\n2024 年政府信息公开工作年度报告",
    "某市某局2023年政府信息公开\n工作年度报告",
    "某镇2019年信息公开年度报告",
    "某市2016年政务信息公开年度报告",
    "某市公安局2024年度政府信息公开工作报告",
    "某局政府政务公开年报",
    "某区2017年政府信息公开情况统计表\n\n统计指标\t单位\t统计数",
    "无题" + TABLE.format(1, 2),
    "一段没有标题的话。\n一、本年新收政府信息公开申请数量\n0\n0",
    "一、总体情况\n二、主动公开政府信息情况\n五、存在的主要问题及改进情况",
    "关于印发2023年度政府信息公开工作年度报告的通知" + TABLE.format(1, 2),
    "某局2023年政府信息公开工作年度报告" + TABLE.format("", ""),
    "某局2024年政府信息公开工作年度报告\n本报告统计期限为2024年1-12月",
    "某局2023年政府信息公开工作年度报告\n上半年，我局完善政府信息公开制度。" + TABLE.format(1, 2),
]

OTHERS = [
    ("某区2022年上半年政府信息公开数据统计" + TABLE.format(1, 2), "part_of_year"),
    ("某区2022年第三季度政府信息公开统计" + TABLE.format(1, 2), "part_of_year"),
    ("某办关于政府信息公开工作年度报告有关事项的通知" + TABLE.format("", ""), "blank_form"),
    ("政府信息公开工作年度报告格式" + TABLE.format("", ""), "blank_form"),
    ("XXX局XXXX年政府信息公开工作年度报告（模板）" + TABLE.format("", ""), "blank_form"),
    ("某局2023年政府信息公开工作年度报告解读\n\n去年我局……", "interpretation"),
    ("一图读懂某局2023年政府信息公开年报", "interpretation"),
    ("关于2024年预算执行情况的报告", "not_a_report"),
    ("会议纪要\n\n会议要求做好政府信息公开工作年度报告的编制，按时发布。", "not_a_report"),
    ("姓名\t电话\n张三\t1", "not_a_report"),
]


@pytest.mark.parametrize("source", REPORTS)
def test_report(source):
    require_report(text.read(source.encode()))


@pytest.mark.parametrize(("source", "reason"), OTHERS)
def test_no_report(source, reason):
    with pytest.raises(NotAReport) as caught:
        require_report(text.read(source.encode()))
    assert caught.value.reason == reason
    assert "请" in caught.value.message
