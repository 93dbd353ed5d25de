"""The faults of a panel: for each rule of ``sql/seeds/rules.csv`` ways to break it in one report."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from data.generator import faults, prose
from data.generator.faults import Finding, Planted
from data.generator.figures import Figures
from data.generator.forms import APPLICANTS, CHANNELS, TABLES, TOTAL, Cell
from data.generator.panel import (
    Found,
    Place,
    Slot,
    Wrong,
    edition_of,
    file_name,
    next_figures,
    text_of,
    whole_and_parts,
)
from data.generator.report import Report

STATISTICS = """{agency}{year}年度政府信息公开工作年度报告

一、概述

{year}年，本机关主动公开政府信息312条，收到政府信息公开申请5件。

附件：政府信息公开情况统计表（{year}年度）

统计指标\t单位\t统计数
一、主动公开情况\t\t
（一）主动公开政府信息数\t条\t312
其中：主动公开规范性文件数\t条\t4
二、回应解读情况\t\t
（一）回应公众关注热点或重大舆情数\t次\t2
三、依申请公开情况\t\t
（一）收到申请数\t件\t5
（二）申请办结数\t件\t5
（三）申请答复数\t件\t5
四、行政复议数量\t件\t0
五、行政诉讼数量\t件\t0
六、举报投诉数量\t件\t0
"""

COPIED_TEXT = "narrative.copied_text"
LICENSING = Cell("proactive", "licensing", "decisions")
FEES = Cell("proactive", "fees", "amount")
PROCUREMENT = Cell("proactive", "procurement", "amount")
OUTDATED = (TABLES, ("applications",))
# Names that share a word may be those of one bureau that was renamed: this one shares none.
OTHER_AGENCY = "松岭县水务局"

Making = Callable[[Place], Planted]


def application(row: str, column: str) -> Cell:
    """A cell of table 三."""
    return Cell("applications", row, column)


def with_reports(place: Place, planted: Planted) -> Wrong:
    """The one file of a planted fault and its findings."""
    found = [(finding.rule, finding.subject) for finding in planted.findings]
    return Wrong({place.file: text_of(planted.report, place.slot)}, place.findings(*found))


# --- figures that are wrong before they are printed: the next year follows from them


def figures_of(
    slot: Slot, before: Figures | None, rule: str, nth: int
) -> tuple[Figures, str, tuple[Finding, ...]]:
    """Return a year's figures, its edition and the findings that the figures themselves imply."""
    edition: str = edition_of(slot)
    if rule == "completeness.edition_current":
        tables = OUTDATED[nth % 2]
        edition = "trial_2019" if tables == TABLES else edition
        figures = next_figures(slot, before, edition, tables != TABLES)
        return (
            figures,
            edition,
            tuple(Finding(rule, form_table, "trial_2019", "", "") for form_table in tables),
        )
    if rule == "continuity.copied_report" and before:
        figures = _copy(slot, before)
        own = Finding(rule, "report", "", "", "")
        return figures, edition, (own, *faults.not_carried(figures, before, ""))
    dice = random.Random(f"misremembered/{slot}")
    wrong: dict[Cell, int] = {}
    if rule == "continuity.requests_carried":
        column, by = dice.choice(APPLICANTS), dice.randint(1, 9)
        wrong = {application("carried_out", c): by for c in (column, TOTAL)}
    elif rule == "continuity.documents_in_force":
        wrong = {Cell("proactive", "normative_documents", "in_force"): dice.randint(1, 99)}
    elif rule == "continuity.items_carried":
        row = dice.choice(("licensing", "penalties", "coercion", "fees", "other_services"))
        wrong = {Cell("proactive", row, "prior_items"): dice.randint(1, 99)}
    if not wrong or not before:
        return next_figures(slot, before, edition), edition, ()
    remembered = {cell: value + wrong.get(cell, 0) for cell, value in before.items()}
    figures = next_figures(slot, remembered, edition)
    return figures, edition, faults.not_carried(figures, before, "")


def _copy(slot: Slot, before: Figures) -> Figures:
    """Last year's figures once more; documents in force are counted on from what they were."""
    figures = dict(before)
    for cell in before:
        if cell.breakdown == "in_force":
            issued, repealed = (before[Cell(*cell[:2], part)] for part in ("issued", "repealed"))
            figures[cell] = max(0, before[cell] + issued - repealed)
    return figures


# --- what is printed or said otherwise in one report


def quiet(rule: str) -> bool:
    """Whether the prose leaves out what the fault misprints in the tables."""
    return rule.startswith(("balance.", "non_negativity.", "completeness."))


