"""How much CPU reading a PDF report takes, beside plain pdfplumber on the same files.

``python -m bench.reading`` writes its own reports, in every layout of PDF that the generator has,
and prints tables in Markdown. All readers take turns in one process, file by file and round by
round, so that a busy machine slows them alike. CPU is user and system time; of the rounds of a
file the median counts. Right is a printed cell that stands in its row of the form.
"""

from __future__ import annotations

import argparse
import csv
import logging
import os
import platform
import sys
import tempfile
import time
import warnings
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from bench.tools import FLOOR, OURS, PLAIN, versions, works
from data.generator.corpus import TRUTH, members, write_corpus
from data.generator.forms import CHANNELS
from data.generator.layouts import LAYOUTS
from ingest.document import Cell
from ingest.form_rows import form_rows
from ingest.vocabulary import RESULTS

SAMPLES = Path(__file__).resolve().parent.parent / "data" / "reports"
EACH = 3
"""Reports of each layout: one of every edition."""
ROUNDS = 3

Truth = Mapping[tuple[str, str], list[str]]
"""The printed texts of each row (form_table, code) from the left."""


@dataclass
class Measured:
    """One file: its layout, CPU seconds by reader, and how many cells each reads right."""

    layout: str
    total: int
    seconds: dict[str, float] = field(default_factory=dict)
    right: dict[str, int] = field(default_factory=dict)

    def ratio(self, reader: str) -> float:
        """Return how many times the CPU of the reader pdfplumber takes."""
        return self.seconds[PLAIN] / self.seconds[reader]


def write_reports(folder: Path, each: int, seed: int = 1) -> None:
    """Write so many reports of each layout of PDF, and truth.csv; needs Chromium and LibreOffice.

    Without one of them the layouts that need it cannot be written, and it raises as the generator.
    """
    made = members(each * len(LAYOUTS), seed, scans=False)
    write_corpus([member for member in made if member.published.suffix == "pdf"], folder)


def read_truth(folder: Path) -> dict[str, tuple[str, Truth]]:
    """Return layout and printed rows by file name; nothing if the folder has no truth.csv."""
    if not (folder / TRUTH).is_file():
        return {}
    layouts: dict[str, str] = {}
    printed: dict[str, dict[tuple[str, str, str], str]] = defaultdict(dict)
    with (folder / TRUTH).open(encoding="utf-8", newline="") as lines:
        for line in csv.DictReader(lines):
            layouts[line["file"]] = line["layout"]
            cell = line["form_table"], line["indicator"], line["breakdown"]
            printed[line["file"]][cell] = line["printed"]
    return {name: (layout, _rows(printed[name])) for name, layout in layouts.items()}


def _rows(printed: Mapping[tuple[str, str, str], str]) -> Truth:
    """Put cells into rows; the fifteen cells of table 四 are printed in one."""
    rows: dict[tuple[str, str], list[str]] = defaultdict(list)
    for (form_table, indicator, _), text in printed.items():
        if form_table != "disputes":
            rows[form_table, indicator].append(text)
    rows["disputes", "disputes"] = [
        printed.get(("disputes", result, channel), "") for channel in CHANNELS for result in RESULTS
    ]
    return rows


def count_right(cells: Iterable[Cell], truth: Truth) -> int:
    """Count the printed cells that stand in a row of the form with as many values."""
    read_rows: dict[tuple[str, str], list[str]] = {}
    for row in form_rows(cells):
        read_rows.setdefault((row.form_table, row.code), [cell.text for cell in row.values])
    right = 0
    for key, wanted in truth.items():
        texts = read_rows.get(key, [])
        filled = [text for text in texts if text.strip()]
        if len(texts) != len(wanted) and len(filled) == len(wanted):
            texts = filled
        if len(texts) == len(wanted):
            right += sum(one == other for one, other in zip(texts, wanted, strict=True))
    return right


