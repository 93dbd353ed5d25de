"""The harness measures processes, keeps records, and draws the page from them."""

import sys
from functools import partial

import pytest

from bench import page, processes, records, warehouses
from bench.__main__ import PARTS, main
from bench.parts import incremental, modelling
from bench.processes import Spent, spend, take_turns
from bench.records import Record, append, latest, record

RUN = {
    "at": "2026-01-31T12:00:00+00:00",
    "command": "make bench",
    "rounds": 3,
    "machine": "2 processors",
    "load": 0.1,
    "versions": "Python 3.11",
    "commit": "abc",
}
BUSY = """
import json, time
while time.process_time() < 0.3:
    pass
print("words")
print(json.dumps({"cells": 3}))
"""


def python(text):
    return [sys.executable, "-c", text]


def test_a_process_is_measured_with_its_children_and_what_it_tells():
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {BUSY!r}])"
    spent = spend(python(parent))
    assert spent.failed is None
    assert spent.told == {"cells": 3}
    assert spent.cpu >= 0.3
    assert spent.wall > 0
    assert spent.peak > 1


def test_a_failure_is_told_in_its_last_words():
    spent = spend(python("import sys; sys.exit('no such\\nfile')"))
    assert spent.failed == "exit code 1: file"
    assert spend(python("import sys; sys.exit(3)"), may_end=(0, 3)).failed is None
    with pytest.raises(RuntimeError, match="file"):
        processes.require(spent)


@pytest.mark.parametrize(
    ("name", "most", "why"),
    [("MOST_SECONDS", 0.2, "not done after 0.2 s"), ("MOST_MEMORY", 1, "needs more than 0 GiB")],
)
def test_what_takes_too_much_is_ended(monkeypatch, name, most, why):
    monkeypatch.setattr(processes, "_LOOK_EVERY", 0.1)
    monkeypatch.setattr(processes, name, most)
    assert spend(python("import time; time.sleep(60)")).failed == why


def test_all_take_turns_and_one_that_fails_is_not_asked_again():
    asked = []

    def run(name, failed=None):
        asked.append(name)
        return Spent(1.0, 1.0, 1.0, failed=failed)

    said = []
    spent = take_turns({"a": partial(run, "a"), "b": partial(run, "b", "no")}, 3, said.append)
    assert asked == ["a", "b", "a", "a"]
    assert [len(each) for each in spent.values()] == [3, 1]
    assert said[1] == "round 1 of 3: b: no"
    assert record("loading", 1, "b", spent["b"]).failed == "no"


def test_a_part_keeps_of_each_size_its_last_run(tmp_path):
    path = tmp_path / "records.jsonl"
    first = {**RUN, "command": "first"}
    append(path, [Record("site", 100, "a", [2.0], [1.0], [1.0])], first)
    append(path, [Record("site", 2000, "a", [9.0], [1.0], [1.0])], first)
    append(path, [Record("start", 100, "a", [2.0], [1.0], [1.0])], first)
    append(path, [Record("site", 100, name, [3.0], [1.0], [1.0]) for name in "bc"], RUN)
    assert [(each.size, each.name) for each in latest(path, "site")] == [
        (100, "b"),
        (100, "c"),
        (2000, "a"),
    ]
    assert latest(tmp_path / "none.jsonl", "site") == []


def test_figures_of_two_runs_each_say_where_they_are_from():
    kept = [
        Record("site", 100, "a", [1.0], run={**RUN, "command": "one"}),
        Record("site", 2000, "a", [1.0], run={**RUN, "command": "two"}),
    ]
    said = page.stamps(kept).split("\n\n")
    assert [line.partition(",")[0] for line in said] == ["100 reports: `one`", "2"]
    assert "2026-01-31" in said[0]


def test_times_are_the_median_of_the_rounds_own_ratios():
    ours = Record("modelling", 100, "ours", [10.0, 40.0, 30.0])
    limit = Record("modelling", 100, "limit", [1.0, 2.0, 10.0])
    assert ours.times(limit) == 10.0
    larger = Record("modelling", 1000, "ours", [300.0])
    assert modelling.growth(larger, [ours, limit, larger]) == "1.00"
    assert modelling.growth(ours, [ours, limit, larger]) == ""


def test_a_part_writes_between_its_own_marks_alone(tmp_path):
    path = tmp_path / "performance.md"
    marks = f"{page.start('site')}\nold\n{page.END}\n"
    path.write_text(f"{page.start('start')}\nkept\n{page.END}\n{marks}after\n", encoding="utf-8")
    page.write("site", "| new |", [Record("site", 100, "a", [1.0], run=RUN)], path)
    text = path.read_text(encoding="utf-8")
    assert text.startswith(f"{page.start('start')}\nkept\n{page.END}\n")
    assert "old" not in text
    assert f"{page.start('site')}\n\n| new |\n\n`make bench`, medians of 3" in text
    assert text.endswith(f"{page.END}\nafter\n")
    with pytest.raises(ValueError, match="loading"):
        page.with_figures(text, "loading", "")


