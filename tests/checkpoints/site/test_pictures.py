"""Pages are drawn once, and never at the cost of the run."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import TimeoutError as OutOfTime
from dataclasses import replace
from pathlib import Path

import pytest
from pebble import ProcessExpired, ProcessFuture
from reportlab.lib.pdfencrypt import StandardEncryption

from checkpoints.site.page import Page, Site
from checkpoints.site.pictures import outcome_of, pages, read_pictures
from checkpoints.site.writer import write
from tests.checkpoints.site.pictured import (
    BOX,
    Database,
    as_image,
    group,
    printed,
)


def names(site: Site) -> Iterator[str]:
    for path in sorted((site.folder / "pages").iterdir()):
        yield path.name


def draw(site: Site) -> list[str]:
    """Bring the pictures of the site up to date; their paths."""
    write(site, [pages])
    return [
        picture.path for pictures in read_pictures(site.folder).values() for picture in pictures
    ]


# What cannot be drawn


def damaged() -> bytes:
    return printed("12").replace(b"/Type /Page\n", b"/Type /Pope\n").replace(b"startxref", b"")


@pytest.mark.parametrize(
    "data",
    [
        printed("12", encrypt=StandardEncryption("secret")),
        damaged(),
        b"%PDF-1.7 and nothing else",
        b"",
        b"GIF89a",
        as_image("PNG")[:300],
    ],
)
def test_what_cannot_be_drawn_has_no_picture(empty: Database, data: bytes) -> None:
    report_id = empty.report(data, group("a"))
    empty.finding("a", report_id, 1, *BOX)
    assert draw(empty.site()) == []


def test_a_page_that_is_not_there_costs_no_other_page(one: Database) -> None:
    one.finding("a", one.reports[0].report_id, 7, *BOX)
    assert len(draw(one.site())) == 2


def test_a_file_that_is_gone_or_has_changed_has_no_picture(one: Database) -> None:
    path = Path(one.reports[0].source_path)
    path.write_bytes(printed("another"))
    assert draw(one.site()) == []
    path.unlink()
    assert draw(one.site()) == []


@pytest.mark.parametrize("end", [OutOfTime(), ProcessExpired("killed"), MemoryError()])
def test_a_file_that_costs_its_process_has_no_picture(end: Exception) -> None:
    future: ProcessFuture[list[object]] = ProcessFuture()
    future.set_exception(end)
    assert outcome_of(future) == []  # type: ignore[arg-type]


# What is drawn again


def moments(site: Site) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in (site.folder / "pages").iterdir()}


def test_nothing_is_drawn_again_where_nothing_changed(one: Database) -> None:
    site = one.site()
    assert len(draw(site)) == 2
    before = moments(site)
    Path(one.reports[0].source_path).unlink()  # It is not even read again.
    assert len(draw(site)) == 2
    assert moments(site) == before


def test_only_the_page_whose_findings_changed_is_drawn_again(one: Database) -> None:
    site = one.site()
    first, second = (Path(path).name for path in draw(site))
    before = moments(site)
    one.reports[0] = replace(one.reports[0], groups=(group("a"), group("b")))
    draw(one.site())
    after = moments(site)
    assert (after[first], after[second] > before[second]) == (before[first], True)


@pytest.mark.parametrize("content", ["", "{}", "[{}]", '[{"outlines": []', "[1]"])
def test_a_broken_manifest_costs_only_time(one: Database, content: str) -> None:
    site = one.site()
    drawn = draw(site)
    (site.folder / "pages" / "pages.json").write_text(content)
    assert draw(site) == drawn


def test_a_picture_that_is_gone_or_cut_short_is_drawn_again(one: Database) -> None:
    site = one.site()
    first, second = (site.folder / path for path in draw(site))
    content = first.read_bytes(), second.read_bytes()
    first.unlink()
    second.write_bytes(b"")
    draw(site)
    assert (first.read_bytes(), second.read_bytes()) == content


def test_pictures_of_reports_that_are_covered_no_more_are_removed(one: Database) -> None:
    site = one.site()
    draw(site)
    one.reports.clear()
    draw(one.site())
    assert list(names(site)) == ["pages.json"]


def test_the_same_inputs_give_the_same_bytes(one: Database) -> None:
    other = one.report(printed("56"), group("c"), name="other.pdf")
    one.finding("c", other, 1, *BOX)
    sites = [one.site(), one.site(jobs=2, name="other-site")]
    for site in sites:
        draw(site)
    first, second = (
        {path.name: path.read_bytes() for path in (site.folder / "pages").iterdir()}
        for site in sites
    )
    assert len(first) == 4
    assert first == second


def test_a_picture_knows_the_numbers_on_it(one: Database) -> None:
    report_id = one.reports[0].report_id
    one.finding("b", report_id, 1, *BOX)
    one.finding("b", report_id, 1, 300, 200, 360, 220)
    draw(site := one.site())
    found = read_pictures(site.folder)[report_id]
    assert [picture.numbers for picture in found] == [{1, 2}, {2}]


def test_the_maker_gives_all_it_has_drawn(one: Database) -> None:
    given = list(pages(one.site()))
    assert [page.content for page in given[:-1]] == [None, None]
    assert isinstance(given[-1], Page)
    assert given[-1].path == "pages/pages.json"
