"""Rows that expectations look at: a query, and where each of its rows stands in a report.

A batch is a query and not a table because only the judged rows of current reports count, and
because a run may cover only some of the reports. Each is written so that one scan of its table
answers it: what takes more is worked out for the few rows that need it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# How Data Docs name a failing row: agency and report_year as the report names itself, place in
# words, report_id last.
PLACE_COLUMNS = ("agency", "report_year", "place", "page", "report_id")

# A table of the checkpoint's own connection: the reports this run covers.
REPORTS_UNDER = "temp.main.reports_under"

# Likewise the expected reports this run covers, by their submission_key.
SUBMISSIONS_UNDER = "temp.main.submissions_under"

# Columns by which a row tells that a rule is waived on it, before their number.
WAIVED = "waived_"


@dataclass(frozen=True, slots=True)
class Batch:
    """A named select; ``is_program`` batches are never narrowed to PATH.

    ``place`` and ``page`` are SQL, over its columns, of where a row stands; ``subject`` that of the
    subject that a finding about the row has, None where a suite says it of each expectation.
    ``scope`` is the condition that narrows the batch to what the run covers.
    """

    name: str
    sql: str
    place: str
    page: str = "page"
    is_program: bool = False
    subject: str | None = None
    scope: str = f"report_id IN (select report_id from {REPORTS_UNDER})"

    def shown(self, columns: Iterable[str]) -> tuple[tuple[str, str], ...]:
        """Names and SQL of what is shown of a row: ``columns`` of the batch amid PLACE_COLUMNS."""
        place = {"place": self.place, "page": self.page}
        *before, last = PLACE_COLUMNS
        names = [*before, *(name for name in columns if name not in PLACE_COLUMNS), last]
        return tuple((name, place.get(name, name)) for name in names)

    def query(self, *, has_scope: bool, waived: Sequence[tuple[str, str]] = ()) -> str:
        """The select, over all reports or those of REPORTS_UNDER.

        For each pair of ``waived``, a rule and the SQL of its subject, a column tells the rows on
        which the rule is waived: ``waived_0``, ``waived_1`` and so on, NULL elsewhere.
        """
        # Great Expectations wants a query that begins with SELECT; some of these begin with WITH.
        numbered = list(enumerate(waived))
        subjects = "".join(f", {subject} AS subject_{n}" for n, (_, subject) in numbered)
        columns = "".join(f", {WAIVED}{n}.rule AS {WAIVED}{n}" for n, _ in numbered)
        joins = "".join(_waived_join(n, rule) for n, (rule, _) in numbered)
        rows = f"(SELECT *{subjects} FROM ({self.sql}) AS printed)"
        query = f"SELECT batch.*{columns} FROM {rows} AS batch"
        if has_scope and not self.is_program:
            joins += f" WHERE batch.{self.scope}"
        return query + joins


def _waived_join(number: int, rule: str) -> str:
    name = f"{WAIVED}{number}"
    # Renamed, because these names are columns of the batch too.
    return (
        f" LEFT JOIN (select rule, report_id as waived_report, subject as waived_subject"
        f" from marts.findings where waived and rule = '{rule}') AS {name}"
        f" ON {name}.waived_report = batch.report_id"
        f" AND {name}.waived_subject = batch.subject_{number}"
    )
