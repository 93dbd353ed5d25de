"""Data Docs: offline, no script but the language switch, every text from a report escaped."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from checkpoints.annual_reports import MOST_ROWS_LISTED, run_checkpoint
from checkpoints.data_docs import words
from checkpoints.data_docs.pages import SCRIPT, TEMPLATES
from checkpoints.site.page import NAVIGATION
from expectations.rules import Rule, read_rules
from tests.expectations.marts import create, execute, insert

HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=\"document.title='x'\">",
    '"><svg onload=alert(1)>',
    "</pre></table><iframe src=https://example.org>",
    "{{7*7}}{% raw %}",
    "$$ ${x} $PARAMETER",
    "&lt;b&gt;",
)


class Page(HTMLParser):
    """Tags, attributes and text of a page, as a browser would see them."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str]] = []
        self.ids: set[str] = set()
        self.text = ""
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        self.ids |= {value for name, value in attrs if name == "id" and value}

    def handle_data(self, data: str) -> None:
        self.text += f"{data}\n"

    @property
    def links(self) -> list[str]:
        return [value for name, value in self.attributes if name in ("href", "src")]


@pytest.fixture(scope="module")
def hostile_pages(tmp_path_factory: pytest.TempPathFactory) -> list[Page]:
    """The site over marts whose every text is a payload, and one table that is not there."""
    folder = tmp_path_factory.mktemp("hostile")
    database = create(folder / "gouji.duckdb")
    for text in HOSTILE:
        about = {"agency": text, "report_id": text}
        insert(database, "marts.cell_values", **about, status=text, value=-1, raw_text=text)
        insert(database, "marts.cell_values", **about, indicator=text, breakdown=text, value=-1)
        insert(database, "marts.table_rows", **about, label_text=text, count_values=1)
        insert(database, "marts.relations", **about, subject=text, left_value=9)
        insert(database, "marts.reports", **about, source_path=text, region=None)
        insert(database, "marts.report_tables", **about, presence=text, form_table=text)
        insert(database, "marts.findings", finding_id=text, rule=text, **about)
        insert(database, "raw.sources", document_id=f"lost {text}", source_path=text)
        # A cast that fails repeats the text in its message.
        execute(database, f"update form.editions set edition = '{text.replace(chr(39), '')}'")
    execute(
        database,
        "alter table marts.report_sections alter printed_no type varchar;"
        "update marts.report_sections set printed_no = '<script>alert(2)</script>'",
    )
    rules = [
        Rule(rule.suite, rule.rule, rule.severity, HOSTILE[0], HOSTILE[0], HOSTILE[1], HOSTILE[1])
        for rule in read_rules()
    ]
    outcome = run_checkpoint(database, language="zh", site=folder / "site", rules=rules)
    raised = {rule.rule: rule.exception for rule in outcome.rules if rule.exception}
    assert "<script>alert(2)</script>" in raised["completeness.sections_present"]
    assert outcome.data_docs is not None
    return [Page(path) for path in outcome.data_docs.parent.rglob("*.html")]


def test_no_text_becomes_markup(hostile_pages: list[Page]) -> None:
    allowed = {
        *("html", "head", "meta", "title", "style", "body", "nav", "a", "h1", "h2", "h3", "p"),
        *("code", "pre", "section", "div", "span", "input", "label", "details", "summary"),
        *("table", "thead", "tbody", "tr", "th", "td", "footer"),
        *("header", "b", "button", "script"),
    }
    for page in hostile_pages:
        assert page.tags <= allowed, page.path
        assert not [name for name, _ in page.attributes if name.startswith("on")], page.path


@pytest.mark.parametrize("text", HOSTILE)
def test_every_text_is_shown_as_it_is(hostile_pages: list[Page], text: str) -> None:
    shown = {page.path.parts[-4] for page in hostile_pages if text in page.text}
    assert shown >= {
        *("cell_values", "table_rows", "relations", "reports", "report_tables"),
        *("all_cells", "all_reports", "all_findings", "all_sources"),
    }


