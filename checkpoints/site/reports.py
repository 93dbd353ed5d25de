"""The page of a report: what does not tie out, the form with its cells marked, the original."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

from checkpoints.explain import Explained, FormCell, Found, Suspicion, read_explained
from checkpoints.groups import Group
from checkpoints.numbers import plain, total
from checkpoints.outcome import Report
from checkpoints.reviewed import Reviewed
from checkpoints.site import form
from checkpoints.site.addresses import cell_anchor, group_anchor, report_page, source_url
from checkpoints.site.catalogue import Agency, Entry
from checkpoints.site.environment import NAVIGATION
from checkpoints.site.page import Page, Site, Task
from checkpoints.site.pictures import read_pictures
from checkpoints.site.standing import SIGNS, standing, standings
from checkpoints.summary import group_words
from expectations.rules import read_rules
from ingest.document import LEAST_SURE

TEMPLATE = "report.html"

RULES = "rules.html"

CORRECTED = "corrected"
"""Resolution of a cell whose number a person has put right."""

Place = tuple[str, str | None, str | None]
"""Table, row and column; without column a row, without row a table."""


@dataclass(frozen=True)
class Told:
    """A group of findings as the page tells it: its number on the page, and its findings."""

    number: int
    group: Group
    findings: Sequence[Found]

    @property
    def state(self) -> str:
        """Severity, or waived."""
        return "waived" if self.group.waived else self.group.severity


def pages(site: Site) -> Iterator[Task]:
    """One page for each report of the run."""
    with closing(site.connect()) as con:
        content = dict(con.execute(_DIGESTS).fetchall())
    pictures = read_pictures(site.folder)
    digests = {}
    for agency, entry in site.catalogue.entries():
        report = entry.report
        if report is not None and entry.page is not None:
            shown = (
                *(entry, agency.name, agency.page, _years(agency), _reviewed(site, report)),
                *(content.get(report.report_id), pictures.get(report.report_id)),
            )
            digests[entry.page] = hashlib.sha256(repr(shown).encode()).hexdigest()
    yield Task(digests, make)


def make(site: Site, paths: Collection[str]) -> Iterator[Page]:
    """The pages of some reports, which are read together."""
    wanted = {
        entry.report.report_id: (agency, entry)
        for agency, entry in site.catalogue.entries()
        if entry.report is not None and entry.page in paths
    }
    with closing(site.connect()) as con:
        found = read_explained(con, wanted)
    for explained in found:
        yield _page(site, explained, *wanted[explained.report.report_id])


def _page(site: Site, explained: Explained, agency: Agency, entry: Entry) -> Page:
    report, facts = entry.report, entry.facts
    if report is None or facts is None:
        raise ValueError(f"{explained.report.report_id}: no report of this run")
    path = report_page(report.report_id)
    findings = {line.group_id: line.findings for line in explained.lines}
    told = [
        Told(number, group, findings.get(group.group_id, ()))
        for number, group in enumerate(report.groups, start=1)
    ]
    pictures = read_pictures(site.folder).get(report.report_id, ())
    return site.page(
        path,
        TEMPLATE,
        agency=agency,
        report=report,
        facts=facts,
        years=_years(agency),
        numbered=told,
        marks=_marks(told),
        cells=_places(explained.cells),
        compared=site.outcome.has_history,
        standings=standings(report.groups),
        tables=_tables(explained.cells, facts.editions),
        on_page={cell.form_table for cell in explained.cells},
        suspicions=_by_table(explained),
        doubtful=[cell for cell in explained.cells if is_doubtful(cell)],
        reviewed=_reviewed(site, report),
        pictures=pictures,
        pictured=[picture.page for picture in pictures],
        rules={rule.rule: (rule.title_zh, rule.title_en) for rule in read_rules()},
        rules_page=RULES if RULES in dict(NAVIGATION) else None,
        group_words=group_words,
        by=_HELPERS,
        source=lambda page=None: source_url(report.source_path, site.folder / "reports", page),
        **_HELPERS,
    )


def is_doubtful(cell: FormCell) -> bool:
    """Whether a person must look because it was recognised with little confidence."""
    return cell.confidence is not None and cell.confidence < LEAST_SURE


def is_ordinary(cell: FormCell) -> bool:
    """Whether there is no more to show than the number as it is printed."""
    return (
        cell.value is not None
        and cell.raw_text == plain(cell.value)
        and cell.suggested is None
        and cell.resolution != CORRECTED
        and not is_doubtful(cell)
    )


def printed(cell: FormCell) -> str:
    """What the cell shows of a number: as it is printed, or, where corrected, the right number."""
    raw = (cell.raw_text or "").strip()
    if cell.resolution == CORRECTED or not raw:
        return "" if cell.value is None else plain(cell.value)
    return raw


def converted(cell: FormCell) -> str | None:
    """The number that counts, where that is not evident from what is printed."""
    if cell.value is None or cell.resolution == CORRECTED:
        return None
    number = plain(cell.value)
    return None if _digits(printed(cell)) == _digits(number) else number


def _digits(text: str) -> str:
    """A printed number without separators, plus sign and decimals that say nothing."""
    digits = unicodedata.normalize("NFKC", text).replace(",", "").replace(" ", "").removeprefix("+")
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def equation(found: Found) -> str | None:
    """Both sides of what does not tie out, such as ``12 + 1 = 13 ≠ 10 + 2 = 12``."""
    if found.left and found.right:
        return f"{total(found.left)} ≠ {total(found.right)}"
    if found.sentence and found.expected is not None and found.actual is not None:
        return f"{plain(found.expected)} ≠ {plain(found.actual)}"
    return None


def difference(found: Found) -> str:
    """How far apart both sides are."""
    return plain(abs((found.actual or Decimal()) - (found.expected or Decimal())))


def _marks(told: Sequence[Told]) -> Mapping[Place, list[Told]]:
    """The groups that speak of a cell, a row or a table."""
    marks: dict[Place, list[Told]] = {}
    for each in told:
        for found in each.findings:
            if found.form_table is not None:
                here = marks.setdefault((found.form_table, found.indicator, found.breakdown), [])
                if each not in here:
                    here.append(each)
    return marks


def _tables(
    cells: Sequence[FormCell], editions: Mapping[str, str | None]
) -> list[tuple[str, list[form.Block], list[int]]]:
    """Tables that the report should have: code, blocks, and the pages they are on."""
    tables = []
    for form_table in form.TABLES:
        own = [cell for cell in cells if cell.form_table == form_table]
        if own:
            on = sorted({cell.page for cell in own if cell.page is not None})
            tables.append((form_table, form.blocks(form_table, editions[form_table], own), on))
    return tables


def _by_table(explained: Explained) -> dict[str, list[list[Suspicion]]]:
    """The smallest sets of changes of each table, the likeliest first."""
    return {
        form_table: [list(one) for _, one in groupby(found, key=lambda each: each.solution_no)]
        for form_table, found in groupby(explained.suspicions, key=lambda each: each.form_table)
    }


def _places(cells: Sequence[FormCell]) -> dict[Place, form.Words]:
    """The cells and rows that the page can lead to, with their names."""
    found: dict[Place, form.Words] = {}
    for cell in cells:
        found[cell.form_table, cell.indicator, None] = (cell.row_zh, cell.row_en)
        found[cell.key] = (f"{cell.row_zh}·{cell.column_zh}", f"{cell.row_en}: {cell.column_en}")
    return found


def _years(agency: Agency) -> list[tuple[int | None, str, str, bool]]:
    """Year, page, state and whether it is current of each report of the agency."""
    return [
        (entry.year, entry.page, standing(entry.report.groups).worst, entry.report.is_current)
        for entry in agency.entries
        if entry.report is not None and entry.page is not None
    ]


def _reviewed(site: Site, report: Report) -> list[Reviewed]:
    return [line for line in site.outcome.reviewed if line.report_id == report.report_id]


_HELPERS: Mapping[str, Any] = {
    "anchor": cell_anchor,
    "group_anchor": group_anchor,
    "report_page": report_page,
    "printed": printed,
    "converted": converted,
    "is_doubtful": is_doubtful,
    "is_ordinary": is_ordinary,
    "equation": equation,
    "difference": difference,
    "plain_number": plain,
    "CORRECTED": CORRECTED,
    "signs": SIGNS,
}

# Of the rows that a page shows, added up so that their order does not matter.
_DIGESTS = """
    with seen as (
        select report_id, hash(cells) as digest from marts.cell_values as cells
        union all
        select report_id, hash(findings) from marts.findings as findings where report_id is not null
        union all
        select report_id, hash(suspects) from marts.suspects as suspects
    )
    select report_id, sum(digest::hugeint)::varchar from seen group by report_id
"""
