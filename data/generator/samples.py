"""The sample reports: six fictional agencies over five years, some with planted faults.

Figures carry over from year to year within an agency, whatever is planted in a year's print,
except where the plan has an agency misremember last year's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from data.generator import faults, prose
from data.generator.draws import Style, draw
from data.generator.figures import Figures
from data.generator.forms import TABLES, Edition
from data.generator.pdf import render_pdf
from data.generator.plan import (
    FAULTS,
    MISREMEMBERED,
    OUTDATED,
    QINGHE_DISTRICT,
    QINGHE_TRANSPORT,
    SONGLING_EDUCATION,
    SONGLING_MARKET,
    YUNXI_EDUCATION,
    YUNXI_WATER,
)
from data.generator.report import Report, print_figures
from data.generator.text import render_text

Rendering = Literal["tabs", "ragged", "pipes", "pdf"]

YEARS = range(2019, 2024)
SUFFIX: dict[Rendering, str] = {"tabs": "txt", "ragged": "txt", "pipes": "md", "pdf": "pdf"}


@dataclass(frozen=True)
class Agency:
    """A fictional agency; its name carries its region, so that it is known beyond doubt."""

    name: str
    style: Style
    renderings: tuple[Rendering, ...]
    decimal_from: int = 9999
    plus_sign: bool = False
    unit_in_cell: bool = False


@dataclass(frozen=True)
class Sample:
    """One sample report: how it is rendered, what is planted in it."""

    agency: str
    year: int
    rendering: Rendering
    report: Report
    figures: Figures
    findings: tuple[faults.Finding, ...] = ()

    @property
    def file_name(self) -> str:
        """The file's name: the report's title and the suffix of its format."""
        return f"{self.report.title}.{SUFFIX[self.rendering]}"

    def content(self) -> bytes:
        """Return the bytes of the file."""
        if self.rendering == "pdf":
            return render_pdf(self.report)
        text = render_text(
            self.report,
            separator="pipes" if self.rendering == "pipes" else "tabs",
            alignment="ragged" if self.rendering == "ragged" else "grid",
        )
        return text.encode()


# Two agencies share a bare name in different counties, and nothing but the county tells them apart.
AGENCIES = (
    Agency(YUNXI_EDUCATION, "sparse", ("tabs", "ragged", "tabs", "tabs", "pdf")),
    Agency(SONGLING_EDUCATION, "sparse", ("pipes", "pdf", "pipes", "ragged", "pipes")),
    Agency(YUNXI_WATER, "sparse", ("pdf", "tabs", "ragged", "pdf", "tabs"), unit_in_cell=True),
    Agency(SONGLING_MARKET, "busy", ("tabs", "pipes", "pdf", "tabs", "pipes")),
    Agency(QINGHE_DISTRICT, "busy", ("pdf", "tabs", "pdf", "pipes", "pdf"), plus_sign=True),
    Agency(QINGHE_TRANSPORT, "sparse", ("ragged", "pipes", "tabs", "pdf", "tabs"), 2022),
)


def edition_of(agency: Agency, year: int) -> Edition:
    """Return the edition an agency prints in a year when it follows the notices."""
    if year <= 2020:
        return "trial_2019"
    return "decimal_2021" if year >= agency.decimal_from else "standard_2021"


def samples() -> Iterator[Sample]:
    """Make all samples, agency by agency and year by year."""
    for agency_no, agency in enumerate(AGENCIES):
        last_year: Figures | None = None
        for year, rendering in zip(YEARS, agency.renderings, strict=True):
            outdated = OUTDATED.get((agency.name, year), ())
            edition = "trial_2019" if outdated == TABLES else edition_of(agency, year)
            single_other_row = outdated == ("applications",)
            wrong = MISREMEMBERED.get((agency.name, year), {})
            remembered = last_year and {
                cell: value + wrong.get(cell, 0) for cell, value in last_year.items()
            }
            figures = draw(
                edition, 10 * year + agency_no, agency.style, single_other_row, remembered
            )
            plan = FAULTS.get((agency.name, year), ())
            report = _report(agency, year, edition, figures, faulty=bool(plan))
            findings: tuple[faults.Finding, ...] = ()
            if wrong and last_year:
                findings = faults.not_carried(figures, last_year, "与上年报告不衔接")
            for fault in plan:
                planted = fault(report)
                report, findings = planted.report, findings + planted.findings
            yield Sample(agency.name, year, rendering, report, figures, findings)
            last_year = figures


def _report(agency: Agency, year: int, edition: str, figures: Figures, faulty: bool) -> Report:
    voice = prose.Voice(AGENCIES.index(agency), year)
    return Report(
        agency=agency.name,
        year=year,
        edition=edition,
        printed=print_figures(figures, edition, agency.plus_sign, agency.unit_in_cell),
        title=prose.title(agency.name, year),
        introduction=prose.introduction(agency.name, voice),
        # The prose of a faulty report says nothing of the outcomes and disputes it misprints.
        sections=prose.sections(figures, voice, outcomes=not faulty, disputes=not faulty),
    )
