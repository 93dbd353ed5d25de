"""The same files give the same findings, whatever the order, the processes and the folder."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest

from tests.acceptance.reports import clean, reprint, write
from tests.acceptance.runs import check

pytestmark = pytest.mark.xdist_group("repeatability")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Reports with findings of several suites, two of them versions of one report."""
    folder = tmp_path_factory.mktemp("repeatability") / "reports"
    made = []
    for number in range(4):
        report = clean(number, 2019 + number, style="busy")
        wrong = {
            ("applications", "granted", "total"): "9999",
            ("disputes", "other", "reconsideration"): "",
        }
        made.append(write(reprint(report, wrong), folder / f"{number}.txt"))
    cell = ("proactive", "licensing", "decisions")
    for name in ("v.txt", "w.pdf"):
        printed = {cell: "7" if name == "v.txt" else "8"}
        made.append(write(reprint(clean(5), printed), folder / name))
    return made


def exported(paths: list[Path], place: Path, jobs: int) -> bytes:
    """The findings of a run with a database of its own, as CSV."""
    outcome = check(paths, place / "gouji.duckdb", jobs=jobs)
    assert outcome.difficulties == ()
    target = place / "findings.csv"
    with duckdb.connect(str(place / "gouji.duckdb")) as con:
        con.execute(f"copy marts.findings to '{target}' (header)")
        con.execute(f"copy marts.finding_groups to '{place / 'groups.csv'}' (header)")
    return target.read_bytes() + (place / "groups.csv").read_bytes()


def test_findings_are_the_same_bytes(files: list[Path], tmp_path: Path) -> None:
    once = exported(files, tmp_path / "once", jobs=1)
    assert once.count(b"\n") > 20
    elsewhere = shutil.copytree(files[0].parent, tmp_path / "elsewhere" / "reports")
    moved = [elsewhere / path.name for path in reversed(files)]
    assert exported(moved, tmp_path / "again", jobs=2) == once
