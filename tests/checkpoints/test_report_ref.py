"""A report is found by path, id, or agency and year, and nothing else is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from checkpoints.report_ref import UnknownReport, resolve

OLD, NEW, OTHER = "a" * 64, "ab" * 32, "c" * 64


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    """An agency of two years, the later in two versions, and one of the same bare name."""
    with duckdb.connect() as con:
        con.execute("create schema raw; create schema marts")
        con.execute(
            "create table raw.sources as select * from (values"
            f" ('{OLD}', '/r/a.pdf', 1), ('{NEW}', '/r/a.pdf', 2), ('{OTHER}', '/r/b.pdf', 1)"
            ") as t (document_id, source_path, seen_run)"
        )
        con.execute(
            "create table marts.reports as select * from (values"
            f" ('{OLD}', '松岭县教育局', 2022, '/r/a.pdf', false),"
            f" ('{NEW}', '松岭县教育局', 2022, '/r/a.pdf', true),"
            f" ('{OTHER}', '云溪县教育局', 2023, '/r/b.pdf', true)"
            ") as t (report_id, agency, report_year, source_path, is_current)"
        )
        yield con


@pytest.mark.parametrize(
    ("text", "report_id"),
    [
        ("/r/a.pdf", NEW),
        ("/r/../r/b.pdf", OTHER),
        ("aaaaaaa", OLD),
        ("ABABAB", NEW),
        ("松岭县教育局 2022", NEW),
        ("松岭县教育局2022年", NEW),
        ("教育局 2023年度", OTHER),
        ("云溪县教育局", OTHER),
    ],
)
def test_a_report_by_what_people_call_it(
    con: duckdb.DuckDBPyConnection, text: str, report_id: str
) -> None:
    assert resolve(con, text) == report_id


@pytest.mark.parametrize(
    "text", ["教育局", "松岭县教育局 2023", "cccc", "/r/c.pdf", "", "%", "2022"]
)
def test_candidates_where_none_or_several_go_by_it(
    con: duckdb.DuckDBPyConnection, text: str
) -> None:
    with pytest.raises(UnknownReport) as caught:
        resolve(con, text)
    assert "松岭县教育局 2022" in str(caught.value)
    assert "云溪县教育局 2023" in str(caught.value)
    assert Path("/r/b.pdf").as_posix() in str(caught.value)


def test_an_empty_database_says_what_to_do(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("delete from marts.reports")
    with pytest.raises(UnknownReport, match="请先运行gouji check"):
        resolve(con, "某局 2022")
