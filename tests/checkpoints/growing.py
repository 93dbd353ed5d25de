"""A folder of reports that changes, and a database that is kept up to date with it."""

from __future__ import annotations

import csv
import random
import shutil
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

import duckdb

from checkpoints import transform
from data.generator.report import Report, Section
from ingest import warehouse
from ingest.forget import forget
from ingest.read import ingest
from tests.acceptance.reports import clean, reprint, write

COLUMNS = {
    "sources": "path agency region year scope retrieved_on url",
    "expected": "region agency aliases year scope due",
    "waivers": "agency region scope year rule cell printed_value reason who until",
    "corrections": "document cell read_value right_value reason who date",
    "agencies": "region name successor kind first_year",
}
LETTERS = "安宁和平清泉明远青松白云春秋东南西北山河湖海风雨雷电花鸟虫鱼琴棋书画"
UPHELD = ("disputes", "upheld", "reconsideration")
TOTAL = ("disputes", "total", "reconsideration")


@dataclass
class Place:
    """The folder, the database, and what the companion files say so far."""

    folder: Path
    database: Path
    lines: dict[str, list[dict[str, str]]] = field(default_factory=dict)

    def path(self, agency: int, year: int, version: str = "") -> Path:
        return self.folder / f"{agency}" / f"{year}{version}.txt"

    def put(
        self,
        agency: int,
        year: int,
        version: str = "",
        *,
        printed: Mapping[tuple[str, str, str], str] | None = None,
        prose_of: int | None = None,
        passage: int | None = None,
    ) -> Path:
        """Write a report: with other figures, another agency's prose, or a passage."""
        report = reprint(clean(agency, year), printed or {})
        if prose_of is not None:
            report = _with_prose(report, clean(prose_of, year).sections)
        if passage is not None:
            report = _saying(report, passage)
        return write(report, self.path(agency, year, version))

    def say(self, companion: str, **values: str) -> None:
        """Add a line to a companion file."""
        self.lines.setdefault(companion, []).append(values)
        names = COLUMNS[companion].split()
        path = self.folder / f"{companion}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, names, restval="")
            writer.writeheader()
            writer.writerows(self.lines[companion])

    def forget(self, path: Path) -> None:
        """Take a report out, of the folder and of the database."""
        path.unlink()
        with closing(warehouse.connect(self.database)) as con:
            forget(con, path.as_posix())

    def document(self, path: Path) -> str:
        """The id of what lies at the path."""
        with duckdb.connect(str(self.database), read_only=True) as con:
            found = con.execute(
                "select document_id from raw.sources where source_path = ?"
                " order by seen_run desc limit 1",
                [path.as_posix()],
            ).fetchall()
        return str(found[0][0])

    def build(self, *, force: bool = False) -> bool:
        """Read what is new and bring the models up to date."""
        ingest([self.folder], self.database)
        return transform.bring_up_to_date(self.database, force=force)

    def execute(self, statement: str) -> None:
        with duckdb.connect(str(self.database)) as con:
            con.execute(statement)

    def rows(self, query: str) -> list[tuple[object, ...]]:
        with duckdb.connect(str(self.database), read_only=True) as con:
            return con.execute(query).fetchall()

    def differences(self) -> dict[str, list[tuple[object, ...]]]:
        """Rows that are, or are not, there after all models are built anew, by table."""
        aside = self.database.with_name("aside.duckdb")
        shutil.copy(self.database, aside)
        transform.bring_up_to_date(self.database, force=True)
        with duckdb.connect() as con:
            con.execute(f"attach '{aside}' as aside (read_only)")
            con.execute(f"attach '{self.database}' as anew (read_only)")
            tables = _tables(con, "aside")
            assert tables == _tables(con, "anew")
            assert len(tables) > 75
            return {
                table: rows
                for table in tables
                if (
                    rows := con.execute(
                        f"(from aside.{table} except all from anew.{table}) union all"
                        f" (from anew.{table} except all from aside.{table})"
                    ).fetchmany(4)
                )
            }


def _tables(con: duckdb.DuckDBPyConnection, database: str) -> list[str]:
    rows = con.execute(
        "select concat_ws('.', schema_name, table_name) from duckdb_tables()"
        " where database_name = ? and schema_name in ('staging', 'intermediate', 'marts')"
        " order by all",
        [database],
    ).fetchall()
    return [name for (name,) in rows]


def _with_prose(report: Report, sections: Sequence[Section]) -> Report:
    others = {section.number: section.paragraphs for section in sections}
    kept = [replace(s, paragraphs=others.get(s.number, s.paragraphs)) for s in report.sections]
    return replace(report, sections=tuple(kept))


def _saying(report: Report, passage: int) -> Report:
    """The report with nothing in section one but a passage, a long text that says nothing."""
    said = "".join(random.Random(passage).choices(LETTERS, k=240))
    kept = [replace(s, paragraphs=(said,)) if s.number == 1 else s for s in report.sections]
    return replace(report, sections=tuple(kept))
