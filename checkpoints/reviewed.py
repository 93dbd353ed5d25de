"""Lines of waivers.csv and corrections.csv, and what became of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Literal

import duckdb

from checkpoints.language import Language, safe
from checkpoints.paths import shown
from checkpoints.wording import say

if TYPE_CHECKING:
    from checkpoints.outcome import Report

IN_FORCE = "in_force"


@dataclass(frozen=True)
class Reviewed:
    """One line. ``then`` is the printed or read value it repeats, ``now`` the one found now.

    ``state`` is one of those of marts.waivers and marts.corrections; ``right`` is the right value
    of a correction.
    """

    kind: Literal["waiver", "correction"]
    listed_in: str
    line_no: int
    state: str
    report_id: str | None
    cell: str
    then: str
    now: str | None
    right: str | None
    reason: str
    who: str

    @property
    def is_in_force(self) -> bool:
        """Whether it waives or corrects something."""
        return self.state == IN_FORCE

    def told(self, language: Language) -> str:
        """The line and its state in words."""
        where = say("reviewed_line", language, path=safe(shown(self.listed_in)), line=self.line_no)
        values = {"then": self._value(self.then, language), "now": self._value(self.now, language)}
        if self.right is not None and self.is_in_force:
            values["right"] = self._value(self.right, language)
            words = say("corrected", language, who=safe(self.who), **values)
        else:
            words = say(f"is_{self.state}", language, **values)
        return say("reviewed_cell", language, line=where, cell=safe(self.cell), words=words)

    def _value(self, text: str | None, language: Language) -> str:
        return safe(text.strip()) if text and text.strip() else say("a_blank", language)


def read_reviewed(
    con: duckdb.DuckDBPyConnection, reports: Sequence[Report]
) -> tuple[Reviewed, ...]:
    """The lines that speak of these reports, or lie in a folder around one of them."""
    rows = con.execute(
        """
        select 'waiver' as kind, listed_in, line_no, state, report_id, rule || ' ' || cell as cell,
            coalesce(printed_value, ''), printed_now, cast(null as varchar), reason, who
        from marts.waivers
        union all
        select 'correction', listed_in, line_no, state, report_id, cell,
            read_value, read_now, right_value, reason, who
        from marts.corrections
        order by kind desc, listed_in, line_no
        """
    ).fetchall()
    ids = {report.report_id for report in reports}
    folders = {
        folder.as_posix() for r in reports for folder in PurePosixPath(r.source_path).parents
    }
    found = (Reviewed(*row) for row in rows)
    return tuple(
        line
        for line in found
        if line.report_id in ids or PurePosixPath(line.listed_in).parent.as_posix() in folders
    )
