"""Checks that are killed at random moments, run to their end, and compared with a quiet one."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from reliability.processes import Ended, Victim, run
from reliability.reports import write_reports
from reliability.stored import Contents, contents, differing, lost_and_doubled, site_files

VICTIMS: tuple[Victim, ...] = ("all", "all", "all", "main", "main", "worker")
MOST_ON_ONE = 8
"""Kills of one database after which a run is let come to its end."""
JOBS = 2


@dataclass
class Tally:
    """What became of all kills; ``faults`` are sentences, none where nothing was lost."""

    kills: Counter[str] = field(default_factory=Counter)
    steps: Counter[str] = field(default_factory=Counter)
    databases: int = 0
    lost: int = 0
    doubled: int = 0
    different: int = 0
    left_behind: int = 0
    cpu: float = 0.0
    faults: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Peace:
    """What an undisturbed run leaves: its code and CPU seconds, the tables, and the site.

    ``later_site`` is the site after one more run, which knows the findings of the one before.
    """

    code: int
    cpu: float
    steps: Mapping[str, float]
    tables: Contents
    site: dict[str, str]
    later_tables: Contents
    later_site: dict[str, str]

    def left_after(self, step: str) -> float:
        """CPU seconds of the run after one killed in ``step``: what is stored is not redone."""
        done = {"build": "build", "validate": "validate", "publish": "validate"}.get(step, "read")
        return self.cpu - self.steps[done] + self.steps["read"]


def measure(work: Path, reports: int, kills: int, seed: int, say: Callable[[str], None]) -> Tally:
    """Kill ``kills`` times, and compare each database once it is run to the end."""
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    write_reports(work / "reports", reports, seed)
    tally = Tally()
    peace = _in_peace(work, tally)
    say(f"undisturbed: exit code {peace.code}, {peace.cpu:.1f} CPU seconds")
    while tally.kills.total() < kills:
        tally.databases += 1
        left = kills - tally.kills.total()
        for line in _chain(work, peace, min(MOST_ON_ONE, left), seed, tally):
            say(f"database {tally.databases}, kill {tally.kills.total()}: {line}")
    return tally


def _arguments() -> list[str]:
    options = ["--jobs", str(JOBS), "--lang", "zh"]
    return ["check", "reports", "--db", "build/g.duckdb", "--site", "build/site", *options]


def _in_peace(work: Path, tally: Tally) -> Peace:
    first = _check(work, tally)
    assert first.code is not None, first.said
    database, site = work / "build" / "g.duckdb", work / "build" / "site"
    tables, files = contents(database), site_files(site)
    later = _check(work, tally)
    assert later.code == first.code, later.said
    return Peace(
        first.code, first.cpu, first.steps, tables, files, contents(database), site_files(site)
    )


def _check(work: Path, tally: Tally, **how: object) -> Ended:
    ended = run(_arguments(), work, **how)  # type: ignore[arg-type]
    tally.cpu += ended.cpu
    return ended


def _chain(work: Path, peace: Peace, most: int, seed: int, tally: Tally) -> Iterator[str]:
    """Kill runs on one database until one comes to its end or there were enough; compare.

    A moment is drawn from the whole of what the run has to do still.
    """
    shutil.rmtree(work / "build")
    dice = random.Random(f"{seed}/{tally.databases}")
    left = peace.cpu
    for _ in range(most):
        victim = dice.choice(VICTIMS)
        ended = _check(work, tally, moment=dice.random() * left, victim=victim, dice=dice)
        if ended.killed:
            tally.kills[ended.killed] += 1
            tally.steps[ended.step] += 1
            left = min(left, peace.left_after(ended.step))
            yield f"{ended.killed}, in {ended.step}, after {ended.cpu:.1f} CPU seconds"
            yield from _require_whole(work, ended, tally)
        else:
            break
    ended = _check(work, tally)
    yield from _compare(work, peace, ended, tally)


def _require_whole(work: Path, ended: Ended, tally: Tally) -> Iterator[str]:
    """After a kill the database opens, and holds each document whole and once."""
    tally.left_behind += ended.left_behind
    if ended.left_behind:
        yield _fault(tally, f"{ended.left_behind} processes went on without their parent")
    if ended.killed == "worker" and ended.code is None:
        yield _fault(tally, f"the death of a worker ended the run: {ended.said[-300:]}")
    database = work / "build" / "g.duckdb"
    if not database.exists():
        return
    try:
        lost, doubled = lost_and_doubled(database)
    except duckdb.Error as error:
        yield _fault(tally, f"the database does not open: {error}")
        return
    tally.lost += lost
    tally.doubled += doubled
    if lost or doubled:
        yield _fault(tally, f"lost {lost}, doubled {doubled}")


def _compare(work: Path, peace: Peace, ended: Ended, tally: Tally) -> Iterator[str]:
    """The run that came to its end leaves what an undisturbed one leaves."""
    if ended.code != peace.code:
        yield _fault(tally, f"ended with {ended.code}: {ended.said[-300:]}")
        return
    if "Traceback" in ended.said:
        yield _fault(tally, f"shows a traceback: {ended.said[-300:]}")
        return
    database = work / "build" / "g.duckdb"
    lost, doubled = lost_and_doubled(database)
    tally.lost += lost
    tally.doubled += doubled
    found = contents(database)
    with duckdb.connect(str(database), read_only=True) as con:
        is_first = con.execute("select count(*) from history.runs").fetchall()[0][0] == 1
    tables = peace.tables if is_first else peace.later_tables
    site = peace.site if is_first else peace.later_site
    others = [
        *differing(dict(found), dict(tables)),
        *differing(dict(site_files(work / "build" / "site")), dict(site)),
    ]
    tally.different += len(others)
    if lost or doubled or others:
        yield _fault(tally, f"lost {lost}, doubled {doubled}, different: {', '.join(others)}")
    else:
        yield "run to its end: the same"


def _fault(tally: Tally, text: str) -> str:
    tally.faults.append(f"database {tally.databases}, kill {tally.kills.total()}: {text}")
    return f"FAULT {text}"
