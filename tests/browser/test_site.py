"""The site of the sample reports, in a browser without a network."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest
from selenium.webdriver.common.keys import Keys

from tests.acceptance.runs import check, rows
from tests.browser.browser import DESK, PHONE, Browser, local, needs_browser

pytestmark = [needs_browser, pytest.mark.xdist_group("browser")]


class Place(NamedTuple):
    """The samples with their site."""

    database: Path
    site: Path

    @property
    def index(self) -> Path:
        return self.site / "index.html"

    @property
    def own(self) -> list[Path]:
        """All pages but the Data Docs."""
        found = sorted(self.site.rglob("*.html"))
        return [page for page in found if self.site / "data_docs" not in page.parents]


@pytest.fixture(scope="module")
def place(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Place:
    place = Place(*(tmp_path_factory.mktemp("samples") / name for name in ("gouji.duckdb", "site")))
    check([root / "data" / "reports"], place.database, site=place.site)
    return place


@pytest.fixture(scope="module")
def chinese() -> Iterator[Browser]:
    with Browser("zh-CN") as browser:
        yield browser


@pytest.fixture
def browser(chinese: Browser) -> Iterator[Browser]:
    """A browser that asks for Chinese and remembers nothing of other tests."""
    yield chinese
    chinese.width(DESK)
    chinese.scripts(True)
    chinese.run("try { localStorage.clear() } catch (error) { /* a blank page has none */ }")


class Seen(NamedTuple):
    """What a page looks like from outside."""

    links: set[tuple[Path, str]]
    ids: set[str]
    remote: list[str]


LOOK = """
    const named = each => each.getAttribute('href') ?? each.getAttribute('src');
    const addresses = [...document.querySelectorAll('[href], [src]')]
        .map(each => [each, new URL(named(each), document.baseURI).href]);
    return [
        addresses.filter(([each]) => each.matches('a')).map(([, address]) => address),
        [...document.querySelectorAll('[id]')].map(each => each.id),
        addresses.map(([, address]) => address).filter(each => !/^(file|data):/.test(each)),
    ];
"""
PICTURES = """
    const images = [...document.images];
    images.forEach(image => { image.loading = 'eager'; });
    return Promise.all(images.map(image => image.decode()))
        .then(() => images.every(image => image.naturalWidth > 100));
"""
STYLED = """
    const sheets = [...document.querySelectorAll('link[rel=stylesheet]')];
    return (sheets.length || document.querySelector('style')) && sheets.every(each => each.sheet)
        && !/Times|^serif/.test(getComputedStyle(document.body).fontFamily);
"""


@pytest.fixture(scope="module")
def crawled(place: Place, chinese: Browser) -> dict[Path, Seen]:
    """Every page that links lead to; each is whole, styled and quiet."""
    seen: dict[Path, Seen] = {}
    todo = [place.index]
    while todo:
        page = todo.pop()
        if page in seen:
            continue
        list(chinese.requests())
        chinese.open(page)
        assert (page, chinese.run(STYLED)) == (page, True)
        assert (page, chinese.run(PICTURES)) == (page, True)
        requests = [each for each in chinese.requests() if each[0] != "about:blank"]
        assert [each for each in requests if each[1] != "ok"] == []
        assert all(place.site in local(url)[0].parents for url, _ in requests), requests
        assert (page, chinese.complaints()) == (page, [])
        links, ids, remote = chinese.run(LOOK)
        seen[page] = Seen({local(url) for url in links}, set(ids), remote)
        todo += [to for to, _ in seen[page].links if to.suffix == ".html"]
    return seen


def test_every_page_is_reached_from_the_first(place: Place, crawled: dict[Path, Seen]) -> None:
    assert set(crawled) == set(place.site.rglob("*.html"))
    assert len(crawled) > 50


def test_no_page_names_an_address_elsewhere(crawled: dict[Path, Seen]) -> None:
    assert {page: seen.remote for page, seen in crawled.items() if seen.remote} == {}


def test_every_link_leads_somewhere(crawled: dict[Path, Seen]) -> None:
    dead = [
        (page, to, place)
        for page, seen in crawled.items()
        for to, place in seen.links
        if not to.is_file() or (place and to in crawled and place not in crawled[to].ids)
    ]
    assert dead == []


def test_every_finding_is_two_clicks_from_the_first_page(place: Place, browser: Browser) -> None:
    """One click shows the finding on the page of its report, a second the cell it is about."""
    groups = defaultdict(list)
    for report_id, group_id, *cell in rows(place.database, _FINDINGS):
        groups[report_id, group_id].append(cell)
    assert len(groups) > 15
    for (report_id, group_id), cells in groups.items():
        report = place.site / "reports" / f"{report_id[:12]}.html"
        browser.open(place.index)
        address = f"reports/{report_id[:12]}.html#group-{group_id[:12]}"
        browser.click(browser.one(f'a[href="{address}"]'))
        assert (browser.page, browser.fragment) == (report, f"group-{group_id[:12]}")
        finding = browser.one(":target")
        assert finding.is_displayed()
        number = finding.get_attribute("value")
        for form_table, indicator, breakdown, status, raw_text in cells:
            anchor = f"cell-{form_table}-{indicator}-{breakdown}"
            # Of many places of one cause the list is folded up; the cells are marked all the same.
            leading = [
                link
                for link in browser.all(f'#group-{group_id[:12]} a[href="#{anchor}"]')
                if link.is_displayed()
            ]
            if leading:
                browser.click(leading[0])
                assert browser.one(":target").get_attribute("id") == anchor
            cell = browser.one(f"#{anchor}")
            assert cell.is_displayed()
            assert printed(browser, anchor) == expected(status, raw_text)
            marks = [mark.text.split()[0][1:] for mark in browser.all(f"#{anchor} a.mark")]
            assert number in marks


_FINDINGS = """
    select f.report_id, f.group_id, c.form_table, c.indicator, c.breakdown, c.status, c.raw_text
    from marts.findings as f
    inner join marts.cell_values as c using (report_id, form_table, indicator, breakdown)
    order by all
