"""Fill the raw tables: one batch of documents, paths and refusals at a time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

import duckdb
import polars as pl

from ingest.document import Document
from ingest.frames import cells_of, paragraphs_of
from ingest.warehouse import Rejection, bulk_tables, registered, transaction

REJECTIONS = pl.Schema(dict.fromkeys(Rejection._fields, pl.String))
SOURCES = pl.Schema({"document_id": pl.String, "source_path": pl.String})
DOCUMENTS = pl.Schema(
    {
        "document_id": pl.String,
        "format": pl.String,
        "byte_size": pl.Int64,
        "page_count": pl.Int32,
        "reader": pl.String,
        "reader_version": pl.String,
    }
)


def load(
    con: duckdb.DuckDBPyConnection,
    *,
    run: int,
    documents: Iterable[Document] = (),
    sources: Iterable[tuple[str, str]] = (),
    rejections: Iterable[Rejection] = (),
    cleared: Iterable[str] = (),
) -> None:
    """Store one batch in one transaction.

    ``sources`` are pairs of document_id and source_path. A document that is there already is
    replaced. A path in ``sources``, ``rejections`` or ``cleared`` loses its former rejection.
    """
    documents = list({document.sha256: document for document in documents}.values())
    now = datetime.now(UTC)
    incoming = {
        "incoming_documents": _document_frame(documents),
        "incoming_cells": cells_of(documents),
        "incoming_paragraphs": paragraphs_of(documents),
        "incoming_sources": pl.DataFrame(list(sources), schema=SOURCES, orient="row"),
        "incoming_rejections": pl.DataFrame(list(rejections), schema=REJECTIONS, orient="row"),
        "cleared": pl.DataFrame({"source_path": list(cleared)}, schema={"source_path": pl.String}),
    }
    with registered(con, incoming), transaction(con):
        _forget_known(con, documents)
        for table in (*bulk_tables(con), "documents"):
            stamp = ", $now as ingested_at" if table == "documents" else ""
            con.execute(
                f"insert into raw.{table} by name select *{stamp} from incoming_{table}",
                {"now": now} if stamp else {},
            )
        con.execute(
            "insert or replace into raw.sources by name"
            " select *, $now as seen_at, $run as seen_run from incoming_sources",
            {"now": now, "run": run},
        )
        con.execute(
            "delete from raw.rejections where source_path in"
            " (select source_path from incoming_sources"
            " union all select source_path from incoming_rejections"
            " union all select source_path from cleared)"
        )
        con.execute(
            "insert into raw.rejections by name select *, $now as rejected_at"
            " from incoming_rejections",
            {"now": now},
        )


def _forget_known(con: duckdb.DuckDBPyConnection, documents: list[Document]) -> None:
    """Remove documents that are there already: looking for new ones would cost a scan of all."""
    rows = con.execute(
        "select document_id from raw.documents where document_id in (select unnest($ids))",
        {"ids": [document.sha256 for document in documents]},
    ).fetchall()
    if rows:
        ids = [document_id for (document_id,) in rows]
        for table in (*bulk_tables(con), "documents"):
            con.execute(
                f"delete from raw.{table} where document_id in (select unnest($ids))", {"ids": ids}
            )


def _document_frame(documents: list[Document]) -> pl.DataFrame:
    return pl.DataFrame(
        [
            (
                document.sha256,
                document.format,
                document.byte_size,
                document.page_count,
                document.reader,
                document.reader_version,
            )
            for document in documents
        ],
        schema=DOCUMENTS,
        orient="row",
    )
