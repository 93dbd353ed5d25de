import csv
import hashlib
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from ingest import pool, read, registry
from ingest.discover import PathNotFound
from ingest.read import ingest
from tests.ingest.documents import report

SAMPLE_PDF = min((Path(__file__).parents[2] / "data" / "reports").glob("*.pdf"))

SNAPSHOT = {
    "documents": "select * exclude (ingested_at)",
    "sources": "select * exclude (seen_at)",
    "paragraphs": "select *",
    "cells": "select *",
    "label_matches": "select *",
    "rejections": "select * exclude (rejected_at)",
    "source_facts": "select *",
}


def snapshot(database) -> dict[str, list[tuple]]:
    with duckdb.connect(str(database), read_only=True) as con:
        return {
            table: sorted(con.execute(f"{query} from raw.{table}").fetchall(), key=repr)
            for table, query in SNAPSHOT.items()
        }


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "reports"
    folder.mkdir()
    for n in range(9):
        (folder / f"{n}.txt").write_bytes(report(n))
    (folder / "copy.txt").write_bytes(report(0))
    (folder / "bad.pdf").write_bytes(b"%PDF-1.4 and nothing else")
    (folder / "later.docx").write_bytes(b"<html>")
    (folder / "minutes.txt").write_text("会议纪要", encoding="utf-8")
    (folder / "x.xlsx").write_bytes(b"")
    return folder


@pytest.fixture
def database(tmp_path):
    return tmp_path / "gouji.duckdb"


def test_report_of_a_run(folder, database):
    found = ingest([folder], database)
    assert len(found.reports) == found.count_read == 9
    assert found.count_known == 0
    assert [len(paths) for paths in found.reports.values()].count(2) == 1
    assert [(r.source_path.rpartition("/")[2], r.kind, r.reason) for r in found.rejections] == [
        ("bad.pdf", "unreadable", "damaged"),
        ("later.docx", "unreadable", "wrong_extension"),
        ("minutes.txt", "skipped", "not_a_report"),
    ]
    assert all("请" in rejection.message for rejection in found.rejections)
    assert found.count_passed_over == 1


def test_result_does_not_depend_on_jobs_or_order(folder, tmp_path):
    ingest([folder], tmp_path / "one.duckdb", jobs=1)
    ingest(sorted(folder.iterdir(), reverse=True), tmp_path / "two.duckdb", jobs=2)
    assert snapshot(tmp_path / "one.duckdb") == snapshot(tmp_path / "two.duckdb")


def test_known_bytes_are_not_read_again(folder, database, monkeypatch):
    ingest([folder], database)
    before = snapshot(database)
    (folder / "bad.pdf").unlink()
    (folder / "later.docx").unlink()
    monkeypatch.setattr(pool, "read_file", lambda path: pytest.fail(f"{path} was read"))
    found = ingest([folder], database)
    assert (found.count_read, found.count_known) == (0, 9)
    assert [rejection.reason for rejection in found.rejections] == ["not_a_report"]
    after = snapshot(database)
    assert after["cells"] == before["cells"]
    assert {row[2] for row in after["sources"]} == {2}


def test_skipped_file_is_judged_anew_by_another_version(folder, database, monkeypatch):
    # In this process: another one would not see the patch.
    monkeypatch.setattr(
        read, "read_files", lambda paths, **_: [[pool.read_file(path) for path in paths]]
    )
    ingest([folder / "minutes.txt"], database)
    monkeypatch.setattr(read.recognise, "VERSION", "next")
    monkeypatch.setattr(pool, "require_report", lambda document: None)
    assert ingest([folder / "minutes.txt"], database).count_read == 1


def test_file_that_became_readable_loses_its_rejection(folder, database):
    ingest([folder / "bad.pdf", folder / "minutes.txt"], database)
    (folder / "minutes.txt").write_bytes(report(99))
    ingest([folder / "minutes.txt"], database)
    assert [row[3] for row in snapshot(database)["rejections"]] == ["damaged"]


def test_changed_file_keeps_both_contents_and_tells_the_present_one(folder, database):
    path = folder / "0.txt"
    [old] = ingest([path], database).reports
    path.write_bytes(report(99))
    [new] = ingest([path], database).reports
    assert Counter(row[0] for row in snapshot(database)["sources"]) == {old: 1, new: 1}
    assert max(snapshot(database)["sources"], key=lambda row: row[2])[0] == new


def test_gone_files_are_named_and_lose_their_rejection(folder, database):
    ingest([folder], database)
    (folder / "3.txt").unlink()
    (folder / "bad.pdf").unlink()
    found = ingest([folder], database)
    assert found.gone == tuple(str(folder / name) for name in ("3.txt", "bad.pdf"))
    assert "damaged" not in {row[3] for row in snapshot(database)["rejections"]}
    assert ingest([folder / "1.txt"], database).gone == ()


def test_progress_reaches_the_total(folder, database):
    calls = []
    ingest([folder], database, progress=lambda done, total: calls.append((done, total)))
    assert [total for _, total in calls] == [13] * len(calls)
    assert [done for done, _ in calls] == sorted(done for done, _ in calls)
    assert calls[-1] == (13, 13)


