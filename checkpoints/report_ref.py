"""Which report a person means: by a path, the beginning of its id, or agency and year."""

from __future__ import annotations

import re
from collections.abc import Sequence

import duckdb

from checkpoints.language import safe
from checkpoints.paths import shown
from ingest.discover import absolute

LEAST_DIGITS = 6
"""An id is known by so many of its first digits."""

MOST_CANDIDATES = 8

_YEAR = re.compile(r"(.+?)[\s·]*(\d{4})年?度?")

_Candidate = tuple[str, str | None, int | None, str]


class UnknownReport(ValueError):
    """No report, or more than one, goes by that name; the message lists candidates."""


def resolve(con: duckdb.DuckDBPyConnection, text: str) -> str:
    """The id of the report that ``text`` names, a current one where it names several.

    ``text`` is a path under which the report was read, the beginning of its id, or agency and
    year, such as 云溪县示例教育局 2022; an agency may be named by its last words alone, or, where
    it has one report, without year. Raises UnknownReport.
    """
    for found in (
        _at_path(con, text),
        _by_id(con, text),
        _by_name(con, text, "="),
        _by_name(con, text, "~"),
    ):
        if len(found) == 1:
            return found[0][0]
        if found:
            raise UnknownReport(
                f"“{safe(text)}”不止一份报告，请写明是哪一份 · several reports:\n{_list(found)}"
            )
    near = _near(con, text)
    hint = f"是否指 · perhaps:\n{_list(near)}" if near else "请先运行gouji check。"
    raise UnknownReport(
        f"没有“{safe(text)}”这份报告；可写文件路径、编号开头或“机关 年度” · "
        f"no such report: give its path, its id's beginning, or agency and year. {hint}"
    )


def _at_path(con: duckdb.DuckDBPyConnection, text: str) -> list[_Candidate]:
    return _select(
        con,
        """
        report_id in (
            select document_id from raw.sources where source_path = $path
            qualify seen_run = max(seen_run) over ()
        )
        """,
        path=absolute(text),
    )


def _by_id(con: duckdb.DuckDBPyConnection, text: str) -> list[_Candidate]:
    if not re.fullmatch(rf"[0-9a-f]{{{LEAST_DIGITS},64}}", text.lower()):
        return []
    return _select(con, "starts_with(report_id, $beginning)", beginning=text.lower())


def _by_name(con: duckdb.DuckDBPyConnection, text: str, how: str) -> list[_Candidate]:
    match = _YEAR.fullmatch(text.strip())
    agency, year = (match[1], int(match[2])) if match else (text.strip(), None)
    same = "agency = $agency" if how == "=" else "ends_with(agency, $agency)"
    return _select(
        con,
        f"is_current and {same} and ($year is null or report_year = $year)",
        agency=agency,
        year=year,
    )


def _near(con: duckdb.DuckDBPyConnection, text: str) -> list[_Candidate]:
    """The reports whose agency, year and path are most like ``text``."""
    return _select(
        con,
        "is_current",
        """
        jaro_winkler_similarity(concat_ws(' ', agency, report_year), $text) desc,
        source_path limit $most
        """,
        text=text,
        most=MOST_CANDIDATES,
    )


def _select(
    con: duckdb.DuckDBPyConnection, condition: str, order: str = "source_path", **values: object
) -> list[_Candidate]:
    return con.execute(
        f"""
        select report_id, agency, report_year, source_path from marts.reports
        where {condition} order by {order}
        """,
        values,
    ).fetchall()


def _list(candidates: Sequence[_Candidate]) -> str:
    lines = [
        f"  {report_id[:12]}  {safe(agency or '机关未识别')} {year or '年度未识别'}"
        f"  {safe(shown(path))}"
        for report_id, agency, year, path in candidates[:MOST_CANDIDATES]
    ]
    if len(candidates) > MOST_CANDIDATES:
        lines.append(f"  等{len(candidates)}份")
    return "\n".join(lines)
