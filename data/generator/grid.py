"""The three statutory tables as grids of boxes with spans, laid out as the notices print them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from data.generator.forms import (
    APPLICANTS,
    CHANNELS,
    COLUMNS,
    RESULTS,
    TOTAL,
    Cell,
    CellSpec,
    form_cells,
    row_key,
)
from data.generator.report import Printed

Role = Literal["caption", "header", "label", "value"]

# Table 二 is a stack of blocks, one for each item of article 20 of the regulation.
BLOCKS = (
    ("第二十条第（一）项", ("regulations", "normative_documents")),
    ("第二十条第（五）项", ("licensing", "other_services")),
    ("第二十条第（六）项", ("penalties", "coercion")),
    ("第二十条第（八）项", ("fees",)),
    ("第二十条第（九）项", ("procurement",)),
)
# Where a later notice words a header otherwise than the trial form, or states the unit in it.
HEADERS = {
    ("standard_2021", "decisions"): "本年处理决定数量",
    ("standard_2021", "amount"): "本年收费金额（单位：万元）",
    ("decimal_2021", "decisions"): "本年处理决定数量",
    ("decimal_2021", "amount"): "本年收费金额（单位：万元，保留4位小数）",
}
LONG_LABELS = {
    "（二）部分公开": "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
}
RELATION_NOTE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
OUTCOMES_LABEL = "三、本年度办理结果"
# The section each table stands in.
SECTION_OF = {"proactive": 2, "applications": 3, "disputes": 4}
# Shares of the table's width.
COLUMN_WIDTHS: dict[str, tuple[float, ...]] = {
    "proactive": (0.31, 0.23, 0.23, 0.23),
    "applications": (0.05, 0.12, 0.249, *(0.083,) * 7),
    "disputes": (1 / 15,) * 15,
}
# Rows of table 三 that stand outside 三、本年度办理结果.
OUTER_ROWS = ("new_received", "carried_in", "carried_out")


@dataclass(frozen=True)
class Box:
    """One cell of a table: 0-based place, spans in rows and columns, text."""

    row: int
    column: int
    row_span: int
    column_span: int
    text: str
    role: Role
    indicator: str = ""


@dataclass(frozen=True)
class Grid:
    """A table: its size, its boxes in reading order, and how many of its rows are a header."""

    form_table: str
    row_count: int
    column_count: int
    header_rows: int
    boxes: tuple[Box, ...]

    def split(self, row: int) -> tuple[Grid, Grid]:
        """Cut the table above ``row``; a box that spans the cut goes on below with no text."""
        above: list[Box] = []
        below: list[Box] = []
        for box in self.boxes:
            if box.row >= row:
                below.append(replace(box, row=box.row - row))
                continue
            kept = min(box.row_span, row - box.row)
            above.append(replace(box, row_span=kept))
            if kept < box.row_span:
                below.append(replace(box, row=0, row_span=box.row_span - kept, text=""))
        below.sort(key=lambda box: (box.row, box.column))
        return (
            replace(self, row_count=row, boxes=tuple(above)),
            replace(self, row_count=self.row_count - row, header_rows=0, boxes=tuple(below)),
        )


def form_grid(form_table: str, edition: str, printed: Printed) -> Grid | None:
    """Lay out one table; None if ``printed`` has no cell of it.

    Table 三 is laid out with one （六）其他处理 row if ``printed`` holds that row.
    """
    single = ("applications", "other") in {cell[:2] for cell in printed}
    present = {row_key(cell) for cell in printed}
    specs = [
        spec
        for spec in form_cells(edition, single)
        if spec.cell.form_table == form_table and row_key(spec.cell) in present
    ]
    if not specs:
        return None
    if form_table == "proactive":
        return _proactive(specs, edition, printed)
    return (_applications if form_table == "applications" else _disputes)(specs, printed)


def _proactive(specs: list[CellSpec], edition: str, printed: Printed) -> Grid:
    boxes: list[Box] = []
    row = 0
    for caption, indicators in BLOCKS:
        rows = [
            [spec for spec in specs if spec.cell.indicator == indicator] for indicator in indicators
        ]
        rows = [cells for cells in rows if cells]
        if not rows:
            continue
        boxes.append(Box(row, 0, 1, 4, caption, "caption"))
        boxes.append(Box(row + 1, 0, 1, 1, "信息内容", "header"))
        for spec, column, span in _spread(rows[0]):
            header = HEADERS.get((edition, spec.cell.breakdown), spec.labels[-1])
            boxes.append(Box(row + 1, column, 1, span, header, "header"))
        for at, cells in enumerate(rows, start=row + 2):
            indicator = cells[0].cell.indicator
            boxes.append(Box(at, 0, 1, 1, cells[0].labels[0], "label", indicator))
            for spec, column, span in _spread(cells):
                text = printed.get(spec.cell, "")
                boxes.append(Box(at, column, 1, span, text, "value", indicator))
        row += 2 + len(rows)
    return Grid("proactive", row, 4, 0, tuple(boxes))


def _spread(cells: list[CellSpec]) -> Iterator[tuple[CellSpec, int, int]]:
    """Give a row's one to three values the three value columns; the last takes what is left."""
    for column, spec in enumerate(cells, start=1):
        yield spec, column, (1 if column < len(cells) else 4 - column)


