"""A new version of a report is told what was put right; a baseline and severities hold in a run."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from checkpoints.exit_codes import ExitCode
from checkpoints.history import Progress
from tests.acceptance.reports import clean, reprint, write
from tests.acceptance.runs import check, gouji, report_at, rows

pytestmark = pytest.mark.xdist_group("history")

TOTALS = [("disputes", "total", c) for c in ("reconsideration", "litigation_direct")]


def test_a_new_version_is_compared_with_the_one_checked_before(tmp_path: Path) -> None:
    folder, database = tmp_path / "reports", tmp_path / "gouji.duckdb"
    path = folder / "a.txt"
    once, twice = TOTALS
    write(reprint(clean(1), {once: "777", twice: "888"}), path)
    first = check([folder], database)
    assert report_at(first, path).progress is None
    assert len(first.groups("error")) == 2

    # Changed in place: one put right, one remaining, one new.
    granted = ("applications", "granted", "total")
    write(reprint(clean(1), {once: "777", granted: "55"}), path)
    second = check([folder], database)
    new = len(report_at(second, path).groups) - 1
    assert report_at(second, path).progress == Progress(put_right=1, remaining=1, new=new)

    # A later file supersedes it, and says so on every later run.
    final = write(clean(1), folder / "a定稿.txt")
    for _ in range(1):
        third = check([folder], database)
        assert report_at(third, final).progress == Progress(put_right=1 + new, remaining=0, new=0)
        assert report_at(third, path).progress is None
    assert third.difficulties == ()


def test_baseline_and_configured_severities(tmp_path: Path) -> None:
    folder, database = tmp_path / "reports", tmp_path / "gouji.duckdb"
    once, twice = TOTALS
    write(reprint(clean(1), {once: "777"}), folder / "a.txt")

    def run(verb: str, *more: Path | str, code: int) -> dict:
        paths = [folder] if verb == "check" else []
        ended = gouji(verb, *paths, "--db", database, "--site", tmp_path / "site",
                      "--format", "json", "--lang", "zh", *more)  # fmt: skip
        assert ended.code == code, ended.err
        return json.loads(ended.out)

    accepted = tmp_path / "accepted.json"
    told = run("check", code=ExitCode.FINDINGS)
    accepted.write_text(json.dumps(told), encoding="utf-8")
    for verb in ("check", "validate"):
        same = run(verb, "--baseline", accepted, code=ExitCode.OK)
        assert [f["standing"] for f in same["reports"][0]["findings"]] == ["accepted"]
    write(reprint(clean(1), {once: "777", twice: "888"}), folder / "a.txt")
    more = run("check", "--baseline", accepted, code=ExitCode.FINDINGS)
    assert sorted(f["standing"] for f in more["reports"][0]["findings"]) == ["accepted", "counts"]

    config = folder / "gouji.toml"
    config.write_text('[severity]\n"balance.disputes_total" = "info"\n', encoding="utf-8")
    lowered = run("check", code=ExitCode.OK)
    assert {f["severity"] for f in lowered["reports"][0]["findings"]} == {"info"}
    assert lowered["severity_changes"] == [
        {"rule": "balance.disputes_total", "was": "error", "now": "info"}
    ]
    assert lowered["difficulties"] == []
    [rule] = [r for r in lowered["rules"] if r["rule"] == "balance.disputes_total"]
    assert (rule["severity"], rule["unexpected_count"]) == ("info", 2)
    page = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    assert "设置改变了1条规则的级别：balance.disputes_total 须更正→提示" in page
    # What is built keeps its severities until it is built with others.
    assert run("validate", code=ExitCode.OK)["severity_changes"] == lowered["severity_changes"]
    config.unlink()
    assert run("check", code=ExitCode.FINDINGS)["severity_changes"] == []
    assert rows(database, "select distinct severity from marts.findings") == [("error",)]
