"""Read a test corpus and count the cells read right: ``python -m data.generator.score FOLDER``."""

from __future__ import annotations

import argparse
import csv
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Literal, NamedTuple

import duckdb

from checkpoints.transform import build_models
from data.generator.corpus import TRUTH
from data.generator.forms import Cell
from ingest.read import ingest

Verdict = Literal["right", "wrong", "not read"]
FIGURES = "\n## Figures\n"
VERDICTS: tuple[Verdict, ...] = ("right", "wrong", "not read")


class Reading(NamedTuple):
    """What the program has of a cell: ``status`` and ``value`` of marts.cell_values."""

    status: str
    value: Decimal | None


class Expected(NamedTuple):
    """One line of the truth."""

    file: str
    layout: str
    agency: str
    year: int
    cell: Cell
    printed: str
    is_zero: bool


@dataclass
class Tally:
    """What was counted of one layout; ``misses`` tell of the cells that were not right."""

    files: set[str] = field(default_factory=set)
    unread: set[str] = field(default_factory=set)
    misnamed: set[str] = field(default_factory=set)
    cells: dict[Verdict, int] = field(default_factory=lambda: dict.fromkeys(VERDICTS, 0))
    filled: dict[Verdict, int] = field(default_factory=lambda: dict.fromkeys(VERDICTS, 0))
    misses: dict[Verdict, list[str]] = field(default_factory=lambda: defaultdict(list))

    def told(self, limit: int) -> list[str]:
        """Return so many lines on what is not right: wrong cells first, then what was not read."""
        lines = [*self.misses["wrong"], *self.misses["not read"]][:limit]
        names = sorted(self.misnamed)[: limit - len(lines)]
        return lines + [f"{name}: agency or year not as printed" for name in names]

    @property
    def is_perfect(self) -> bool:
        """Whether every cell was read right and every report known by agency and year."""
        return self.cells["right"] == sum(self.cells.values()) and not self.misnamed


def judge(printed: str, reading: Reading | None) -> Verdict:
    """Compare a cell as printed with what was read of it.

    A blank cell is right when it has no value; a number taken for a blank is wrong, as is any
    other number.
    """
    if not printed:
        return "right" if reading is None or reading.value is None else "wrong"
    if reading is None:
        return "not read"
    if reading.value is not None:
        return "right" if reading.value == Decimal(printed.removesuffix("元")) else "wrong"
    return "wrong" if reading.status in ("blank", "not_applicable") else "not read"


def read_truth(folder: Path) -> Iterator[Expected]:
    """Yield the lines of truth.csv."""
    with (folder / TRUTH).open(encoding="utf-8", newline="") as lines:
        for line in csv.DictReader(lines):
            yield Expected(
                line["file"],
                line["layout"],
                line["agency"],
                int(line["report_year"]),
                Cell(line["form_table"], line["indicator"], line["breakdown"]),
                line["printed"],
                line["is_zero"] == "true",
            )


def score(folder: Path, database: Path, jobs: int = 2) -> dict[str, Tally]:
    """Read the corpus into ``database``, build the models, and count by layout."""
    ingest([folder], database, jobs)
    build_models(database)
    with closing(duckdb.connect(str(database), read_only=True)) as con:
        names, readings = _readings(con)
    return tally(read_truth(folder), names, readings)


