"""What one new report costs in a large warehouse, beside building all models of it.

``python -m bench.incremental --reports 20000 --folder build/bench``

Each command is a process of its own, and its CPU time is that of all its threads and children. From
both what the same command takes when nothing is new is subtracted. ``--verify`` builds everything
anew at the end and compares all rows of all tables with what the new report left.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import duckdb

from data.generator.bulk import fill
from ingest import warehouse

ROOT = Path(__file__).resolve().parent.parent
MARK = "新"
"""Before the name of the county that the new report is of."""

_BUILD = (
    "import sys; from pathlib import Path; from checkpoints.transform import bring_up_to_date;"
    "bring_up_to_date(Path(sys.argv[1]), force=len(sys.argv) > 2)"
)


@dataclass(frozen=True)
class Cost:
    """CPU seconds, children included, and peak memory in MiB of one command."""

    cpu: float
    memory: float


@dataclass(frozen=True)
class Measured:
    """What the commands cost over so many reports; ``differing`` tables, None where not asked."""

    reports: int
    full: Cost
    nothing: Cost
    new: Cost
    differing: tuple[str, ...] | None = None

    @property
    def ratio(self) -> float:
        """One new report beside all, without what the command costs in any case."""
        return (self.new.cpu - self.nothing.cpu) / (self.full.cpu - self.nothing.cpu)


def measure(database: Path, *, verify: bool = False) -> Measured:
    """Build all of a ``database`` filled by ``data.generator.bulk``, add a report, build again."""
    full = build(database, "force")
    nothing = build(database)
    one_more(database)
    new = build(database)
    with duckdb.connect(str(database), read_only=True) as con:
        [(reports,)] = con.execute("select count(*) from raw.documents").fetchall()
    differing = _differing(database) if verify else None
    return Measured(reports, full, nothing, new, differing)


def build(database: Path, *force: str) -> Cost:
    """Bring the models up to date in a process of its own."""
    process = subprocess.Popen(
        [sys.executable, "-c", _BUILD, str(database), *force],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    # With what the process has waited for itself; the status is the caller's to look at.
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, process.args)
    return Cost(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def one_more(database: Path) -> str:
    """Add a report of an agency that has none yet, a copy under another county; return its id."""
    with closing(warehouse.connect(database)) as con, warehouse.transaction(con):
        rows = con.execute(
            "select report_id, region from marts.reports where region is not null"
            " order by report_id desc limit 1"
        ).fetchall()
        [(copied, county)] = rows
        for table, column in (
            ("documents", None), ("sources", "source_path"), ("paragraphs", "text"), ("cells", None)
        ):  # fmt: skip
            renamed = (
                f", replace({column}, $county, $mark || $county) as {column}" if column else ""
            )
            named = {"county": county} if column else {}
            con.execute(
                f"""
                insert into raw.{table} by name
                select * replace (sha256(document_id || $mark) as document_id{renamed})
                from raw.{table} where document_id = $copied
                """,
                {"copied": copied, "mark": MARK, **named},
            )
        [(added,)] = con.execute("select sha256($1 || $2)", [copied, MARK]).fetchall()
    return str(added)


def _differing(database: Path) -> tuple[str, ...]:
    """Tables of the models whose rows are others once all is built anew."""
    aside = database.with_suffix(".aside.duckdb")
    shutil.copy(database, aside)
    build(database, "force")
    with duckdb.connect() as con:
        # Pages of two databases fill whatever it may take.
        con.execute(f"set memory_limit = '{warehouse.memory_limit()}'")
        con.execute(f"attach '{aside}' as aside (read_only)")
        con.execute(f"attach '{database}' as anew (read_only)")
        tables = con.execute(
            "select concat_ws('.', schema_name, table_name) from duckdb_tables()"
            " where database_name = 'anew'"
            " and schema_name in ('staging', 'intermediate', 'marts') order by all"
        ).fetchall()
        found = [table for (table,) in tables if _differ(con, table)]
    aside.unlink()
    return tuple(found)


def _differ(con: duckdb.DuckDBPyConnection, table: str) -> bool:
    """Whether the rows differ as a bag: in number, or in the sum of their hashes."""
    said = "select count(*), sum(hash(t)), bit_xor(hash(t)) from {}." + table + " as t"
    one, other = (con.execute(said.format(name)).fetchall() for name in ("aside", "anew"))
    return one != other


def lines(measured: Measured) -> Sequence[str]:
    """The figures in words."""
    said = [
        f"{name:16}{cost.cpu:10.1f} s CPU {cost.memory:8.0f} MiB"
        for name, cost in (
            ("everything", measured.full),
            ("one new report", measured.new),
            ("nothing new", measured.nothing),
        )
    ]
    said += [f"(one new - nothing) / (everything - nothing) = {measured.ratio:.2%}"]
    if measured.differing is not None:
        said += [f"tables that a rebuild makes otherwise: {list(measured.differing)}"]
    return [f"{measured.reports} reports", *said]


def main() -> None:
    """Measure from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=20000)
    parser.add_argument("--folder", type=Path, default=ROOT / "build" / "bench")
    parser.add_argument("--verify", action="store_true")
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    database = asked.folder / f"incremental{asked.reports}.duckdb"
    database.unlink(missing_ok=True)
    fill(database, asked.reports)
    sys.stdout.write("\n".join(lines(measure(database, verify=asked.verify))) + "\n")


if __name__ == "__main__":
    main()
