"""Wrong use ends with code 2 and a hint; queries read and do nothing else."""

from __future__ import annotations

import csv
import io
import json
from importlib.metadata import version
from pathlib import Path

import pytest

from checkpoints.exit_codes import ExitCode
from tests.acceptance.reports import clean, write
from tests.acceptance.runs import Ended, command, gouji, held, rows

pytestmark = pytest.mark.xdist_group("usage")

SECRET = "出门右转"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one report in ``reports/``, read and built into ``gouji.duckdb``."""
    place = tmp_path_factory.mktemp("usage")
    write(clean(), place / "reports" / "clean.txt")
    (place / "secret.csv").write_text(f"a\n{SECRET}\n", encoding="utf-8")
    ended = gouji("ingest", place / "reports", "--db", place / "gouji.duckdb", "--jobs", 1)
    assert ended.code == ExitCode.OK, ended.err
    ended = gouji("build", "--db", place / "gouji.duckdb")
    assert ended.code == ExitCode.OK, ended.err
    return place


@pytest.fixture
def here(place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder: what a command makes by default it makes here."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def assert_refused(ended: Ended, *hints: str) -> None:
    """Code 2, nothing for a program to read, a hint, no trace of the program's inside."""
    assert ended.code == ExitCode.USAGE, ended
    assert ended.out == ""
    assert "Traceback" not in ended.err
    assert "internal error" not in ended.err
    assert any(hint in ended.err for hint in hints), ended.err


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["check", "没有这个文件夹"], "没有这个文件夹"),
        (["check", "--no-such-option", "."], "--no-such-option"),
        (["check", ".", "--jobs", "0"], "--jobs"),
        (["check", ".", "--jobs", "many"], "--jobs"),
        (["check", ".", "--fail-on", "nonsense"], "nonsense"),
        (["check", ".", "--format", "yaml"], "yaml"),
        (["check", ".", "--lang", "fr"], "fr"),
        (["check"], "PATH"),
        (["ingest"], "PATH"),
        (["no-such-verb"], "no-such-verb"),
        (["sql"], "--list"),
        (["sql", "select 1", "--list"], "--list"),
        (["sql", "--name", "no_such_analysis"], "no_such_analysis"),
        (["sql", "select 1"], "gouji check"),
        (["sql", "select 1", "--db", "none/gouji.duckdb"], "gouji check"),
        (["validate"], "gouji check"),
        (["build"], "gouji check"),
        (["docs"], "gouji check"),
        (["explain"], "REPORT"),
        (["explain", "某局 2022"], "gouji check"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_use_ends_with_code_2(here: Path, arguments: list[str], hint: str) -> None:
    assert_refused(gouji(*arguments), hint)
    assert not (here / "build").exists()


@pytest.mark.parametrize(
    "verb", [["check", "."], ["ingest", "."], ["build"], ["validate"], ["sql", "select 1"]]
)
@pytest.mark.parametrize("kind", ["folder", "text"])
def test_a_database_that_is_none_ends_with_code_2(here: Path, verb: list[str], kind: str) -> None:
    target = here / "gouji.duckdb"
    if kind == "folder":
        target.mkdir()
    else:
        target.write_text("这不是数据库", encoding="utf-8")
    assert_refused(gouji(*verb, "--db", target), "gouji.duckdb", "--db")


def test_a_database_without_marts_ends_with_code_2(here: Path) -> None:
    write(clean(), here / "reports" / "clean.txt")
    assert gouji("ingest", "reports", "--db", "read.duckdb", "--jobs", 1).code == ExitCode.OK
    assert_refused(gouji("validate", "--db", "read.duckdb"), "gouji check")


@pytest.mark.parametrize("name", ["raw.duckdb", "Marts.db"])
def test_a_database_named_like_a_schema_is_refused(here: Path, name: str) -> None:
    """DuckDB names the database by its file: raw.documents could then be two things."""
    write(clean(), here / "reports" / "clean.txt")
    assert_refused(gouji("check", "reports", "--db", name, "--jobs", 1), name, "--db")


@pytest.mark.parametrize(
    ("content", "hint"),
    [
        ("file,agency\na.txt,甲局\n", "path"),
        ("path,year\nclean.txt,去年\n", "去年"),
        ("path,scope\nclean.txt,全部\n", "全部"),
        ("path,retrieved_on\nclean.txt,2024-02-31\n", "2024-02-31"),
    ],
    ids=["no path column", "year", "scope", "date"],
)
def test_a_broken_sources_csv_ends_with_code_2(here: Path, content: str, hint: str) -> None:
    write(clean(), here / "reports" / "clean.txt")
    (here / "reports" / "sources.csv").write_text(content, encoding="utf-8")
    ended = gouji("check", "reports", "--jobs", 1)
    assert_refused(ended, hint)
    assert "sources.csv" in ended.err


@pytest.mark.parametrize(
    "query",
    [
        "select 1; select 2",
        "",
        "/* nothing */",
        "selct 1",
        "select * from no_such_table",
        "insert into marts.findings select * from marts.findings",
        "create table t as select 1",
        "drop table marts.findings",
        "update marts.reports set agency = ''",
        "delete from history.runs",
        "copy marts.findings to 'leak.csv'",
        "copy (select 1) to 'leak.csv'",
        "attach 'other.duckdb'",
        "install httpfs",
        "load httpfs",
        "set lock_configuration = false",
        "set enable_external_access = true",
        "pragma database_list; select 1",
        "call pragma_version(); select 1",
        "export database 'leak'",
        "checkpoint",
        "select * from read_csv('{place}/secret.csv')",
        "select * from '{place}/secret.csv'",
        "from read_text('{place}/secret.csv')",
        "select * from glob('{place}/*')",
        "explain analyze copy (select 1) to 'leak.csv'",
        "explain insert into marts.findings select * from marts.findings",
    ],
)
def test_a_query_that_is_no_reading_query_is_refused(place: Path, here: Path, query: str) -> None:
    ended = gouji("sql", query.format(place=place), "--db", place / "gouji.duckdb")
    assert_refused(ended, "查询被拒绝", "query refused")
    assert SECRET not in ended.err
    assert list(here.iterdir()) == []


def test_a_query_leaves_the_database_as_it_is(place: Path) -> None:
    before = (place / "gouji.duckdb").read_bytes()
    ended = gouji("sql", "select count(*) from findings", "--db", place / "gouji.duckdb")
    assert ended.code == ExitCode.OK
    assert (place / "gouji.duckdb").read_bytes() == before


@pytest.mark.parametrize("language", ["zh", "en"])
def test_explain_draws_a_report_named_in_any_way(place: Path, here: Path, language: str) -> None:
    [(report_id,)] = rows(place / "gouji.duckdb", "select report_id from marts.reports")
    ways = (report_id[:8], f"{clean().agency} 2022", clean().agency, place / "reports/clean.txt")
    options = ("--db", place / "gouji.duckdb", "--lang", language)
    ended = [gouji("explain", way, *options) for way in ways]
    assert {each.code for each in ended} == {ExitCode.OK}
    assert len({each.out for each in ended}) == 1
    assert clean().agency in ended[0].out
    assert {"zh": "结转下年度继续办理", "en": "Table 3: requests"}[language] in ended[0].out
    assert "\x1b" not in ended[0].out
    assert list(here.iterdir()) == []


def test_explain_refuses_what_names_no_report(place: Path, here: Path) -> None:
    assert_refused(gouji("explain", "某局 1999", "--db", place / "gouji.duckdb"), "某局 1999")


@pytest.mark.parametrize("source", ["argument", "stdin"])
def test_short_names_of_tables_work_in_every_format(place: Path, source: str) -> None:
    query = "select agency, report_year, total from applications where indicator = 'new_received'"
    arguments = ("sql", query if source == "argument" else "-", "--db", place / "gouji.duckdb")
    text = gouji(*arguments, stdin=query).out
    assert "云溪县示例" in text
    [line] = csv.DictReader(io.StringIO(gouji(*arguments, "--format", "csv", stdin=query).out))
    [record] = json.loads(gouji(*arguments, "--format", "json", stdin=query).out)
    assert line["agency"] == record["agency"] == clean().agency
    assert int(line["report_year"]) == record["report_year"] == 2022


def test_every_saved_analysis_is_listed_with_its_words_and_runs(root: Path, place: Path) -> None:
    names = [path.stem for path in sorted((root / "sql" / "analyses").glob("*.sql"))]
    listing = gouji("sql", "--list").out
    for name in names:
        assert name in listing
        ended = gouji("sql", "--name", name, "--db", place / "gouji.duckdb", "--format", "csv")
        assert ended.code == ExitCode.OK, (name, ended.err)
        assert ended.out


def test_paths_come_from_standard_input_too(here: Path) -> None:
    write(clean(), here / "a b" / "clean.txt")
    ended = gouji("ingest", "-", "--db", here / "g.duckdb", "--jobs", 1, stdin="a b/clean.txt\n")
    assert ended.code == ExitCode.OK, ended.err
    stored = rows(here / "g.duckdb", "select source_path from raw.sources")
    assert stored == [((here / "a b" / "clean.txt").as_posix(),)]


def test_a_database_in_use_ends_with_code_2(place: Path, here: Path) -> None:
    """Another process holds it, and is named: DuckDB lets only one write."""
    with held("duckdb.connect(database)", place / "gouji.duckdb") as pid:
        ended = gouji("check", place / "reports", "--db", place / "gouji.duckdb", "--jobs", 1)
    assert_refused(ended, "gouji.duckdb")
    for said in (f"进程{pid}（", f"process {pid} (", "import duckdb"):
        assert said in ended.err


@pytest.mark.parametrize(
    "verb",
    ["check", "ingest", "build", "validate", "docs", "sql", "export", "audit", "forget"],
)
def test_every_verb_explains_itself_and_gives_an_example(verb: str) -> None:
    ended = gouji(verb, "--help")
    assert ended.code == ExitCode.OK
    assert "example: gouji " + verb in ended.out


def test_without_a_verb_the_verbs_are_listed() -> None:
    ended = gouji()
    text = ended.out + ended.err
    assert all(verb in text for verb in ("check", "ingest", "build", "validate", "docs", "sql"))
    assert "Traceback" not in text


def test_the_program_itself_shows_no_traceback(here: Path) -> None:
    ended = command("check", "没有这个文件夹", cwd=here)
    assert_refused(ended, "没有这个文件夹")
    assert len(ended.err.splitlines()) == 1


def test_the_version_is_that_of_the_distribution() -> None:
    assert gouji("--version") == (0, f"gouji {version('gouji')}\n", "")
