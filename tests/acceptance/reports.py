"""Reports for the acceptance tests: clean ones of as many agencies as wanted, and their files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from data.generator import prose
from data.generator.draws import Style, draw
from data.generator.figures import Figures
from data.generator.forms import Cell
from data.generator.panel_place import agency_name
from data.generator.pdf import render_pdf
from data.generator.report import Report, print_figures
from data.generator.text import Alignment, Separator, render_text

__all__ = ["agency_name", "clean", "reprint", "retitle", "write"]


def clean(
    number: int = 0,
    year: int = 2022,
    *,
    edition: str | None = None,
    style: Style = "sparse",
    single_other_row: bool = False,
    agency: str | None = None,
    figures: Figures | None = None,
) -> Report:
    """A report in which every relation holds.

    ``number`` tells agency and figures; ``figures`` and ``agency`` may be given instead. The
    edition is the one in force in the year.
    """
    edition = edition or ("trial_2019" if year <= 2020 else "standard_2021")
    name = agency or agency_name(number)
    if figures is None:
        figures = draw(edition, 10_000 * number + year, style, single_other_row)
    voice = prose.Voice(number, year)
    return Report(
        agency=name,
        year=year,
        edition=edition,
        printed=print_figures(figures, edition),
        title=prose.title(name, year),
        introduction=prose.introduction(name, voice),
        sections=prose.sections(figures, voice),
    )


def reprint(report: Report, changes: Mapping[tuple[str, str, str], str]) -> Report:
    """The report with other texts in some cells."""
    assert set(changes) <= set(report.printed)
    new = {Cell(*cell): text for cell, text in changes.items()}
    return replace(report, printed={**report.printed, **new})


def retitle(report: Report, title: str) -> Report:
    """The report under another title; nothing else in it names an agency."""
    return replace(report, title=title, introduction=())


def write(
    report: Report,
    path: Path,
    *,
    separator: Separator = "tabs",
    alignment: Alignment = "grid",
) -> Path:
    """Write the report as PDF or text, by the suffix of ``path``; folders are made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".pdf":
        path.write_bytes(render_pdf(report))
    else:
        path.write_bytes(render_text(report, separator, alignment).encode())
    return path
