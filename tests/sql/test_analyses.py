"""The saved analyses, and what the READMEs show of the demo, run on the sample reports."""

from __future__ import annotations

import re
import shlex
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import duckdb
import polars as pl
import pytest

import sql
from checkpoints.language import Language
from checkpoints.outcome import Outcome
from checkpoints.pipeline import Settings, check
from checkpoints.query import QueryRefused, analyses, analysis, run_query
from checkpoints.summary import summary

FILES = sorted(sql.ANALYSES.glob("*.sql"))
NAMES = [path.stem for path in FILES]
HEAD = ("title_zh", "title_en", "question", "caveat", "example")
LEAST_DENOMINATOR = 20
"""Under so many cases a share says nothing and is left out."""

RATES = {
    "requests_by_outcome": {"share_percent": ("count_requests", "count_requests_all")},
    "refusal_reasons": {
        "share_of_refused_percent": ("count_for_reason", "count_refused"),
        "share_of_outcomes_percent": ("count_for_reason", "count_outcomes"),
    },
    "disputes_lost": {"corrected_percent": ("count_corrected", "count_concluded")},
}


@pytest.fixture(scope="session")
def outcome(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """The end of a run over the sample reports, as `make demo` does it but without a site."""
    database = tmp_path_factory.mktemp("demo") / "demo.duckdb"
    settings = Settings(database, site=None, language="zh", fail_on="never", jobs=2)
    return check([root / "data" / "reports"], settings, lambda *_: None)


@pytest.fixture(scope="session")
def demo(outcome: Outcome) -> Path:
    """The database of that run."""
    return outcome.database


def head_of(path: Path) -> dict[str, str]:
    """The comment lines above the query, key to text."""
    lines = path.read_text(encoding="utf-8").split("\nwith\n")[0].splitlines()
    return dict(re.fullmatch(r"-- (\w+): (\S.*)", line).groups() for line in lines)  # type: ignore[union-attr]


def is_chinese(text: str) -> bool:
    return re.search(r"[\u4e00-\u9fff]", text) is not None


def test_there_are_enough_and_gouji_lists_them_all() -> None:
    assert len(NAMES) >= 9
    assert [found.name for found in analyses()] == NAMES


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_head_says_what_it_answers_and_what_to_beware_of(path: Path) -> None:
    head = head_of(path)
    assert tuple(head) == HEAD
    assert all(is_chinese(head[key]) for key in ("title_zh", "question", "caveat"))
    assert not is_chinese(head["title_en"])
    assert head["question"].endswith(("？", "。"))
    assert head["example"] == f"gouji sql --name {path.stem}"


def test_titles_are_unique() -> None:
    heads = [head_of(path) for path in FILES]
    for key in ("title_zh", "title_en"):
        assert len({head[key] for head in heads}) == len(heads)


@pytest.mark.parametrize("name", NAMES)
def test_gives_rows_with_columns_named_in_the_house_style(demo: Path, name: str) -> None:
    rows = run_query(demo, analysis(name).sql)
    assert rows.height > 0
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", column) for column in rows.columns)
    assert rows.is_unique().all()


@pytest.mark.parametrize("name", RATES)
def test_a_rate_stands_beside_its_numbers_and_only_where_they_suffice(
    demo: Path, name: str
) -> None:
    rows = run_query(demo, analysis(name).sql)
    for rate, (part, whole) in RATES[name].items():
        expected = [share(row[part], row[whole]) for row in rows.iter_rows(named=True)]
        # The samples have few refusals a reason and few disputes, but requests enough.
        kinds = {False} if name == "requests_by_outcome" else {True, False}
        assert {value is None for value in expected} == kinds
        assert rows[rate].to_list() == [
            value if value is None else pytest.approx(value, abs=0.051) for value in expected
        ]


def share(part: Decimal | None, whole: Decimal | None) -> float | None:
    """Percent, or None where a number was not printed or there are too few cases."""
    if part is None or whole is None or whole < LEAST_DENOMINATOR:
        return None
    return float(100 * part / whole)


def test_outcomes_of_a_year_add_up_and_no_report_is_lost(demo: Path) -> None:
    rows = run_query(demo, analysis("requests_by_outcome").sql)
    years = rows.filter(pl.col("outcome_no").is_not_null()).group_by("report_year", "scope")
    for (year, scope), group in years:
        assert group["count_requests"].sum() == group["count_requests_all"][0], (year, scope)
    groups = rows.unique(["report_year", "scope"])
    counted = groups["count_reports"].sum() + groups["count_reports_left_out"].sum()
    assert counted == scalar(demo, "select count(*) from reports where is_current and is_modelled")


def test_agencies_with_findings_counts_every_group_once(demo: Path) -> None:
    rows = run_query(demo, analysis("agencies_with_findings").sql)
    for column, severity in (("errors", "error"), ("warnings", "warning"), ("infos", "info")):
        groups = scalar(demo, f"select count(*) from finding_groups where severity = '{severity}'")
        assert rows[f"count_{column}"].sum() == groups
    assert rows["count_reports"].sum() == scalar(demo, "select count(*) from reports")


def test_blanks_by_table_accounts_for_every_cell(demo: Path) -> None:
    rows = run_query(demo, analysis("blanks_by_table").sql)
    gaps = sum(
        rows[f"count_{status}"].sum()
        for status in ("blank", "not_applicable", "unreadable", "missing", "ambiguous")
    )
    reported = scalar(demo, "select count(*) from cell_values where status = 'reported'")
    assert rows["count_cells"].sum() == gaps + reported


# Links of the chain: two agencies, one year without a report, one report twice, one unknown scope.
LINKS = """
create schema marts;
create table marts.reports as
select * from (values
    ('a21', '甲', '某县/甲', 'own', 2021, true),
    ('a22', '甲', '某县/甲', 'own', 2022, true),
    ('a23', '甲', '某县/甲', 'whole', 2023, true),
    ('a24', '甲', '某县/甲', 'own', 2024, true),
    ('b21', '乙', '某县/乙', 'own', 2021, true),
    ('b22', '乙', '某县/乙', 'own', 2022, true),
    ('b22x', '乙', '某县/乙', 'own', 2022, true),
    ('b23', '乙', '某县/乙', 'own', 2023, true),
    ('c21', '丙', '某县/丙', 'unknown', 2021, true),
    ('c22', '丙', '某县/丙', 'unknown', 2022, true),
    ('d21', '丁', '某县/丁', 'own', 2021, true),
    ('d22', '丁', '某县/丁', 'own', 2022, true),
    ('e21', '戊', '某县/戊', 'own', 2021, true),
    ('e22', '戊', '某县/戊', 'own', 2022, true)
) as t (report_id, agency, agency_id, scope, report_year, is_current);
"""

CARRIED = """
create table marts.cell_values as
select
    report_id, 'applications' as form_table, true as is_judged, indicator, breakdown,
    case
        -- d22 carries in another total than d21 carries out; e22 leaves one column blank.
        when report_id = 'd22' and indicator = 'carried_in' and breakdown = 'total' then 4
        when report_id = 'e22' and indicator = 'carried_in' and breakdown = 'legal' then null
        else 3
    end as value
from marts.reports
cross join (values ('carried_in'), ('carried_out')) as i (indicator)
cross join (
    values ('natural_person'), ('business'), ('research'), ('social'), ('legal'), ('other_org'),
        ('total')
) as b (breakdown);
"""

IN_FORCE = """
create table marts.proactive_disclosure as
select
    report_id, 'regulations' as indicator, breakdown,
    case breakdown
        when 'issued' then 2
        when 'repealed' then case when report_id <> 'e22' then 1 end
        when 'in_force' then case report_id when 'a22' then 11 when 'd22' then 15 else 10 end
    end as value
from marts.reports
cross join (values ('issued'), ('repealed'), ('in_force')) as b (breakdown);
"""


def states(tmp_path: Path, tables: str, name: str) -> list[tuple[str, int, str, object]]:
    """(agency, report_year, state, difference) of a chain over the tables given."""
    database = tmp_path / "links.duckdb"
    with duckdb.connect(database) as con:
        con.execute("create schema raw; create schema history; create schema form;")
        con.execute(LINKS + tables)
    rows = run_query(database, analysis(name).sql)
    return rows.select("agency", "report_year", "state", "difference").rows()


def test_carry_over_compares_only_neighbouring_years_of_one_agency_and_scope(
    tmp_path: Path,
) -> None:
    assert states(tmp_path, CARRIED, "carry_over_chain") == [
        ("丁", 2022, "differs", 1),
        ("乙", 2023, "gap", None),
        ("戊", 2022, "holds_in_part", 0),
        ("甲", 2022, "holds", 0),
        ("甲", 2024, "gap", None),
    ]


def test_documents_in_force_compares_only_neighbouring_years_of_one_agency_and_scope(
    tmp_path: Path,
) -> None:
    assert states(tmp_path, IN_FORCE, "documents_in_force_chain") == [
        ("丁", 2022, "differs", 4),
        ("戊", 2022, "not_judged", None),
        ("甲", 2022, "holds", 0),
    ]


def readme_queries(root: Path) -> list[list[str]]:
    """Arguments of every `gouji sql` in the code blocks of the READMEs."""
    texts = [(root / name).read_text(encoding="utf-8") for name in ("README.md", "README.zh.md")]
    blocks = [block for text in texts for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL)]
    lines = [line for block in blocks for line in block.splitlines()]
    return [shlex.split(line, comments=True)[2:] for line in lines if line.startswith("gouji sql")]


