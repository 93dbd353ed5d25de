"""What ``gouji audit`` does: draw and write a workbook, read it back and keep the error rate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import astuple, dataclass
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path

import duckdb

from checkpoints.audit.evidence import Evidence, evidence
from checkpoints.audit.sample import AuditRefused, Item, Sample, draw
from checkpoints.audit.sheet import Described, read_sheet, write_sheet
from checkpoints.audit.verdict import METHOD, Rate, by_kind, judge, rate
from checkpoints.export.files import ExportRefused, write_all
from checkpoints.history import known_findings
from checkpoints.language import Language
from checkpoints.paths import shown
from checkpoints.pipeline import reports_under, require_database
from checkpoints.progress import Progress
from checkpoints.transform import bring_up_to_date
from ingest import warehouse

_TABLES = """
create table if not exists history.audits (
    audit_id varchar primary key, run_id bigint, version varchar, seed bigint,
    count_cells integer, count_judged integer, count_wrong integer, error_rate double, low double,
    high double, method varchar, read_at timestamptz
);
create table if not exists history.audit_cells (
    audit_id varchar, seed bigint, item_no integer, report_id varchar, form_table varchar,
    indicator varchar, breakdown varchar, kind varchar, stratum varchar, stratum_size bigint,
    status varchar, value decimal(24, 8), unit varchar, raw_text varchar
);
"""


@dataclass(frozen=True)
class Result:
    """An audit read back. ``unclear`` are the numbers of answers that nobody can interpret."""

    rate: Rate
    kinds: Mapping[str, Rate]
    count_cells: int
    unclear: tuple[int, ...]


def draw_audit(
    database: Path,
    target: Path,
    cells: int,
    seed: int,
    under: Sequence[Path],
    language: Language,
    progress: Progress,
) -> tuple[Sample, int]:
    """Write a workbook with a sample of cells; the sample, and how many of its files are gone.

    Raises AuditRefused, ExportRefused.
    """
    if target.suffix.lower() != ".xlsx":
        raise ExportRefused(f"{target}的扩展名须为.xlsx · the file must end in .xlsx")
    require_database(database)
    bring_up_to_date(database, lambda done, total: progress("build", done, total))
    with closing(warehouse.connect(database)) as con:
        _prepare(con)
        sample = draw(con, reports_under(con, under), cells, seed)
        found: dict[int, Evidence] = {}
        for item, seen in evidence(con, sample.items):
            found[item.number] = seen
            progress("audit", len(found), len(sample.items))
        described = _described(con, sample.items)
        write_all({target: partial(write_sheet, sample, described, found, language)})
        _keep_cells(con, sample)
    return sample, sum(seen.is_gone for seen in found.values())


def read_audit(database: Path, file: Path, seed: int | None) -> Result:
    """Read a filled-in workbook and keep its error rate with the last run.

    Raises AuditRefused where it belongs to another database or seed, or nothing is filled in.
    """
    require_database(database)
    audit_id, answers = read_sheet(file)
    with closing(warehouse.connect(database)) as con:
        _prepare(con)
        drawn, items = _kept(con, audit_id)
        if not items:
            raise AuditRefused(
                f"{file}不是由这个数据库抽样生成的，请用--db指定当时的数据库 · "
                "drawn from another database; name it with --db"
            )
        if seed is not None and seed != drawn:
            raise AuditRefused(
                f"{file}的抽样种子是{drawn}，不是{seed} · drawn with --seed {drawn}, not {seed}"
            )
        judged, unclear = [], []
        for item in items:
            judgement = judge(answers.get(item.number, ""), item)
            if judgement in ("right", "wrong"):
                judged.append((item, judgement == "wrong"))
            elif judgement == "unclear":
                unclear.append(item.number)
        if not judged:
            raise AuditRefused(f"{file}一行也没有填写 · not a single row is filled in")
        result = Result(rate(judged), by_kind(judged), len(items), tuple(unclear))
        _keep_result(con, audit_id, drawn, result)
    return result


def _prepare(con: duckdb.DuckDBPyConnection) -> None:
    known_findings(con)  # makes the schema and the tables of runs
    con.execute(_TABLES)


def _described(con: duckdb.DuckDBPyConnection, items: Sequence[Item]) -> dict[int, Described]:
    reports = {
        report_id: (agency, year, shown(path))
        for report_id, agency, year, path in con.execute(
            "select report_id, agency, report_year, source_path from marts.reports"
        ).fetchall()
    }
    labels = {
        tuple(key): label
        for *key, label in con.execute(
            "select form_table, indicator, breakdown, label_zh from form.indicators"
        ).fetchall()
    }
    return {
        item.number: Described(
            *reports[item.report_id], labels[item.form_table, item.indicator, item.breakdown]
        )
        for item in items
    }


def _keep_cells(con: duckdb.DuckDBPyConnection, sample: Sample) -> None:
    """Keep what was drawn, once: the same sample has the same id."""
    kept = "report_id form_table indicator breakdown kind stratum stratum_size status value unit"
    fields = ("number", *kept.split(), "raw_text")
    rows = [
        (sample.audit_id, sample.seed, *(getattr(item, name) for name in fields))
        for item in sample.items
    ]
    with warehouse.transaction(con):
        con.execute("delete from history.audit_cells where audit_id = $1", [sample.audit_id])
        con.executemany(
            "insert into history.audit_cells values (?,?,?,?,?,?,?,?,?,?,?,?,?,?)", rows
        )


def _kept(con: duckdb.DuckDBPyConnection, audit_id: str) -> tuple[int, list[Item]]:
    """Seed and items of a sample as drawn; no items where it is unknown."""
    rows = con.execute(
        """
        select
            seed, item_no, report_id, form_table, indicator, breakdown, kind, stratum,
            stratum_size, status, value, unit, raw_text
        from history.audit_cells
        where audit_id = $id
        order by item_no
        """,
        {"id": audit_id},
    ).fetchall()
    items = [Item(*row[1:]) for row in rows]
    return (rows[0][0] if rows else 0), items


def _keep_result(con: duckdb.DuckDBPyConnection, audit_id: str, seed: int, result: Result) -> None:
    con.execute(
        """
        insert or replace into history.audits
        select
            $id, (select max(run_id) from history.runs), $version, $seed, $cells, $judged, $wrong,
            $rate, $low, $high, $method, $now
        """,
        {
            "id": audit_id,
            "version": version("gouji"),
            "seed": seed,
            "cells": result.count_cells,
            **dict(
                zip(("judged", "wrong", "rate", "low", "high"), astuple(result.rate), strict=True)
            ),
            "method": METHOD,
            "now": datetime.now(UTC),
        },
    )
