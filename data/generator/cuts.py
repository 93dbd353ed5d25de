"""Changes of a report or a grid before it is rendered: blank zeros, tables cut in two."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from data.generator.grid import Box, Grid
from data.generator.report import Report

GroupLabel = Literal["lost", "repeated"]


def blank_zeros(report: Report) -> Report:
    """Print every cell that reads 0 blank."""
    printed = {cell: "" if text == "0" else text for cell, text in report.printed.items()}
    return replace(report, printed=printed)


def cut(
    grid: Grid, row: int, label: GroupLabel = "lost", repeat_header: bool = False
) -> tuple[Grid, Grid]:
    """Cut a table above ``row`` (0-based).

    A group label that spans the cut stands above it; below it is ``lost`` (an empty cell) or
    ``repeated``. ``repeat_header`` puts the header rows on top of the lower part once more.
    """
    above, below = grid.split(row)
    if label == "repeated":
        spanning = {
            (box.column, box.column_span): box.text
            for box in grid.boxes
            if box.row < row < box.row + box.row_span
        }
        boxes = tuple(
            replace(box, text=spanning.get((box.column, box.column_span), box.text))
            if box.row == 0 and not box.text
            else box
            for box in below.boxes
        )
        below = replace(below, boxes=boxes)
    if repeat_header and grid.header_rows:
        header = tuple(box for box in grid.boxes if box.row < grid.header_rows)
        shifted = tuple(replace(box, row=box.row + grid.header_rows) for box in below.boxes)
        below = replace(
            below,
            row_count=below.row_count + grid.header_rows,
            header_rows=grid.header_rows,
            boxes=header + shifted,
        )
    return above, below


def rows_within_groups(grid: Grid) -> list[int]:
    """Return the rows above which a cut runs through a group of outcomes, such as （三）."""
    return sorted(
        {
            row
            for box in grid.boxes
            if box.role == "label" and box.column == 1 and box.row_span > 1
            for row in range(box.row + 1, box.row + box.row_span)
        }
    )


def rows_after_captions(grid: Grid) -> list[int]:
    """Return the rows above which a cut leaves a block's caption, 第二十条第…项, behind."""
    return [box.row + 1 for box in grid.boxes if box.role == "caption"]


def rows_before_captions(grid: Grid) -> list[int]:
    """Return the rows at which a block begins, but the first."""
    return [box.row for box in grid.boxes if box.role == "caption" and box.row]


def boxes_of_row(grid: Grid, row: int) -> list[Box]:
    """Return the boxes that begin in a row, from left to right."""
    return sorted((box for box in grid.boxes if box.row == row), key=lambda box: box.column)
