"""A baseline: what an accepted run had does not count, what its rules did not know is apart."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from checkpoints.baseline import BaselineError, read_baseline, rule_digests
from checkpoints.exit_codes import ExitCode
from checkpoints.formats.document import as_json
from checkpoints.formats.junit import as_junit
from checkpoints.outcome import Outcome
from checkpoints.pipeline import _against
from checkpoints.submissions import Submission
from checkpoints.summary import summary
from tests.acceptance.runs import gouji
from tests.checkpoints.outcomes import group, outcome, report, rule

KNOWN = group(group_id="g1", finding_ids=("f1", "f2"))
LAPSED = group(group_id="g2", finding_ids=("f3",), waived=True)
RULE = rule("balance.disputes_total", 2)


def submission(*finding_ids: str) -> Submission:
    """A report that is missing."""
    finding = group(
        suite="completeness", rule="completeness.submitted", finding_ids=finding_ids, page=None
    )
    return Submission(
        "k", None, "云溪县示例乙局", 2022, None, None, "missing", None, None, "/r/expected.csv", 2,
        finding,
    )  # fmt: skip


@pytest.fixture
def accepted(tmp_path: Path) -> Path:
    """The JSON of a run with one counting, one waived and one missing report's finding."""
    path = tmp_path / "accepted.json"
    run = outcome(report(KNOWN, LAPSED), rules=(RULE,), submissions=(submission("f9"),))
    path.write_text(as_json(run, "zh"), encoding="utf-8")
    return path


def against(path: Path, *groups: Any, **changes: Any) -> Outcome:
    baseline = read_baseline(path)
    return _against(outcome(report(*groups), baseline=baseline, **changes), baseline)


def test_accepted_findings_do_not_count(accepted: Path) -> None:
    run = against(accepted, KNOWN, submissions=(submission("f9"),))
    assert [g.standing for g in run.all_groups] == ["accepted", "accepted"]
    assert run.exit_code == ExitCode.OK
    text = "\n".join(summary(run, "zh"))
    assert "其中已有的2处不计入" in text
    assert "表中总计印为0" not in text
    assert "<failure" not in as_junit(run, "zh")


@pytest.mark.parametrize("ids", [("f4",), ("f1", "f2", "f4")])
def test_a_group_with_a_new_finding_counts(accepted: Path, ids: tuple[str, ...]) -> None:
    run = against(accepted, KNOWN, replace(KNOWN, group_id="g", finding_ids=ids))
    assert (run.exit_code, len(run.groups("error"))) == (ExitCode.FINDINGS, 1)


def test_a_new_missing_report_counts(accepted: Path) -> None:
    run = against(accepted, submissions=(submission("f10"),))
    # Its rule was not among those of the accepted run.
    assert [g.standing for g in run.all_groups] == ["changed_rule"]
    run = against(accepted, submissions=(replace(submission(), group=group(finding_ids=("n",))),))
    assert run.exit_code == ExitCode.FINDINGS


def test_what_was_waived_counts_again_when_the_waiver_lapses(accepted: Path) -> None:
    run = against(accepted, replace(LAPSED, waived=False))
    assert run.exit_code == ExitCode.FINDINGS


@pytest.mark.parametrize("digest", ["0123456789abcdef", None])
def test_findings_of_changed_and_new_rules_are_apart(accepted: Path, digest: str | None) -> None:
    document = json.loads(accepted.read_text(encoding="utf-8"))
    document["rules"] = [{"rule": "balance.disputes_total", "digest": digest}] if digest else []
    accepted.write_text(json.dumps(document), encoding="utf-8")
    run = against(accepted, KNOWN, replace(KNOWN, group_id="g", finding_ids=("f4",)))
    assert [g.standing for g in run.all_groups] == ["accepted", "changed_rule"]
    assert run.exit_code == ExitCode.OK
    lines = list(summary(run, "zh"))
    [apart] = [n for n, line in enumerate(lines) if "规则新增或有变而多出的1处" in line]
    assert "表中总计印为0" in lines[apart + 1]


def test_every_rule_of_the_seed_has_a_digest_of_its_own() -> None:
    digests = rule_digests()
    assert len(set(digests.values())) == len(digests) > 20


@pytest.mark.parametrize(("version", "is_read"), [("1", True), ("1.9", True), ("2.0", False)])
def test_a_baseline_of_another_schema_is_refused(
    accepted: Path, version: str, is_read: bool
) -> None:
    document = json.loads(accepted.read_text(encoding="utf-8"))
    accepted.write_text(json.dumps({**document, "schema_version": version}), encoding="utf-8")
    if is_read:
        assert "f1" in read_baseline(accepted).findings
        return
    with pytest.raises(BaselineError, match="another version"):
        read_baseline(accepted)


def test_a_baseline_of_before_schemas_had_versions_is_read(accepted: Path) -> None:
    document = json.loads(accepted.read_text(encoding="utf-8"))
    del document["schema_version"]
    accepted.write_text(json.dumps(document), encoding="utf-8")
    assert "f1" in read_baseline(accepted).findings


@pytest.mark.parametrize(
    "text",
    ["", "[]", "3", "{}", '{"gouji": "1", "reports": []}', '{"gouji": "1", "reports": [{}]}', "{"],
)
@pytest.mark.parametrize("verb", ["check", "validate"])
def test_a_foreign_file_is_wrong_usage(tmp_path: Path, verb: str, text: str) -> None:
    file = tmp_path / "foreign.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BaselineError, match="--format json"):
        read_baseline(file)
    paths = [tmp_path] if verb == "check" else []
    ended = gouji(verb, *paths, "--baseline", file, "--db", tmp_path / "g.duckdb")
    assert (ended.code, ended.out) == (ExitCode.USAGE, "")
    assert "foreign.json" in ended.err


def test_a_baseline_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(BaselineError, match="打不开"):
        read_baseline(tmp_path / "none.json")
