"""Models are built when, and only when, what they are built from has changed."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

import sql
from checkpoints import transform
from checkpoints.transform import ModelError, bring_up_to_date, seed_rows, work_folder
from ingest import warehouse


@pytest.fixture
def builds(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The databases for which models were built; nothing is built in truth."""
    done: list[Path] = []
    monkeypatch.setattr(transform, "build_models", lambda database, *_: done.append(database))
    return done


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """One document at one path."""
    path = tmp_path / "gouji.duckdb"
    with closing(warehouse.connect(path)) as con:
        con.execute("insert into raw.documents (document_id, reader_version) values ('a', '1')")
        con.execute("insert into raw.sources values ('a', '/r/a.txt', now(), 1)")
    return path


def statement(text: str) -> Callable[[Path], None]:
    """A change of the database."""

    def change(database: Path) -> None:
        with closing(warehouse.connect(database)) as con:
            con.execute(text)

    return change


def test_models_are_built_once(database: Path, builds: list[Path]) -> None:
    assert bring_up_to_date(database)
    assert not bring_up_to_date(database)
    assert builds == [database]


@pytest.mark.parametrize(
    "text",
    [
        "update raw.sources set seen_run = 2, seen_at = now()",
        "insert into raw.rejections (source_path) values ('/r/b.txt')",
    ],
)
def test_what_models_do_not_read_builds_nothing(
    database: Path, builds: list[Path], text: str
) -> None:
    bring_up_to_date(database)
    statement(text)(database)
    assert not bring_up_to_date(database)


@pytest.mark.parametrize(
    "text",
    [
        "insert into raw.sources values ('a', '/r/b.txt', now(), 1)",
        "insert into raw.sources values ('b', '/r/a.txt', now(), 2);"
        "insert into raw.documents (document_id, reader_version) values ('b', '1')",
        "update raw.documents set reader_version = '2'",
        "insert into raw.source_facts (source_path, year) values ('/r/a.txt', 2022)",
        "insert into raw.waivers (rule, reason) values ('balance.disputes_total', '口径如此')",
        "insert into raw.corrections (cell, right_value) values ('a', '11')",
    ],
    ids=["copy", "new content", "reader", "fact", "waiver", "correction"],
)
def test_new_input_builds_anew(database: Path, builds: list[Path], text: str) -> None:
    bring_up_to_date(database)
    statement(text)(database)
    assert bring_up_to_date(database)
    assert len(builds) == 2


def test_another_day_builds_anew_only_where_a_waiver_has_an_end(
    database: Path, builds: list[Path]
) -> None:
    statement("insert into raw.waivers (rule) values ('balance.disputes_total')")(database)
    bring_up_to_date(database, today=date(2024, 6, 30))
    assert not bring_up_to_date(database, today=date(2024, 7, 1))
    statement("update raw.waivers set until = date '2024-06-30'")(database)
    assert bring_up_to_date(database, today=date(2024, 6, 30))
    assert not bring_up_to_date(database, today=date(2024, 6, 30))
    assert bring_up_to_date(database, today=date(2024, 7, 1))


def test_a_changed_seed_builds_anew(
    database: Path, builds: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = tmp_path / "project"
    project.mkdir()
    (project / "rules.csv").write_text("rule\n", encoding="utf-8")
    monkeypatch.setattr(sql, "PROJECT", project)
    bring_up_to_date(database)
    (project / "rules.csv").write_text("rule\nr\n", encoding="utf-8")
    assert bring_up_to_date(database)


def test_a_build_that_failed_is_done_again(
    database: Path, monkeypatch: pytest.MonkeyPatch, builds: list[Path]
) -> None:
    bring_up_to_date(database)
    statement("update raw.documents set reader_version = '2'")(database)

    def fail(*_: object) -> None:
        raise ModelError("stg_cells: no column")

    with monkeypatch.context() as broken:
        broken.setattr(transform, "build_models", fail)
        with pytest.raises(ModelError):
            bring_up_to_date(database)
    statement("update raw.documents set reader_version = '1'")(database)
    assert bring_up_to_date(database)


def test_all_is_built_after_a_build_of_a_part_failed(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bool] = []

    def build(*arguments: object) -> None:
        asked.append(bool(arguments[-1]))
        if len(asked) == 2:
            raise ModelError("stg_cells: no column")

    monkeypatch.setattr(transform, "build_models", build)
    statement(
        "insert into raw.documents (document_id) select 'b' || range from range(9);"
        "insert into raw.sources select 'b' || range, '/r/' || range, now(), 1 from range(9)"
    )(database)
    bring_up_to_date(database)
    statement("update raw.documents set reader_version = '2' where document_id = 'b1'")(database)
    with pytest.raises(ModelError):
        bring_up_to_date(database)
    assert bring_up_to_date(database)
    statement("update raw.documents set reader_version = '3' where document_id = 'b1'")(database)
    assert bring_up_to_date(database)
    assert asked == [True, False, True, False]


def test_every_table_that_is_built_is_told(database: Path) -> None:
    told: list[tuple[int, int]] = []
    options = ("--select", "rules", "stg_cells")
    transform.build_models(database, lambda *step: told.append(step), options=options)
    assert sorted(told) == [(1, 2), (2, 2)]


def test_the_environment_is_left_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBT_TARGET_PATH", "mine")
    monkeypatch.delenv("GOUJI_DATABASE", raising=False)
    before = dict(os.environ)
    with transform._environment(tmp_path / "g.duckdb"):
        assert os.environ["GOUJI_DATABASE"] == str(tmp_path / "g.duckdb")
        assert os.environ["DBT_TARGET_PATH"].startswith(str(work_folder(tmp_path / "g.duckdb")))
    assert dict(os.environ) == before


def test_seeds_are_read_as_printed() -> None:
    rules = seed_rows("rules")
    assert {row["suite"] for row in rules} >= {"completeness", "non_negativity", "balance"}