"""


def printed(browser: Browser, anchor: str) -> str:
    """What a cell shows, without marks and what is for the ear alone."""
    return browser.run(
        """
        const cell = document.getElementById(arguments[0]).cloneNode(true);
        cell.querySelectorAll('.mark, .unseen, .suggested, .read').forEach(each => each.remove());
        return cell.textContent.trim();
        """,
        anchor,
    )


def expected(status: str, raw_text: str | None) -> str:
    return {"blank": "□", "missing": "—", "ambiguous": "…"}.get(status, (raw_text or "").strip())


def test_findings_about_no_cell_are_one_click_away(place: Place, browser: Browser) -> None:
    listed = rows(
        place.database,
        "select distinct report_id, group_id from marts.findings"
        " where report_id is not null and breakdown is null order by all",
    )
    assert listed
    for report_id, group_id in listed:
        browser.open(place.index)
        address = f"reports/{report_id[:12]}.html#group-{group_id[:12]}"
        browser.click(browser.one(f'a[href="{address}"]'))
        assert browser.one(":target").is_displayed()


def test_the_picture_of_a_page_shows_the_number_of_its_finding(
    place: Place, browser: Browser
) -> None:
    pictured = sorted(path.stem for path in (place.site / "pages").glob("*.png"))
    assert len(pictured) > 5
    for stem in pictured:
        report, _, page = stem.partition("-")
        browser.open(place.site / "reports" / f"{report}.html")
        assert browser.one(f"#page-{page} img").get_attribute("src").endswith(f"/{stem}.png")
    links = [link for link in browser.all('a[href^="#page-"]') if link.is_displayed()]
    browser.click(links[0])
    assert browser.one(":target img").is_displayed()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_page_is_wider_than_a_telephone(place: Place, browser: Browser, language: str) -> None:
    browser.width(PHONE)
    browser.open(place.index)
    browser.run("localStorage.setItem('gouji-language', arguments[0])", language)
    wide = {}
    for page in place.own:
        browser.open(page)
        browser.run("document.querySelectorAll('details').forEach(each => { each.open = true; })")
        width = browser.run("return document.documentElement.scrollWidth")
        if width > PHONE:
            wide[page.name] = width
    assert wide == {}


def test_the_language_follows_the_reader(place: Place, browser: Browser) -> None:
    report = place.own[-1]
    browser.open(place.index)
    assert browser.one("h1").text == "政府信息公开工作年度报告勾稽检查"
    browser.click(browser.one("button.language"))
    assert browser.one("h1").text == "Do the annual reports tie out?"
    assert browser.run("return [document.documentElement.lang, document.title]") == [
        "en",
        "Do the annual reports tie out?",
    ]
    browser.open(report)
    shown = browser.run("return document.querySelector('main').innerText")
    assert "机关" not in shown.replace("行政机关", "")
    browser.click(browser.one("button.language"))
    browser.open(place.index)
    assert browser.run("return document.documentElement.lang") == "zh-CN"


def test_a_browser_that_asks_for_english_gets_it(place: Place) -> None:
    with Browser("en-US") as english:
        english.open(place.index)
        assert english.one("h1").text == "Do the annual reports tie out?"


def test_without_scripts_the_pages_say_the_same(place: Place, browser: Browser) -> None:
    browser.open(place.own[-1])
    text = "return document.querySelector('main').innerText"
    with_scripts = browser.run(text)
    browser.scripts(False)
    browser.open(place.own[-1])
    # What the tests ask runs in a world of its own; only the page's scripts are off.
    browser.scripts(True)
    assert browser.run(text) == with_scripts
    assert not browser.one("button.language").is_displayed()


def test_a_keyboard_reaches_the_content_first(place: Place, browser: Browser) -> None:
    browser.open(place.index)
    browser.one("body").send_keys(Keys.TAB)
    focused = browser.driver.switch_to.active_element
    assert focused.get_attribute("class") == "skip"
    focused.send_keys(Keys.ENTER)
    assert browser.fragment == "main"


CONTRAST = """
    const channels = colour => {
        const context = document.createElement('canvas').getContext('2d');
        context.fillStyle = colour;
        context.fillRect(0, 0, 1, 1);
        return [...context.getImageData(0, 0, 1, 1).data];
    };
    const known = new Map();
    const rgba = colour => {
        if (!known.has(colour)) known.set(colour, channels(colour));
        return known.get(colour);
    };
    const light = colour => {
        const [r, g, b] = colour.slice(0, 3).map(v => v / 255)
            .map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
        return .2126 * r + .7152 * g + .0722 * b;
    };
    const ground = element => {
        for (; element; element = element.parentElement) {
            const colour = rgba(getComputedStyle(element).backgroundColor);
            if (colour[3] === 255) return colour;
        }
        return [255, 255, 255];
    };
    const poor = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const element = walker.currentNode.parentElement;
        if (!walker.currentNode.textContent.trim() || element.closest('svg')
            || !element.checkVisibility()) continue;
        const style = getComputedStyle(element);
        const pair = [light(rgba(style.color)), light(ground(element))];
        const ratio = (Math.max(...pair) + .05) / (Math.min(...pair) + .05);
        const large = parseFloat(style.fontSize) >= 24
            || (parseFloat(style.fontSize) >= 18.66 && style.fontWeight >= 700);
        if (ratio < (large ? 3 : 4.5)) poor.push([element.className, element.textContent, ratio]);
    }
    return poor;
