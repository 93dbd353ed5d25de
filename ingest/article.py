"""Find the report between what a web site prints around it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ingest.table_grid import Slot
from ingest.wording import compact

LONGEST_TITLE = 60
"""Characters beyond which a line is prose and no title."""
LONGEST_HEADING = 60
"""Characters beyond which a line is prose and no section heading."""

Block = str | list[Slot]
"""A paragraph, or a table fragment."""

_TITLE = re.compile(
    r"(信息公开|政务公开)(工作)?(年度)?(工作)?(年度)?(报告|年报)[)》]?(\([^()]*\))?$"
)
_NO_TITLE = re.compile(r"[。,;:!?]|^(关于|按照|根据|现将|《|附件|点击|下载)")
_YEAR = re.compile(r"20\d\d年|二[〇○零O0][〇○零一二三四五六七八九O0]{2}年")
_NAMES_NO_AGENCY = re.compile(r"(20\d\d年(度)?)?(政府|政务)*(信息|政务)公开")
# The statutory headings begin with a Chinese numeral; rows of table 三 do so too.
_HEADING = re.compile(
    r"[一二三四五六七八九十]{1,2}[、.,].*("
    r"总体情况|总体概况|基本情况|主动公开(政府)?信息(的)?情况|处理(政府)?信息公开申请"
    r"|行政复议.{0,6}行政诉讼|存在.{0,6}问题|问题.{0,4}改进|其他.{0,6}报告的?(事项|情况))"
)
_HEAD_PART = re.compile(r"\s+[-–—]+\s+|[-–—]{2,}|[_|｜>»]+")


def is_title(text: str) -> bool:
    """Tell the title of an annual report, with or without agency and year."""
    line = compact(text)
    return len(line) <= LONGEST_TITLE and bool(_TITLE.search(line)) and not _NO_TITLE.search(line)


def is_heading(text: str) -> bool:
    """Tell the heading of one of the six statutory sections."""
    line = compact(text)
    return len(line) <= LONGEST_HEADING and bool(_HEADING.match(line))


def parts(head_title: str) -> list[str]:
    """Split the title of a page into what it names: the article, the column, the site."""
    return [part.strip() for part in _HEAD_PART.split(head_title) if part.strip()]


def without_chrome(blocks: Sequence[Block], elsewhere: Iterable[str]) -> list[Block]:
    """Begin with the report's title.

    Titles with a year are looked for before the first section heading, or before the largest
    table where no section has a heading. The last one counts, because menus and lists of reports
    stand above the article, and what is above it goes. If there is none, the first title
    ``elsewhere`` on the page is put in front.
    """
    dated = [at for at in range(_opening(blocks)) if _is_dated_title(blocks, at)]
    if dated:
        return list(blocks[dated[-1] - _leads_into_title(blocks, dated[-1]) :])
    return [*_titles(elsewhere)[:1], *blocks]


def _opening(blocks: Sequence[Block]) -> int:
    """Return how many blocks stand before the first section, or before the largest table."""
    for at, block in enumerate(blocks):
        if isinstance(block, str) and is_heading(block):
            return at
    tables = [at for at, block in enumerate(blocks) if not isinstance(block, str)]
    return max(tables, key=lambda at: len(blocks[at]), default=len(blocks))


def with_title(blocks: Sequence[Block], elsewhere: Iterable[str]) -> list[Block]:
    """Put a title from ``elsewhere`` in front, unless one stands before the first heading."""
    for block in blocks:
        if isinstance(block, str) and is_heading(block):
            break
        if isinstance(block, str) and is_title(block):
            return list(blocks)
    return [*_titles(elsewhere)[:1], *blocks]


def _titles(texts: Iterable[str]) -> list[str]:
    """Return those of the texts that are titles, the ones with a year first."""
    titles = [text for text in texts if is_title(text)]
    return sorted(titles, key=lambda text: not _YEAR.search(compact(text)))


def _is_dated_title(blocks: Sequence[Block], at: int) -> bool:
    """Tell a title with a year, in one line or together with the line above."""
    line = blocks[at]
    if not isinstance(line, str) or not is_title(line):
        return False
    if _YEAR.search(compact(line)):
        return True
    above = blocks[at - 1] if at else ""
    return (
        isinstance(above, str)
        and bool(_leads_into_title(blocks, at))
        and bool(_YEAR.search(compact(above)))
    )


def _leads_into_title(blocks: Sequence[Block], at: int) -> int:
    """Return 1 if the line above is the title's first line: the title names no agency itself."""
    line, above = blocks[at], blocks[at - 1] if at else ""
    leads = (
        isinstance(line, str)
        and isinstance(above, str)
        and bool(_NAMES_NO_AGENCY.match(compact(line)))
        and 0 < len(compact(above)) <= LONGEST_TITLE // 2
        and not re.search("[。,;:、>]", compact(above))
    )
    return int(leads)