def test_queries_of_the_readmes_give_rows(root: Path, demo: Path) -> None:
    queries = readme_queries(root)
    assert len([query for query in queries if query[-1].startswith("select")]) >= 4
    for arguments in queries:
        if "--name" in arguments:
            text = analysis(arguments[arguments.index("--name") + 1]).sql
        elif "--list" in arguments:
            continue
        else:
            text = next(a for a in arguments if a.startswith("select"))
        assert run_query(demo, text).height > 0, arguments


@pytest.mark.parametrize(("readme", "language"), [("README.md", "en"), ("README.zh.md", "zh")])
def test_output_in_the_readmes_is_what_the_demo_prints(
    root: Path, outcome: Outcome, monkeypatch: pytest.MonkeyPatch, readme: str, language: Language
) -> None:
    monkeypatch.chdir(root)
    shown = replace(outcome, site=root / "build" / "demo-site")
    printed = without_space("".join(summary(shown, language)))
    [block] = re.findall(r"```text\n(.*?· .*?)```", (root / readme).read_text("utf-8"), re.DOTALL)
    # A line that goes on is indented; what is left out is marked.
    lines = re.split(r"\n(?=\S|  \[|  【)", block)
    pieces = [without_space(piece).strip("；;") for line in lines for piece in line.split("…")]
    assert len(lines) == 5
    assert [piece for piece in pieces if piece not in printed] == []


def without_space(text: str) -> str:
    """The text without spaces and line breaks: the READMEs break long lines."""
    return re.sub(r"\s", "", text)


def test_an_analysis_cannot_write(demo: Path) -> None:
    with pytest.raises(QueryRefused):
        run_query(demo, "create table marts.copy as " + analysis("rules_judged").sql)


def scalar(database: Path, query: str) -> object:
    return run_query(database, query).item()
