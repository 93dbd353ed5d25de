"""The benchmark of one new report adds one, and subtracts what the command costs anyway."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from bench.parts.incremental import ALL, NOTHING, ONE, table
from bench.records import Record
from bench.work.one_more import one_more
from ingest import text, warehouse
from tests.ingest.documents import report


def test_the_new_report_is_a_copy_under_another_county(tmp_path: Path) -> None:
    database = tmp_path / "gouji.duckdb"
    read = text.read(report().replace("某市某局".encode(), "云溪县某局".encode()))
    with closing(warehouse.connect(database)) as con:
        warehouse.load(con, run=1, documents=[read], sources=[(read.sha256, "/云溪县/a.txt")])
        con.execute("create schema marts")
        con.execute(
            f"create table marts.reports as select '{read.sha256}' report_id, '云溪县' region"
        )
    added = one_more(database)
    with closing(warehouse.connect(database)) as con:
        assert con.execute("select count(*) from raw.documents").fetchall() == [(2,)]
        for rows in ("cells", "paragraphs"):
            counts = con.execute(f"select count(*) from raw.{rows} group by document_id").fetchall()
            assert len(counts) == 2
            assert counts[0] == counts[1]
        said = con.execute(
            "select source_path, text from raw.sources"
            " inner join raw.paragraphs using (document_id)"
            " where document_id = ? order by block_no limit 1",
            [added],
        ).fetchall()
    assert said == [("/新云溪县/a.txt", "新云溪县某局2023年政府信息公开工作年度报告")]


@pytest.mark.parametrize(("new", "share"), [(5.0, "4.0%"), (51.0, "50.0%")])
def test_what_the_command_costs_anyway_does_not_count(new: float, share: str) -> None:
    cpu = {ALL: 101.0, NOTHING: 1.0, ONE: new}
    made = [Record("incremental", 100, name, [s], [s], [1.0]) for name, s in cpu.items()]
    assert table(made).splitlines()[-1].endswith(f"| {share} |")
