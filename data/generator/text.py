"""Reports as flattened text: tables with tabs or markdown pipes, spans lost."""

from __future__ import annotations

from typing import Literal

from data.generator.forms import TABLES
from data.generator.grid import SECTION_OF, Box, Grid, form_grid
from data.generator.report import Report

Separator = Literal["tabs", "pipes"]
Alignment = Literal["grid", "ragged"]

# Flattening keeps two label columns on rows of table 三 that have one or two label levels.
LABEL_COLUMNS = 2


def render_text(
    report: Report, separator: Separator = "tabs", alignment: Alignment = "grid"
) -> str:
    """Render a report as text with line feeds.

    ``grid`` keeps every value under its header. ``ragged`` lets the values of table 三 follow
    their row's labels, as conversion of a table with merged cells does: rows with fewer label
    levels start further left and end in a blank field. ``ragged`` with a blank cell in table 三 is
    therefore ambiguous by design.
    """
    blocks = [report.title, *report.introduction]
    for section in report.sections:
        blocks += [section.heading, *section.paragraphs]
        for form_table in TABLES:
            grid = form_grid(form_table, report.edition, report.printed)
            if SECTION_OF[form_table] == section.number and grid:
                blocks.append("\n".join(_lines(grid, report, separator, alignment)))
    return "\n\n".join(blocks) + "\n"


def _lines(grid: Grid, report: Report, separator: Separator, alignment: Alignment) -> list[str]:
    rows = [
        _fields(grid, row, report, ragged=alignment == "ragged" and grid.form_table != "proactive")
        for row in range(grid.row_count)
    ]
    width = max(len(fields) for fields in rows)
    rows = [fields + [""] * (width - len(fields)) for fields in rows]
    if separator == "tabs":
        return ["\t".join(fields) for fields in rows]
    lines = ["| " + " | ".join(fields) + " |" for fields in rows]
    return [lines[0], "|" + "---|" * width, *lines[1:]]


def _fields(grid: Grid, row: int, report: Report, ragged: bool) -> list[str]:
    """Return the fields of one row; a box's text stands in its first field, the rest is blank."""
    boxes = [box for box in grid.boxes if box.row == row]
    fields = [""] * grid.column_count
    for box in boxes:
        fields[box.column] = box.text
    values = [box for box in boxes if box.role == "value"]
    if ragged and grid.form_table == "applications":
        # The three label columns shrink to the levels the row has; so do those of the header.
        levels = max((box.column + 1 for box in boxes if box.role == "label"), default=0)
        kept = max(levels, LABEL_COLUMNS)
        fields = fields[:kept] + fields[3:] + [""] * (3 - kept)
    if values and (grid.form_table, values[0].indicator) in report.surplus:
        fields = _repeat_last(fields, values)
    return fields


def _repeat_last(fields: list[str], values: list[Box]) -> list[str]:
    """Put the row's last value once more behind it, over the blank field there if there is one."""
    last = max(at for at, text in enumerate(fields) if text)
    tail = fields[last + 1 :]
    return [*fields[: last + 1], values[-1].text, *tail[1:]]
