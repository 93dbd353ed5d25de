"""The prose of a report: title, introduction and six sections, agreeing with the figures.

The sentences lie in ``phrases.csv``: seven wordings for each slot. Which wording a report takes is
``agency + multiplier * year`` modulo seven with another multiplier for each slot of a section, so
that two reports of six agencies share at most one slot of section 一 and one of section 五.
"""

from __future__ import annotations

import csv
import random
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from data.generator.figures import Figures, Number
from data.generator.forms import TOTAL, Cell
from data.generator.report import HEADINGS, NUMERALS, Section

# How the prose writes its counts of cases: 12件, 12 件 with blanks around it, 十二件.
Numerals = Literal["plain", "spaced", "chinese"]
NUMERALS_OF_PROSE: tuple[Numerals, ...] = ("plain", "spaced", "chinese")
DIGITS = "零一二三四五六七八九"

PHRASES = Path(__file__).with_name("phrases.csv")
WORDINGS = 7
MULTIPLIERS = {
    "introduction": 1,
    "proactive": 1,
    "requests": 2,
    "management": 3,
    "platform": 4,
    "supervision": 5,
    "problem_content": 1,
    "problem_people": 2,
    "measure_content": 3,
    "measure_people": 4,
    "other": 2,
}
# Outcome groups of table 三: the words of the prose and how the rows' codes begin.
OUTCOMES = (
    ("予以公开", ("granted",)),
    ("部分公开", ("partly_granted",)),
    ("不予公开", ("denied_",)),
    ("无法提供", ("unavailable_",)),
    ("不予处理", ("rejected_",)),
    ("其他处理", ("other",)),
)
LITIGATION = ("litigation_direct", "litigation_after_reconsideration")
REQUESTS = (
    "{year}年新收到政府信息公开申请{new}件，上年结转{before}件，办结{closed}件，结转下年度{after}件。",
    "全年收到申请{new}件，加上上年结转的{before}件，共办结{closed}件，结转下年度办理{after}件。",
    "本年度共受理政府信息公开申请{new}件，上年结转{before}件；已办结{closed}件，结转下年度{after}件。",
    "{year}年度，收到政府信息公开申请{new}件；年内办结{closed}件（含上年结转{before}件），结转下年度{after}件。",
    "申请渠道保持畅通，{year}年收到申请{new}件，上年结转{before}件，全部依法登记。办结{closed}件，结转下年度{after}件。",
    "本年度办结政府信息公开申请{closed}件，其来源为新收到申请{new}件和上年结转{before}件，另有{after}件结转下年度。",
    "一年来收到公民、法人和其他组织的申请{new}件，上年结转{before}件，办结{closed}件，结转下年度{after}件，均在法定期限内处理。",
)
NO_REQUESTS = (
    "{year}年未收到政府信息公开申请，也没有上年结转的申请。",
    "本年度没有收到政府信息公开申请，无上年结转和结转下年度的申请。",
    "申请渠道保持畅通，{year}年度未收到政府信息公开申请。",
    "全年未收到任何政府信息公开申请，办理台账为零记录。",
    "{year}年度本机关未收到申请，办结0件，结转下年度0件。",
    "公布了受理地址和电话，安排专人值守，{year}年没有收到政府信息公开申请。",
    "截至年底，本年度未收到政府信息公开申请。",
)


@dataclass(frozen=True)
class Voice:
    """Who speaks: a number of the agency (0 to 5 among the samples) and the reporting year.

    The digits to base 7 of the agency's number are the constant, square and cube terms of a
    polynomial in the slot's multiplier of which the year is the linear one: two reports share at
    most three of the five slots of section 一, and one agency none within seven years.
    """

    agency_no: int
    year: int

    def wording(self, slot: str) -> int:
        """Return the 0-based number of the wording this report takes in a slot."""
        multiplier = MULTIPLIERS[slot]
        rest, constant = divmod(self.agency_no, WORDINGS)
        cube, square = divmod(rest, WORDINGS)
        return (
            constant + multiplier * self.year + square * multiplier**2 + cube * multiplier**3
        ) % WORDINGS


@cache
def phrases() -> dict[str, tuple[str, ...]]:
    """Read the wordings by slot."""
    found: dict[str, list[str]] = {}
    with PHRASES.open(encoding="utf-8", newline="") as lines:
        for line in csv.DictReader(lines):
            found.setdefault(line["slot"], []).append(line["text"])
    return {slot: tuple(texts) for slot, texts in found.items()}


def title(agency: str, year: int) -> str:
    """Return the title: agency, year, kind of report."""
    return f"{agency}{year}年政府信息公开工作年度报告"


def introduction(agency: str, voice: Voice) -> tuple[str, ...]:
    """Return the opening paragraphs with the 统计期限; every second report is dated."""
    text = phrases()["introduction"][voice.wording("introduction")]
    paragraph = text.format(agency=agency, year=voice.year)
    if agency.endswith("区人民政府"):
        # A government reports for all its bureaux and says so; a bureau reports for itself.
        paragraph += "报告所列数据为全区各部门、各街道汇总数。"
    if (voice.agency_no + voice.year) % 2:
        return (paragraph,)
    # Bureaux publish by 31 January of the next year, governments by 31 March.
    return (f"{voice.year + 1}年1月{10 + voice.agency_no % 20}日", paragraph)


