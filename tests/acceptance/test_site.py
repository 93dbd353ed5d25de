"""The site of the sample reports: every link leads somewhere, every finding to its very cell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import duckdb
import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from checkpoints.site.addresses import cell_anchor, group_anchor, report_page
from checkpoints.site.writer import DIGESTS
from tests.acceptance.runs import Ended, gouji, rows

MOST_BYTES = 3_000_000
"""Of the pages that are not Data Docs or pictures, for the 30 sample reports."""


class Pages:
    """The pages of the site, each read once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._read: dict[Path, LexborHTMLParser] = {}

    def own(self) -> list[Path]:
        """All pages but those of Great Expectations."""
        found = self.folder.rglob("*.html")
        return sorted(path for path in found if "data_docs" not in path.parts)

    def at(self, path: Path) -> LexborHTMLParser:
        if path not in self._read:
            self._read[path] = LexborHTMLParser(path.read_text(encoding="utf-8"))
        return self._read[path]

    def links(self, path: Path) -> Iterator[str]:
        for node in self.at(path).css("[href], [src]"):
            yield node.attributes.get("href") or node.attributes.get("src") or ""

    def target(self, page: Path, link: str) -> tuple[Path, str]:
        """The file and the place in it that a link on ``page`` leads to."""
        parts = urlsplit(link)
        path = (page.parent / unquote(parts.path)).resolve() if parts.path else page
        return path, parts.fragment


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("site")


@pytest.fixture(scope="module")
def checked(root: Path, place: Path) -> Ended:
    options = ("--db", place / "gouji.duckdb", "--site", place / "site", "--lang", "zh")
    return gouji("check", root / "data" / "reports", *options, "--fail-on", "never")


@pytest.fixture(scope="module")
def pages(checked: Ended, place: Path) -> Pages:
    assert checked.code == 0, checked.err
    return Pages((place / "site").resolve())


@pytest.fixture(scope="module")
def findings(checked: Ended, place: Path) -> list[tuple[Any, ...]]:
    return rows(
        place / "gouji.duckdb",
        """
        select
            f.report_id, f.group_id, f.form_table, f.indicator, f.breakdown, f.page, f.sentence,
            c.status, trim(c.raw_text), r.source_path
        from marts.findings as f
        inner join marts.reports as r using (report_id)
        left join marts.cell_values as c using (report_id, form_table, indicator, breakdown)
        order by f.finding_id
        """,
    )


def by_id(page: LexborHTMLParser, name: str) -> LexborNode:
    """The one element with that id."""
    [found] = page.css(f'[id="{name}"]')
    return found


def test_every_link_leads_to_a_file_and_a_place_in_it(pages: Pages) -> None:
    own = pages.own()
    assert len(own) == 3 + 30 + 6  # overview, rules and data dictionary; reports; agencies
    for page in own:
        for link in pages.links(page):
            assert not urlsplit(link).scheme, (page, link)
            assert not link.startswith("//"), (page, link)
            path, fragment = pages.target(page, link)
            assert path.is_file(), (page, link)
            if fragment and path.suffix == ".html":
                assert pages.at(path).css(f'[id="{fragment}"]'), (page, link)


def test_every_finding_is_two_clicks_away_and_points_at_its_cell(
    pages: Pages, findings: list[tuple[Any, ...]]
) -> None:
    index = pages.folder / "index.html"
    first = {pages.target(index, link) for link in pages.links(index)}
    in_cells = 0
    for report_id, group_id, *place, _, _, status, raw_text, _ in findings:
        path = pages.folder / report_page(report_id)
        assert (path, group_anchor(group_id)) in first
        page = pages.at(path)
        group = by_id(page, group_anchor(group_id))
        links = {node.attributes["href"] for node in group.css("a")}
        if place[0] is None:
            continue
        anchor = cell_anchor(*place)
        if not page.css(f'[id="{anchor}"]'):  # A table that is not there has no cells.
            assert not page.css(f'[id="table-{place[0]}"]')
            continue
        assert f"#{anchor}" in links
        cell = by_id(page, anchor)
        assert f"#{group_anchor(group_id)}" in {n.attributes["href"] for n in cell.css("a")}
        if status == "reported":
            in_cells += 1
            assert cell.text().strip().startswith(raw_text)
    assert in_cells > 10


