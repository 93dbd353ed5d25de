"""The benchmark of one new report adds one, and subtracts what the command costs anyway."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from bench.incremental import Cost, Measured, lines, one_more
from ingest import text, warehouse
from ingest.load import load
from tests.ingest.documents import report


def test_the_new_report_is_a_copy_under_another_county(tmp_path: Path) -> None:
    database = tmp_path / "gouji.duckdb"
    read = text.read(report().replace("某市某局".encode(), "云溪县某局".encode()))
    with closing(warehouse.connect(database)) as con:
        load(con, run=1, documents=[read], sources=[(read.sha256, "/云溪县/a.txt")])
        con.execute("create schema marts")
        con.execute(
            f"create table marts.reports as select '{read.sha256}' report_id, '云溪县' region"
        )
    added = one_more(database)
    with closing(warehouse.connect(database)) as con:
        assert con.execute("select count(*) from raw.documents").fetchall() == [(2,)]
        for table in ("cells", "paragraphs"):
            counts = con.execute(
                f"select count(*) from raw.{table} group by document_id"
            ).fetchall()
            assert len(counts) == 2 and counts[0] == counts[1]
        said = con.execute(
            "select source_path, text from raw.sources"
            " inner join raw.paragraphs using (document_id)"
            " where document_id = ? order by block_no limit 1",
            [added],
        ).fetchall()
    assert said == [("/新云溪县/a.txt", "新云溪县某局2023年政府信息公开工作年度报告")]


def test_what_the_command_costs_anyway_does_not_count() -> None:
    measured = Measured(100, Cost(101.0, 900), Cost(1.0, 100), Cost(5.0, 200), differing=("a.b",))
    assert measured.ratio == pytest.approx(0.04)
    assert lines(measured)[-2].endswith("4.00%")
    assert "a.b" in lines(measured)[-1]