def plant(place: Place, rule: str, implied: Sequence[Finding]) -> Wrong:
    """Plant the fault of a rule; no rule, no fault."""
    if rule in FILES:
        return FILES[rule](place)
    if rule in PRINTED:
        return with_reports(place, PRINTED[rule][place.nth % len(PRINTED[rule])](place))
    return with_reports(place, Planted(place.report, tuple(implied)))


def _outcome(place: Place) -> str:
    """A row of outcomes."""
    rows = [
        r for r in faults.application_rows(place.report) if r.startswith(("deni", "rej", "una"))
    ]
    return place.dice.choice(rows)


def _nonzero(place: Place, cells: Sequence[Cell]) -> Cell:
    return place.dice.choice([cell for cell in cells if place.figures[cell]])


def _shifted(place: Place, changes: Mapping[Cell, int]) -> Planted:
    return faults.shift(place.report, changes, "")


def _other_than_0(place: Place) -> int:
    return place.dice.randint(1, 30)


def _section(place: Place) -> Planted:
    return faults.drop_section(place.report, place.dice.choice((1, 5, 6)), "")


def _renumbered(place: Place) -> Planted:
    number = place.dice.randint(2, 6)
    return faults.renumber_section(place.report, number, number - 1, "")


def _blank_total(place: Place) -> Planted:
    rows = [r for r in faults.application_rows(place.report) if r not in faults.CLOSURE]
    totals = [application(row, TOTAL) for row in rows]
    return faults.blank(place.report, [_nonzero(place, totals)], "")


def _blank_dispute(place: Place) -> Planted:
    totals = [Cell("disputes", TOTAL, channel) for channel in CHANNELS]
    return faults.blank(place.report, [_nonzero(place, totals)], "")


def _blank_zeros(place: Place) -> Planted:
    zeros = [
        cell
        for cell, value in place.figures.items()
        if not value and cell.form_table == "applications" and cell.indicator not in faults.CLOSURE
    ]
    return faults.blank(place.report, place.dice.sample(zeros, 3), "", ("", "/")[place.nth % 2])


def _surplus(place: Place) -> Planted:
    rows = [
        row
        for row in faults.application_rows(place.report)
        if not any(place.figures[application(row, c)] for c in (*APPLICANTS, TOTAL))
    ]
    return faults.surplus_value(place.report, "applications", place.dice.choice(rows), "")


def _negative_result(place: Place) -> Planted:
    channel = place.dice.choice(CHANNELS)
    upheld, other = (Cell("disputes", result, channel) for result in ("upheld", "other"))
    by = int(place.figures[upheld]) + _other_than_0(place)
    return _shifted(place, {upheld: -by, other: by})


def _misprinted(place: Place, cell: Cell, text: str) -> Planted:
    return faults.misprint(place.report, {cell: text}, "")


def _negative_amount(place: Place) -> Planted:
    cell = FEES if FEES in place.report.printed else PROCUREMENT
    return _misprinted(place, cell, f"-{place.dice.randint(1, 99)}.5")


def _items_left(place: Place) -> Planted:
    cell = Cell("proactive", place.dice.choice(("licensing", "penalties", "fees")), "change")
    left = int(place.figures[Cell(*cell[:2], "prior_items")])
    return _misprinted(place, cell, f"-{left + _other_than_0(place)}")


def _other_total(place: Place, cell: Cell) -> Planted:
    return _shifted(place, {cell: _other_than_0(place)})


def _identity(place: Place) -> Report:
    """The report without a title and without prose that names agency or year."""
    sections = tuple(replace(section, paragraphs=()) for section in place.report.sections)
    return replace(place.report, introduction=(), sections=sections)


# --- prose


def _stated(place: Place, cell: Cell, rule: str, subject: str) -> Planted:
    """Prose that agrees with one other figure; by more than what was carried in."""
    by = int(place.figures[application("carried_in", TOTAL)]) + _other_than_0(place)
    return _restated(place, {**place.figures, cell: place.figures[cell] + by}, (rule, subject))


def _restated(place: Place, figures: Figures, *pairs: tuple[str, str]) -> Planted:
    numerals = prose.NUMERALS_OF_PROSE[place.slot.agency_no % 3]
    now = prose.sections(figures, place.voice, numerals=numerals)[0]
    was = place.report.sections[0]
    sections = (replace(was, paragraphs=(*now.paragraphs, was.paragraphs[-1])),)
    report = replace(place.report, sections=(*sections, *place.report.sections[1:]))
    return Planted(report, tuple(Finding(*pair, "", "", "") for pair in pairs))


