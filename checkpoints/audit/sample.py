"""Draw the cells of an audit: stratified, and the same for the same database and seed."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import duckdb


class AuditRefused(ValueError):
    """There is nothing to draw, or a workbook cannot be read back; the message says why."""


@dataclass(frozen=True)
class Item:
    """A cell of the sample as it was read.

    ``kind`` is zero, non_zero or no_figure; ``stratum_size`` counts the cells of its stratum in
    all. The box is in PDF points from the page's top left, None where there is none.
    """

    number: int
    report_id: str
    form_table: str
    indicator: str
    breakdown: str
    kind: str
    stratum: str
    stratum_size: int
    status: str
    value: Decimal | None
    unit: str
    raw_text: str | None
    page: int | None = None
    block_no: int | None = None
    row_no: int | None = None
    col_no: int | None = None
    box: tuple[float, float, float, float] | None = None


@dataclass(frozen=True)
class Sample:
    """The cells drawn with ``seed``; ``audit_id`` is a digest of what was drawn and read."""

    audit_id: str
    seed: int
    items: tuple[Item, ...]


_SIZES = """
create or replace temp table audited as
select
    c.report_id, c.form_table, c.indicator, c.breakdown,
    case
        when c.status <> 'reported' then 'no_figure' when c.value = 0 then 'zero' else 'non_zero'
    end as kind,
    concat_ws(
        ' ', r.format,
        case c.form_table
            when 'proactive' then r.proactive_edition
            when 'applications' then r.applications_edition
            else r.disputes_edition
        end,
        kind
    ) as stratum,
    c.status, c.value, c.unit, c.raw_text, c.page, c.block_no, c.row_no, c.col_no,
    c.x0, c.top, c.x1, c.bottom, c.ordinal
from marts.cell_values as c
inner join marts.reports as r using (report_id)
where
    r.is_current
    and c.status in ('reported', 'blank', 'not_applicable')
    and list_contains($ids, c.report_id)
"""

# The order by digest is the lot: it depends on the seed and the cell alone.
_DRAWN = """
with lots as (
    select
        *,
        row_number() over (
            partition by stratum
            order by sha256(concat_ws('|', $seed, report_id, form_table, indicator, breakdown))
        ) as lot
    from audited
)
select
    report_id, form_table, indicator, breakdown, kind, stratum, status, value, unit, raw_text,
    page, block_no, row_no, col_no, x0, top, x1, bottom
from lots
inner join (
    select unnest($strata) as stratum, unnest($takes) as take
) using (stratum)
where lot <= take
order by stratum, report_id, ordinal
"""


def draw(
    con: duckdb.DuckDBPyConnection, report_ids: Collection[str], cells: int, seed: int
) -> Sample:
    """Draw ``cells`` cells of these reports by format, edition, and zero, non-zero or blank.

    Cells that were not read at all (missing, unreadable, ambiguous) claim nothing and are not
    drawn. Raises AuditRefused where there is none to draw.
    """
    con.execute(_SIZES, {"ids": list(report_ids)})
    sizes = dict(con.execute("select stratum, count(*) from audited group by stratum").fetchall())
    if not sizes:
        raise AuditRefused("没有可供抽样的单元格，请先运行 gouji check · no cells to draw from")
    takes = allocate(sizes, cells)
    rows = con.execute(
        _DRAWN, {"seed": str(seed), "strata": list(takes), "takes": list(takes.values())}
    ).fetchall()
    items = tuple(_item(number, row, sizes[row[5]]) for number, row in enumerate(rows, start=1))
    return Sample(_digest(seed, items), seed, items)


def allocate(sizes: Mapping[str, int], cells: int) -> dict[str, int]:
    """How many of ``cells`` each stratum gets: in proportion to the square root of its size.

    So the few figures that are not 0 are not drowned by the many that are. Every stratum gets one
    if there are enough, and none more than it has.
    """
    order = sorted(sizes, key=lambda name: (-sizes[name], name))
    takes = dict.fromkeys(order[:cells], 1)
    # One by one to where the share is least: Sainte-Laguë on the roots.
    while sum(takes.values()) < cells:
        open_ = [name for name in takes if takes[name] < sizes[name]]
        if not open_:
            break
        most = max(open_, key=lambda name: (math.sqrt(sizes[name]) / (2 * takes[name] + 1), name))
        takes[most] += 1
    return takes


def _item(number: int, row: tuple[Any, ...], size: int) -> Item:
    report_id, form_table, indicator, breakdown, kind, stratum, *read = row
    status, value, unit, raw_text, page, block_no, row_no, col_no, x0, top, x1, bottom = read
    return Item(
        number,
        report_id,
        form_table,
        indicator,
        breakdown,
        kind,
        stratum,
        size,
        status,
        value,
        unit,
        raw_text,
        page,
        block_no,
        row_no,
        col_no,
        box=None if None in (x0, top, x1, bottom) else (x0, top, x1, bottom),
    )


def _digest(seed: int, items: Sequence[Item]) -> str:
    digest = hashlib.sha256(str(seed).encode())
    for i in items:
        cell = (i.report_id, i.form_table, i.indicator, i.breakdown, i.status, i.value, i.raw_text)
        digest.update(repr((*cell, i.stratum_size)).encode())
    return digest.hexdigest()[:16]