def test_the_page_has_marks_for_every_part(root):
    text = (root / "docs" / "performance.md").read_text(encoding="utf-8")
    for part in PARTS:
        assert page.with_figures(text, part, "new")
    assert text.count(page.END) == len(PARTS)


@pytest.mark.parametrize("part", [part for part in PARTS if part != "reading"])
def test_a_part_tells_of_one_that_failed(part):
    made = PARTS[part]
    names = {
        "modelling": ("limit: copy and sum", "gouji: all models"),
        "loading": ("limit: plain insert", "gouji: load"),
        "validation": ("floor: hand-written SQL", "pandera on Polars"),
    }.get(part, ("a", "b"))
    told = {"found": 1, "by_rule": {}, "differ": [], "html": False, "cells": 1, "pages": 1}
    told["differing"] = []
    good = Record(part, 100, names[0], [1.0], [1.0], [1.0], told)
    bad = Record(part, 100, names[1], failed="needs more than 12 GiB")
    rows = made.table([good, bad]).splitlines()
    assert len(rows) == 4
    assert "needs more than 12 GiB" in rows[3]
    assert {row.count("|") for row in rows} == {rows[0].count("|")}


@pytest.mark.parametrize("part", PARTS)
def test_records_say_which_command_repeats_them(part, tmp_path, monkeypatch):
    path = tmp_path / "performance.md"
    path.write_text(f"{page.start(part)}\n{page.END}\n", encoding="utf-8")
    asked = []

    def run(sizes, rounds, say):
        asked.append((*sizes, rounds))
        say("measured")
        yield [Record(part, 7, "a", failed="no")]

    monkeypatch.setattr(PARTS[part], "run", run)
    monkeypatch.setattr(PARTS[part], "table", lambda kept: kept[0].failed)
    arguments = ["--parts", part, "--sizes", "7,8", "--rounds", "2", "--page", str(path)]
    main([*arguments, "--records", str(tmp_path / "records.jsonl")])
    own = PARTS[part].HAS_SIZES
    assert asked == [(7, 8, 2) if own else (*PARTS[part].SIZES, 2)]
    sizes = " SIZES=7,8" if own else ""
    assert f"`make bench PARTS={part}{sizes} ROUNDS=2`" in path.read_text(encoding="utf-8")
    assert latest(tmp_path / "records.jsonl", part)[0].run["machine"]


def test_one_new_report_is_told_as_a_share_of_all_less_what_nothing_takes():
    told = {"differing": []}
    kept = [
        Record("incremental", 100, name, cpu, peak=[1.0], told=told)
        for name, cpu in ((incremental.ALL, [101.0]), (incremental.NEW, [3.0]))
    ]
    kept.append(Record("incremental", 100, incremental.NOTHING, [1.0], peak=[1.0], told=told))
    assert "| one new report | 3.00 s | 2.00% | 1 MiB | none |" in incremental.table(kept)


def test_a_part_that_is_given_up_does_not_keep_the_others_back(tmp_path, monkeypatch, capsys):
    path = tmp_path / "performance.md"
    path.write_text(f"{page.start('site')}\n{page.END}\n", encoding="utf-8")

    def no_data(sizes, rounds, say):
        yield from ()
        raise RuntimeError("no space left")

    def run(sizes, rounds, say):
        yield [Record("site", 7, "a", failed="measured")]

    monkeypatch.setattr(PARTS["loading"], "run", no_data)
    monkeypatch.setattr(PARTS["site"], "run", run)
    arguments = ["--parts", "loading,site", "--page", str(path)]
    with pytest.raises(SystemExit, match="not measured to the end: loading"):
        main([*arguments, "--records", str(tmp_path / "records.jsonl")])
    assert "loading: given up: no space left" in capsys.readouterr().err
    assert "measured" in path.read_text(encoding="utf-8")


def test_nothing_of_a_database_that_was_not_finished_is_left(tmp_path):
    database = tmp_path / "unfinished.duckdb"
    database.touch()
    (tmp_path / "unfinished.duckdb.wal").touch()
    for folder in ("unfinished.duckdb.tmp", "unfinished.dbt"):
        (tmp_path / folder).mkdir()
    assert warehouses.discard(database) == database
    assert list(tmp_path.iterdir()) == []
    assert warehouses.discard(database) == database


def test_an_unknown_part_is_named(capsys):
    with pytest.raises(SystemExit):
        main(["--parts", "nothing"])
    assert "nothing is none of start" in capsys.readouterr().err


@pytest.mark.parametrize("peer", ["pandera", "pointblank", "soda"])
def test_pins_of_a_peer_have_hashes_and_name_no_place(root, peer):
    text = (root / "bench" / "peers" / f"{peer}.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    assert "://" not in text
    assert not any(line.startswith("-") for line in lines)
    pins = [line for line in lines if line[0] != " "]
    assert all("==" in pin and pin.endswith("\\") for pin in pins)
    assert len(pins) > 10


def test_records_are_the_median_of_their_rounds():
    runs = [Spent(cpu, 1.0, 1.0, {"cells": 2}) for cpu in (3.0, 1.0, 2.0)]
    made = records.record("loading", 100, "a", runs, html=True)
    assert made.seconds == 2.0
    assert made.told == {"cells": 2, "html": True}
