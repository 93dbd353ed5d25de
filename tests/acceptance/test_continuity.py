"""Two and more years of agencies: what carries over, what does not, what cannot be told."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from checkpoints.exit_codes import ExitCode
from checkpoints.outcome import Group, Outcome
from data.generator import own_words
from data.generator.draws import Style, draw
from data.generator.figures import Figures
from data.generator.forms import Cell
from data.generator.report import Report, Section
from tests.acceptance.reports import agency_name, clean, reprint, retitle, write
from tests.acceptance.runs import check, report_at, rows

pytestmark = pytest.mark.xdist_group("continuity")

CARRIED = "continuity.requests_carried"
IN_FORCE = "continuity.documents_in_force"
ITEMS = "continuity.items_carried"
COPIED = "continuity.copied_report"
COPIED_TEXT = "narrative.copied_text"
RULES = (CARRIED, IN_FORCE, ITEMS, COPIED, COPIED_TEXT)

STOCKS = ("in_force", "prior_items", "disclosed_total")
DOCUMENTS = ("proactive", "normative_documents", "in_force")
FROM_PERSONS = Cell("applications", "carried_out", "natural_person")
COLUMNS = ("natural_person", "business", "research", "social", "legal", "other_org", "total")


def drawn(number: int, year: int, before: Figures | None = None, style: Style = "busy") -> Figures:
    """Figures of an agency and a year that follow from those of the year before."""
    edition = "trial_2019" if year <= 2020 else "standard_2021"
    return draw(edition, 100_000 + 10 * number + year, style, last_year=before)


def raised(figures: Figures, cell: tuple[str, str, str], by: int = 1) -> Figures:
    """The figures with one of them higher: what the next year is drawn from follows it."""
    return {**figures, Cell(*cell): figures[Cell(*cell)] + by}


class Case(NamedTuple):
    """Reports by file name; ``found`` counts the findings of the suite in the last of them."""

    reports: Mapping[str, Report]
    found: Mapping[str, int]


def two(number: int, upset: Any = None, year: int = 2021, **names: Any) -> dict[str, Report]:
    """Two years of one agency; ``upset`` changes the figures that the second follows from."""
    first = drawn(number, year)
    second = drawn(number, year + 1, upset(first) if upset else first)
    return {
        f"{number:03}-{year}.txt": clean(number, year, figures=first),
        f"{number:03}-{year + 1}.txt": clean(number, year + 1, figures=second, **names),
    }


def changed(
    reports: dict[str, Report], which: int, changes: Mapping[Any, str]
) -> dict[str, Report]:
    """The reports with other texts printed in one of them."""
    name = list(reports)[which]
    return {**reports, name: reprint(reports[name], changes)}


def copied(number: int, years: tuple[int, ...], of: int) -> dict[str, Report]:
    """Years of an agency of which the last prints the flow figures of the year ``of``."""
    made: dict[int, Figures] = {}
    for year in years:
        made[year] = drawn(number, year, made.get(year - 1))
    last = {
        cell: made[years[-1]][cell] if cell.breakdown in STOCKS else value
        for cell, value in made[of].items()
    }
    made[years[-1]] = last
    return {f"{number:03}-{y}.txt": clean(number, y, figures=f) for y, f in made.items()}


def in_words_of(report: Report, seed: str, section_no: int = 1) -> Report:
    """The report with a section in words of its own; the same seed, the same words."""
    words = own_words.paragraphs(seed)
    return replace(
        report,
        sections=tuple(
            replace(s, paragraphs=words) if s.number == section_no else s for s in report.sections
        ),
    )


ROW = {("applications", "carried_in", column): "" for column in COLUMNS}

HOLDS: dict[str, Case] = {
    "figures carry over": Case(two(0), {}),
    "figures carry over in the trial form": Case(two(1, year=2019), {}),
    "figures carry over into another form": Case(two(2, year=2020), {}),
    "years with a gap": Case(
        {
            "003-2021.txt": clean(3, 2021, style="busy"),
            "003-2023.txt": clean(3, 2023, style="busy"),
        },
        {},
    ),
    "small figures that happen to be equal": Case(
        {
            f"004-{year}.txt": clean(
                4, year, figures={**drawn(4, 2021), **dict.fromkeys(drawn(4, 2021), 0)}
            )
            for year in (2021, 2022)
        },
        {},
    ),
}
"""Nothing is found."""

FAILS: dict[str, Case] = {
    "a request of natural persons is lost": Case(
        two(
            10, lambda f: raised(raised(f, FROM_PERSONS), ("applications", "carried_out", "total"))
        ),
        {CARRIED: 2},
    ),
    "every column differs": Case(
        two(
            11,
            lambda f: {
                cell: value + 1 if cell.indicator == "carried_out" else value
                for cell, value in f.items()
            },
        ),
        {CARRIED: 7},
    ),
    "documents in force jump": Case(two(12, lambda f: raised(f, DOCUMENTS, 300)), {IN_FORCE: 1}),
    "items of the trial form jump": Case(
        two(13, lambda f: raised(f, ("proactive", "licensing", "prior_items"), 7), year=2019),
        {ITEMS: 1},
    ),
    "figures are those of last year": Case(copied(14, (2021, 2022), 2021), {COPIED: 1}),
    "figures are those of two years ago": Case(copied(15, (2021, 2022, 2023), 2021), {COPIED: 1}),
    "the text is last year's": Case(
        {name: in_words_of(report, "16", 5) for name, report in two(16).items()}, {COPIED_TEXT: 1}
    ),
}
"""Findings in the last report, and in no other."""


def bare(number: int, year: int, figures: Figures) -> Report:
    """A report that names its bureau and no place."""
    return retitle(
        clean(number, year, figures=figures), f"示例统计局{year}年政府信息公开工作年度报告"
    )


def undecided(number: int) -> dict[str, Report]:
    """Two first years that differ, and a second that follows neither."""
    reports = two(number, lambda f: raised(f, DOCUMENTS, 300))
    first, second = reports
    other = reprint(reports[first], {DOCUMENTS: "7"})
    return {first: reports[first], f"{number:03}-2021b.txt": other, second: reports[second]}


NOT_JUDGED: dict[str, tuple[dict[str, Report], str]] = {
    "last year's row is missing": (
        {
            name: replace(
                report,
                printed={
                    cell: text
                    for cell, text in report.printed.items()
                    if (cell.indicator, report.year) != ("carried_out", 2021)
                },
            )
            for name, report in two(20, lambda f: raised(f, FROM_PERSONS)).items()
        },
        CARRIED,
    ),
    "this year's figure is unreadable": (
        changed(two(21, lambda f: raised(f, DOCUMENTS, 300)), 1, {DOCUMENTS: "若干"}),
        IN_FORCE,
    ),
    "last year's documents in force are blank": (
        changed(two(22, lambda f: raised(f, DOCUMENTS, 300)), 0, {DOCUMENTS: ""}),
        IN_FORCE,
    ),
    "two reports of last year differ": (undecided(23), IN_FORCE),
    "no region": (
        {f"024-{year}.txt": bare(24, year, drawn(24, year, style="busy")) for year in (2021, 2022)},
        CARRIED,
    ),
    "another scope": (two(25, lambda f: raised(f, DOCUMENTS, 300)), IN_FORCE),
    "the bureau was merged": (
        two(26, lambda f: raised(f, DOCUMENTS, 300), agency="云溪县示例合并后局"),
        IN_FORCE,
    ),
    "the bureau took another in": (two(27, lambda f: raised(f, DOCUMENTS, 300)), IN_FORCE),
    "nobody says the bureau was renamed": (
        two(28, lambda f: raised(f, DOCUMENTS, 300), agency="云溪县示例不知名局"),
        IN_FORCE,
    ),
}
"""Reports, and the rule that would find something if it were judged."""

RENAMED = two(30, lambda f: raised(f, DOCUMENTS, 300), agency="云溪县示例改名后局")

AGENCIES = f"""region,name,successor,kind,first_year
云溪县,{agency_name(30)},示例改名后局,,2022
,{agency_name(26)},云溪县示例合并后局,merged,2022
云溪县,示例撤并局,{agency_name(27).removeprefix("云溪县")},merged,2022
"""

SOURCES = "path,scope\n025-2021.txt,own\n025-2022.txt,whole\n"


class Checked(NamedTuple):
    outcome: Outcome
    database: Path
    folder: Path

    def groups(self, name: str) -> list[Group]:
        """The findings of these rules in one report."""
        report = report_at(self.outcome, self.folder / name)
        return [group for group in report.groups if group.rule in RULES]


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Checked:
    place = tmp_path_factory.mktemp("continuity")
    folder = place / "reports"
    for reports in (
        *(case.reports for case in (*HOLDS.values(), *FAILS.values())),
        *(reports for reports, _ in NOT_JUDGED.values()),
        RENAMED,
    ):
        for name, report in reports.items():
            write(report, folder / name)
    (folder / "agencies.csv").write_text(AGENCIES, encoding="utf-8")
    (folder / "sources.csv").write_text(SOURCES, encoding="utf-8")
    outcome = check([folder], place / "gouji.duckdb", jobs=2)
    assert outcome.difficulties == ()
    return Checked(outcome, place / "gouji.duckdb", folder)


@pytest.mark.parametrize("name", HOLDS)
def test_nothing_is_found_where_it_holds(checked: Checked, name: str) -> None:
    assert {file: checked.groups(file) for file in HOLDS[name].reports} == {
        file: [] for file in HOLDS[name].reports
    }


@pytest.mark.parametrize("name", FAILS)
def test_the_last_report_alone_is_found_and_once_for_each_cause(
    checked: Checked, name: str
) -> None:
    *earlier, last = FAILS[name].reports
    assert [checked.groups(file) for file in earlier] == [[] for _ in earlier]
    found = {group.rule: group.count_findings for group in checked.groups(last)}
    assert {rule: found.get(rule, 0) for rule in FAILS[name].found} == FAILS[name].found
    # A copied year carries in and issues what the copied one did, which does not follow either.
    also = {CARRIED, IN_FORCE} if COPIED in found else set()
    assert set(found) - set(FAILS[name].found) <= also
    assert len(found) == len(checked.groups(last))


@pytest.mark.parametrize("name", NOT_JUDGED)
def test_nothing_is_found_where_it_cannot_be_judged(checked: Checked, name: str) -> None:
    reports, rule = NOT_JUDGED[name]
    assert [group.rule for file in reports for group in checked.groups(file)] == []
    judged = rows(
        checked.database,
        "select count(*), count(holds) from marts.relations inner join marts.reports"
        " using (report_id) where ends_with(source_path, $1) and rule = $2"
        " and subject <> 'regulations'",
        list(reports)[-1],
        rule,
    )
    assert judged == [({CARRIED: 7, IN_FORCE: 1}[rule], 0)]


def test_the_message_names_both_reports_cells(checked: Checked) -> None:
    [group] = checked.groups("010-2022.txt")
    messages = rows(
        checked.database,
        "select message_zh, message_en, expected, actual from marts.findings"
        " inner join marts.reports using (report_id)"
        " where ends_with(source_path, '010-2022.txt') and breakdown = 'natural_person'",
    )
    [(zh, en, expected, actual)] = messages
    assert actual - expected == 1
    assert group.severity == "warning"
    assert zh == (
        "【请核对】三、上年结转政府信息公开申请数量·自然人："
        f"上年“四、结转下年度继续办理”{expected:.0f}，本年印为{actual:.0f}，多1"
        "（上年：2021年度，010-2021.txt）。"
        "请与上年报告核对；上年有误的，可在第六部分说明。"
    )
    assert f'last year\'s "Carried over to next year" {expected:.0f}, printed this year' in en
    assert "(last year: 2021, 010-2021.txt)" in en


def test_documents_in_force_spell_out_the_sum_and_ask_for_a_review(checked: Checked) -> None:
    [group] = checked.groups("012-2022.txt")
    assert "二、行政规范性文件·现行有效件数：上年“现行有效件数”" in group.message_zh
    assert "＋本年“本年制发件数”" in group.message_zh
    assert "－本年“本年废止件数”" in group.message_zh
    assert "少300" in group.message_zh or "多300" in group.message_zh
    assert "口径待复核" in group.message_zh


def test_a_renamed_bureau_is_compared_and_the_old_name_told(checked: Checked) -> None:
    [group] = checked.groups("030-2022.txt")
    assert group.rule == IN_FORCE
    assert f"（上年：2021年度，{agency_name(30)}，030-2021.txt）" in group.message_zh
    assert f"(last year: 2021, {agency_name(30)}, 030-2021.txt)" in group.message_en


def test_findings_name_the_earlier_report(checked: Checked) -> None:
    listed = rows(
        checked.database,
        "select distinct own.source_path, other.source_path from marts.findings as f"
        " inner join marts.reports as own using (report_id)"
        " left join marts.reports as other on f.related_report_id = other.report_id"
        " where f.suite = 'continuity'",
    )
    names = {(Path(own).name, Path(other).name) for own, other in listed}
    assert {("012-2022.txt", "012-2021.txt"), ("015-2023.txt", "015-2021.txt")} <= names


def test_copied_prose_is_quoted_from_both(checked: Checked) -> None:
    [group] = checked.groups("016-2022.txt")
    assert (group.rule, group.severity) == (COPIED_TEXT, "info")
    assert group.message_zh.startswith(
        "【提示】五、存在的主要问题及改进情况：这一部分除名称、数字和通用表述外约"
    )
    passage = group.message_zh.split("本份：“")[1].split("……")[0]
    assert len(passage) > 20 and group.message_zh.count(passage) == 2


def test_earlier_reports_serve_as_context_only(checked: Checked) -> None:
    later = check([checked.folder / "012-2022.txt"], checked.database)
    assert [group.rule for report in later.reports for group in report.groups] == [IN_FORCE]
    earlier = check([checked.folder / "012-2021.txt"], checked.database)
    assert [report.groups for report in earlier.reports] == [()]
    assert (later.difficulties, earlier.difficulties) == ((), ())


def test_what_could_not_be_judged_is_counted(checked: Checked) -> None:
    coverage = {
        rule: counts
        for rule, *counts in rows(
            checked.database,
            "select rule, instances_possible, instances_judged, instances_failing"
            " from marts.rule_coverage",
        )
    }
    for rule in RULES:
        possible, judged, failing = coverage[rule]
        assert possible > judged > failing > 0, rule


def test_an_unreadable_list_of_agencies_is_told_with_its_line(tmp_path: Path) -> None:
    write(clean(0), tmp_path / "a.txt")
    (tmp_path / "agencies.csv").write_text("name,successor,first_year\n甲局,乙局,明年\n")
    with pytest.raises(ValueError, match=r"第2行：first_year“明年”不是年份"):
        check([tmp_path], tmp_path / "gouji.duckdb")


OTHERS = range(40, 60)


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Checked:
    """Twenty honest reports, two whose section 一 is another's, and one file kept twice."""
    place = tmp_path_factory.mktemp("county")
    folder = place / "reports"
    for number in OTHERS:
        write(clean(number), folder / f"{number:03}.txt")
    for number in (101, 111):
        write(in_words_of(clean(number), "101"), folder / f"{number}.txt")
    file = write(bare(120, 2022, drawn(120, 2022)), folder / "甲县" / "120.txt")
    (folder / "乙县").mkdir()
    shutil.copy(file, folder / "乙县" / "121.txt")
    outcome = check([folder], place / "gouji.duckdb", jobs=2)
    assert outcome.difficulties == ()
    return Checked(outcome, place / "gouji.duckdb", folder)


