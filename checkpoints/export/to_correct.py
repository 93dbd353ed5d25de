"""What each agency should correct or check: the lines of the lists."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from itertools import groupby

import duckdb

from checkpoints.export.words import word
from checkpoints.language import Language, safe
from checkpoints.paths import shown

MOST_PLACES = 4
"""Places that a line of several findings spells out."""


@dataclass(frozen=True)
class Line:
    """A group of findings of one cause, ready to be read."""

    severity: str
    rule: str
    place: str
    problem: str
    arithmetic: str
    advice: str
    page: int | None


@dataclass(frozen=True)
class Report:
    """A report, its lines worst first, and how many groups are not among them and why."""

    report_id: str
    agency_id: str | None
    agency: str | None
    region: str | None
    report_year: int | None
    file: str
    lines: tuple[Line, ...]
    count_doubtful: int
    count_waived: int

    def count(self, severity: str) -> int:
        """Lines of one severity."""
        return sum(line.severity == severity for line in self.lines)

    @property
    def key(self) -> str:
        """What tells one agency from another; an unknown one stands alone."""
        return self.agency_id or self.report_id


_REPORTS = """
select
    r.report_id, r.agency_id, r.agency, r.region, r.report_year, r.source_path,
    count(g.group_id) filter (where g.origin <> 'source' and not g.waived),
    count(g.group_id) filter (where g.waived)
from marts.reports as r
left join marts.finding_groups as g
    on r.report_id = g.report_id and g.severity in ('error', 'warning')
where list_contains($ids, r.report_id)
group by
    r.report_id, r.agency_id, r.agency, r.region, r.report_year, r.source_path
order by r.agency nulls last, r.region nulls last, r.report_year nulls last, r.report_id
"""

# Only what the report itself prints: a doubtful reading accuses nobody.
_FINDINGS = """
select
    f.report_id, f.group_id, g.severity, g.rule, g.page,
    if($zh, f.where_zh, f.where_en), if($zh, f.detail_zh, f.detail_en),
    if($zh, rules.title_zh, rules.title_en), if($zh, rules.advice_zh, rules.advice_en),
    coalesce(f.expected = 0 and f.actual is null, false)
from marts.findings as f
inner join marts.finding_groups as g using (group_id)
inner join form.rules as rules on g.rule = rules.rule
left join form.indicators as cells
    on f.form_table = cells.form_table
    and f.indicator = cells.indicator
    and f.breakdown = cells.breakdown
where
    list_contains($ids, f.report_id)
    and g.severity in ('error', 'warning')
    and g.origin = 'source'
    and not g.waived
    and not f.waived
order by
    f.report_id, g.severity, g.page nulls last, g.rule, g.group_id, f.page nulls last, f.row_no,
    cells.ordinal, f.subject
"""


def read_reports(
    con: duckdb.DuckDBPyConnection, report_ids: Collection[str], language: Language
) -> list[Report]:
    """The reports by agency and year, those with nothing to correct too."""
    ids = list(report_ids)
    found = con.execute(_FINDINGS, {"ids": ids, "zh": language == "zh"}).fetchall()
    lines: dict[str, list[Line]] = {}
    for (report_id, _), group in groupby(found, key=lambda row: (row[0], row[1])):
        lines.setdefault(report_id, []).append(_line([row[2:] for row in group], language))
    return [
        Report(
            report_id,
            agency_id,
            agency,
            region,
            year,
            shown(path),
            tuple(lines.get(report_id, ())),
            doubtful,
            waived,
        )
        for report_id, agency_id, agency, region, year, path, doubtful, waived in con.execute(
            _REPORTS, {"ids": ids}
        ).fetchall()
    ]


def _line(findings: list[tuple[object, ...]], language: Language) -> Line:
    severity, rule, page, _, _, title, advice, _ = findings[0]
    places = [safe(str(finding[3])) for finding in findings]
    details = [safe(str(finding[4])) for finding in findings]
    if len(findings) > 1 and len(set(details)) > 1:
        colon = "：" if language == "zh" else ": "
        details = [place + colon + text for place, text in zip(places, details, strict=True)]
    if len(findings) > 1 and all(finding[7] for finding in findings):
        advice = word("fill_zero", language)
    return Line(
        severity=str(severity),
        rule=str(rule),
        place=_shortened(places, language),
        problem=word("not_so", language, title=title),
        arithmetic=_shortened(list(dict.fromkeys(details)), language),
        advice=str(advice),
        page=page if isinstance(page, int) else None,
    )


def _shortened(texts: list[str], language: Language) -> str:
    listed = texts[:MOST_PLACES]
    if len(texts) > MOST_PLACES:
        listed.append(word("and_more", language, n=len(texts)))
    return "\n".join(listed)
