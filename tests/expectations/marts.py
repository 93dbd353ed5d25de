"""A tiny database of marts: one sound report, and helpers that spoil it in one place."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb

SOUND = "a" * 64
OTHER = "b" * 64

TABLES = """
create schema raw; create schema form; create schema intermediate; create schema marts;
create table raw.documents (document_id varchar, format varchar, byte_size bigint,
    page_count integer, reader varchar, reader_version varchar, ingested_at timestamptz);
create table raw.sources (document_id varchar, source_path varchar, seen_at timestamptz,
    seen_run bigint);
create table raw.cells (document_id varchar, block_no integer, page integer, row_no integer,
    col_no integer, row_span integer, col_span integer, text varchar,
    x0 float, top float, x1 float, bottom float, confidence float);
create table marts.report_pairs (report_id varchar, earlier_report_id varchar);
create table marts.section_overlaps (report_id varchar, agency varchar, report_year integer,
    section_no integer, share double, page integer);
create table marts.shared_files (report_id varchar, own_claim varchar, other_claim varchar);
create table raw.rejections (source_path varchar, sha256 varchar, kind varchar, reason varchar,
    message varchar, rejected_at timestamptz);
create table form.indicators (ordinal integer, form_table varchar, indicator varchar,
    breakdown varchar, label_zh varchar, label_en varchar);
create table form.editions (edition varchar);
create table form.rules (rule varchar);
create table marts.reports (report_id varchar, source_path varchar, agency varchar,
    agency_id varchar, region varchar, scope varchar, report_year integer,
    proactive_edition varchar, applications_edition varchar, disputes_edition varchar,
    is_current boolean, is_modelled boolean);
create table marts.report_tables (report_id varchar, agency varchar, report_year integer,
    form_table varchar, edition varchar, presence varchar, valid_from integer, valid_to integer);
create table marts.report_sections (report_id varchar, agency varchar, report_year integer,
    section_no integer, printed_no integer, heading varchar, page integer, block_no integer);
create table marts.table_rows (report_id varchar, agency varchar, report_year integer,
    form_table varchar, indicator varchar, page integer, block_no integer, row_no integer,
    label_text varchar, count_expected integer, count_values integer, resolution varchar);
create table marts.cell_values (report_id varchar, agency varchar, report_year integer,
    form_table varchar, indicator varchar, breakdown varchar, value decimal(24, 8), unit varchar,
    status varchar, raw_text varchar, page integer, block_no integer, row_no integer,
    col_no integer, x0 float, top float, x1 float, bottom float, is_judged boolean,
    value_kind varchar, is_result boolean, printed_unit varchar, printed_decimals integer,
    blank_kind varchar, ordinal integer);
create table intermediate.int_cells_unlike_raw (report_id varchar, agency varchar,
    report_year integer, form_table varchar, indicator varchar, breakdown varchar,
    raw_text varchar, page integer, block_no integer, row_no integer, col_no integer);
create table intermediate.int_cells_counted (report_id varchar, cells bigint,
    different_cells bigint);
create table intermediate.int_copied_reports (report_id varchar, is_copied boolean);
create table marts.relations (report_id varchar, agency varchar, report_year integer,
    rule varchar, form_table varchar, subject varchar, left_value decimal(24, 8),
    right_value decimal(24, 8), difference decimal(24, 8), holds boolean, origin varchar,
    page integer);
create table marts.narrative_claims (report_id varchar, agency varchar, report_year integer,
    rule varchar, claim varchar, paragraph integer, sentence_no integer, claim_no integer,
    stated_value decimal(24, 8), table_value decimal(24, 8),
    stated_name varchar, known_name varchar, agrees boolean, sentence varchar, page integer);
create table marts.submissions (submission_key varchar, agency varchar, report_year integer,
    is_due boolean, state varchar, report_id varchar, source_path varchar, days_late integer,
    listed_in varchar, line_no integer);
create table marts.findings (finding_id varchar, report_id varchar, agency varchar,
    report_year integer, rule varchar, subject varchar, waived boolean, page integer);
"""

FORM = """
insert into form.editions values ('statistics_2014'), ('trial_2019'), ('standard_2021');
insert into form.rules values ('balance.outcomes_total');
insert into form.indicators
select 1, 'applications', 'granted', 'natural_person', '（一）予以公开·自然人', 'Granted'
union all
select unnest([2, 3]), 'proactive', 'licensing', unnest(['prior_items', 'change']),
    '行政许可', 'Licensing';
