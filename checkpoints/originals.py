"""The original of a report: the very bytes that were read, and its pages as pictures."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.document import digest
from ingest.rejected import UnreadableFile
from ingest.scan.pages import Picture, image_pictures, pdf_pictures

if TYPE_CHECKING:
    import duckdb


def source_paths(
    con: duckdb.DuckDBPyConnection, report_ids: Collection[str]
) -> dict[str, tuple[str, ...]]:
    """The places at which each report was seen, in alphabetical order."""
    found = con.execute(
        """
        select document_id, list(source_path order by source_path)
        from raw.sources
        where document_id in (select unnest($ids))
        group by document_id
        """,
        {"ids": list(report_ids)},
    ).fetchall()
    return {report_id: tuple(paths) for report_id, paths in found}


def original(paths: Iterable[str], report_id: str) -> bytes | None:
    """The bytes whose SHA-256 is ``report_id``; None where no path holds them any more."""
    for path in paths:
        try:
            data = Path(path).read_bytes()
        except OSError:
            continue
        if digest(data) == report_id:
            return data
    return None


def page_pictures(data: bytes, pages: Iterable[int], dpi: float | None = None) -> Iterator[Picture]:
    """The pages, counted from 1, as they look; a page that cannot be drawn is left out.

    ``dpi`` as in :func:`ingest.scan.pages.pdf_pictures`; other files have the dots they have.
    """
    is_pdf = b"%PDF-" in data[:1024]
    for page in pages:
        try:
            yield from pdf_pictures(data, [page], dpi) if is_pdf else image_pictures(data, [page])
        except UnreadableFile:
            continue