def test_a_finding_leads_to_the_page_of_the_original(
    pages: Pages, findings: list[tuple[Any, ...]]
) -> None:
    paged = 0
    for report_id, group_id, *_, page, sentence, _, _, source in findings:
        path = pages.folder / report_page(report_id)
        group = by_id(pages.at(path), group_anchor(group_id))
        found = [pages.target(path, n.attributes["href"] or "") for n in group.css("a")]
        if page is not None:
            paged += 1
            assert (Path(source), f"page={page}") in found
        if sentence is not None:
            assert sentence in group.text()
    assert paged > 10


def test_suspects_stand_apart_with_the_number_to_check(place: Path, pages: Pages) -> None:
    suspects = rows(
        place / "gouji.duckdb",
        "select report_id, form_table, indicator, breakdown, cast(suggested_value as integer)"
        " from marts.suspects where solution_no = 1 and indicator is not null",
    )
    assert suspects
    for report_id, *where, suggested in suspects:
        cell = by_id(pages.at(pages.folder / report_page(report_id)), cell_anchor(*where))
        assert "suspect" in (cell.attributes["class"] or "").split()
        [shown] = cell.css(".suggested")
        assert shown.text().startswith(f"?{suggested}")


def test_every_statutory_cell_is_on_the_page(place: Path, pages: Pages) -> None:
    with duckdb.connect(str(place / "gouji.duckdb"), read_only=True) as con:
        cells = con.execute(
            "select report_id, form_table, indicator, breakdown from marts.cell_values"
        ).fetchall()
    for report_id in {cell[0] for cell in cells}:
        page = pages.at(pages.folder / report_page(report_id))
        there = [node.attributes["id"] for node in page.css("td.value")]
        assert sorted(filter(None, there)) == sorted(
            cell_anchor(*cell[1:]) for cell in cells if cell[0] == report_id
        )


def test_all_is_said_in_both_languages(pages: Pages) -> None:
    for path in pages.own():
        page = pages.at(path)
        zh, en = (page.css(f'span[lang="{language}"]') for language in ("zh", "en"))
        assert len(zh) == len(en) > 10, path
        assert all(node.text().strip() for node in (*zh, *en)), path
        assert not re.search(r"\b(None|Undefined|Markup)\b", page.body.text()), path


def test_own_pages_are_small(pages: Pages) -> None:
    sizes = [
        path.stat().st_size
        for path in pages.folder.rglob("*")
        if path.is_file() and not {"data_docs", "pages"} & set(path.parts)
    ]
    assert sum(sizes) < MOST_BYTES


def test_names_are_unique_on_every_page(pages: Pages) -> None:
    for path in pages.own():
        names = [node.attributes["id"] for node in pages.at(path).css("[id]")]
        assert len(names) == len(set(names)), path


def test_a_second_run_writes_nothing_and_fewer_reports_remove_pages(
    pages: Pages, root: Path, place: Path
) -> None:
    options = ("--db", place / "gouji.duckdb", "--site", pages.folder, "--lang", "zh")

    def written() -> dict[str, int]:
        own = [*pages.own(), *(pages.folder / "pages").iterdir()]
        return {path.relative_to(pages.folder).as_posix(): path.stat().st_mtime_ns for path in own}

    gouji("docs", *options)
    before = written()
    gouji("docs", *options)
    assert written() == before
    one = next((root / "data" / "reports").glob("*区人民政府2021*"))
    gouji("docs", "--under", one, *options)
    assert len([name for name in written() if name.startswith("reports/")]) == 1
    assert len([name for name in written() if name.startswith("agencies/")]) == 1
    assert (pages.folder / DIGESTS).is_file()
