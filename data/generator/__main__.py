"""Write the sample reports: ``python -m data.generator data/reports``."""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Iterable
from io import StringIO
from pathlib import Path

from data.generator.samples import AGENCIES, Sample, samples

FAULT_COLUMNS = (
    "file",
    "agency",
    "report_year",
    "rule",
    "subject",
    "printed",
    "expected",
    "note",
)


def fault_lines(made: Iterable[Sample]) -> str:
    """Return faults.csv: one line for each finding the program must report, and no others."""
    target = StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(FAULT_COLUMNS)
    for sample in made:
        for finding in sample.findings:
            writer.writerow(
                (
                    sample.file_name,
                    sample.agency,
                    sample.year,
                    finding.rule,
                    finding.subject,
                    finding.printed,
                    finding.expected,
                    finding.note,
                )
            )
    return target.getvalue()


def write_samples(folder: Path) -> int:
    """Write all samples into ``folder`` and faults.csv beside it; return how many there are.

    A former sample that is no longer made is removed; other files are left alone.
    """
    folder.mkdir(parents=True, exist_ok=True)
    made = list(samples())
    for sample in made:
        (folder / sample.file_name).write_bytes(sample.content())
    names = {sample.file_name for sample in made}
    for agency in AGENCIES:
        for path in folder.glob(f"{agency.name}*年政府信息公开工作年度报告.*"):
            if path.name not in names:
                path.unlink()
    (folder.parent / "faults.csv").write_text(fault_lines(made), encoding="utf-8", newline="")
    return len(made)


def main() -> None:
    """Read the command line and write the samples."""
    parser = argparse.ArgumentParser(
        prog="python -m data.generator",
        description="Write the fictional sample reports, and beside their folder faults.csv: every "
        "finding of completeness, non_negativity, balance and narrative they must yield.",
        epilog="example: python -m data.generator data/reports",
    )
    parser.add_argument("folder", type=Path, help="where the reports go; made if it is not there")
    folder = parser.parse_args().folder
    print(f"{write_samples(folder)} reports in {folder}", file=sys.stderr)


if __name__ == "__main__":
    main()