def tally(
    truth: Iterable[Expected],
    names: Mapping[str, tuple[str | None, int | None]],
    readings: Mapping[tuple[str, Cell], Reading],
) -> dict[str, Tally]:
    """Count by layout; ``names`` holds agency and year of each file that was read."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    for line in truth:
        count = tallies[line.layout]
        count.files.add(line.file)
        if line.file not in names:
            count.unread.add(line.file)
        elif names[line.file] != (line.agency, line.year):
            count.misnamed.add(line.file)
        reading = readings.get((line.file, line.cell))
        # In a file that was not read at all a blank cell is not right either.
        verdict = judge(line.printed, reading) if line.file in names else "not read"
        count.cells[verdict] += 1
        if not line.is_zero:
            count.filled[verdict] += 1
        if verdict != "right":
            seen = f"{reading.status} {reading.value}" if reading else "nothing"
            place = f"{line.file} {'.'.join(line.cell)}"
            count.misses[verdict].append(f"{place}: {line.printed!r} printed, {seen} read")
    return dict(tallies)


def _readings(
    con: duckdb.DuckDBPyConnection,
) -> tuple[dict[str, tuple[str | None, int | None]], dict[tuple[str, Cell], Reading]]:
    """Return agency and year, and the cells, by file name."""
    files = con.execute(
        """
        select parse_filename(sources.source_path), reports.agency, reports.report_year
        from raw.sources as sources
        inner join marts.reports as reports on sources.document_id = reports.report_id
        """
    ).fetchall()
    cells = con.execute(
        """
        select
            parse_filename(sources.source_path), cells.form_table, cells.indicator,
            cells.breakdown, cells.status, cells.value
        from raw.sources as sources
        inner join marts.cell_values as cells on sources.document_id = cells.report_id
        """
    ).fetchall()
    return (
        {name: (agency, year) for name, agency, year in files},
        {(name, Cell(*codes)): Reading(status, value) for name, *codes, status, value in cells},
    )


def table(tallies: Mapping[str, Tally]) -> str:
    """Return the counts as a Markdown table, one row for each layout and one for all."""
    head = ("layout", "documents", "unread", "misnamed", "cells", *VERDICTS, "non-zero", *VERDICTS)
    rows = [_row(layout, [count]) for layout, count in tallies.items()]
    rows.append(_row("all", list(tallies.values())))
    lines = [head, ("---", *("--:" for _ in head[1:])), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _row(layout: str, counts: list[Tally]) -> tuple[str, ...]:
    cells = [sum(count.cells[verdict] for count in counts) for verdict in VERDICTS]
    filled = [sum(count.filled[verdict] for count in counts) for verdict in VERDICTS]
    numbers = (
        sum(len(count.files) for count in counts),
        sum(len(count.unread) for count in counts),
        sum(len(count.misnamed) for count in counts),
        sum(cells),
        *cells,
        sum(filled),
        *filled,
    )
    return layout, *map(str, numbers)


def with_figures(text: str, tallies: Mapping[str, Tally]) -> str:
    """Put the table in place of what stands below the heading of figures, up to the next one.

    Raises ValueError if ``text`` has no such heading.
    """
    head, heading, rest = text.partition(FIGURES)
    _, next_heading, others = rest.partition("\n## ")
    if not heading:
        raise ValueError(f"no heading {FIGURES.strip()!r}")
    return f"{head}{heading}\n{table(tallies)}\n{next_heading}{others}"


def main() -> None:
    """Read the command line, print the table; end with 1 if a cell is wrong or was not read."""
    parser = argparse.ArgumentParser(
        prog="python -m data.generator.score",
        description="Read a corpus with the program and compare every cell with truth.csv.",
        epilog="example: python -m data.generator.score build/corpus",
    )
    parser.add_argument("folder", type=Path, help="what data.generator.corpus has written")
    parser.add_argument("--db", type=Path, help="the database to write; else a temporary one")
    parser.add_argument("--jobs", type=int, default=2, help="how many processes read")
    parser.add_argument(
        "--misses", type=int, default=3, help="lines on what is not right, by layout"
    )
    parser.add_argument(
        "--write", type=Path, metavar="FILE", help="put the table below ## Figures of FILE"
    )
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="gouji-score-") as scratch:
        tallies = score(asked.folder, asked.db or Path(scratch) / "score.duckdb", asked.jobs)
    print(table(tallies))
    if asked.write:
        text = asked.write.read_text(encoding="utf-8")
        asked.write.write_text(with_figures(text, tallies), encoding="utf-8")
    for count in tallies.values():
        for line in count.told(asked.misses):
            print(line, file=sys.stderr)
    sys.exit(0 if all(count.is_perfect for count in tallies.values()) else 1)


if __name__ == "__main__":
    main()
