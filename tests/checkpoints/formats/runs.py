"""A run that has everything, and one whose every text is a payload."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from checkpoints.baseline import Baseline
from checkpoints.config import SeverityChange
from checkpoints.groups import Group
from checkpoints.history import Progress
from checkpoints.submissions import Submission
from ingest.warehouse import Rejection
from tests.checkpoints.outcomes import (
    CORRECTED,
    GARBAGE,
    LAPSED,
    NOTICE,
    group,
    outcome,
    report,
    rule,
)

# What ends an element, a fence, a property or a command; controls, turned text, no characters.
HOSTILE = (
    "]]>--></failure><b>&amp;&lt;\x00\x07\x1b[31m\x85\u202e\ud800\ufffe\uffff"
    "```` 100%0A,a:b,file=x\r\n::error::x\n</details> ##[add-mask]y"
)

FORBIDDEN = "\x00\x07\x1b\x85\u202e\ud800\ufffe\uffff\r"
"""What of HOSTILE must reach no output but JSON."""


def identified(number: int, severity: str = "error", **changes: Any) -> Group:
    """A group with ids like those of the marts."""
    ids = {"group_id": f"{number:032x}", "finding_ids": (f"{number + 1000:032x}",)}
    return group(severity, **{**ids, **changes})


def missing(finding: Group | None, due: date, **changes: Any) -> Submission:
    """An expected report that is not there, with the finding that says so once it is due."""
    values: dict[str, Any] = {"agency": "云溪县示例乙局", "listed_in": "/r/expected.csv"}
    values |= changes
    return Submission(
        key=f"k{due}",
        region="云溪县",
        report_year=2022,
        scope=None,
        due=due,
        state="missing",
        source_path=None,
        days_late=None,
        line_no=2,
        group=finding,
        **values,
    )


ERROR, WARNING, HINT = identified(1), identified(2, "warning"), identified(3, "info", page=None)
WAIVED = identified(
    4, waived=True, waived_reason="口径如此", waived_by="张三", waived_until=date(2024, 6, 30)
)
ACCEPTED = identified(5, standing="accepted")
CHANGED = identified(6, standing="changed_rule")
MISSING = identified(7, suite="completeness", rule="completeness.submitted", page=None)

FULL = outcome(
    report(ERROR, WARNING, HINT, WAIVED, progress=Progress(1, 2, 3)),
    report(ACCEPTED, CHANGED, report_id="b" * 64, source_path="/r/乙.pdf", report_year=2023),
    report(
        report_id="c" * 64,
        source_path="/r/旧.pdf",
        is_current=False,
        version_basis="replaced",
    ),
    report(report_id="d" * 64, source_path="/r/丁.txt", agency=None, report_year=None),
    submissions=(missing(MISSING, date(2023, 1, 31)), missing(None, date(2099, 1, 31))),
    unlisted=("d" * 64,),
    lists=("/r/expected.csv",),
    rejections=(GARBAGE, NOTICE._replace(sha256="e" * 64)),
    gone=("/r/没了.txt",),
    difficulties=("balance.r: no column",),
    rules=(rule("balance.disputes_total", 3), rule("balance.r", exception="no column")),
    reviewed=(LAPSED, CORRECTED),
    severity_changes=(SeverityChange("balance.disputes_total", "warning", "error"),),
    baseline=Baseline(Path("/r/accepted.json"), "0.1.0", frozenset(), {}),
)

HOSTILE_RUN = outcome(
    report(
        identified(1, message_zh=HOSTILE, message_en=HOSTILE),
        identified(2, message_zh=HOSTILE, waived=True, waived_reason=HOSTILE, waived_by=HOSTILE),
        agency=HOSTILE,
        source_path=f"/r/{HOSTILE}.pdf",
    ),
    submissions=(
        missing(
            replace(MISSING, message_zh=HOSTILE),
            date(2023, 1, 31),
            agency=HOSTILE,
            listed_in=f"/r/{HOSTILE}.csv",
        ),
    ),
    rejections=(Rejection(f"/r/{HOSTILE}", None, "unreadable", "damaged", HOSTILE),),
    difficulties=(HOSTILE,),
)
