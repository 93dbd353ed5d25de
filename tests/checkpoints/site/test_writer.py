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


def wanting(**digests: str) -> Maker:
    """A task of pages under ``reports/``."""
    named = {f"reports/{name}.html": digest for name, digest in digests.items()}
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


def test_what_nobody_wants_is_removed_from_its_own_folders_only(site: Site) -> None:
    site.folder.mkdir()
    (site.folder / "notes.txt").write_text("mine", encoding="utf-8")
    write(site, [wanting(a="1", b="1"), fixed(Page("pages/a-1.png", b""))])
    write(site, [wanting(b="1")])
    assert sorted(contents(site)) == ["notes.txt", "reports/b.html"]


def test_a_task_makes_what_has_changed_or_is_gone(site: Site) -> None:
    assert write(site, [wanting(a="1", b="1")]) == ["reports/a.html", "reports/b.html"]
    asked: list[str] = []

    def watched(site: Site, paths: Collection[str]) -> Iterable[Page]:
        asked.extend(paths)
        return make(site, paths)

    def task(**digests: str) -> Maker:
        named = {f"reports/{name}.html": digest for name, digest in digests.items()}
        return lambda _: iter([Task(named, watched)])

    assert write(site, [task(a="1", b="1")]) == []
    assert asked == []
    assert write(site, [task(a="1", b="2")]) == []
    assert asked == ["reports/b.html"]
    (site.folder / "reports" / "a.html").unlink()
    assert write(site, [task(a="1", b="2")]) == ["reports/a.html"]


def test_other_code_makes_all_pages_anew(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    write(site, [wanting(a="1")])
    (site.folder / "reports" / "a.html").write_text("old", encoding="utf-8")
    assert write(site, [wanting(a="1")]) == []
    monkeypatch.setattr(writer, "_code", lambda: "other")
    assert write(site, [wanting(a="1")]) == ["reports/a.html"]


def test_after_a_run_that_broke_off_nothing_counts_as_known(site: Site) -> None:
    write(site, [wanting(a="1")])

    def broken(_: Site) -> Iterator[Page]:
        yield Page("reports/a.html", "half of another run")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write(site, [broken])
    assert write(site, [wanting(a="1")]) == ["reports/a.html"]
    assert contents(site) == {"reports/a.html": b"reports/a.html zh"}


def test_many_pages_are_made_by_several_processes(site: Site) -> None:
    several = Site(site.outcome, site.catalogue, site.folder, "en", jobs=2)
    digests = {f"p{number}": "1" for number in range(writer.LEAST_FOR_PROCESSES)}
    assert len(write(several, [wanting(**digests)])) == len(digests)
    assert set(contents(several).values()) == {f"reports/{n}.html en".encode() for n in digests}