def test_broken_link_costs_no_other_file(folder, database):
    (folder / "gone.txt").symlink_to(folder / "nowhere.txt")
    found = ingest([folder], database)
    assert len(found.reports) == 9
    assert "no_access" in {rejection.reason for rejection in found.rejections}


def changes_once_found(path: Path, content: bytes | None) -> Callable[[int, int], None]:
    """What is called once all files are found, and before they are read."""

    def change(done: int, total: int) -> None:
        if content is None:
            path.unlink(missing_ok=True)
        else:
            path.write_bytes(content)

    return change


@pytest.mark.parametrize(("content", "reason"), [(report(99), "changed"), (None, "no_access")])
def test_file_changed_or_gone_while_read_costs_no_copy_of_it(tmp_path, database, content, reason):
    first, copy = tmp_path / "a.txt", tmp_path / "b.txt"
    for path in (first, copy):
        path.write_bytes(report(0))
    found = ingest([first, copy], database, progress=changes_once_found(first, content))
    [(path, why)] = [(each.source_path, each.reason) for each in found.rejections]
    assert (path, why) == (str(first), reason)
    assert found.reports == {hashlib.sha256(report(0)).hexdigest(): (str(copy),)}
    assert [row[1] for row in snapshot(database)["sources"]] == [str(copy)]
    if content:
        later = ingest([first, copy], database)
        assert later.rejections == () and len(later.reports) == 2
        assert snapshot(database)["rejections"] == []


@pytest.mark.parametrize("error", [ValueError("x"), RecursionError(), MemoryError(), KeyError(1)])
def test_whatever_a_reader_raises_becomes_a_rejection(folder, monkeypatch, error):
    def reader(data):
        raise error

    monkeypatch.setattr(pool, "reader_for", lambda *_: reader)
    rejected = pool.read_file(str(folder / "0.txt")).rejected
    if isinstance(error, MemoryError):
        assert rejected.reason == "out_of_memory"
    else:
        assert rejected.reason == "damaged"
        assert type(error).__name__ in rejected.message


def test_reader_that_dies_costs_only_its_file(folder, database, tmp_path, monkeypatch):
    # Python imports sitecustomize when a process starts: the workers', not this one.
    (tmp_path / "sitecustomize.py").write_text(
        "import os\n"
        "from ingest import text\n"
        "read = text.read\n"
        "text.read = lambda data: os._exit(1) if b'\\t5' in data else read(data)\n"
    )
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}:{registry.__file__.rpartition('/ingest/')[0]}")
    found = ingest([folder], database, jobs=2)
    assert len(found.reports) == 8
    crashed = [r for r in found.rejections if r.reason == "reader_crashed"]
    assert [r.source_path for r in crashed] == [str(folder / "5.txt")]
    assert crashed[0].sha256 is not None


def test_source_facts_follow_their_file(folder, database):
    companion = folder / "sources.csv"
    companion.write_text("path,region\n0.txt,甲市\n1.txt,甲市\n", encoding="utf-8")
    ingest([folder], database)
    companion.write_text("path,region\n0.txt,乙市\n", encoding="utf-8")
    ingest([folder / "0.txt"], database)
    assert [row[:5:4] for row in snapshot(database)["source_facts"]] == [
        (str(folder / "0.txt"), "乙市")
    ]
    companion.unlink()
    ingest([folder / "1.txt"], database)
    assert snapshot(database)["source_facts"] == []


def test_missing_path(folder, database):
    with pytest.raises(PathNotFound):
        ingest([folder / "nowhere"], database)
    assert not database.exists()


def test_corpus_numbers_are_all_there(corpus, database):
    """Every figure of the forms, as typed from the printed pages, is among the cells read."""
    found = ingest([corpus], database, jobs=2)
    assert len(found.reports) == 6
    document_of = {path: key for key, paths in found.reports.items() for path in paths}
    expected: Counter[tuple[str, str]] = Counter()
    with (corpus / "truth.csv").open(encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            expected[document_of[f"{corpus}/{row['file']}"], row["printed"]] += 1
    read_cells = Counter((row[0], row[7]) for row in snapshot(database)["cells"])
    # Three rows of flattened text print one 0 too many, hence more rather than exactly as many.
    assert {key: n for key, n in expected.items() if read_cells[key] < n} == {}


def test_another_reader_reads_known_pdf_files_again(folder, database):
    def readers():
        with duckdb.connect(str(database), read_only=True) as con:
            return con.execute("select reader from raw.documents").fetchall()

    ingest([SAMPLE_PDF], database)
    assert readers() == [("pdfium",)]
    before = snapshot(database)
    assert ingest([SAMPLE_PDF], database, pdf_source="pdfplumber").count_read == 1
    assert readers() == [("pdfplumber",)]
    texts = [[row[7] for row in state["cells"]] for state in (before, snapshot(database))]
    assert texts[0] == texts[1] and any(texts[0])
    assert ingest([SAMPLE_PDF], database, pdf_source="pdfplumber").count_known == 1
    assert ingest([SAMPLE_PDF], database).count_known == 1