def sections(
    figures: Figures,
    voice: Voice,
    outcomes: bool = True,
    disputes: bool = True,
    numerals: Numerals = "plain",
) -> tuple[Section, ...]:
    """Compose the six sections; every figure stated is taken from ``figures``.

    ``outcomes`` and ``disputes`` say whether the prose states the outcome groups and the numbers
    of 行政复议 and 行政诉讼 too.
    """
    dice = random.Random(f"prose/{voice.agency_no}/{voice.year}")
    texts = {slot: wordings[voice.wording(slot)] for slot, wordings in phrases().items()}
    about = {
        "year": voice.year,
        "count": dice.randint(120, 980),
        "documents": _documents(figures),
        "disputes": _disputes(figures) if disputes else "",
    }

    def say(slot: str) -> str:
        return texts[slot].format(**about)

    topics = (
        ("主动公开", say("proactive")),
        ("依申请公开", _requests(figures, voice, outcomes)),
        ("政府信息管理", say("management")),
        ("政府信息公开平台建设", say("platform")),
        ("监督保障", say("supervision")),
    )
    overview = tuple(
        f"（{numeral}）{topic}。{_written(text, numerals)}"
        for numeral, (topic, text) in zip(NUMERALS, topics, strict=False)
    )
    problems = "".join(say(slot) for slot in ("problem_content", "problem_people"))
    measures = "".join(say(slot) for slot in ("measure_content", "measure_people"))
    paragraphs = (overview, (), (), (), (problems, measures), (say("other"),))
    return tuple(
        Section(number, f"{NUMERALS[number - 1]}、{heading}", texts_of_section)
        for number, (heading, texts_of_section) in enumerate(
            zip(HEADINGS, paragraphs, strict=True), start=1
        )
    )


def chinese(number: int) -> str:
    """Return a number up to 9999 as prose writes it: 12 is 十二, 105 is 一百零五."""
    if number == 0:
        return DIGITS[0]
    text = ""
    for power, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if digit:
            text += DIGITS[digit] + unit
        elif text and not text.endswith("零"):
            text += "零"
    text = text.rstrip("零")
    return text.removeprefix("一") if text.startswith("一十") else text


def _written(text: str, numerals: Numerals) -> str:
    def other(found: re.Match[str]) -> str:
        count = int(found[1])
        if numerals == "spaced":
            return f" {count} 件"
        return found[0] if count > 9999 else f"{chinese(count)}件"

    return text if numerals == "plain" else re.sub("([0-9]+)件", other, text)


def _total(figures: Figures, row: str) -> Number:
    return figures[Cell("applications", row, TOTAL)]


def _requests(figures: Figures, voice: Voice, outcomes: bool) -> str:
    counts = {
        "new": _total(figures, "new_received"),
        "before": _total(figures, "carried_in"),
        "closed": _total(figures, "outcome_total"),
        "after": _total(figures, "carried_out"),
    }
    wording = voice.wording("requests")
    if not any(counts.values()):
        return NO_REQUESTS[wording].format(year=voice.year)
    text = REQUESTS[wording].format(year=voice.year, **counts)
    if not counts["new"]:
        text = f"{voice.year}年没有收到新的政府信息公开申请。" + (
            f"上年结转{counts['before']}件，办结{counts['closed']}件，结转下年度{counts['after']}件。"
        )
    # A full list, zeros included: a partial one could not be added up by the reader.
    return text + (_outcomes(figures) if outcomes and counts["closed"] else "")


def _outcomes(figures: Figures) -> str:
    parts = []
    for words, beginnings in OUTCOMES:
        count = sum(
            value
            for cell, value in figures.items()
            if cell[0] == "applications"
            and cell[2] == TOTAL
            and cell[1].startswith(beginnings)
            and cell[1] != "outcome_total"
        )
        parts.append(f"{words}{count}件")
    return f"办理结果为：{'，'.join(parts)}。"


def _disputes(figures: Figures) -> str:
    reconsideration = figures[Cell("disputes", TOTAL, "reconsideration")]
    litigation = sum(figures[Cell("disputes", TOTAL, channel)] for channel in LITIGATION)
    if not reconsideration and not litigation:
        return "本年度未发生因政府信息公开引起的行政复议、行政诉讼。"
    return f"因政府信息公开引起的行政复议{reconsideration}件，行政诉讼{litigation}件。"


def _documents(figures: Figures) -> str:
    def at(breakdown: str) -> Number | None:
        return figures.get(Cell("proactive", "normative_documents", breakdown))

    if at("issued") is None:
        return f"本年新制作规范性文件{at('made')}件，新公开{at('disclosed')}件。"
    return (
        f"本年制发行政规范性文件{at('issued')}件，废止{at('repealed')}件，"
        f"现行有效{at('in_force')}件。"
    )