def test_text_of_another_agency_is_found_in_both(county: Checked) -> None:
    for own, other in ((101, 111), (111, 101)):
        [group] = county.groups(f"{own:03}.txt")
        assert group.rule == COPIED_TEXT
        assert f"与{agency_name(other)}2022年度报告（{other:03}.txt）相同" in group.message_zh


def test_identical_bytes_under_two_agencies_are_found(county: Checked) -> None:
    [report] = [r for r in county.outcome.reports if r.agency == "示例统计局"]
    [message] = [group.message_zh for group in report.groups if group.rule == COPIED_TEXT]
    assert "同一文件（内容完全相同）归在两个机关名下" in message
    assert "甲县/120.txt" in message and "乙县/121.txt" in message


def test_honest_reports_of_a_county_are_left_alone(county: Checked) -> None:
    found = Counter(group.rule for number in OTHERS for group in county.groups(f"{number:03}.txt"))
    assert found == Counter()
    assert county.outcome.exit_code == ExitCode.OK


def short_and_alike(number: int, year: int) -> Report:
    """The kind of report most small offices publish: the form's own words and hardly more."""
    report = clean(number, year, style="sparse")
    words = (
        f"{year}年，我局认真贯彻落实《中华人民共和国政府信息公开条例》，坚持以公开为常态、不公开为例外，"
        "主动公开政府信息。（一）主动公开。及时公开机构职能、政策文件和办事指南。"
        "（二）依申请公开。本年度没有收到政府信息公开申请。（三）政府信息管理。"
        "严格执行信息发布审核制度。（四）政府信息公开平台建设。依托政府门户网站发布信息。"
        "（五）监督保障。明确分管领导和专门人员，未发生责任追究情况。",
    )
    sections = tuple(
        Section(s.number, s.heading, words) if s.number == 1 else s for s in report.sections
    )
    return replace(report, sections=sections)


def test_short_reports_in_the_words_of_the_form_are_left_alone(tmp_path: Path) -> None:
    for number in (200, 210):
        for year in (2021, 2022):
            write(short_and_alike(number, year), tmp_path / "reports" / f"{number}-{year}.txt")
    outcome = check([tmp_path / "reports"], tmp_path / "gouji.duckdb")
    assert [g.rule for r in outcome.reports for g in r.groups if g.rule == COPIED_TEXT] == []
