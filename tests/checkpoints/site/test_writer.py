"""Files are written in one step, only where they change, and removed when nobody wants them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

import pytest

from checkpoints.site import writer
from checkpoints.site.catalogue import Catalogue
from checkpoints.site.page import Maker, Page, Site, Task
from checkpoints.site.writer import write
from tests.checkpoints.outcomes import outcome


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(outcome(), Catalogue((), ()), tmp_path / "site", "zh")


def contents(site: Site) -> dict[str, bytes]:
    return {
        path.relative_to(site.folder).as_posix(): path.read_bytes()
        for path in site.folder.rglob("*")
        if path.is_file() and path.name != writer.DIGESTS
    }


def fixed(*pages: Page) -> Maker:
    return lambda _: iter(pages)


def make(site: Site, paths: Collection[str]) -> Iterator[Page]:
    """Pages that say who made them."""
    for path in sorted(paths):
        yield Page(path, f"{path} {site.language}")


def page_of(name: str) -> str:
    """The page of a report whose id begins with the letters of ``name`` as digits."""
    return f"reports/{name.encode().hex():0>12}.html"


def wanting(**digests: str) -> Maker:
    """A task of pages of reports."""
    named = {page_of(name): digest for name, digest in digests.items()}
    return lambda _: iter([Task(named, make)])


def test_pages_are_written_and_left_alone_when_they_are_the_same(site: Site) -> None:
    pages = fixed(Page("index.html", "第一页"), Page("pages/a-1.webp", b"\x00\x01"))
    assert write(site, [pages]) == ["index.html", "pages/a-1.webp"]
    assert contents(site) == {"index.html": "第一页".encode(), "pages/a-1.webp": b"\x00\x01"}
    assert write(site, [pages]) == []
    changed = fixed(Page("index.html", "第二页"), Page("pages/a-1.webp", b"\x00\x01"))
    assert write(site, [changed]) == ["index.html"]


def test_a_page_that_lies_there_already_is_kept(site: Site) -> None:
    write(site, [fixed(Page("pages/a-1.png", b"1"))])
    write(site, [fixed(Page("pages/a-1.png", None))])
    assert contents(site) == {"pages/a-1.png": b"1"}


def test_what_earlier_runs_left_is_removed_and_nothing_else(site: Site) -> None:
    """Somebody may have chosen a folder for the site that holds the reports themselves."""
    theirs = ("notes.txt", "reports/甲局2022.html", "reports/2022/0123456789ab.html", "pages/a.png")
    for name in theirs:
        (site.folder / name).parent.mkdir(parents=True, exist_ok=True)
        (site.folder / name).write_text("mine", encoding="utf-8")
    picture = Page("pages/0123456789ab-2.png", b"")
    write(site, [wanting(A="1", B="1"), fixed(picture)])
    (site.folder / f"{picture.path}.new").touch()
    write(site, [wanting(B="1")])
    assert sorted(contents(site)) == sorted((*theirs, page_of("B")))


def test_a_task_makes_what_has_changed_or_is_gone(site: Site) -> None:
    assert write(site, [wanting(a="1", b="1")]) == [page_of("a"), page_of("b")]
    asked: list[str] = []

    def watched(site: Site, paths: Collection[str]) -> Iterable[Page]:
        asked.extend(paths)
        return make(site, paths)

    def task(**digests: str) -> Maker:
        named = {page_of(name): digest for name, digest in digests.items()}
        return lambda _: iter([Task(named, watched)])

    assert write(site, [task(a="1", b="1")]) == []
    assert asked == []
    assert write(site, [task(a="1", b="2")]) == []
    assert asked == [page_of("b")]
    (site.folder / page_of("a")).unlink()
    assert write(site, [task(a="1", b="2")]) == [page_of("a")]


def test_other_code_makes_all_pages_anew(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    write(site, [wanting(a="1")])
    (site.folder / page_of("a")).write_text("old", encoding="utf-8")
    assert write(site, [wanting(a="1")]) == []
    monkeypatch.setattr(writer, "_code", lambda: "other")
    assert write(site, [wanting(a="1")]) == [page_of("a")]


def test_after_a_run_that_broke_off_nothing_counts_as_known(site: Site) -> None:
    write(site, [wanting(a="1")])

    def broken(_: Site) -> Iterator[Page]:
        yield Page(page_of("a"), "half of another run")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write(site, [broken])
    assert write(site, [wanting(a="1")]) == [page_of("a")]
    assert contents(site) == {page_of("a"): f"{page_of('a')} zh".encode()}


def test_many_pages_are_made_by_several_processes(site: Site) -> None:
    several = Site(site.outcome, site.catalogue, site.folder, "en", jobs=2)
    digests = {f"p{number}": "1" for number in range(writer.LEAST_FOR_PROCESSES)}
    assert len(write(several, [wanting(**digests)])) == len(digests)
    assert set(contents(several).values()) == {f"{page_of(n)} en".encode() for n in digests}
