"""A folder of generated reports of the formats that are cheap to read, with findings among them."""

from __future__ import annotations

import random
from pathlib import Path

from data.generator import prose
from data.generator.corpus import AGENCIES, STYLES
from data.generator.draws import draw
from data.generator.forms import Cell
from data.generator.layouts import LAYOUTS
from data.generator.report import Report, print_figures

YEARS = range(2019, 2024)
ORDER = (
    *("text", "text", "docx", "text", "html_plain", "text", "text", "pdf_platypus", "text"),
    *("html_wps", "text", "text", "html_nested", "text", "docx_nested", "text", "text", "text"),
    *("html_split", "text"),
)
"""Layouts in turn: of twenty reports thirteen are text, four web pages, two DOCX, one PDF."""
WRONG = {
    Cell("applications", "granted", "total"): "9999",
    Cell("disputes", "other", "reconsideration"): "",
}
"""What every fifth report prints instead: a total that does not tie out, and a blank."""


def write_reports(folder: Path, count: int, seed: int) -> None:
    """Write ``count`` reports, agencies over five years; the same arguments give the same bytes.

    Beside them lie a copy of the first, a text that is no report, and a document that breaks off.
    """
    folder.mkdir(parents=True)
    for number in range(count):
        report = report_of(number, seed)
        layout = LAYOUTS[ORDER[number % len(ORDER)]]
        published = layout(report, random.Random(f"{seed}/{number}"), number)
        assert isinstance(published.work, bytes)
        name = f"{report.agency}{report.year}年度报告.{published.suffix}"
        (folder / name).write_bytes(published.work)
    first = min(folder.iterdir())
    (folder / f"副本{first.suffix}").write_bytes(first.read_bytes())
    (folder / "会议记录.txt").write_text("会议记录\n讨论了办公用品。\n", encoding="utf-8")
    (folder / "坏的.docx").write_bytes(b"PK\x03\x04word/" + bytes(100))


def report_of(number: int, seed: int) -> Report:
    """One of the reports, before it is given a layout."""
    agency_no, at = divmod(number, len(YEARS))
    agency, year = AGENCIES[agency_no % len(AGENCIES)], YEARS[at]
    edition = "trial_2019" if year <= 2020 else "standard_2021"
    figures = draw(edition, 10_000 * seed + number, STYLES[number % len(STYLES)])
    voice = prose.Voice(number % 6, year)
    printed = print_figures(figures, edition)
    if number % 5 == 0:
        printed |= WRONG
    return Report(
        agency=agency,
        year=year,
        edition=edition,
        printed=printed,
        title=prose.title(agency, year),
        introduction=prose.introduction(agency, voice),
        sections=prose.sections(figures, voice),
    )
