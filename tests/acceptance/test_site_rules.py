"""The pages of the rules and of the tables: what they count and name is what the database holds."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

import sql
from checkpoints.outcome import SUITES
from checkpoints.site.layers import BOX_WIDTH
from checkpoints.site.rules import STATES
from tests.acceptance.reports import agency_name, clean, reprint, retitle, write
from tests.acceptance.runs import Ended, gouji, rows

pytestmark = pytest.mark.xdist_group("site_rules")

YEAR = 2022
ROWS, DISPUTES = "balance.applicants_total", "balance.disputes_total"
GRANTED = ("applications", "granted", "total")
RECONSIDERED = ("disputes", "total", "reconsideration")
HOSTILE = '<img src=x onerror="alert(1)">{{7*7}}局'


class Place(NamedTuple):
    """Reports, the database and the site made of them."""

    folder: Path
    database: Path
    site: Path

    def run(self, *options: Path | str) -> Ended:
        where = ("--db", self.database, "--site", self.site, "--fail-on", "never")
        return gouji("check", *options, *where, "--lang", "zh")

    def page(self, name: str) -> LexborHTMLParser:
        return LexborHTMLParser((self.site / name).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """Six reports: 1 fails two rules, 2 fails one that is waived, 3 and 4 cannot be judged in part
    or at all, 5 is clean, one of a hostile name fails; a seventh is expected and missing. An eighth
    with faults is in the database and not in the run."""
    base = tmp_path_factory.mktemp("rules")
    place = Place(base / "reports", base / "gouji.duckdb", base / "site")
    wrong = reprint(clean(1, YEAR), {GRANTED: "777", RECONSIDERED: "888"})
    write(wrong, place.folder / "1.txt")
    write(reprint(clean(2, YEAR), {RECONSIDERED: "888"}), place.folder / "2.txt")
    write(reprint(clean(3, YEAR), {GRANTED: "若干"}), place.folder / "3.txt")
    without = write(clean(4, YEAR), place.folder / "4.txt")
    text = without.read_text(encoding="utf-8")
    head, four, rest = re.split(r"(?m)^(四、.*)$", text, maxsplit=1)
    without.write_text(
        head + four + "\n（略）\n" + re.split(r"(?m)^(?=五、)", rest)[1], encoding="utf-8"
    )
    write(clean(5, YEAR), place.folder / "5.txt")
    hostile = retitle(reprint(clean(6, YEAR), {RECONSIDERED: "888"}), f"{YEAR}年工作年度报告")
    write(hostile, place.folder / "6.txt")
    other = reprint(clean(8, YEAR), {GRANTED: "777", RECONSIDERED: "888"})
    write(other, base / "elsewhere" / "8.txt")
    lines(place.folder / "sources.csv", ["path", "agency", "region"], ["6.txt", HOSTILE, "云溪县"])
    lines(
        place.folder / "waivers.csv",
        ["agency", "year", "rule", "cell", "printed_value", "reason", "who"],
        [
            agency_name(2),
            YEAR,
            DISPUTES,
            "disputes.reconsideration",
            printed(2),
            "口径如此",
            "张三",
        ],
    )
    header = ["region", "agency", "aliases", "year", "scope", "due"]
    expected = [["云溪县", agency_name(n), "", YEAR, "", "2023-01-31"] for n in (1, 7)]
    lines(place.folder / "expected.csv", header, *expected)
    (place.folder / "gouji.toml").write_text(f'[severity]\n"{ROWS}" = "warning"\n', "utf-8")
    assert place.run(base / "elsewhere").code == 0
    ended = place.run(place.folder)
    assert ended.code == 0, ended.err
    return place


def lines(path: Path, *content: list[Any]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(content)


def printed(number: int) -> str:
    """Both sides of the sum of table 4 as the report prints them."""
    cells = clean(number, YEAR).printed
    sum_ = sum(
        int(text or 0)
        for cell, text in cells.items()
        if cell[0] == "disputes" and cell[2] == "reconsideration" and cell[1] != "total"
    )
    return f"{sum_}≠888"


@pytest.fixture(scope="module")
def rules(place: Place) -> LexborHTMLParser:
    return place.page("rules.html")


@pytest.fixture(scope="module")
def tables(place: Place) -> LexborHTMLParser:
    return place.page("tables.html")


def section(page: LexborHTMLParser, rule: str) -> LexborNode:
    [found] = page.css(f'section[id="{rule}"]')
    return found


def in_chinese(node: LexborNode) -> str:
    """What a reader of Chinese sees of it."""
    page = LexborHTMLParser(node.html or "")
    for english in page.css('[lang="en"]'):
        english.decompose()
    return page.text()


def counts(page: LexborHTMLParser, rule: str) -> dict[str, int]:
    """Reports by state, and all to which the rule applies, as the table says."""
    [row] = [row for row in page.css("table.rules tbody tr") if row.css(f'a[href="#{rule}"]')]
    numbers = [int(cell.text()) for cell in row.css("td.number")]
    return dict(zip((*STATES, "all"), numbers, strict=True))


def state_counts(page: LexborHTMLParser, rule: str) -> Counter[str]:
    found = Counter(counts(page, rule))
    assert sum(found[state] for state in STATES) == found.pop("all")
    return +found


def test_every_rule_is_there_with_all_that_is_known_of_it(rules: LexborHTMLParser) -> None:
    with (sql.SEEDS / "rules.csv").open(encoding="utf-8", newline="") as file:
        seed = [row for row in csv.DictReader(file) if row["suite"] in SUITES]
    assert len(seed) > 30
    assert len(rules.css("section.rule")) == len(rules.css("table.rules tbody tr")) == len(seed)
    for row in seed:
        text = section(rules, row["rule"]).text()
        for name in ("title", "formula", "basis", "advice"):
            assert row[f"{name}_zh"] in text, (row["rule"], name)
            assert row[f"{name}_en"] in text, (row["rule"], name)


def test_reports_are_counted_by_how_they_stand(place: Place, rules: LexborHTMLParser) -> None:
    """Worked out by hand from what the fixture prints."""
    # The table that report 4 lacks has no relations to judge.
    assert state_counts(rules, DISPUTES) == {"fails": 2, "waived": 1, "holds": 2}
    assert state_counts(rules, ROWS) == {"fails": 1, "holds": 4, "partly": 1}
    assert state_counts(rules, "completeness.tables_present") == {"fails": 1, "holds": 5}
    assert state_counts(rules, "completeness.submitted") == {"fails": 1, "holds": 1}
    assert state_counts(rules, "continuity.requests_carried") == {"not_judged": 6}


def test_the_cases_are_those_of_the_reports_of_the_run(
    place: Place, rules: LexborHTMLParser
) -> None:
    judged, failing = rows(
        place.database,
        "select count(holds), count(*) filter (where not holds) from marts.relations"
        " inner join marts.reports using (report_id)"
        f" where rule = '{DISPUTES}' and source_path like '%/reports/%'",
    )[0]
    text = in_chinese(section(rules, DISPUTES))
    assert f"已判{judged}处，不符合{failing}处（其中已说明1处）" in text
    assert failing == 3


def test_failing_reports_are_linked_to_their_findings(
    place: Place, rules: LexborHTMLParser
) -> None:
    found = section(rules, DISPUTES).css("ul.links a")
    assert len(found) == 3
    for link in found:
        name, _, anchor = (link.attributes["href"] or "").partition("#")
        [group] = place.page(name).css(f'[id="{anchor}"]')
        assert DISPUTES in group.text() or "四、行政复议" in group.text()
    assert [("已说明" in link.text()) for link in found].count(True) == 1
    assert agency_name(8) not in rules.html


def test_a_configured_severity_is_told_with_the_one_it_had(rules: LexborHTMLParser) -> None:
    text = in_chinese(section(rules, ROWS))
    assert "设置由须更正改为请核对" in text
    assert len(rules.css(".tag")) == 1


def test_the_missing_report_is_found_on_the_overview(place: Place, rules: LexborHTMLParser) -> None:
    [link] = section(rules, "completeness.submitted").css("a")
    assert link.attributes["href"] == "index.html#missing"
    assert place.page("index.html").css("#missing")


def test_names_of_agencies_are_text(rules: LexborHTMLParser) -> None:
    assert HOSTILE in section(rules, DISPUTES).text()
    assert not rules.css("img")


def test_every_table_and_column_of_the_marts_is_described(
    place: Place, tables: LexborHTMLParser
) -> None:
    stored = rows(
        place.database,
        "select table_name, column_name, data_type from duckdb_columns()"
        " where schema_name = 'marts' order by table_name, column_index",
    )
    told = []
    for head in tables.css("h2[id]"):
        body = head
        while body is not None and body.tag != "table":
            body = body.next if body is head or body.tag != "h2" else None
        if body is None:
            continue
        for row in body.css("tbody tr"):
            name, _, kind, about = row.css("th, td")
            told.append((head.attributes["id"], name.text(), kind.text()))
            assert [len(about.css(f'span[lang="{each}"]')) for each in ("zh", "en")] == [1, 1]
    assert told == stored


def test_the_picture_has_every_mart_and_leads_to_it(tables: LexborHTMLParser) -> None:
    marts = {head.attributes["id"] for head in tables.css("h2[id]") if head.css("code")}
    links = [link.attributes["href"] for link in tables.css("svg.lineage a")]
    assert sorted(links) == sorted([*(f"#{mart}" for mart in marts), "#models"])
    places = [
        tuple(map(float, re.findall(r"[\d.]+", group.attributes["transform"] or "")))
        for group in tables.css("svg.lineage a > g")
    ]
    assert len({x for x, _ in places}) > 4
    assert max(x for x, _ in places) + BOX_WIDTH <= 1270  # It fits a page of 1300 px.


def test_what_a_table_is_made_from_is_what_its_sql_refers_to(tables: LexborHTMLParser) -> None:
    told = {
        row.css_first("th").text().partition(".")[2]: {
            code.text().partition(".")[2] or code.text() for code in row.css("td code")
        }
        for row in tables.css("table.models tbody tr")
    }
    models = {path.stem: path for path in (sql.PROJECT / "models").rglob("*.sql")}
    assert set(told) - {"relations", "suspects"} == set(models) - {"judged_relations"}
    for name in ("applications", "finding_groups", "rule_coverage", "int_expected"):
        text = models[name].read_text(encoding="utf-8")
        asked = set(re.findall(r"ref\('(\w+)'\)", text))
        asked |= set(re.findall(r"source\('raw', '(\w+)'\)", text))
        assert told[name] == {{"judged_relations": "relations"}.get(n, n) for n in asked}
    assert "int_relation_terms" in told["suspects"]