def test_the_message_of_an_exception_is_escaped(hostile_pages: list[Page]) -> None:
    [sections] = [page for page in hostile_pages if "report_sections" in page.path.parts]
    assert "<script>alert(2)</script>" in sections.text
    assert words.PAGE["error"][0] in sections.text


def test_nothing_is_loaded_from_anywhere(hostile_pages: list[Page]) -> None:
    for page in hostile_pages:
        source = page.path.read_text(encoding="utf-8")
        style = source[source.index("<style>") : source.index("</style>")]
        assert not re.search(r"url\(|@import", style)
        script = source.partition("<script>")[2].partition("</script>")[0]
        assert script == SCRIPT.read_text(encoding="utf-8")
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert (
            f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'" in source
        )
        assert source.count("<script") == 1
        assert not [link for link in page.links if re.match(r"[a-z]+:|//", link)]


def test_every_link_leads_somewhere(hostile_pages: list[Page]) -> None:
    pages = {page.path.resolve(): page for page in hostile_pages}
    [top] = [
        page.path.parent.parent for page in hostile_pages if page.path.parent.name == "data_docs"
    ]
    of_the_site = {(top / path).resolve() for path, _ in NAVIGATION}
    count = 0
    for page in hostile_pages:
        left = set()
        for link in page.links:
            path, _, anchor = link.partition("#")
            place = (page.path.parent / path).resolve()
            if place in of_the_site:
                left.add(place)
                continue
            assert not anchor or anchor in pages[place].ids
            count += 1
        assert left == of_the_site
    assert count > len(read_rules()) - 20


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return create(tmp_path / "gouji.duckdb")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_failing_row_is_told_in_both_languages(database: Path, language: str) -> None:
    insert(database, "marts.cell_values", value=-3)
    site = database.parent / "site"
    index = run_checkpoint(database, language=language, site=site).data_docs  # type: ignore[arg-type]
    assert index == site / "data_docs" / "index.html"
    [path] = (site / "data_docs" / "validations" / "non_negativity" / "cell_values").rglob("*.html")
    page = Page(path)
    assert {"甲市乙局", "2023", "-3"} <= set(page.text.splitlines())
    assert "non_negativity.counts" in page.text
    assert "non_negativity.counts" in Page(index).text
    source = path.read_text(encoding="utf-8")
    assert f'data-lang="{language}"' in source
    for zh, en in (
        ("须更正", "error"),
        ("位置", "place"),
        ("（一）予以公开·自然人", "Granted"),
        ("件数不为负", "Counts are not negative"),
    ):
        assert f'<span lang="zh">{zh}</span><span lang="en">{en}</span>' in source
    assert "\x1f" not in source


def test_rows_beyond_the_limit_are_counted_and_not_listed(database: Path) -> None:
    execute(
        database,
        "insert into marts.findings select f.* replace (i::varchar as finding_id, 'x' as rule)"
        f" from marts.findings as f, range({MOST_ROWS_LISTED + 100}) as series (i)",
    )
    index = run_checkpoint(database, language="zh", site=database.parent).data_docs
    assert index is not None
    [path] = (index.parent / "validations" / "integrity" / "all_findings").rglob("*.html")
    page = Page(path)
    assert f"共{MOST_ROWS_LISTED + 100}行，列出前{MOST_ROWS_LISTED}行" in page.text
    assert path.read_text(encoding="utf-8").count("<td>x</td>") == MOST_ROWS_LISTED


def test_a_second_run_replaces_the_pages(database: Path) -> None:
    for _ in range(2):
        run_checkpoint(database, language="zh", site=database.parent)
    pages = list((database.parent / "data_docs" / "validations" / "balance").rglob("*.html"))
    assert len(pages) == 1


def test_every_fixed_word_is_used() -> None:
    used = {
        name
        for template in TEMPLATES.glob("*.j2")
        for name in re.findall(r"\b(?:say|plain)\('(\w+)'", template.read_text(encoding="utf-8"))
    }
    by_code = {"critical", "warning", "info", "holds", "fails", "error", "nothing"}
    assert words.PAGE.keys() - by_code == used - by_code
