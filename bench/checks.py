"""The checks of the five suites in a form that every tool can be told them in.

They are stated on the tables of ``peer_tables.sql``. A comparison with NULL does not fail. Only the
standard library is imported: the environments of the peers have nothing of this project's.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import Any, Literal, NamedTuple


class When(NamedTuple):
    """A condition on a row; without a value the column must not be NULL."""

    column: str
    test: Literal["=", "<>", "is not null"]
    value: str | None = None

    @property
    def sql(self) -> str:
        """The condition in SQL that DuckDB and Polars understand."""
        value = [] if self.value is None else [literal(self.value)]
        return " ".join([self.column, self.test, *value])


class Check(NamedTuple):
    """What must hold of ``column`` in every row of ``table`` that meets all of ``when``.

    ``value`` is a tuple of texts for ``in`` and ``not in``, a number for ``>=``, ``<=`` and ``<``,
    the name of another column for ``=``, and None for the last two.
    """

    rule: str
    table: str
    column: str
    test: Literal["in", "not in", ">=", "<=", "<", "=", "is null", "is not null"]
    value: Any = None
    when: tuple[When, ...] = ()

    @property
    def holds(self) -> str:
        """The check in SQL that DuckDB and Polars understand: false where a row fails."""
        if isinstance(self.value, tuple):
            return f"{self.column} {self.test} ({', '.join(map(literal, self.value))})"
        value = [] if self.value is None else [str(self.value)]
        return " ".join([self.column, self.test, *value])

    @property
    def applies(self) -> str:
        """SQL for the rows that it is about."""
        return " and ".join(when.sql for when in self.when) or "true"


def literal(text: str) -> str:
    """A text as SQL."""
    return "'" + text.replace("'", "''") + "'"


STATUTORY = When("form_table", "<>", "statistics")
PRESENT = (STATUTORY, When("presence", "=", "present"))
REPORTED = When("status", "=", "reported")
COUNT, AMOUNT, CHANGE = (
    (REPORTED, When("value_kind", "=", kind)) for kind in ("count", "amount", "change")
)
IN_WAN = When("printed_unit", "=", "万元")
NAMED = When("agency", "is not null")
SEEDS = Path(__file__).parents[1] / "sql" / "seeds"


def rules_of(seed: str) -> list[str]:
    """The rules that a seed of relations is about, in its order."""
    with (SEEDS / f"{seed}.csv").open(encoding="utf-8", newline="") as lines:
        return list(dict.fromkeys(line["rule"] for line in csv.DictReader(lines)))


RELATIONS = (*rules_of("relations"), *rules_of("carry_overs"))
CLAIMS = ("requests_received", "none_received", "outcomes", "disputes", "sums_in_prose", "year")

# Of one table they stand together.
CHECKS = (
    Check("completeness.cells_present", "cells", "status", "not in", ("missing", "ambiguous")),
    Check("completeness.values_readable", "cells", "status", "not in", ("unreadable",)),
    Check("completeness.totals_filled", "cells", "filling", "not in", ("owed",)),
    Check("completeness.cells_filled", "cells", "filling", "not in", ("empty",)),
    Check("non_negativity.counts", "cells", "value", ">=", 0, COUNT),
    Check("non_negativity.whole_counts", "cells", "value", "=", "whole_value", COUNT),
    Check("non_negativity.whole_counts", "cells", "value", "=", "whole_value", CHANGE),
    Check("non_negativity.amounts", "cells", "value", ">=", 0, AMOUNT),
    Check(
        "non_negativity.amount_precision", "cells", "printed_decimals", "<=", 4, (*AMOUNT, IN_WAN)
    ),
    Check("non_negativity.items_left", "items_left", "items_left", ">=", 0),
    Check(
        "completeness.tables_present", "form_tables", "presence", "in", ("present",), (STATUTORY,)
    ),
    Check("completeness.edition_current", "form_tables", "years_early", "<=", 0, PRESENT),
    Check("completeness.edition_current", "form_tables", "years_late", "<=", 0, PRESENT),
    Check("completeness.edition_covered", "form_tables", "edition", "not in", ("statistics_2014",)),
    Check("completeness.sections_present", "form_sections", "printed_no", "=", "section_no"),
    Check("completeness.row_shape", "form_rows", "count_values", "=", "count_expected"),
    Check("completeness.identity_known", "reports", "agency", "is not null"),
    Check("completeness.identity_known", "reports", "report_year", "is not null"),
    Check("completeness.region_known", "reports", "region", "is not null", None, (NAMED,)),
    Check("completeness.one_per_year", "reports", "reports_of_same_year", "<=", 1),
    Check("continuity.copied_report", "reports", "fewest_differences", ">=", 1),
    Check("narrative.copied_text", "reports", "other_claim", "is null"),
    Check("completeness.submitted", "submissions", "state_when_due", "not in", ("missing",)),
    Check("completeness.on_time", "handed_in", "days_late", "<=", 0),
    *(
        Check(rule, "relations", "left_value", "=", "right_value", (When("rule", "=", rule),))
        for rule in RELATIONS
    ),
    *(
        Check(rule, "claims", "stated_value", "=", "table_value", (When("rule", "=", rule),))
        for rule in (f"narrative.{claim}" for claim in CLAIMS)
    ),
    Check("narrative.year", "claims", "stated_name", "=", "known_name"),
    Check("narrative.copied_text", "copied_sections", "share", "<", 0.7),
)


def by_table() -> list[tuple[str, list[Check]]]:
    """The checks of each table."""
    return [(table, list(of)) for table, of in groupby(CHECKS, lambda check: check.table)]


def write_failing(folder: Path, cases: Iterable[tuple[str, str | None]]) -> None:
    """Write the rule and report of each failing row, as all contestants do.

    A subject is written only by those that judge reports that are not there.
    """
    with (folder / "failing.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("rule", "report_id", "subject"))
        writer.writerows((rule, report_id, None) for rule, report_id in cases)
