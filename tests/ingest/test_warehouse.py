import random
import shutil
from contextlib import closing

import duckdb
import pytest

from ingest import text, warehouse
from ingest.load import load
from ingest.matching import SEEDS, expect_texts, update_label_matches
from ingest.warehouse import DatabaseUnusable, Rejection
from tests.ingest.documents import report


@pytest.fixture
def con(tmp_path):
    con = warehouse.connect(tmp_path / "build" / "gouji.duckdb")
    yield con
    con.close()


def rows(con, query):
    return con.execute(query).fetchall()


def test_document_is_stored_whole(con):
    document = text.read(report())
    load(con, run=1, documents=[document], sources=[(document.sha256, "/a.txt")])
    assert rows(con, "select document_id, format, byte_size, page_count from raw.documents") == [
        (document.sha256, "text", len(report()), None)
    ]
    assert rows(con, "select count(*) from raw.cells") == [(len(document.cells),)]
    assert rows(con, "select count(*) from raw.paragraphs") == [(len(document.paragraphs),)]
    assert rows(con, "select source_path, seen_run from raw.sources") == [("/a.txt", 1)]
    assert rows(con, "select count(*) from raw.documents where ingested_at is null") == [(0,)]


def test_known_document_stays_as_it_is(con):
    document = text.read(report())
    for run in (1, 2):
        load(con, run=run, documents=[document, document], sources=[(document.sha256, "/a.txt")])
    assert rows(con, "select count(*) from raw.documents") == [(1,)]
    assert rows(con, "select count(*) from raw.cells") == [(len(document.cells),)]
    assert rows(con, "select seen_run from raw.sources") == [(2,)]


def test_batch_is_stored_wholly_or_not_at_all(con):
    document = text.read(report())
    twice = Rejection("/b.txt", None, "unreadable", "damaged", "。")
    with pytest.raises(duckdb.ConstraintException):
        load(con, run=1, documents=[document], rejections=[twice, twice])
    assert rows(con, "select count(*) from raw.documents") == [(0,)]


def test_rejection_is_replaced_and_lost_when_the_path_is_readable(con):
    document = text.read(report())
    first, second = (
        Rejection("/a.txt", "0", "unreadable", reason, "。") for reason in ("damaged", "empty")
    )
    load(con, run=1, rejections=[first])
    load(con, run=2, rejections=[second])
    assert rows(con, "select reason from raw.rejections") == [("empty",)]
    load(con, run=3, documents=[document], sources=[(document.sha256, "/a.txt")])
    assert rows(con, "select * from raw.rejections") == []


def test_label_matches_are_scored_once_and_anew_for_new_seeds(con, tmp_path):
    for name in ("labels.csv", "headers.csv"):
        (tmp_path / name).write_bytes((SEEDS / name).read_bytes())
    load(con, run=1, documents=[text.read(report())])
    assert update_label_matches(con, tmp_path) == 4
    assert update_label_matches(con, tmp_path) == 0
    matched = "select code, method from raw.label_matches where text = '行政许可'"
    assert ("licensing", "exact") in rows(con, matched)
    with (tmp_path / "labels.csv").open("a") as file:
        file.write("proactive,row,renamed,行政许可事项,\n")
    assert update_label_matches(con, tmp_path) == 4
    assert len(rows(con, "select distinct text from raw.label_matches")) == 4


def test_texts_of_new_documents_alone_are_looked_at_unless_a_run_broke_off(con):
    other = report(4).replace("行政许可".encode(), "行政许可事项".encode())
    first, second = text.read(report()), text.read(other)
    assert not expect_texts(con)
    load(con, run=1, documents=[first])
    assert update_label_matches(con) > 0
    assert expect_texts(con)
    load(con, run=2, documents=[second])
    assert update_label_matches(con, of=[first.sha256]) == 0
    expect_texts(con)
    assert not expect_texts(con)
    assert update_label_matches(con) == 1


def test_newer_schema_is_refused(tmp_path):
    con = warehouse.connect(tmp_path / "new.duckdb")
    warehouse.put_meta(con, "schema_version", str(warehouse.SCHEMA_VERSION + 1))
    con.close()
    with pytest.raises(DatabaseUnusable, match="升级"):
        warehouse.connect(tmp_path / "new.duckdb")


def test_other_file_is_refused(tmp_path):
    (tmp_path / "x.duckdb").write_text("这不是数据库" * 1000)
    with pytest.raises(DatabaseUnusable, match="--db"):
        warehouse.connect(tmp_path / "x.duckdb")


@pytest.fixture
def powered_off(tmp_path):
    """The database and its log as they lie on the disk while ten reports are being stored."""
    con = warehouse.connect(tmp_path / "running.duckdb")
    con.execute("checkpoint")
    con.execute("set wal_autocheckpoint = '1TB'")
    for n in range(10):
        document = text.read(report(n))
        load(con, run=1, documents=[document], sources=[(document.sha256, f"/{n}")])
    image = tmp_path / "image.duckdb"
    shutil.copy(tmp_path / "running.duckdb", image)
    shutil.copy(tmp_path / "running.duckdb.wal", tmp_path / "image.duckdb.wal")
    con.close()
    return image


def whole_documents(database):
    """How many documents there are, all of which have their cells, paragraphs and source."""
    with closing(warehouse.connect(database)) as con:
        [(count,)] = rows(con, "select count(*) from raw.documents")
        for table in ("cells", "paragraphs", "sources"):
            assert rows(con, f"select count(distinct document_id) from raw.{table}") == [(count,)]
    return count


def test_log_that_breaks_off_anywhere_leaves_whole_documents(powered_off):
    log = powered_off.with_name("image.duckdb.wal")
    data, log_parts = powered_off.read_bytes(), log.read_bytes()
    dice = random.Random(1)
    left = set()
    for end in sorted(dice.randrange(len(log_parts)) for _ in range(12)):
        powered_off.write_bytes(data)
        log.write_bytes(log_parts[:end])
        left.add(whole_documents(powered_off))
    assert len(left) > 3 and max(left) <= 10


def test_damaged_log_is_named_and_costs_only_what_it_held(powered_off):
    log = powered_off.with_name("image.duckdb.wal")
    data = bytearray(log.read_bytes())
    data[data.index("某市某局".encode())] ^= 0xFF
    log.write_bytes(data)
    with pytest.raises(DatabaseUnusable, match=r"image\.duckdb\.wal.*移走.* · .*move it away"):
        warehouse.connect(powered_off)
    log.rename(log.with_suffix(".away"))
    assert whole_documents(powered_off) == 0
