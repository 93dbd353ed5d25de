"""Reading a validation result of Great Expectations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def evaluated_count(result: Mapping[str, Any]) -> int | None:
    """Rows that were judged: those of the row condition, less the ones with nothing to judge.

    None where the expectation does not tell. ExpectColumnValuesToNotBeNull judges the missing ones
    too and counts none of them as missing.
    """
    if "element_count" not in result:
        return None
    return int(result["element_count"]) - int(result.get("missing_count") or 0)


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
