"""Fill the raw tables of a database with as many reports as asked for, without documents.

``python -m data.generator.bulk DATABASE --reports 200000 --seed 1``

A hundred honest reports, twenty agencies over five years, are read as text. Each further hundred is
a copy of them by SQL: other counties, and every figure of an agency times one whole number, which
leaves all sums and all carried-over figures right. Then faults are planted in single cells on which
nothing else depends.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from checkpoints.transform import bring_up_to_date
from data.generator.figures import Figures
from data.generator.panel_figures import figures_of
from data.generator.panel_place import COUNTIES, YEARS, Slot, county_of, place
from data.generator.text import render_text
from ingest import warehouse
from ingest.read import ingest

AGENCIES = 20
BASE = AGENCIES * len(YEARS)
"""Reports of which all others are copies."""
SYLLABLES = "安宁和平清泉明远青松白云春秋东南西北"
MOST_TIMES = 997
"""The largest number by which a copy's figures are multiplied."""
_SENTENCE = re.compile(r"[^。]*。")
_FIGURE = re.compile(r"[0-9零一二三四五六七八九十百千]")


@dataclass(frozen=True)
class Plant:
    """A fault: its rule, the cell it is planted in, what is printed there, and in how many."""

    rule: str
    subject: str
    cell: str
    printed: str
    one_in: int


PLANTS = (
    Plant(
        "balance.disputes_total",
        "disputes.reconsideration",
        "disputes.total.reconsideration",
        "cast(text as bigint) + 1",
        100,
    ),
    Plant(
        "completeness.cells_filled",
        "proactive.penalties.decisions",
        "proactive.penalties.decisions",
        "''",
        200,
    ),
    Plant(
        "non_negativity.counts",
        "proactive.coercion.decisions",
        "proactive.coercion.decisions",
        "'-5'",
        1000,
    ),
)