def _none_received(place: Place) -> Planted:
    """Prose that says there was no application; one wording of it states two more figures."""
    none = {c: 0 if c.form_table == "applications" else v for c, v in place.figures.items()}
    pairs = [("narrative.none_received", "none_received")]
    if "办结0件" in prose.NO_REQUESTS[place.voice.wording("requests")]:
        stated = {"outcome_total": "requests_closed", "carried_out": "carried_out"}
        pairs += [
            ("narrative.outcomes", claim)
            for row, claim in stated.items()
            if place.figures[application(row, TOTAL)]
        ]
    return _restated(place, none, *pairs)


def _disputes_denied(place: Place) -> Planted:
    none = {c: 0 if c.form_table == "disputes" else v for c, v in place.figures.items()}
    return _restated(place, none, ("narrative.disputes", "disputes"))


def _sum(place: Place) -> Planted:
    section = place.report.sections[0]
    wrong = whole_and_parts(place.dice, place.dice.randint(1, 9))
    sections = (replace(section, paragraphs=(*section.paragraphs[:-1], wrong)),)
    report = replace(place.report, sections=(*sections, *place.report.sections[1:]))
    return Planted(report, (Finding("narrative.sums_in_prose", "sum", "", "", ""),))


def _period(place: Place) -> Planted:
    year = place.slot.year
    introduction = tuple(
        re.sub(f"{year}(年1月1日|年12月31日)", rf"{year - 1}\1", text)
        for text in place.report.introduction
    )
    found = Finding("narrative.year", "period", "", "", "")
    return Planted(replace(place.report, introduction=introduction), (found,))


def _author(place: Place) -> Planted:
    found = Finding("narrative.year", "author", "", "", "")
    introduction = (f"本报告由{OTHER_AGENCY}编制。",)
    return Planted(replace(place.report, introduction=introduction), (found,))


PRINTED: dict[str, tuple[Making, ...]] = {
    "completeness.tables_present": tuple(
        lambda p, table=table: faults.drop_table(p.report, table, "") for table in TABLES
    ),
    "completeness.cells_present": (
        lambda p: faults.drop_row(p.report, "applications", _outcome(p), ""),
    ),
    "completeness.values_readable": (
        lambda p: faults.unreadable(p.report, LICENSING, "若干", ""),
        lambda p: faults.unreadable(
            p.report, application(_outcome(p), p.dice.choice(APPLICANTS)), "见附件", ""
        ),
    ),
    "completeness.totals_filled": (_blank_total, _blank_dispute),
    "completeness.cells_filled": (_blank_zeros,),
    "completeness.row_shape": (_surplus,),
    "completeness.sections_present": (_section, _renumbered),
    "non_negativity.counts": (
        lambda p: _misprinted(p, LICENSING, f"-{_other_than_0(p)}"),
        _negative_result,
    ),
    "non_negativity.whole_counts": (
        lambda p: _misprinted(p, LICENSING, f"{_other_than_0(p)}.5"),
        lambda p: _misprinted(p, Cell("proactive", "coercion", "decisions"), "0.5"),
    ),
    "non_negativity.amounts": (_negative_amount,),
    "non_negativity.amount_precision": (
        lambda p: _misprinted(p, FEES, f"{_other_than_0(p)}.{p.dice.randint(1000, 9999)}5"),
    ),
    "non_negativity.items_left": (_items_left,),
    "balance.requests_closure": (
        lambda p: _other_total(p, application("new_received", p.dice.choice(APPLICANTS))),
        lambda p: _shifted(
            p,
            {
                application("new_received", "natural_person"): 3,
                application("new_received", "business"): -3
                if p.figures[application("new_received", "business")] >= 3
                else 2,
            },
        ),
    ),
    "balance.outcomes_total": (
        lambda p: _other_total(p, application(_outcome(p), p.dice.choice(APPLICANTS))),
    ),
    "balance.applicants_total": (
        lambda p: _other_total(p, application(_outcome(p), TOTAL)),
        lambda p: _other_total(p, application("new_received", p.dice.choice(APPLICANTS))),
    ),
    "balance.disputes_total": (
        lambda p: _other_total(p, Cell("disputes", "upheld", p.dice.choice(CHANNELS))),
        lambda p: _other_total(p, Cell("disputes", TOTAL, p.dice.choice(CHANNELS))),
    ),
    "narrative.requests_received": (
        lambda p: _stated(
            p,
            application("new_received", TOTAL),
            "narrative.requests_received",
            "requests_received",
        ),
        lambda p: _stated(
            p, application("carried_in", TOTAL), "narrative.requests_received", "carried_in"
        ),
    ),
    "narrative.none_received": (_none_received,),
    "narrative.outcomes": (
        lambda p: _stated(p, application("granted", TOTAL), "narrative.outcomes", "granted"),
        lambda p: _stated(
            p, application("outcome_total", TOTAL), "narrative.outcomes", "requests_closed"
        ),
        lambda p: _stated(
            p, application("rejected_petition", TOTAL), "narrative.outcomes", "rejected"
        ),
        lambda p: _stated(
            p, application("carried_out", TOTAL), "narrative.outcomes", "carried_out"
        ),
    ),
    "narrative.disputes": (
        lambda p: _stated(
            p, Cell("disputes", TOTAL, CHANNELS[0]), "narrative.disputes", "reconsideration"
        ),
        _disputes_denied,
        lambda p: _stated(
            p, Cell("disputes", TOTAL, CHANNELS[1]), "narrative.disputes", "litigation"
        ),
    ),
    "narrative.sums_in_prose": (_sum,),
    "narrative.year": (_period, _author),
}


