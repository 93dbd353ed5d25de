"""Decide whether a readable document is an annual report."""

from __future__ import annotations

import re
from itertools import pairwise

from ingest.document import Document
from ingest.rejected import NotAReport
from ingest.wording import compact, normalise

OPENING = 12
"""Paragraphs at the beginning among which the title stands."""
LONGEST_TITLE = 60
"""Characters beyond which a paragraph is prose and no title."""
VERSION = "2"
"""Raised when the verdict on some document changes: skipped files are then judged anew."""
FEWEST_SECTIONS = 3
"""Statutory headings that make a report of a document without title and tables."""

_SUBJECT = "(政府信息公开|政务信息公开|政务公开|信息公开)"
_TITLE = re.compile(rf'{_SUBJECT}[^。，]{{0,12}}?(年度报告|工作报告|年报|报告)(\([^)]*\))?"?$')
_STATISTICS_TITLE = re.compile(r"政府信息公开(工作)?(年度)?情况统计表")
_PART_OF_YEAR = re.compile(
    r"([上下]半年|半年度?|第[一二三四1-4]季度|[一二三四1-4]季度|(?<!\d)(?!1-12月)\d{1,2}-\d{1,2}月)"
)
_INTERPRETATION = re.compile(r"解读|图解|一图(读懂|看懂)|图说|图片版")
_NOTICE = re.compile(r"(年度报告|年报).*(通知|函)$")
_BLANK_FORM = re.compile(r"格式|模板|样表|样式|填报说明|[×X]{2,}|_{2,}")
_STATUTORY = re.compile(
    r"第?二十条第?\([一二三四五六七八九十]\)项"
    r"|本年新收政府信息公开申请数量|上年结转政府信息公开申请数量|结转下年度继续办理"
    r"|未经复议直接起诉|复议后起诉|结果维持"
    r"|本年(度)?(新)?(制作|制发)(数量|件数)|统计指标"
)
_SECTION = re.compile(
    r"^(总体情况|(行政机关)?主动公开政府信息情况|(行政机关)?收到和处理政府信息公开申请情况"
    r"|政府信息公开行政复议、?行政诉讼情况|.{0,10}存在的?(主要)?问题[及和与]改进情况"
    r"|其他需要报告的事项)$"
)
_FIGURE = re.compile(r"[-+]?[\d,.]*\d[\d,.]*(元|万元|件|条|项)?")


def require_report(document: Document) -> None:
    """Raise :class:`NotAReport` unless the document is an annual report.

    A report has a report title, statutory table text, or most of the statutory headings. What
    looks like one but is not: statistics of part of a year (``part_of_year``), the blank form or
    the notice that brings it (``blank_form``), an interpretation (``interpretation``); anything
    else is ``not_a_report``.
    """
    opening = [compact(each.text) for each in document.paragraphs[:OPENING]]
    titles = _titles(opening)
    has_table = _has_statutory_table(document)
    named = [t for t in titles if _TITLE.search(t) or _STATISTICS_TITLE.search(t)]
    has_title = bool(named)
    # A first line of prose that speaks of 上半年 is no title where another one is of the year.
    is_of_year = has_table and any(not _PART_OF_YEAR.search(title) for title in named)

    if not is_of_year and any(
        _PART_OF_YEAR.search(title) and re.search(_SUBJECT, title) for title in titles[:4]
    ):
        raise NotAReport(
            "part_of_year", "这是半年或季度统计，不是年度报告，已跳过；请提供全年的年度报告。"
        )
    if not _has_figures(document) and any(
        _NOTICE.search(title) or _BLANK_FORM.search(title) for title in titles
    ):
        raise NotAReport(
            "blank_form", "这是年度报告的格式、模板或通知，没有填写数字，已跳过；请提供填好的报告。"
        )
    if not has_table and any(
        _INTERPRETATION.search(title) and re.search("年度报告|年报", title) for title in titles[:4]
    ):
        raise NotAReport(
            "interpretation", "这是年度报告的解读或图解，没有法定表格，已跳过；请提供报告原文。"
        )
    if not (has_title or has_table or _count_sections(document) >= FEWEST_SECTIONS):
        raise NotAReport(
            "not_a_report", "没有找到年度报告标题和法定表格，不是年度报告，已跳过；请核对文件。"
        )


def _titles(opening: list[str]) -> list[str]:
    """Return the short lines of the opening, each also joined with the one below it."""
    short = [text for text in opening if 0 < len(text) <= LONGEST_TITLE]
    joined = [
        above + below
        for above, below in pairwise(opening)
        if len(above) + len(below) <= LONGEST_TITLE
    ]
    return short + joined


def _has_statutory_table(document: Document) -> bool:
    """Look for labels of the form in cells, and in lines that flattening has made of cells."""
    return any(
        len(row.text) <= LONGEST_TITLE and _STATUTORY.fullmatch(normalise(row.text).body)
        for row in document.rows
    )


def _has_figures(document: Document) -> bool:
    return any(_FIGURE.fullmatch(compact(row.text)) for row in document.rows)


def _count_sections(document: Document) -> int:
    found = {normalise(each.text).body for each in document.paragraphs if len(each.text) <= 40}
    return sum(1 for body in found if _SECTION.match(body))
