"""The pages of source files that show a finding, and what is outlined there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

import duckdb

from checkpoints.outcome import SEVERITIES, Report
from checkpoints.site.page_picture import Kind, MarkedPage, Outline

Box = tuple[float, float, float, float]

TOUCHING = 1.5
"""Points between two cells that are neighbours."""


class _Cell:
    """What is to be said of one box."""

    def __init__(self) -> None:
        self.numbers: set[int] = set()
        self.kinds: set[Kind] = set()
        self.is_suspect = False

    @property
    def kind(self) -> Kind:
        """The worst of its findings; a suspect need not have any."""
        order: tuple[Kind, ...] = (*SEVERITIES, "waived")
        return next((kind for kind in order if kind in self.kinds), "suspect")

    @property
    def label(self) -> str:
        return ",".join(map(str, sorted(self.numbers))) + "?" * self.is_suspect


def marked_pages(con: duckdb.DuckDBPyConnection, reports: Sequence[Report]) -> list[MarkedPage]:
    """The pages by report and number.

    The number on a badge is that of the group in ``Report.groups``, from 1; a cell that is
    suspected has a question mark too.
    """
    groups: dict[str, tuple[int, Kind]] = {
        finding_id: (number, "waived" if group.waived else group.severity)
        for report in reports
        for number, group in enumerate(report.groups, start=1)
        for finding_id in group.finding_ids
    }
    pages: defaultdict[tuple[str, int], defaultdict[Box, _Cell]] = defaultdict(
        lambda: defaultdict(_Cell)
    )
    ids = [report.report_id for report in reports if report.groups]
    for report_id, page, *box, finding_id in con.execute(_BOXES, {"ids": ids}).fetchall():
        x0, top, x1, bottom = box
        cell = pages[report_id, page][x0, top, x1, bottom]
        if finding_id is None:
            cell.is_suspect = True
        else:
            number, kind = groups[finding_id]
            cell.numbers.add(number)
            cell.kinds.add(kind)
    return [
        MarkedPage(report_id, page, _outlines(cells))
        for (report_id, page), cells in sorted(pages.items())
    ]


def _outlines(cells: Mapping[Box, _Cell]) -> tuple[Outline, ...]:
    """The outlines of a page; of a column or row of cells with one number the first has it."""
    downwards = [
        Outline(*box, cell.kind, cell.is_suspect, cell.label) for box, cell in sorted(cells.items())
    ]
    across = sorted(downwards, key=lambda each: (each.top, each.x0))
    followers = {
        after
        for line in (downwards, across)
        for before, after in pairwise(line)
        if after.label == before.label and _touch(before, after)
    }
    return tuple(each._replace(label="") if each in followers else each for each in across)


def _touch(one: Outline, other: Outline) -> bool:
    """Tell whether the other box follows below or to the right."""
    below = abs(one.x0 - other.x0) < TOUCHING and abs(one.bottom - other.top) < TOUCHING
    beside = abs(one.top - other.top) < TOUCHING and abs(one.x1 - other.x0) < TOUCHING
    return below or beside


# The cells that findings are about, and with finding_id NULL those suspected. Of a finding about
# a row these are all its cells, of one about prose the cell that the prose contradicts.
_BOXES = """
    with reports as (
        select unnest($ids) as report_id
    ),
    boxed as (
        select * from marts.cell_values
        semi join reports using (report_id)
        where x0 is not null
    ),
    found as (
        select * from marts.findings
        semi join reports using (report_id)
    ),
    outlined as (
        select report_id, page, x0, top, x1, bottom, finding_id
        from found
        where x0 is not null
        union
        select report_id, boxed.page, boxed.x0, boxed.top, boxed.x1, boxed.bottom, finding_id
        from found
        inner join boxed using (report_id, form_table)
        where
            found.x0 is null
            and found.indicator in (boxed.indicator, 'disputes')
            and coalesce(found.breakdown, boxed.breakdown) = boxed.breakdown
        union
        select report_id, boxed.page, boxed.x0, boxed.top, boxed.x1, boxed.bottom, null
        from marts.suspects
        inner join boxed using (report_id, form_table, indicator, breakdown)
        where solution_no = 1
    )
    select report_id, page, x0, top, x1, bottom, finding_id
    from outlined
    where page is not null
    order by all
"""