def _applications(specs: list[CellSpec], printed: Printed) -> Grid:
    labels = {spec.cell.indicator: spec.labels[:-1] for spec in specs}
    names = {spec.cell.breakdown: spec.labels[-1] for spec in specs}
    rows = tuple(labels)
    boxes = [
        Box(0, 0, 3, 3, RELATION_NOTE, "header"),
        Box(0, 3, 1, 7, "申请人情况", "header"),
        Box(1, 3, 2, 1, names[APPLICANTS[0]], "header"),
        Box(1, 4, 1, 5, "法人或其他组织", "header"),
        Box(1, 9, 2, 1, names[TOTAL], "header"),
        *(Box(2, 3 + at, 1, 1, names[APPLICANTS[at]], "header") for at in range(1, 6)),
    ]
    inner = [row for row in rows if row not in OUTER_ROWS]
    for at, row in enumerate(rows, start=3):
        *group, label = (LONG_LABELS.get(text, text) for text in labels[row])
        if inner and row == inner[0]:
            boxes.append(Box(at, 0, len(inner), 1, OUTCOMES_LABEL, "label"))
        if row in OUTER_ROWS:
            boxes.append(Box(at, 0, 1, 3, label, "label", row))
        elif not group:
            boxes.append(Box(at, 1, 1, 2, label, "label", row))
        else:
            members = [name for name in rows if labels[name][:-1] == tuple(group)]
            if row == members[0]:
                boxes.append(Box(at, 1, len(members), 1, group[0], "label"))
            boxes.append(Box(at, 2, 1, 1, label, "label", row))
        for column, breakdown in enumerate(COLUMNS, start=3):
            text = printed.get(Cell("applications", row, breakdown), "")
            boxes.append(Box(at, column, 1, 1, text, "value", row))
    return Grid("applications", 3 + len(rows), 10, 3, tuple(boxes))


def _disputes(specs: list[CellSpec], printed: Printed) -> Grid:
    results = (*RESULTS, TOTAL)
    names = {spec.cell: spec.labels for spec in specs}
    boxes = [Box(0, 0, 1, 5, "行政复议", "header"), Box(0, 5, 1, 10, "行政诉讼", "header")]
    values = []
    for at, channel in enumerate(CHANNELS):
        top = 1 if at == 0 else 2
        if at:
            label = names[Cell("disputes", TOTAL, channel)][1]
            boxes.append(Box(1, 5 * at, 1, 5, label, "header"))
        for column, result in enumerate(results, start=5 * at):
            cell = Cell("disputes", result, channel)
            boxes.append(Box(top, column, 3 - top, 1, names[cell][-1], "header"))
            values.append(Box(3, column, 1, 1, printed.get(cell, ""), "value", "disputes"))
    return Grid("disputes", 4, 15, 3, tuple(boxes + values))
