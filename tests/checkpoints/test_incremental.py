"""What is made anew for some documents alone is what a rebuild of everything would make."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from checkpoints import changes, transform
from tests.acceptance.reports import agency_name
from tests.checkpoints.growing import TOTAL, UPHELD, Place

pytestmark = pytest.mark.xdist_group("incremental")

AGENCIES = range(8)
YEARS = range(2019, 2024)
WRONG = {TOTAL: "999"}
SEQUENCES = int(os.environ.get("GOUJI_SEQUENCES", "1"))

Change = Callable[[Place], Any]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """Six agencies over three years, a wrong figure, prose that two share; built whole."""
    base = tmp_path_factory.mktemp("incremental")
    place = Place(base / "reports", base / "gouji.duckdb")
    for agency in range(6):
        for year in range(2020, 2023):
            place.put(agency, year, printed=WRONG if agency == 1 and year == 2021 else None)
    place.put(2, 2021, prose_of=3)
    for agency in (4, 5):
        place.put(agency, 2022, passage=1)
    place.say("waivers", **waiver(1, 2021))
    place.say("expected", region="云溪县", agency=agency_name(0), year="2021", due="2022-01-31")
    place.say("expected", region="云溪县", agency=agency_name(7), year="2022", due="2023-01-31")
    place.build()
    return place


@pytest.fixture
def place(built: Place, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    """The same, to be changed; of few documents many may change."""
    monkeypatch.setattr(changes, "MOST_CHANGED", 1)
    yield from _restored(built)


def _restored(built: Place) -> Iterator[Place]:
    lines = {name: list(each) for name, each in built.lines.items()}
    aside = built.folder.parent / "aside"
    shutil.copytree(built.folder, aside / "reports")
    shutil.copy(built.database, aside / "gouji.duckdb")
    yield built
    shutil.rmtree(built.folder)
    shutil.move(aside / "reports", built.folder)
    shutil.move(aside / "gouji.duckdb", built.database)
    shutil.rmtree(aside)
    built.lines = lines


def waiver(agency: int, year: int) -> dict[str, str]:
    return {
        "agency": agency_name(agency),
        "region": "云溪县",
        "year": str(year),
        "rule": "balance.disputes_total",
        "cell": "disputes.reconsideration",
        "reason": "口径如此",
        "who": "某某",
    }


def renamed(former: int, successor: int, first_year: int) -> dict[str, str]:
    return {
        "region": "云溪县",
        "name": agency_name(former),
        "successor": agency_name(successor),
        "first_year": str(first_year),
    }


def correct(place: Place, agency: int, year: int) -> None:
    place.say(
        "corrections",
        document=place.document(place.path(agency, year)),
        cell=".".join(TOTAL),
        read_value="999",
        right_value="12",
        reason="看错",
        who="某某",
    )


def move(place: Place, agency: int, year: int) -> None:
    target = place.folder / f"moved{agency}" / f"{year}.txt"
    target.parent.mkdir(exist_ok=True)
    place.path(agency, year).rename(target)


def keep_under(place: Place, agency: int, year: int, county: str) -> None:
    target = place.folder / county / f"{agency}-{year}.txt"
    target.parent.mkdir(exist_ok=True)
    shutil.copy(place.path(agency, year), target)


# Each kind of change, in the steps in which it is built.
OF_DOCUMENTS: list[list[Change]] = [
    [
        lambda p: p.put(6, 2022),  # a new agency
        lambda p: p.put(0, 2023, printed=WRONG),  # a new year
        lambda p: p.put(0, 2021, printed={UPHELD: "77"}),  # a path whose content changes
        lambda p: p.put(2, 2022, "修订", printed={UPHELD: "5"}),  # a version that supersedes
        lambda p: p.put(3, 2022, "b", printed={UPHELD: "6"}),  # one that is undecided
    ],
    [
        lambda p: p.path(4, 2020).unlink(),  # gone
        lambda p: p.forget(p.path(5, 2021)),  # forgotten
        lambda p: move(p, 1, 2022),
        lambda p: keep_under(p, 1, 2020, "松岭县"),  # the same bytes under another county
    ],
]
OF_LINES: list[list[Change]] = [
    [
        lambda p: correct(p, 1, 2021),
        lambda p: p.say("waivers", **waiver(2, 2020)),
        lambda p: p.say("sources", path="3/2021.txt", agency=agency_name(0), region="云溪县"),
        lambda p: p.say("sources", path="4/2021.txt", year="2019"),
    ],
    [
        lambda p: p.say("expected", region="云溪县", agency=agency_name(3), year="2022"),
        lambda p: p.say("expected", agency=agency_name(2), year="2030", due="2031-01-31"),
        lambda p: p.say("agencies", **renamed(4, 5, 2022)),
        lambda p: p.put(1, 2021),  # the figure that was waived and corrected is right now
    ],
]
OF_PROSE: list[list[Change]] = [
    [
        lambda p: p.put(6, 2022, passage=1),  # copied from two others
        lambda p: p.put(1, 2023, prose_of=4),  # the first of a year
    ],
    [
        *(lambda p, n=n: p.put(n, 2022, passage=1) for n in range(4)),  # common wording, with these
        lambda p: p.put(2, 2023),  # another one of that year to compare it with
    ],
    [
        lambda p: p.put(0, 2022, passage=2),  # common wording no longer
        lambda p: p.put(5, 2022, passage=2),  # one of the first two says something else now
    ],
]


@pytest.mark.parametrize(
    "steps", [OF_DOCUMENTS, OF_LINES, OF_PROSE], ids=["documents", "lines", "prose"]
)
def test_changes_of_each_kind_leave_what_a_rebuild_makes(
    place: Place, steps: list[list[Change]]
) -> None:
    if SEQUENCES > 1:
        steps = [[change] for step in steps for change in step]
    for step in steps:
        for change in step:
            change(place)
        assert place.build()
        if SEQUENCES > 1:
            assert place.differences() == {}, [change.__code__.co_firstlineno for change in step]
    assert place.differences() == {}


AT_RANDOM = st.one_of(
    st.builds(
        lambda agency, year, version, total, passage: (
            lambda p: p.put(agency, year, version, printed={TOTAL: total}, passage=passage)
        ),
        st.sampled_from(AGENCIES),
        st.sampled_from(YEARS),
        st.sampled_from(["", "", "b", "修订"]),
        st.sampled_from(["0", "1", "999"]),
        st.sampled_from([None, 1, 2]),
    ),
    *(
        st.builds(
            lambda agency, year, do=do: (
                lambda p: p.path(agency, year).is_file() and do(p, agency, year)
            ),
            st.sampled_from(AGENCIES),
            st.sampled_from(YEARS),
        )
        for do in (
            lambda p, agency, year: p.path(agency, year).unlink(),
            lambda p, agency, year: p.forget(p.path(agency, year)),
            correct,
            move,
            lambda p, agency, year: keep_under(p, agency, year, "松岭县"),
            lambda p, agency, year: p.say("waivers", **waiver(agency, year)),
            lambda p, agency, year: p.say(
                "sources", path=f"{agency}/{year}.txt", agency=agency_name((agency + 1) % 8)
            ),
        )
    ),
    st.builds(
        lambda agency, year: (
            lambda p: p.say("expected", region="云溪县", agency=agency_name(agency), year=str(year))
        ),
        st.sampled_from(AGENCIES),
        st.sampled_from(YEARS),
    ),
    st.builds(
        lambda one, other, year: lambda p: p.say("agencies", **renamed(one, other, year)),
        st.sampled_from(AGENCIES),
        st.sampled_from(AGENCIES),
        st.sampled_from(YEARS),
    ),
)


@settings(
    max_examples=SEQUENCES,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(steps=st.lists(st.lists(AT_RANDOM, min_size=1, max_size=4), min_size=2, max_size=2))
def test_changes_at_random_leave_what_a_rebuild_makes(
    built: Place, steps: list[list[Change]]
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(changes, "MOST_CHANGED", 1)
        for place in _restored(built):
            for step in steps:
                for change in step:
                    change(place)
                place.build()
                assert place.differences() == {}


def test_what_does_not_hang_on_a_change_is_not_touched(place: Place) -> None:
    """A mark in the rows of one agency stays there, and goes from those of the changed one."""
    columns = {
        "staging.stg_cells": "document_id, raw_text",
        "marts.cell_values": "report_id, raw_text",
        "marts.panel": "report_id, printed",
        "marts.reports": "report_id, title",
        "marts.findings": "report_id, detail_zh",
    }
    for table, names in columns.items():
        place.execute(f"update {table} set {names.split(', ')[1]} = 'mark'")
    place.put(1, 2023)
    place.build()
    left = place.rows("select table_name from duckdb_tables() where schema_name = 'incremental'")
    assert left == [("documents",)]
    changed = f"agency = '{agency_name(1)}'"
    for table, names in columns.items():
        marked = place.rows(
            f"""
            select {changed} as is_changed, bool_and(said = 'mark'), bool_or(said = 'mark')
            from (select {names} from {table}) as t (report_id, said)
            inner join (select report_id, agency from marts.reports) using (report_id)
            group by all
            order by all
            """
        )
        (_, others_kept, some_kept), (_, _, own_kept) = marked
        # Findings are made anew of whoever has prose in common, too.
        assert some_kept if table == "marts.findings" else others_kept, table
        # The cells are those of each document for itself, of which only one is new.
        assert own_kept == (table == "staging.stg_cells"), table


@pytest.mark.parametrize(
    ("share", "whole"), [(0.01, True), (0.2, False)], ids=["many changed", "few changed"]
)
def test_all_is_made_anew_where_much_has_changed(
    place: Place, monkeypatch: pytest.MonkeyPatch, share: float, whole: bool
) -> None:
    asked: list[bool] = []
    monkeypatch.setattr(changes, "MOST_CHANGED", share)
    monkeypatch.setattr(transform, "build_models", lambda *arguments: asked.append(arguments[-1]))
    place.put(0, 2023)
    place.build()
    assert asked == [whole]
