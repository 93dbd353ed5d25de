"""Add a reviewed line to waivers.csv or corrections.csv: the commands waive and correct."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from checkpoints.language import safe
from checkpoints.pipeline import require_marts
from checkpoints.report_ref import resolve
from ingest import warehouse
from ingest.companions import Companion, day
from ingest.reviews import CORRECTIONS, WAIVERS, right_value

MOST_CANDIDATES = 12

_NAME = "translate(regexp_replace({}, '[\\s]+', '', 'g'), '（）．•・‧', '().···')"
_SAME_PLACE = (
    f"({{code}} = $cell or starts_with($cell, {{code}} || ' ')"
    f" or {_NAME.format('{name}')} = {_NAME.format('$cell')})"
)


class NotReviewable(ValueError):
    """What is to be waived or corrected is not there; the message lists what is."""


@dataclass(frozen=True)
class Signed:
    """Why, and who answers for it; both must be said. ``file`` is where, beside the report if None.

    Raises NotReviewable where a word is missing.
    """

    reason: str
    who: str
    file: Path | None = None

    def __post_init__(self) -> None:
        for name, value in (("--reason", self.reason), ("--who", self.who)):
            if not value.strip():
                raise NotReviewable(f"{name}不能为空 · {name} must not be empty")


@dataclass(frozen=True)
class Added:
    """The line that was added: where, and what it says."""

    file: Path
    line_no: int
    words: str


def waive(
    database: Path, report: str, rule: str, cell: str | None, signed: Signed, until: str | None
) -> Added:
    """Add the line of ``waivers.csv`` by which one finding no longer counts.

    ``cell`` is the finding's code or place in words; it may be left out where the rule has one
    finding in the report. Raises NotReviewable, UnknownReport and CompanionError.
    """
    last_day = _last_day(until)
    require_marts(database)
    with closing(warehouse.connect(database)) as con:
        report_id = resolve(con, report)
        agency, region, scope, year, path = con.execute(
            "select agency, region, scope, report_year, source_path from marts.reports"
            " where report_id = ?",
            [report_id],
        ).fetchall()[0]
        subject, place, printed = _finding(con, report_id, rule, cell)
    if agency is None or year is None:
        raise NotReviewable(
            "这份报告的机关或年度未识别，换一个文件就认不出来；"
            "请先在sources.csv中注明，再运行gouji check"
            " · agency or year unknown: state them in sources.csv first"
        )
    values = {
        "agency": agency,
        "region": region or "",
        "scope": scope or "",
        "year": str(year),
        "rule": rule,
        "cell": f"{subject} {place}",
        "printed_value": printed,
        "reason": signed.reason,
        "who": signed.who,
        "until": last_day,
    }
    return _add(WAIVERS, path, signed.file, values, f"{agency} {year} {place} [{rule}]")


def correct(database: Path, report: str, cell: str, right: str, signed: Signed) -> Added:
    """Add the line of ``corrections.csv`` by which one cell counts as ``right``.

    ``right`` is what the original shows: a number, a mark such as /, or nothing for a blank.
    Raises NotReviewable, UnknownReport and CompanionError.
    """
    try:
        value = right_value(right.strip()) if right.strip() else ""
    except ValueError as error:
        raise NotReviewable(f"“{safe(right)}”{error} · no number") from error
    require_marts(database)
    with closing(warehouse.connect(database)) as con:
        report_id = resolve(con, report)
        paths = con.execute(
            "select source_path from marts.reports where report_id = ?", [report_id]
        ).fetchall()
        code, place, read = _cell(con, report_id, cell)
    values = {
        "document": report_id,
        "cell": f"{code} {place}",
        "read_value": read,
        "right_value": value,
        "reason": signed.reason,
        "who": signed.who,
        "date": date.today().isoformat(),
    }
    words = f"{place}：{read or '空白'} → {value or '空白'}"
    return _add(CORRECTIONS, paths[0][0], signed.file, values, words)


def _last_day(until: str | None) -> str:
    if until is None:
        return ""
    try:
        last = day(until.strip())
    except ValueError as error:
        raise NotReviewable(f"--until“{safe(until)}”{error} · no date") from error
    if last < date.today():
        raise NotReviewable(f"--until {last}已经过去 · --until {last} has passed")
    return last.isoformat()


def _finding(
    con: duckdb.DuckDBPyConnection, report_id: str, rule: str, cell: str | None
) -> tuple[str, str, str]:
    """Subject, place in words and printed value of the one finding that is meant."""
    rules = [row[0] for row in con.execute("select rule from form.rules").fetchall()]
    if rule not in rules:
        raise NotReviewable(
            f"没有规则{safe(rule)}；规则有 · no such rule, there are:{_list(rules, len(rules))}"
        )
    select = """
        select subject, where_zh, printed_value from marts.findings
        where report_id = $report_id and rule = $rule
    """
    named = {"report_id": report_id, "rule": rule}
    found = there = con.execute(f"{select} order by subject", named).fetchall()
    if cell is not None:
        same = _SAME_PLACE.format(code="subject", name="where_zh")
        found = con.execute(f"{select} and {same}", {**named, "cell": cell.strip()}).fetchall()
    if len(found) == 1:
        return found[0]
    if there:
        places = [f"{subject}  {place}" for subject, place, _ in there]
        raise NotReviewable(
            f"请写明是哪一处；这份报告不符合{rule}的有 · say which of these:{_list(places)}"
        )
    others = con.execute(
        "select distinct rule || '  ' || subject from marts.findings where report_id = ?"
        " order by all",
        [report_id],
    ).fetchall()
    listed = _list([o[0] for o in others])
    raise NotReviewable(f"这份报告没有{rule}的问题；现有 · no such finding, there are:{listed}")


def _cell(con: duckdb.DuckDBPyConnection, report_id: str, cell: str) -> tuple[str, str, str]:
    """Code, name and text as read of the one cell that is meant."""
    code = "form_table || '.' || indicator || '.' || breakdown"
    select = f"""
        select {code}, name_zh, coalesce(trim(raw_text), '')
        from marts.cell_values inner join intermediate.int_cell_names
            using (form_table, indicator, breakdown)
        where report_id = $report_id
    """
    same = _SAME_PLACE.format(code=f"({code})", name="name_zh")
    named = {"report_id": report_id, "cell": cell.strip()}
    found: list[tuple[str, str, str]] = con.execute(f"{select} and {same}", named).fetchall()
    if len(found) == 1:
        return found[0]
    near = con.execute(
        f"{select} order by greatest(jaro_winkler_similarity({code}, $cell),"
        " jaro_winkler_similarity(name_zh, $cell)) desc limit 8",
        named,
    ).fetchall()
    places = [f"{code}  {name}" for code, name, _ in near]
    raise NotReviewable(
        f"这份报告的表式中没有“{safe(cell)}”这一格；"
        f"相近的有 · no such cell, near ones:{_list(places)}"
    )


def _add(
    companion: Companion, report: str, file: Path | None, values: dict[str, str], words: str
) -> Added:
    target = Path(report).parent / companion.name if file is None else file.absolute()
    if target.is_dir():
        target /= companion.name
    if target.name != companion.name:
        raise NotReviewable(
            f"--file必须是名为{companion.name}的文件，否则不会被读取"
            f" · the file must be called {companion.name}"
        )
    return Added(target, companion.append(target, values), words)


def _list(names: Sequence[str], most: int = MOST_CANDIDATES) -> str:
    lines = [f"\n  {safe(name)}" for name in names[:most]]
    if len(names) > most:
        lines.append(f"\n  …（{len(names)}）")
    return "".join(lines)