# --- whole files


def _unidentified(place: Place) -> Wrong:
    """No agency, or no year; a list that asks for the report then misses it."""
    lost = ("agency", "report_year")[place.nth % 2]
    name, year = place.report.agency, place.slot.year
    title = f"{year}年" if lost == "agency" else name
    report = replace(_identity(place), title=f"{title}政府信息公开工作年度报告")
    found = place.findings(("completeness.identity_known", lost))
    return Wrong({place.file: text_of(report, place.slot)}, (*found, place.missing()))


def _bare(place: Place) -> Report:
    """The report under a name without a place."""
    title = f"{place.office}{place.slot.year}年政府信息公开工作年度报告"
    return replace(place.report, title=title, introduction=())


def _no_region(place: Place) -> Wrong:
    found = place.findings(("completeness.region_known", "region"))
    return Wrong({place.file: text_of(_bare(place), place.slot)}, found)


def _twice(place: Place) -> Wrong:
    """Two files of one report that differ in a figure which stands in no relation."""
    planted = faults.shift(place.report, {LICENSING: _other_than_0(place)}, "")
    second = place.file.replace(".txt", "2.txt")
    pair = ("completeness.one_per_year", "report")
    return Wrong(
        {
            place.file: text_of(place.report, place.slot),
            second: text_of(planted.report, place.slot),
        },
        (*place.findings(pair), Found(second, *pair)),
    )


def _late(place: Place) -> Wrong:
    date = f"{place.slot.year + 1}年{place.dice.randint(2, 6)}月{place.dice.randint(1, 28)}日"
    report = replace(place.report, introduction=(date, place.report.introduction[-1]))
    found = place.findings(("completeness.on_time", "published_on"))
    return Wrong({place.file: text_of(report, place.slot)}, found)


def _not_there(place: Place) -> Wrong:
    return Wrong({}, (place.missing(),))


# Ways of copying prose: section of last year's, section of another agency's, a file kept twice.
COPIES = (5, 1, "other", "file")


def copied_from(slot: Slot, nth: int) -> Slot | None:
    """The report whose prose a faulty one copies; None where the file itself is kept twice."""
    kind = COPIES[nth % len(COPIES)]
    if kind == "file":
        return None
    if kind == "other":
        return Slot(slot.agency_no + 1, slot.year)
    return Slot(slot.agency_no, slot.year - 1)


def words_of(planned: Mapping[Slot, tuple[str, int]]) -> dict[Slot, tuple[int, str]]:
    """Sections in words of their own, by report: those that are copied and the copies."""
    words = {}
    for slot, (rule, nth) in planned.items():
        source = copied_from(slot, nth) if rule == COPIED_TEXT else None
        if source:
            section_no = 1 if COPIES[nth % len(COPIES)] == 1 else 5
            words |= dict.fromkeys((slot, source), (section_no, f"{slot}"))
    return words


def _copied_text(place: Place) -> Wrong:
    kind = COPIES[place.nth % len(COPIES)]
    if kind == "file":
        text = text_of(_bare(place), place.slot)
        paths = (f"{county}/{place.file}" for county in ("云溪县", "松岭县"))
        found = place.findings((COPIED_TEXT, "file"))
        return Wrong(dict.fromkeys(paths, text), found, listed=False)
    found = place.findings((COPIED_TEXT, f"section.{1 if kind == 1 else 5}"))
    source = copied_from(place.slot, place.nth)
    if kind == "other" and source:
        # Which of two copied from the other nobody can tell: both are named.
        found = (*found, Found(file_name(source), COPIED_TEXT, "section.5"))
    return Wrong({place.file: text_of(place.report, place.slot)}, found)


FILES: dict[str, Callable[[Place], Wrong]] = {
    "completeness.identity_known": _unidentified,
    "completeness.region_known": _no_region,
    "completeness.one_per_year": _twice,
    "completeness.on_time": _late,
    "completeness.submitted": _not_there,
    COPIED_TEXT: _copied_text,
}
