"""The faults of a panel that are whole files: missing, late, twice, copied, of no known agency."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from data.generator import faults
from data.generator.panel_place import (
    LICENSING,
    Found,
    Place,
    Slot,
    Wrong,
    file_name,
    text_of,
)
from data.generator.report import Report

STATISTICS = """{agency}{year}年度政府信息公开工作年度报告

一、概述

{year}年，本机关主动公开政府信息312条，收到政府信息公开申请5件。

附件：政府信息公开情况统计表（{year}年度）

统计指标\t单位\t统计数
一、主动公开情况\t\t
（一）主动公开政府信息数\t条\t312
其中：主动公开规范性文件数\t条\t4
二、回应解读情况\t\t
（一）回应公众关注热点或重大舆情数\t次\t2
三、依申请公开情况\t\t
（一）收到申请数\t件\t5
（二）申请办结数\t件\t5
（三）申请答复数\t件\t5
四、行政复议数量\t件\t0
五、行政诉讼数量\t件\t0
六、举报投诉数量\t件\t0
"""

COPIED_TEXT = "narrative.copied_text"


def _identity(place: Place) -> Report:
    """The report without a title and without prose that names agency or year."""
    sections = tuple(replace(section, paragraphs=()) for section in place.report.sections)
    return replace(place.report, introduction=(), sections=sections)


def _unidentified(place: Place) -> Wrong:
    """No agency, or no year; a list that asks for the report then misses it."""
    lost = ("agency", "report_year")[place.nth % 2]
    name, year = place.report.agency, place.slot.year
    title = f"{year}年" if lost == "agency" else name
    report = replace(_identity(place), title=f"{title}政府信息公开工作年度报告")
    found = place.findings(("completeness.identity_known", lost))
    return Wrong({place.file: text_of(report, place.slot)}, (*found, place.missing()))


def _bare(place: Place) -> Report:
    """The report under a name without a place."""
    title = f"{place.office}{place.slot.year}年政府信息公开工作年度报告"
    return replace(place.report, title=title, introduction=())


def _no_region(place: Place) -> Wrong:
    found = place.findings(("completeness.region_known", "region"))
    return Wrong({place.file: text_of(_bare(place), place.slot)}, found)


def _twice(place: Place) -> Wrong:
    """Two files of one report that differ in a figure which stands in no relation."""
    planted = faults.shift(place.report, {LICENSING: place.some()}, "")
    second = place.file.replace(".txt", "2.txt")
    pair = ("completeness.one_per_year", "report")
    return Wrong(
        {
            place.file: text_of(place.report, place.slot),
            second: text_of(planted.report, place.slot),
        },
        (*place.findings(pair), Found(second, *pair)),
    )


def _late(place: Place) -> Wrong:
    date = f"{place.slot.year + 1}年{place.dice.randint(2, 6)}月{place.dice.randint(1, 28)}日"
    report = replace(place.report, introduction=(date, place.report.introduction[-1]))
    found = place.findings(("completeness.on_time", "published_on"))
    return Wrong({place.file: text_of(report, place.slot)}, found)


def _not_there(place: Place) -> Wrong:
    return Wrong({}, (place.missing(),))


# Ways of copying prose: section of last year's, section of another agency's, a file kept twice.
COPIES = (5, 1, "other", "file")


def copied_from(slot: Slot, nth: int) -> Slot | None:
    """The report whose prose a faulty one copies; None where the file itself is kept twice."""
    kind = COPIES[nth % len(COPIES)]
    if kind == "file":
        return None
    if kind == "other":
        return Slot(slot.agency_no + 1, slot.year)
    return Slot(slot.agency_no, slot.year - 1)


def words_of(planned: Mapping[Slot, tuple[str, int]]) -> dict[Slot, tuple[int, str]]:
    """Sections in words of their own, by report: those that are copied and the copies."""
    words: dict[Slot, tuple[int, str]] = {}
    for slot, (rule, nth) in planned.items():
        source = copied_from(slot, nth) if rule == COPIED_TEXT else None
        if source:
            section_no = 1 if COPIES[nth % len(COPIES)] == 1 else 5
            words |= dict.fromkeys((slot, source), (section_no, f"{slot}"))
    return words


def _copied_text(place: Place) -> Wrong:
    kind = COPIES[place.nth % len(COPIES)]
    if kind == "file":
        text = text_of(_bare(place), place.slot)
        paths = (f"{county}/{place.file}" for county in ("云溪县", "松岭县"))
        found = place.findings((COPIED_TEXT, "file"))
        return Wrong(dict.fromkeys(paths, text), found, listed=False)
    found = place.findings((COPIED_TEXT, f"section.{1 if kind == 1 else 5}"))
    source = copied_from(place.slot, place.nth)
    if kind == "other" and source:
        # Which of two copied from the other nobody can tell: both are named.
        found = (*found, Found(file_name(source), COPIED_TEXT, "section.5"))
    return Wrong({place.file: text_of(place.report, place.slot)}, found)


FILES: dict[str, Callable[[Place], Wrong]] = {
    "completeness.identity_known": _unidentified,
    "completeness.region_known": _no_region,
    "completeness.one_per_year": _twice,
    "completeness.on_time": _late,
    "completeness.submitted": _not_there,
    COPIED_TEXT: _copied_text,
}
