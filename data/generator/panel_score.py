"""Recall and false alarms of every rule: ``python -m data.generator.panel_score``.

A panel with planted faults is written, checked as ``gouji check`` does, and the findings compared
with what was planted.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import duckdb

from checkpoints import pipeline
from data.generator.localising import with_table
from data.generator.panel import Panel, make
from data.generator.panel_place import LIST, YEARS, Found
from data.generator.panel_plan import rules

HEADING = "\n## Rules: recall and false alarms\n"
TABLE = "\n| rule |"
RELATIONS = "balance."
COLUMNS = (
    *("rule", "planted", "found", "recall", "findings due", "given", "missed", "false alarms"),
)


@dataclass(frozen=True)
class Score:
    """A panel and the findings that the program gave of it."""

    panel: Panel
    found: Counter[Found]

    @property
    def missed(self) -> Counter[Found]:
        """Findings that the faults demand and the program did not give."""
        return self.panel.expected - self.found

    @property
    def alarms(self) -> Counter[Found]:
        """Findings that no fault explains."""
        return self.found - self.panel.expected

    def count(self, rule: str) -> tuple[int, ...]:
        """Faults planted and found; findings due, given, missed and false of one rule."""
        planted = [fault for fault in self.panel.faults if fault.rule == rule]
        found = [fault for fault in planted if not set(fault.findings) & set(self.missed)]
        listed = (self.panel.expected, self.found, self.missed, self.alarms)
        sums = (sum(n for each, n in of.items() if each.rule == rule) for of in listed)
        return len(planted), len(found), *sums


def score(made: Panel, folder: Path, jobs: int = 2) -> Score:
    """Write the panel into ``folder``, check it and read what was found.

    Raises RuntimeError where the run had difficulties of its own.
    """
    made.write(folder / "reports")
    database = folder / "panel.duckdb"
    settings = pipeline.Settings(database, None, "zh", jobs=jobs)
    outcome = pipeline.check([folder / "reports"], settings, lambda *_: None)
    if outcome.difficulties or outcome.rejections:
        raise RuntimeError(f"{outcome.difficulties} {outcome.rejections}")
    with closing(duckdb.connect(str(database), read_only=True)) as con:
        rows = con.execute(
            """
            select coalesce(parse_filename(r.source_path), ?), f.rule, f.subject
            from marts.findings as f left join marts.reports as r using (report_id)
            """,
            [LIST],
        ).fetchall()
    # Rules on relations say the table before the row or column.
    return Score(
        made,
        Counter(
            Found(file, rule, subject.partition(".")[2] if rule.startswith(RELATIONS) else subject)
            for file, rule, subject in rows
        ),
    )


def table(scored: Score) -> str:
    """The counts as a Markdown table, one row for each rule and one for all."""
    counts = {rule: scored.count(rule) for rule in rules()}
    counts["all"] = tuple(map(sum, zip(*counts.values(), strict=True)))
    rows = [
        (rule, str(planted), str(found), f"{100 * found / max(1, planted):.1f} %", *map(str, rest))
        for rule, (planted, found, *rest) in counts.items()
    ]
    lines = [COLUMNS, ("---", *("--:" for _ in COLUMNS[1:])), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def told(scored: Score, limit: int) -> Iterator[str]:
    """Lines on what was missed and on what was found in error, so many of each rule."""
    for words, listed in (("missed", scored.missed), ("false alarm", scored.alarms)):
        count: Counter[str] = Counter()
        for found in sorted(listed):
            count[found.rule] += 1
            if count[found.rule] <= limit:
                yield f"{words}: {' '.join(found)}"


def main() -> None:
    """Read the command line, print the table; end with 1 on a miss or a false alarm."""
    parser = argparse.ArgumentParser(
        prog="python -m data.generator.panel_score",
        description="Plant faults of every rule in a panel of reports, check it, and compare.",
        epilog="example: python -m data.generator.panel_score --agencies 200",
    )
    parser.add_argument("--agencies", type=int, default=200, help=f"each with {len(YEARS)} years")
    parser.add_argument("--each", type=int, default=20, help="faults of each rule")
    parser.add_argument("--jobs", type=int, default=2, help="how many processes read")
    parser.add_argument("--misses", type=int, default=3, help="lines on what is wrong, by rule")
    parser.add_argument("--folder", type=Path, help="where the panel goes; else a temporary one")
    parser.add_argument(
        "--write", type=Path, metavar="FILE", help="put the table into FILE, under its heading"
    )
    asked = parser.parse_args()
    made = make(asked.agencies, asked.each)
    with tempfile.TemporaryDirectory(prefix="gouji-panel-") as scratch:
        scored = score(made, asked.folder or Path(scratch), asked.jobs)
    counted = table(scored)
    print(counted)
    print(
        f"{len(made.files) - 1} files, {made.clean} reports without a fault of their own",
        file=sys.stderr,
    )
    if asked.write:
        text = asked.write.read_text(encoding="utf-8")
        asked.write.write_text(with_table(text, counted, HEADING, TABLE), encoding="utf-8")
    for line in told(scored, asked.misses):
        print(line, file=sys.stderr)
    sys.exit(1 if scored.missed or scored.alarms else 0)


if __name__ == "__main__":
    main()
