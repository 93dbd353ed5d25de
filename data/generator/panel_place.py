"""The places of a panel: agencies and years, and the honest report of each."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from data.generator import own_words, prose
from data.generator.draws import Style, draw
from data.generator.faults import Planted
from data.generator.figures import Figures
from data.generator.forms import Cell, Edition
from data.generator.report import Report, print_figures
from data.generator.text import render_text

YEARS = range(2019, 2024)
CHARACTERS = "安宁和平清泉明远青松白云春秋东南西北"
COUNTIES = ("云溪县", "松岭县", "青禾县", "梅川县")
LIST = "expected.csv"
LICENSING = Cell("proactive", "licensing", "decisions")


class Slot(NamedTuple):
    """The place of one report in the panel."""

    agency_no: int
    year: int


class Found(NamedTuple):
    """A finding: the name of the report's file, or of the list for a report that is not there."""

    file: str
    rule: str
    subject: str


@dataclass(frozen=True)
class Fault:
    """One planted fault: its rule's own findings, and those it implies for other rules."""

    rule: str
    slot: Slot
    findings: tuple[Found, ...]
    implied: tuple[Found, ...] = ()


@dataclass(frozen=True)
class Place:
    """One report of the panel before anything is wrong in it, and what a fault may draw on.

    ``listed`` tells whether expected.csv has a line for it, ``alignment`` how text is flattened.
    """

    slot: Slot
    report: Report
    figures: Figures
    before: Figures | None
    voice: prose.Voice
    dice: random.Random
    nth: int = 0
    listed: bool = True

    @property
    def county(self) -> str:
        """The county the agency is of."""
        return county_of(self.slot.agency_no)

    @property
    def office(self) -> str:
        """The agency's name without its county."""
        return self.report.agency.removeprefix(self.county)

    @property
    def file(self) -> str:
        """The file's name, which says neither agency nor year."""
        return file_name(self.slot)

    def some(self) -> int:
        """A small number other than 0."""
        return self.dice.randint(1, 30)

    def findings(self, *pairs: tuple[str, str]) -> tuple[Found, ...]:
        """Findings of this report, of (rule, subject)."""
        return tuple(Found(self.file, *pair) for pair in pairs)

    def missing(self) -> Found:
        """The finding that no report of this agency and year is there."""
        key = f"{self.county}/{self.report.agency}|any|{self.slot.year}"
        return Found(LIST, "completeness.submitted", key)


@dataclass(frozen=True)
class Wrong:
    """What a fault makes of a report: its files by path, and every finding of them."""

    files: Mapping[str, str]
    findings: tuple[Found, ...]
    listed: bool = True


Making = Callable[[Place], Planted]


def application(row: str, column: str) -> Cell:
    """A cell of table 三."""
    return Cell("applications", row, column)


def agency_name(number: int, county: str = COUNTIES[0]) -> str:
    """The name of a fictional agency in a county; another number, another agency (0 to 323)."""
    first, second = divmod(number, len(CHARACTERS))
    return f"{county}示例{CHARACTERS[first]}{CHARACTERS[second]}局"


def county_of(agency_no: int) -> str:
    """The county of an agency of the panel."""
    return COUNTIES[agency_no % len(COUNTIES)]


def file_name(slot: Slot) -> str:
    """The name of a report's file: the agency's number and a letter for the year."""
    return f"{slot.agency_no:03}{chr(ord('a') + slot.year - YEARS[0] + 1)}.txt"


def style_of(agency_no: int) -> Style:
    """Every second agency has many applications."""
    return ("busy", "sparse")[agency_no % 2]


def edition_of(slot: Slot) -> Edition:
    """The edition in force; a tenth of the agencies takes up the last one in 2022."""
    if slot.year <= 2020:
        return "trial_2019"
    return "decimal_2021" if slot.agency_no % 10 == 5 and slot.year >= 2022 else "standard_2021"


def place(
    slot: Slot,
    figures: Figures,
    before: Figures | None,
    edition: str,
    *,
    quiet: bool = False,
    words: tuple[int, str] | None = None,
) -> Place:
    """The honest report of these figures.

    ``quiet`` says nothing of outcomes and disputes in the prose; ``words`` has a section in words
    of the agency's own: its number and whose they are.
    """
    agency_no, year = slot
    name = agency_name(agency_no, county_of(agency_no))
    voice = prose.Voice(agency_no, year)
    numerals = prose.NUMERALS_OF_PROSE[agency_no % 3]
    dice = random.Random(f"panel/{agency_no}/{year}")
    sections = prose.sections(figures, voice, not quiet, not quiet, numerals)
    first = sections[0]
    sections = (
        replace(first, paragraphs=(*first.paragraphs, whole_and_parts(dice, 0))),
        *sections[1:],
    )
    if words is not None:
        own = own_words.paragraphs(words[1])
        sections = tuple(
            replace(s, paragraphs=own) if s.number == words[0] else s for s in sections
        )
    report = Report(
        agency=name,
        year=year,
        edition=edition,
        printed=print_figures(figures, edition),
        title=prose.title(name, year),
        introduction=prose.introduction(name, voice),
        sections=sections,
    )
    return Place(slot, report, figures, before, voice, dice)


def whole_and_parts(dice: random.Random, excess: int) -> str:
    """A sentence with a whole and its parts, which add up to so many more."""
    first, second = dice.randint(20, 90), dice.randint(20, 90)
    whole = first + second - excess
    return dice.choice(
        (
            f"全年受理咨询{whole}人次，其中现场咨询{first}人次，电话咨询{second}人次。",
            f"开展业务培训{whole}次，分别为集中授课{first}次、实地指导{second}次。",
            f"更新栏目{whole}个，分别为常设栏目{first}个、专题栏目{second}个。",
        )
    )


def text_of(report: Report, slot: Slot) -> str:
    """The report as flattened text: tabs or pipes; merged cells lost where none is blank."""
    later = slot.year - YEARS[0] + slot.agency_no
    ragged = later % 3 == 0 and not report.surplus and all(report.printed.values())
    return render_text(report, ("tabs", "pipes")[later % 2], "ragged" if ragged else "grid")


def next_figures(
    slot: Slot, before: Figures | None, edition: str, single_other_row: bool = False
) -> Figures:
    """Figures of a year that follow from those of the year before."""
    seed = 10_000 * slot.agency_no + slot.year
    return draw(edition, seed, style_of(slot.agency_no), single_other_row, before)