def measure(folders: Sequence[Path], rounds: int) -> Iterator[Measured]:
    """Read each PDF of the folders with every reader; the first round is not timed."""
    for folder in folders:
        truths = read_truth(folder)
        for path in sorted(folder.glob("*.pdf")):
            layout, truth = truths.get(path.name, (folder.name, {}))
            yield _measure(path.read_bytes(), layout, truth, rounds)


def _measure(data: bytes, layout: str, truth: Truth, rounds: int) -> Measured:
    readers = works()
    right = {name: count_right(work(data), truth) for name, work in readers.items()}
    seconds: dict[str, list[float]] = defaultdict(list)
    for _ in range(rounds):
        for name, work in readers.items():
            start = time.process_time()
            work(data)
            seconds[name].append(time.process_time() - start)
    total = sum(map(len, truth.values()))
    return Measured(layout, total, {name: median(each) for name, each in seconds.items()}, right)


def report(files: Sequence[Measured], rounds: int) -> str:
    """Return the tables: by reader the files with a truth, if any has one; by layout all."""
    judged = [file for file in files if file.total] or files
    total = sum(file.total for file in judged)
    lines = [
        f"{len(judged)} files, {rounds} rounds; Python {platform.python_version()}, {versions()}; "
        f"{os.cpu_count()} processors.",
        "",
        "| reader | CPU per file | times less than pdfplumber | right cells |",
        "|---|--:|--:|--:|",
    ]
    for reader in files[0].seconds:
        right = sum(file.right[reader] for file in judged)
        share = f"{right} of {total}" if total and reader != FLOOR else "–"
        lines.append(f"| {reader} | {_cpu(judged, reader)} | {_ratio(judged, reader)} | {share} |")
    lines += [
        "",
        "| layout | files | pdfplumber | floor | gouji | times less, floor | times less, gouji |",
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    for layout in dict.fromkeys(file.layout for file in files):
        own = [file for file in files if file.layout == layout]
        cpu = " | ".join(_cpu(own, reader) for reader in (PLAIN, FLOOR, OURS))
        lines.append(
            f"| {layout} | {len(own)} | {cpu} | {_ratio(own, FLOOR)} | {_ratio(own, OURS)} |"
        )
    return "\n".join(lines) + "\n"


def _cpu(files: Iterable[Measured], reader: str) -> str:
    return f"{1000 * median(file.seconds[reader] for file in files):.0f} ms"


def _ratio(files: Iterable[Measured], reader: str) -> str:
    """Word the median of the files' ratios, and their range."""
    ratios = [file.ratio(reader) for file in files]
    several = f" ({min(ratios):.1f}–{max(ratios):.1f})" if len(ratios) > 1 else ""
    return f"{median(ratios):.1f}{several}"


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line, measure, print."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.reading",
        description="Measure the CPU that reading PDF reports takes, beside other tools.",
        epilog="example: python -m bench.reading FOLDER --rounds 5",
    )
    parser.add_argument(
        "folders", nargs="*", type=Path, help="folders of PDF files, perhaps with truth.csv; "
        "by default generated reports and the samples"
    )  # fmt: skip
    parser.add_argument("--each", type=int, default=EACH, help="generated reports of each layout")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="times each file is timed")
    asked = parser.parse_args(arguments)
    print(figures(asked.folders, asked.each, asked.rounds), end="")


def figures(folders: Sequence[Path] = (), each: int = EACH, rounds: int = ROUNDS) -> str:
    """Measure and return the tables; without folders, generated reports and the samples.

    Ends the program where the folders hold no PDF file.
    """
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    warnings.simplefilter("ignore")
    with tempfile.TemporaryDirectory(prefix="gouji-bench-") as scratch:
        if not folders:
            write_reports(Path(scratch), each)
            folders = [Path(scratch), SAMPLES]
        files = list(measure(folders, rounds))
    if not files:
        sys.exit("bench.reading: no PDF file in " + ", ".join(map(str, folders)))
    return report(files, rounds)


if __name__ == "__main__":
    main()
