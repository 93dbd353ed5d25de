"""``gouji check`` of a few small reports from nothing, beside what it cannot do without."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median

from bench.processes import ROOT, Spent, gouji, python, spend, take_turns
from bench.records import Record, record
from bench.tables import by_command

NAME = "check"
HAS_SIZES = False
SIZES = (24,)
SAMPLES = ROOT / "data" / "reports"
FOLDER = ROOT / "build" / "bench" / "check"

CHECK, AGAIN = "gouji check", "gouji check again, nothing new"
VALIDATE = "validation of these reports, Data Docs included"
IMPORT = "import great_expectations, with what it does not need deferred"
PARSE, READ = "one dbt parse", "reading: gouji ingest"
WHOLE_IMPORT = "import great_expectations as it is"
DEFERRED = """
from expectations.deferred import defer_unused
defer_unused()
import great_expectations
"""
NEEDED = (PARSE, READ)
"""What a check cannot do without, beside an import: its CPU is compared with their sum."""


def run(
    sizes: Sequence[int], rounds: int, say: Callable[[str], None], folder: Path = FOLDER
) -> Iterator[list[Record]]:
    """Check so many of the sample reports, into a new database each round."""
    for size in sizes:
        shutil.rmtree(folder, ignore_errors=True)
        reports = folder / "reports"
        reports.mkdir(parents=True)
        for path in _samples()[:size]:
            shutil.copyfile(path, reports / path.name)
        spent = take_turns(_commands(reports, folder), rounds, say)
        yield [record(NAME, size, name, runs) for name, runs in spent.items()]
        shutil.rmtree(folder)


def _samples() -> list[Path]:
    """The sample reports, without the lists beside them."""
    return sorted(path for path in SAMPLES.rglob("*") if path.suffix in (".pdf", ".txt", ".md"))


def _commands(reports: Path, folder: Path) -> dict[str, Callable[[], Spent]]:
    work = folder / "work"
    to = ("--db", work / "check.duckdb", "--site", work / "site", "--fail-on", "never")

    def cold() -> Spent:
        shutil.rmtree(work, ignore_errors=True)
        return spend(gouji("check", reports, *to))

    def read() -> Spent:
        database = folder / "read" / "check.duckdb"
        shutil.rmtree(database.parent, ignore_errors=True)
        return spend(gouji("ingest", reports, "--db", database))

    def parse() -> Spent:
        shutil.rmtree(folder / "parse", ignore_errors=True)
        return spend(python("bench.work.parse", folder / "parse" / "check.duckdb"))

    def validate() -> Spent:
        docs = folder / "validated"
        shutil.rmtree(docs, ignore_errors=True)
        docs.mkdir()
        return spend(python("bench.work.validate", work / "check.duckdb", docs))

    return {
        CHECK: cold,
        AGAIN: lambda: spend(gouji("check", reports, *to)),
        VALIDATE: validate,
        WHOLE_IMPORT: lambda: spend([sys.executable, "-c", "import great_expectations"]),
        IMPORT: lambda: spend([sys.executable, "-c", DEFERRED]),
        PARSE: parse,
        READ: read,
    }


def table(records: Sequence[Record]) -> str:
    """The figures, and the two ratios."""
    by_name = {each.name: each for each in records}
    figures = by_command(records, "what")
    if any(each.failed for each in records):
        return figures
    whole, deferred = (_ratio(by_name, imported) for imported in (WHOLE_IMPORT, IMPORT))
    fixed = by_name[VALIDATE].times(by_name[IMPORT])
    return (
        f"{figures}\n\n"
        f"`gouji check` takes {whole:.2f} times the CPU of the import as it is, one dbt parse and"
        f" reading together, {deferred:.2f} times with the deferred import; validation takes"
        f" {fixed:.2f} times that of the deferred import."
    )


def _ratio(by_name: Mapping[str, Record], imported: str) -> float:
    """Of the CPU of a check to what it cannot do without; the median over the rounds."""
    rounds = zip(*(by_name[name].cpu for name in (CHECK, imported, *NEEDED)), strict=True)
    return float(median(cpu / sum(parts) for cpu, *parts in rounds))
