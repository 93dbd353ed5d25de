"""Count the cells of scans read right and in doubt: ``python -m data.generator.scan_score``."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from checkpoints.transform import build_models
from data.generator.forms import Cell
from data.generator.score import Reading, judge, read_truth
from ingest.document import LEAST_SURE
from ingest.limits import Limits
from ingest.read import ingest

FIGURES = "<!-- figures of scans -->\n"
"""What stands before and after the table in docs/accuracy.md."""

UNHURRIED = Limits(seconds=600)
"""A busy machine is to change how long it takes, and not what is counted."""


@dataclass
class Tally:
    """What was counted of one kind of scan.

    ``doubts`` are values with a confidence below the least sure: whoever reads the findings is
    told to look at the original. ``sure_and_wrong`` lists the others that are wrong.
    """

    files: set[str] = field(default_factory=set)
    verdicts: Counter[str] = field(default_factory=Counter)
    doubts: Counter[str] = field(default_factory=Counter)
    sure_and_wrong: list[str] = field(default_factory=list)

    @property
    def share_right(self) -> float:
        """The share of the cells that were read as printed."""
        return self.verdicts["right"] / self.verdicts.total()


def score(folder: Path, database: Path, jobs: int = 2) -> dict[str, Tally]:
    """Read the scans of a corpus into ``database``, build the models, and count by kind."""
    ingest([folder], database, jobs, limits=UNHURRIED)
    build_models(database)
    with closing(duckdb.connect(str(database), read_only=True)) as con:
        readings = {
            (name, Cell(*codes)): (Reading(status, value), confidence)
            for name, *codes, status, value, confidence in con.execute(
                """
                select
                    parse_filename(sources.source_path), cells.form_table, cells.indicator,
                    cells.breakdown, cells.status, cells.value, cells.confidence
                from raw.sources as sources
                inner join marts.cell_values as cells on sources.document_id = cells.report_id
                """
            ).fetchall()
        }
    tallies: dict[str, Tally] = defaultdict(Tally)
    for line in read_truth(folder):
        count = tallies[line.layout]
        count.files.add(line.file)
        reading, confidence = readings.get((line.file, line.cell), (None, None))
        verdict = judge(line.printed, reading)
        count.verdicts[verdict] += 1
        if confidence is not None and confidence < LEAST_SURE:
            count.doubts[verdict] += 1
        elif verdict == "wrong":
            seen = reading.value if reading else None
            place = f"{line.file} {'.'.join(line.cell)}"
            count.sure_and_wrong.append(f"{place}: {line.printed!r} printed, {seen} read")
    return dict(tallies)


def table(tallies: Mapping[str, Tally]) -> str:
    """Return the counts as a Markdown table, one row for each kind of scan."""
    head = (
        "kind", "documents", "cells", "right", "share", "wrong", "not read",
        "right in doubt", "wrong and sure",
    )  # fmt: skip
    rows = [
        (
            kind,
            str(len(count.files)),
            str(count.verdicts.total()),
            str(count.verdicts["right"]),
            f"{count.share_right:.2%}",
            str(count.verdicts["wrong"]),
            str(count.verdicts["not read"]),
            str(count.doubts["right"]),
            str(len(count.sure_and_wrong)),
        )
        for kind, count in tallies.items()
    ]
    lines = [head, ("---", *("--:" for _ in head[1:])), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def with_figures(text: str, tallies: Mapping[str, Tally]) -> str:
    """Put the table between the two marks; ValueError if ``text`` does not have them."""
    try:
        head, _, tail = text.split(FIGURES)
    except ValueError as error:
        raise ValueError(f"not twice {FIGURES.strip()!r}") from error
    return f"{head}{FIGURES}\n{table(tallies)}\n\n{FIGURES}{tail}"


def main() -> None:
    """Read the command line, print the table; end with 1 if a value is wrong and sure."""
    parser = argparse.ArgumentParser(
        prog="python -m data.generator.scan_score",
        description="Read a corpus of scans and compare every cell with truth.csv.",
        epilog="example: python -m data.generator.scan_score build/scans",
    )
    parser.add_argument("folder", type=Path, help="what data.generator.corpus --scans has written")
    parser.add_argument("--jobs", type=int, default=2, help="how many processes read")
    parser.add_argument("--write", type=Path, metavar="FILE", help="put the table into FILE")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="gouji-scans-") as scratch:
        tallies = score(asked.folder, Path(scratch) / "scans.duckdb", asked.jobs)
    print(table(tallies))
    if asked.write:
        text = asked.write.read_text(encoding="utf-8")
        asked.write.write_text(with_figures(text, tallies), encoding="utf-8")
    missed = [line for count in tallies.values() for line in count.sure_and_wrong]
    for line in missed:
        print(line, file=sys.stderr)
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