def fill(database: Path, reports: int, seed: int = 1) -> Counter[str]:
    """Make ``database`` with so many reports, and return how many findings each rule must have.

    ``reports`` is rounded up to whole hundreds. The same arguments give the same tables. Raises
    FileExistsError where the database is there already.
    """
    if database.exists():
        raise FileExistsError(database)
    with tempfile.TemporaryDirectory() as scratch:
        base = Path(scratch) / "base.duckdb"
        _read_base(Path(scratch) / "reports", base)
        with closing(warehouse.connect(database)) as con:
            con.execute(f"attach '{base}' as base (read_only)")
            con.execute(_COPIES, {"last": -(-reports // BASE) - 1, "seed": seed})
            for statement in _STATEMENTS:
                con.execute(statement)
            planted = Counter({plant.rule: _plant(con, plant) for plant in PLANTS})
            con.execute("drop table copies")
            con.execute("detach base")
    return planted


def _read_base(folder: Path, database: Path) -> None:
    folder.mkdir()
    for agency_no in range(AGENCIES):
        before: Figures | None = None
        for year in YEARS:
            slot = Slot(agency_no, year)
            figures, edition, _ = figures_of(slot, before, "", 0)
            honest = place(slot, figures, before, edition, quiet=True).report
            sections = tuple(
                replace(section, paragraphs=tuple(map(_without_figures, section.paragraphs)))
                for section in honest.sections
            )
            text = render_text(replace(honest, sections=sections))
            name = f"{county_of(agency_no)}-{agency_no:02}-{year}.txt"
            (folder / name).write_text(text, encoding="utf-8")
            before = figures
    ingest([folder], database, 2)
    bring_up_to_date(database)


def _without_figures(paragraph: str) -> str:
    """The sentences that state no figure: those of the copies would be wrong."""
    said = [
        s
        for s in _SENTENCE.findall(paragraph)
        if not re.search(r"[0-9零一二三四五六七八九十百千]", s)
    ]
    return "".join(said) or "按要求做好相关工作。"


# One row for each copy of a base document; copy 0 is the base itself.
_COPIES = f"""
create temporary table copies as
select
    documents.document_id as base_id,
    case when copy_no = 0 then documents.document_id
        else sha256(documents.document_id || '/' || copy_no || '/' || $seed) end as document_id,
    copy_no,
    case when copy_no = 0 then 1 else 2 + hash(copy_no, $seed) % {MOST_TIMES - 1} end as times,
    case when copy_no = 0 then '' else (
        select string_agg('{SYLLABLES}'[1 + ((copy_no >> (4 * place)) & 15)], '' order by place)
        from range(4) as places (place)
    ) end as syllables
from base.raw.documents as documents, range($last + 1) as copies (copy_no)
"""


def _renamed(column: str) -> str:
    for county in COUNTIES:
        stem = county.removesuffix("县")
        column = f"replace({column}, '{county}', '{stem}' || syllables || '县')"
    return column


_STATEMENTS = (
    """
    insert into raw.documents by name
    select
        copies.document_id, format, byte_size, page_count, reader, reader_version, ingested_at
    from base.raw.documents as read
    inner join copies on read.document_id = copies.base_id
    """,
    f"""
    insert into raw.sources by name
    select
        copies.document_id, {_renamed("source_path")} as source_path, seen_at, seen_run
    from base.raw.sources as read
    inner join copies on read.document_id = copies.base_id
    """,
    f"""
    insert into raw.paragraphs by name
    select copies.document_id, block_no, page, {_renamed("text")} as text
    from base.raw.paragraphs as read
    inner join copies on read.document_id = copies.base_id
    order by copies.copy_no, copies.document_id, block_no
    """,
    """
    insert into raw.cells by name
    select
        copies.document_id, block_no, page, row_no, col_no, row_span, col_span,
        case
            when regexp_full_match(text, '-?[0-9]+([.][0-9]+)?')
                then regexp_replace(
                    cast(cast(text as decimal(24, 4)) * times as varchar), '[.]?0+$', ''
                )
            else text
        end as text,
        x0, top, x1, bottom, confidence
    from base.raw.cells as read
    inner join copies on read.document_id = copies.base_id
    order by copies.copy_no, copies.document_id, block_no, row_no, col_no
    """,
    "insert into raw.label_matches select * from base.raw.label_matches",
    "insert or replace into raw.meta select * from base.raw.meta where key <> 'marts_built_from'",
)


def _plant(con: duckdb.DuckDBPyConnection, plant: Plant) -> int:
    """Plant a fault in every so many-th document that has the cell; return in how many."""
    con.execute(
        f"""
        update raw.cells set text = {plant.printed}
        from copies
        inner join base.marts.cell_values as places
            on copies.base_id = places.report_id
        where raw.cells.document_id = copies.document_id
            and concat_ws('.', places.form_table, places.indicator, places.breakdown) = $cell
            and (raw.cells.block_no, raw.cells.row_no, raw.cells.col_no)
                = (places.block_no, places.row_no, places.col_no)
            and hash(copies.document_id, $rule) % $one_in = 0
        """,
        {"cell": plant.cell, "rule": plant.rule, "one_in": plant.one_in},
    )
    rows = con.execute(
        """
        select count(*)
        from copies
        inner join base.marts.cell_values as places on copies.base_id = places.report_id
        where concat_ws('.', places.form_table, places.indicator, places.breakdown) = $cell
            and hash(copies.document_id, $rule) % $one_in = 0
        """,
        {"cell": plant.cell, "rule": plant.rule, "one_in": plant.one_in},
    ).fetchall()
    return int(rows[0][0])


def main() -> None:
    """Fill a database from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("database", type=Path)
    parser.add_argument("--reports", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    planted = fill(asked.database, asked.reports, asked.seed)
    for rule, count in sorted(planted.items()):
        sys.stdout.write(f"{rule} {count}\n")


if __name__ == "__main__":
    main()