"""

REPORT = {
    "report_id": SOUND,
    "source_path": "/reports/sound.pdf",
    "agency": "甲市乙局",
    "agency_id": "jia-yi",
    "region": "甲市",
    "scope": "own",
    "report_year": 2023,
    "proactive_edition": "standard_2021",
    "applications_edition": "standard_2021",
    "disputes_edition": "standard_2021",
    "is_current": True,
    "is_modelled": True,
}
ABOUT = {"report_id": SOUND, "agency": "甲市乙局", "report_year": 2023}
TABLE = {
    **ABOUT,
    "form_table": "applications",
    "edition": "standard_2021",
    "presence": "present",
    "valid_from": 2021,
    "valid_to": 9999,
}
SECTION = {**ABOUT, "section_no": 1, "printed_no": 1, "heading": "一、总体情况", "page": 1}
ROW = {
    **ABOUT,
    "form_table": "applications",
    "indicator": "granted",
    "page": 2,
    "label_text": "（一）予以公开",
    "count_expected": 7,
    "count_values": 7,
}
CELL = {
    **ABOUT,
    "form_table": "applications",
    "indicator": "granted",
    "breakdown": "natural_person",
    "value": 0,
    "unit": "件",
    "status": "reported",
    "raw_text": "0",
    "page": 2,
    "is_judged": True,
    "value_kind": "count",
    "is_result": False,
    "printed_unit": None,
    "printed_decimals": 0,
    "blank_kind": None,
    "ordinal": 1,
}
RELATION = {
    **ABOUT,
    "rule": "balance.outcomes_total",
    "form_table": "applications",
    "subject": "total",
    "left_value": 5,
    "right_value": 5,
    "difference": 0,
    "holds": True,
    "origin": "source",
    "page": 2,
}
SUBMISSION = {
    **ABOUT,
    "submission_key": "k",
    "is_due": True,
    "state": "received",
    "source_path": "/reports/sound.pdf",
    "days_late": 0,
    "listed_in": "/reports/expected.csv",
    "line_no": 2,
}
FINDING = {
    **ABOUT,
    "finding_id": "f1",
    "rule": "balance.outcomes_total",
    "subject": "applications.research",
    "waived": False,
    "page": 2,
}
CLAIM = {
    **ABOUT,
    "rule": "narrative.requests_received",
    "claim": "requests_received",
    "stated_value": 5,
    "table_value": 5,
    "agrees": True,
    "sentence": "收到申请5件。",
    "page": 1,
}
DOCUMENT = {"document_id": SOUND, "format": "pdf", "byte_size": 1, "reader": "pdf"}
SOURCE = {"document_id": SOUND, "source_path": "/reports/sound.pdf", "seen_run": 1}

OVERLAP = {**ABOUT, "section_no": 1, "share": 0.2, "page": 1}

DEFAULTS: Mapping[str, Mapping[str, Any]] = {
    "marts.reports": REPORT,
    "marts.report_tables": TABLE,
    "marts.report_sections": SECTION,
    "marts.table_rows": ROW,
    "marts.cell_values": CELL,
    "marts.relations": RELATION,
    "marts.narrative_claims": CLAIM,
    "marts.submissions": SUBMISSION,
    "marts.findings": FINDING,
    "raw.documents": DOCUMENT,
    "raw.sources": SOURCE,
    "raw.cells": {},
    "raw.rejections": {},
    "marts.report_pairs": {},
    "marts.section_overlaps": OVERLAP,
    "marts.shared_files": {},
    "intermediate.int_cells_unlike_raw": {},
    "intermediate.int_cells_counted": {"report_id": SOUND, "cells": 1, "different_cells": 1},
    "intermediate.int_copied_reports": {},
}


def insert(path: Path, table: str, **changes: Any) -> None:
    """One more row of ``table``: its sound default with some columns changed."""
    with duckdb.connect(str(path)) as connection:
        add(connection, table, changes)


def execute(path: Path, sql: str) -> None:
    """Run statements on the database."""
    with duckdb.connect(str(path)) as connection:
        connection.execute(sql)


def create(path: Path) -> Path:
    """The mart tables with one sound row in each."""
    with duckdb.connect(str(path)) as connection:
        fill(connection)
    return path


def fill(connection: duckdb.DuckDBPyConnection) -> None:
    """As :func:`create`, in a database that is open."""
    connection.execute(TABLES)
    connection.execute(FORM)
    for table, row in DEFAULTS.items():
        if row:
            add(connection, table, {})


def add(connection: duckdb.DuckDBPyConnection, table: str, changes: Mapping[str, Any]) -> None:
    """As :func:`insert`, in a database that is open."""
    row = {**DEFAULTS[table], **changes}
    marks = ", ".join("?" for _ in row)
    connection.execute(
        f"insert into {table} ({', '.join(row)}) values ({marks})", list(row.values())
    )
