"""What a report says is text, wherever it is shown: no page, sheet or terminal obeys it."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.acceptance.reports import clean, reprint, retitle, write
from tests.acceptance.runs import gouji, rows
from tests.browser.browser import Browser, local, needs_browser

pytestmark = pytest.mark.xdist_group("browser")

SCRIPT = "<script>window.obeyed=1</script>"
IMAGE = "<img src=x onerror=window.obeyed=1>"
TEMPLATE = "{{7*7}}${7*7}$$"
QUOTES = '"\'` onmouseover=window.obeyed=1 x="'
TURNED = "\u202e\u200f\u2066"
ESCAPE = "\x1b]0;obeyed\x07\x1b[31m"
"""Sets a terminal's title and colour. No text file that is read holds such, but names may."""
FORMULA = '=HYPERLINK("file:///etc/passwd","x")'

AGENCY = f"丙县{SCRIPT}{TEMPLATE}{QUOTES}{TURNED}局"
CELLS = {
    ("applications", "granted", "social"): f"{SCRIPT}{TEMPLATE}{QUOTES}{TURNED}",
    ("applications", "granted", "legal"): IMAGE,
    ("applications", "denied_state_secret", "legal"): FORMULA,
    ("disputes", "upheld", "reconsideration"): "@SUM(1+1)*cmd|' /C calc'!A0",
    ("applications", "carried_in", "total"): "99",
}


class Place(NamedTuple):
    """A folder of two reports of one hostile agency, and all that is made of them."""

    folder: Path

    @property
    def database(self) -> Path:
        return self.folder / "gouji.duckdb"

    @property
    def site(self) -> Path:
        return self.folder / "site"

    @property
    def made(self) -> tuple[Path | str, ...]:
        return ("--db", self.database)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    place = Place(tmp_path_factory.mktemp("hostile"))
    reports = place.folder / "reports"
    with_sources = []
    for year in (2021, 2022):
        report = retitle(
            reprint(clean(9, year), CELLS), f"{AGENCY}{year}年政府信息公开工作年度报告"
        )
        name = write(report, reports / f"<script>{TURNED}{ESCAPE}{year}.txt").name
        with_sources.append([name, AGENCY, f"丙县{IMAGE}", year, "own"])
    with (reports / "sources.csv").open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(["path", "agency", "region", "year", "scope"])
        lines.writerows(with_sources)
    gouji("check", reports, *place.made, "--site", place.site, "--jobs", 1)
    return place


def test_the_reports_are_read_as_they_are_printed(place: Place) -> None:
    agencies = rows(place.database, "select distinct agency from marts.reports")
    assert agencies == [(AGENCY,)]
    found = rows(
        place.database,
        "select raw_text from marts.cell_values where form_table = 'applications'"
        " and indicator = 'granted' and breakdown = 'social'",
    )
    assert found == [(CELLS["applications", "granted", "social"],)] * 2


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with Browser() as browser:
        yield browser


@needs_browser
def test_no_page_obeys_a_report(place: Place, browser: Browser) -> None:
    """Neither what stands there nor what a script of the site makes of it."""
    pages = sorted(place.site.rglob("*.html"))
    own = [page for page in pages if place.site / "data_docs" not in page.parents]
    assert len(own) >= 4
    for page in pages:
        browser.open(page)
        # The language switch writes texts anew.
        browser.run("document.querySelectorAll('button.language').forEach(b => b.click())")
        obeyed, scripts, handlers, images = browser.run(
            """
            return [
                window.obeyed ?? 0,
                [...document.scripts].map(each => [each.src, each.textContent]),
                [...document.querySelectorAll('*')].flatMap(each => [...each.attributes])
                    .filter(each => each.name.startsWith('on')).length,
                [...document.images].map(each => each.getAttribute('src')),
            ];
            """
        )
        assert (page, obeyed, handlers) == (page, 0, 0)
        assert all(not src or local(src)[0].parent == place.site for src, _ in scripts)
        assert not [text for _, text in scripts if "obeyed" in text]
        assert "x" not in images
        assert [each for each in browser.complaints() if "file:" not in each] == []


@needs_browser
def test_every_page_shows_the_text_itself(place: Place, browser: Browser) -> None:
    agency = AGENCY
    for mark in TURNED:
        agency = agency.replace(mark, "")
    report_ids = rows(place.database, "select report_id from marts.reports")
    pages = [place.site / "index.html", *(place.site / "agencies").glob("*.html")]
    pages += [place.site / "reports" / f"{report_id[:12]}.html" for (report_id,) in report_ids]
    for page in pages:
        browser.open(page)
        assert agency in browser.run("return document.querySelector('main').textContent")
        assert (
            browser.run("return document.title").count("obeyed") == (page.name != "index.html") * 2
        )
    shown = browser.run(
        "return document.getElementById('cell-applications-granted-social').textContent"
    )
    assert SCRIPT + TEMPLATE + QUOTES in shown


def test_no_page_holds_what_turns_or_controls_text(place: Place) -> None:
    for page in place.site.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert not set(text) & {*TURNED, "\x1b", "\x07"}, page


def sheets(path: Path) -> Iterator[str]:
    """The parts of a workbook that hold cells."""
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/sheet"):
                yield archive.read(name).decode()


def test_no_workbook_holds_a_formula(place: Place) -> None:
    panel, lists = place.folder / "panel.xlsx", place.folder / "lists"
    assert gouji("export", panel, *place.made).code == 0
    assert gouji("export", lists, "--by", "agency", *place.made).code == 0
    assert gouji("audit", place.folder / "audit.xlsx", *place.made).code == 0
    workbooks = [panel, *lists.glob("*.xlsx"), place.folder / "audit.xlsx"]
    assert len(workbooks) >= 4
    for workbook in workbooks:
        for sheet in sheets(workbook):
            assert "<f>" not in sheet
            assert "<f " not in sheet
            assert "<hyperlink" not in sheet


def test_no_cell_of_a_csv_is_a_formula(place: Place) -> None:
    target = place.folder / "panel.csv"
    assert gouji("export", target, *place.made).code == 0
    with target.open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for line in csv.reader(file) for cell in line]
    assert f"'{FORMULA}" in cells
    starts = [c for c in cells if c[:1] in "=@+" or (c[:1] == "-" and not c[1:2].isdigit())]
    assert [cell for cell in starts if cell] == []


@pytest.mark.parametrize("form", ["text", "json", "junit", "github"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_escapes_into_the_terminal(place: Place, form: str, language: str) -> None:
    for arguments in (
        ("validate", *place.made, "--format", form, "--lang", language, "--site", place.site),
        ("explain", f"{AGENCY} 2022", *place.made, "--lang", language),
    ):
        ended = gouji(*arguments)
        assert ended.code in (0, 1), ended.err
        assert not {"\x1b", "\x07"} & set(ended.out + ended.err)
        if form != "json":
            assert not set(TURNED) & set(ended.out + ended.err)
