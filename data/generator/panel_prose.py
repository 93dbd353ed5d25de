"""The faults of a panel in prose: sentences that are at odds with tables, title or themselves."""

from __future__ import annotations

import re
from dataclasses import replace

from data.generator import prose
from data.generator.faults import Finding, Planted
from data.generator.figures import Figures
from data.generator.forms import CHANNELS, TOTAL, Cell
from data.generator.panel_place import Making, Place, application, whole_and_parts

# Names that share a word may be those of one bureau that was renamed: this one shares none, nor
# its place.
OTHER_AGENCY = "渠阳县水务局"
# A sentence on telephones may be about requests by telephone alone: the rule leaves it undecided.
UNDECIDED = "公布了受理地址和电话，安排专人值守，"


def _stated(place: Place, cell: Cell, rule: str, subject: str) -> Planted:
    """Prose that agrees with one other figure; by more than what was carried in."""
    by = int(place.figures[application("carried_in", TOTAL)]) + place.some()
    return _restated(place, {**place.figures, cell: place.figures[cell] + by}, (rule, subject))


def _restated(place: Place, figures: Figures, *pairs: tuple[str, str]) -> Planted:
    numerals = prose.NUMERALS_OF_PROSE[place.slot.agency_no % 3]
    now = prose.sections(figures, place.voice, numerals=numerals)[0]
    now = replace(now, paragraphs=tuple(text.replace(UNDECIDED, "") for text in now.paragraphs))
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
    text = prose.phrases()["introduction"][place.nth % 4].format(
        agency=place.report.agency, year=year
    )
    introduction = (re.sub(f"{year}(年1月1日|年12月31日)", rf"{year - 1}\1", text),)
    found = Finding("narrative.year", "period", "", "", "")
    return Planted(replace(place.report, introduction=introduction), (found,))


def _author(place: Place) -> Planted:
    found = Finding("narrative.year", "author", "", "", "")
    introduction = (f"本报告由{OTHER_AGENCY}编制。",)
    return Planted(replace(place.report, introduction=introduction), (found,))


SAID: dict[str, tuple[Making, ...]] = {
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
