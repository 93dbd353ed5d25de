import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.wording import compact, normalise


@pytest.mark.parametrize(
    ("text", "number", "body"),
    [
        ("一、本年新收政府信息公开申请数量", 1, "本年新收政府信息公开申请数量"),
        ("（七）总计", 7, "总计"),
        ("(七) 总 计", 7, "总计"),
        ("3．其它", 3, "其他"),
        ("3、其他", 3, "其他"),
        ("③其他", 3, "其他"),
        ("⒊其他", 3, "其他"),
        ("㈢其他", 3, "其他"),
        ("十二、其他", 12, "其他"),
        ("二十、其他", 20, "其他"),
        ("三\n、\n本\n年\n度\n办\n理\n结\n果", 3, "本年度办理结果"),
        ("一一、总体情况", None, "一一、总体情况"),
        ("（二十十）其他", None, "(二十十)其他"),
        ("总计", None, "总计"),
        ("（六）", 6, ""),
        ("2023年", None, "2023年"),
        ("3.5", None, "3.5"),
        ("第二十条第（一）项", None, "第二十条第(一)项"),
        ("本年(2023)制发件数", None, "本年制发件数"),
        ("本年收费金额（单位：万元，保留4位小数）", None, "本年收费金额"),
        ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", 2, "部分公开"),
        ("规范性文件（含（一）批）", None, "规范性文件"),
        ("3.危及“三安全一稳定”", 3, '危及"三安全一稳定"'),
        ("⾏政许可⺠⻓", None, "行政许可民长"),
        ("\u200b法律\u3000服务\xa0机构", None, "法律服务机构"),
    ],
)
def test_normalise(text, number, body):
    assert normalise(text) == (number, body)


def test_whole_text_in_brackets_keeps_its_words():
    assert normalise("（本列数据的勾稽关系）").body == "(本列数据的勾稽关系)"


@given(st.text("（）()［一二十12、．", max_size=6))
def test_whatever_stands_for_a_number_is_one_or_stays(text):
    number, body = normalise(text)
    assert number is None or 0 <= number < 100
    assert len(body) <= len(compact(text))


@given(st.text("（）()［一二十12.．、，,其它他本年 \u3000\n①⑴⒈㈠“”「—⺠⾏戶"))
def test_compact_is_stable(text):
    once = compact(text)
    assert not any(character.isspace() for character in once)
    assert compact(once) == once