"""


def test_text_stands_out_from_its_ground(place: Place, browser: Browser) -> None:
    """At least 4.5 to 1, and 3 to 1 where it is large: level AA of WCAG."""
    poor = {}
    for page in place.own:
        browser.open(page)
        if found := browser.run(CONTRAST):
            poor[page.name] = found
    assert poor == {}


def test_every_chart_has_a_name_a_description_and_a_table(place: Place, browser: Browser) -> None:
    count = 0
    for page in sorted((place.site / "agencies").glob("*.html")):
        browser.open(page)
        for figure in browser.all("figure.chart"):
            told = browser.run(
                """
                const svg = arguments[0].querySelector('svg[role=img]');
                const text = name => svg?.getAttribute(name).split(' ')
                    .map(id => document.getElementById(id).textContent.trim()).join(' ');
                return [
                    svg ? text('aria-labelledby') : 'a table with bars',
                    svg ? text('aria-describedby') : 'a table with bars',
                    arguments[0].querySelectorAll('table td').length,
                ];
                """,
                figure,
            )
            assert all(told), told
            count += 1
    assert count >= 25


def test_the_chain_breaks_where_the_report_does(place: Place, browser: Browser) -> None:
    """What one report carries out and the next does not carry in is drawn as a broken line."""
    [(report_id, left, right)] = rows(
        place.database,
        "select report_id, left_value, right_value from marts.relations"
        " where rule = 'continuity.requests_carried' and subject = 'total' and not holds",
    )
    browser.open(place.site / "reports" / f"{report_id[:12]}.html")
    browser.click(browser.one(".crumbs a[href*=agencies]"))
    broken = [each.text for each in browser.all("svg text.broken") if each.is_displayed()]
    assert f"✗ {Decimal(left):.0f} ≠ {Decimal(right):.0f}，差+{right - left:.0f}" in broken
    assert len(browser.all("svg path.joint.differs")) == 1
    assert len(browser.all("svg path.joint.holds")) == 3
