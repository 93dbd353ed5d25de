"""What ``gouji export`` does: choose the reports, write the files, say what was written."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from functools import partial
from pathlib import Path

import duckdb

from checkpoints.export import panel
from checkpoints.export.codebook import codebook, write_codebook
from checkpoints.export.files import ExportRefused, Writer, write_all
from checkpoints.export.lists import EXTENSION, lists
from checkpoints.export.provenance import provenance, write_provenance
from checkpoints.export.to_correct import read_reports
from checkpoints.language import Language
from checkpoints.pipeline import reports_under, require_database
from checkpoints.progress import Progress
from checkpoints.transform import bring_up_to_date
from ingest import warehouse


def export_panel(
    database: Path, target: Path, under: Sequence[Path], progress: Progress
) -> list[Path]:
    """Write the panel to ``target``, its codebook and its provenance beside it; their paths.

    Raises ExportRefused.
    """
    if target.suffix.lower() not in panel.KINDS:
        raise ExportRefused(
            f"{target}的扩展名须为{'、'.join(panel.KINDS)}；整改清单请用 gouji export 文件夹 "
            "--by agency · the file must end in .parquet, .csv or .xlsx; for lists add --by agency"
        )
    with closing(_current(database, progress)) as con:
        report_ids = reports_under(con, under)
        panel.require_room(target, _count_rows(con, report_ids))
        frame = panel.read_panel(con, report_ids)
        codes = codebook(con, frame.columns)
        facts = provenance(con, report_ids)
    write = {
        ".parquet": partial(panel.write_parquet, frame),
        ".csv": partial(panel.write_csv, frame),
        ".xlsx": partial(panel.write_xlsx, frame, codes),
    }[target.suffix.lower()]
    writers: dict[Path, Writer] = {
        target: write,
        target.with_name(f"{target.stem}.codebook.csv"): partial(write_codebook, codes),
        target.with_name(f"{target.stem}.meta.json"): partial(write_provenance, facts),
    }
    write_all(writers)
    return list(writers)


def export_lists(
    database: Path, folder: Path, under: Sequence[Path], language: Language, progress: Progress
) -> tuple[list[Path], list[Path]]:
    """Write the rectification lists; their paths, and other workbooks that lie in the folder.

    Raises ExportRefused.
    """
    if folder.is_file() or folder.suffix.lower() in panel.KINDS:
        raise ExportRefused(f"{folder}应为文件夹 · with --by agency, name a folder")
    with closing(_current(database, progress)) as con:
        reports = read_reports(con, reports_under(con, under), language)
    writers = lists(folder, reports, language)
    write_all(writers)
    others = [file for file in sorted(folder.glob(f"*{EXTENSION}")) if file not in writers]
    return list(writers), [file for file in others if not file.name.startswith(("~$", "."))]


def _current(database: Path, progress: Progress) -> duckdb.DuckDBPyConnection:
    """The database with marts that are up to date: nobody hands on yesterday's figures."""
    require_database(database)
    bring_up_to_date(database, lambda done, total: progress("build", done, total))
    return warehouse.connect(database)


def _count_rows(con: duckdb.DuckDBPyConnection, report_ids: Sequence[str]) -> int:
    [[count]] = con.execute(
        "select count(*) from marts.panel where list_contains($ids, report_id)",
        {"ids": list(report_ids)},
    ).fetchall()
    return int(count)
