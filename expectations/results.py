"""Reading a validation result of Great Expectations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def exception_of(info: Mapping[str, Any] | None) -> str | None:
    """Why an expectation could not be evaluated, from each shape its exception_info takes.

    Great Expectations gives either one record, or a record for each metric that failed under the
    name of that metric.
    """
    if not info:
        return None
    records: list[Any] = [info] if "raised_exception" in info else list(info.values())
    raised = [r for r in records if isinstance(r, dict) and r.get("raised_exception")]
    messages = dict.fromkeys(str(r.get("exception_message") or "no message") for r in raised)
    return "; ".join(messages) or None
