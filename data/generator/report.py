"""One annual report before it is rendered: its printed cell texts and its prose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from data.generator.figures import Figures
from data.generator.forms import Cell, form_cells

# Headings of the six sections, as the notices on the form give them.
HEADINGS = (
    "总体情况",
    "主动公开政府信息情况",
    "收到和处理政府信息公开申请情况",
    "政府信息公开行政复议、行政诉讼情况",
    "存在的主要问题及改进情况",
    "其他需要报告的事项",
)
NUMERALS = "一二三四五六"

Printed = Mapping[Cell, str]


@dataclass(frozen=True)
class Section:
    """A section: its statutory number 1 to 6, its heading as printed, its paragraphs."""

    number: int
    heading: str
    paragraphs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Report:
    """A report ready to be rendered.

    ``printed`` holds the text of every cell. A row of which no cell is in it is not printed, a
    table of which no row is in it neither; a cell absent from a row that is printed comes out
    blank. ``surplus`` names rows (table, indicator) whose last value flattened text prints twice.
    """

    agency: str
    year: int
    edition: str
    printed: Printed
    title: str
    introduction: tuple[str, ...]
    sections: tuple[Section, ...]
    surplus: frozenset[tuple[str, str]] = frozenset()


def print_figures(
    figures: Figures, edition: str, plus_sign: bool = False, unit_in_cell: bool = False
) -> dict[Cell, str]:
    """Return the text each figure is printed as.

    ``plus_sign`` writes a growth of 本年增/减 as +2; ``unit_in_cell`` writes 元 behind the trial
    form's 采购总金额, whose header states no unit. ``figures`` may come from any table of any
    edition: kinds and units are looked up in the seed by cell.
    """
    specs = {spec.cell: spec for single in (False, True) for spec in form_cells(edition, single)}
    printed = {}
    for cell, value in figures.items():
        text = f"{value:f}" if isinstance(value, Decimal) else str(value)
        if specs[cell].value_kind == "change" and plus_sign and value > 0:
            text = f"+{text}"
        if specs[cell].value_kind == "amount" and specs[cell].unit == "元" and unit_in_cell:
            text = f"{text}元"
        printed[cell] = text
    return printed
