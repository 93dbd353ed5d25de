"""The result as JSON; ``docs/check.schema.json`` describes it."""

from __future__ import annotations

import json
from dataclasses import asdict
from importlib.metadata import version

from checkpoints.annual_reports import RuleOutcome
from checkpoints.baseline import SCHEMA_VERSION, rule_digests
from checkpoints.groups import Group
from checkpoints.language import Language
from checkpoints.outcome import Outcome, Report
from checkpoints.paths import shown
from checkpoints.submissions import Submission
from checkpoints.summary import last_line
from checkpoints.wording import refusal
from ingest.warehouse import Rejection

_Told = dict[str, object]


def as_json(outcome: Outcome, language: Language) -> str:
    """One object: exit code and reason, reports with their findings, rejections, rules."""
    document = {
        "schema_version": SCHEMA_VERSION,
        "gouji": version("gouji"),
        "exit_code": int(outcome.exit_code),
        "reason": last_line(outcome, language),
        "fail_on": outcome.fail_on,
        "database": str(outcome.database),
        "site": str(outcome.site) if outcome.site else None,
        "counts": _counts(outcome),
        "baseline": str(outcome.baseline.path) if outcome.baseline else None,
        "severity_changes": [asdict(change) for change in outcome.severity_changes],
        "reports": [_report(each) for each in outcome.reports],
        "expected": [_submission(each) for each in outcome.submissions],
        "unlisted": list(outcome.unlisted),
        "rejections": [_rejection(each) for each in outcome.rejections],
        "gone": list(outcome.gone),
        "rules": [_rule(each) for each in outcome.rules],
        "difficulties": list(outcome.difficulties),
        "reviewed": [asdict(line) for line in outcome.reviewed],
    }
    return json.dumps(document, ensure_ascii=False, indent=2)


def _counts(outcome: Outcome) -> _Told:
    return {
        "reports": len(outcome.reports),
        "read": outcome.count_read,
        "known": outcome.count_known,
        "passed_over": outcome.count_passed_over,
        "context": outcome.count_context,
        "waived": outcome.count_waived,
        "expected": len(outcome.submissions),
        "missing": len(outcome.missing),
        "unlisted": len(outcome.unlisted),
    }


def _report(report: Report) -> _Told:
    return {
        "report_id": report.report_id,
        "source_path": report.source_path,
        "agency": report.agency,
        "report_year": report.report_year,
        "is_current": report.is_current,
        "version_basis": report.version_basis,
        "progress": asdict(report.progress) if report.progress else None,
        "findings": [_finding(group, report.source_path) for group in report.groups],
    }


def _submission(submission: Submission) -> _Told:
    told = asdict(submission)
    told.pop("group")
    group = submission.group
    return {
        **told,
        "due": submission.due.isoformat() if submission.due else None,
        "findings": [_finding(group, submission.listed_in)] if group else [],
    }


def _finding(g: Group, path: str) -> _Told:
    return {
        "id": g.group_id,
        "finding_ids": list(g.finding_ids),
        "suite": g.suite,
        "rule": g.rule,
        "severity": g.severity,
        "origin": g.origin,
        "count": g.count_findings,
        "file": shown(path),
        "page": g.page,
        "is_new": g.is_new,
        "counts": g.counts,
        "standing": g.standing,
        "waived": g.waived,
        "waived_reason": g.waived_reason,
        "waived_by": g.waived_by,
        "waived_until": g.waived_until.isoformat() if g.waived_until else None,
        "message_zh": g.message_zh,
        "message_en": g.message_en,
    }


def _rejection(rejection: Rejection) -> _Told:
    english = refusal(rejection.reason, rejection.message, "en")
    return {**rejection._asdict(), "message_en": english}


def _rule(rule: RuleOutcome) -> _Told:
    return {
        "suite": rule.suite,
        "rule": rule.rule,
        "severity": rule.severity,
        "digest": rule_digests().get(rule.rule),
        "success": rule.success,
        "unexpected_count": rule.unexpected_count,
        "exception": rule.exception,
    }
