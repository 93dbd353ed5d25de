"""The prose agrees with the figures and differs between reports."""

import re
from difflib import SequenceMatcher
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.generator import prose
from data.generator.draws import draw
from data.generator.forms import EDITIONS
from data.generator.samples import samples


def text_of(section):
    return "".join(section.paragraphs)


@given(
    st.sampled_from(EDITIONS),
    st.integers(0, 10**6),
    st.sampled_from(["sparse", "busy", "dense"]),
    st.integers(0, 5),
    st.integers(2019, 2030),
)
def test_stated_figures_are_the_table_s(edition, seed, style, agency_no, year):
    figures = draw(edition, seed, style)
    sections = prose.sections(figures, prose.Voice(agency_no, year))
    overview = text_of(sections[0])

    def total(row):
        return figures["applications", row, "total"]

    if any(total(row) for row in ("new_received", "carried_in", "carried_out")):
        assert re.findall(r"(?<!下年度)结转的?(\d+)件", overview) == [str(total("carried_in"))]
        assert re.findall(r"办结[^\d，。]*(\d+)件", overview) == [str(total("outcome_total"))]
        after = re.findall(r"结转下年度(?:办理)?(\d+)件|另有(\d+)件结转下年度", overview)
        assert [a or b for a, b in after] == [str(total("carried_out"))]
    received = re.findall(r"收到[^\d，。；]*申请(\d+)件|受理[^\d，。；]*申请(\d+)件", overview)
    if total("new_received"):
        assert {a or b for a, b in received} == {str(total("new_received"))}
    else:
        assert not received
        assert re.search(r"(没有|未)收到", overview)
    parts = re.search(r"办理结果为：(.+?)。", overview)
    if parts:
        assert sum(map(int, re.findall(r"(\d+)件", parts[1]))) == total("outcome_total")
    reconsideration = figures["disputes", "total", "reconsideration"]
    litigation = [figures["disputes", "total", c] for c in prose.LITIGATION]
    if reconsideration or any(litigation):
        assert f"行政复议{reconsideration}件，行政诉讼{sum(litigation)}件" in overview
    else:
        assert "未发生因政府信息公开引起的行政复议、行政诉讼" in overview


CHINESE = {
    **{0: "零", 2: "二", 10: "十", 18: "十八", 40: "四十", 105: "一百零五", 110: "一百一十"},
    **{1000: "一千", 1008: "一千零八", 2034: "二千零三十四", 9999: "九千九百九十九"},
}


@pytest.mark.parametrize(("number", "words"), CHINESE.items())
def test_chinese_numerals(number, words):
    assert prose.chinese(number) == words


def test_counts_of_cases_are_written_in_three_voices():
    figures = draw("standard_2021", 4, "busy")
    plain, spaced, chinese = (
        text_of(prose.sections(figures, prose.Voice(0, 2021), numerals=numerals)[0])
        for numerals in prose.NUMERALS_OF_PROSE
    )
    assert re.sub(" ([0-9]+) 件", r"\1件", spaced) == plain != spaced
    assert not re.search("[0-9]件", chinese)


def test_the_six_statutory_sections_are_numbered():
    sections = prose.sections(draw("standard_2021", 1), prose.Voice(0, 2021))
    assert [section.heading[:2] for section in sections] == [f"{n}、" for n in "一二三四五六"]
    assert sections[3].heading == "四、政府信息公开行政复议、行政诉讼情况"


def test_every_slot_has_seven_wordings_that_differ():
    assert set(prose.phrases()) | {"requests"} == set(prose.MULTIPLIERS)
    for wordings in (*prose.phrases().values(), prose.REQUESTS, prose.NO_REQUESTS):
        assert len(set(wordings)) == prose.WORDINGS


def test_no_two_samples_are_mostly_alike():
    made = list(samples())
    for number in (1, 5):
        texts = [
            text_of(section)
            for sample in made
            for section in sample.report.sections
            if section.number == number
        ]
        assert len(texts) == len(made)
        for one, other in combinations(texts, 2):
            assert SequenceMatcher(None, one, other, autojunk=False).ratio() < 0.6
