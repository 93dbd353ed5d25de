"""Load raw cells and paragraphs: ``python -m bench.work.load ours|plain DATABASE TARGET``.

``ours`` hands them over as the readers do, document by document, and loads them in the program's
own batches; ``plain`` gives DuckDB the same cells as one Arrow table after the other to insert.
Only the loading is timed, not how documents are cut out of DATABASE.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from itertools import starmap
from pathlib import Path

import duckdb
import polars as pl

from bench.work.stopwatch import Stopwatch
from ingest import warehouse
from ingest.document import Cell, Document, Paragraph
from ingest.load import load
from ingest.pool import CHUNK

AT_ONCE = 40 * CHUNK
"""Documents that are cut out of the database at once."""
Frames = tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]


def slices(database: Path) -> Iterator[Frames]:
    """Documents, cells and paragraphs of the database, some thousand documents at once."""
    with duckdb.connect(str(database), read_only=True) as con:
        documents = frame(con, "from raw.documents order by document_id")
        for one in documents.iter_slices(AT_ONCE):
            con.register("wanted", one.select("document_id").to_arrow())
            cells, paragraphs = (
                frame(con, f"select * from raw.{table} semi join wanted using (document_id)")
                for table in ("cells", "paragraphs")
            )
            con.unregister("wanted")
            yield one, cells, paragraphs


def frame(con: duckdb.DuckDBPyConnection, query: str) -> pl.DataFrame:
    """The rows of a query."""
    return pl.DataFrame(con.sql(query).to_arrow_table())


def ours(database: Path, target: Path) -> Stopwatch:
    """Load as ``gouji ingest`` does once the documents are read."""
    watch = Stopwatch()
    con = warehouse.connect(target)
    for frames in slices(database):
        documents = cut(*frames)
        for start in range(0, len(documents), CHUNK):
            batch = documents[start : start + CHUNK]
            sources = [(document.sha256, f"{document.sha256}.txt") for document in batch]
            with watch.running():
                load(con, run=1, documents=batch, sources=sources)
    with watch.running():
        con.close()
    return watch


def cut(documents: pl.DataFrame, cells: pl.DataFrame, paragraphs: pl.DataFrame) -> list[Document]:
    """The documents as a reader hands them over."""
    cells_of, paragraphs_of = (frame.rows_by_key("document_id") for frame in (cells, paragraphs))
    return [
        Document(
            sha256=row["document_id"],
            format=row["format"],
            byte_size=row["byte_size"],
            page_count=row["page_count"],
            reader=row["reader"],
            reader_version=row["reader_version"],
            cells=tuple(starmap(Cell, cells_of.get(row["document_id"], ()))),
            paragraphs=tuple(starmap(Paragraph, paragraphs_of.get(row["document_id"], ()))),
        )
        for row in documents.iter_rows(named=True)
    ]


def plain(database: Path, target: Path) -> Stopwatch:
    """Insert the same rows and nothing else."""
    watch = Stopwatch()
    con = warehouse.connect(target)
    for frames in slices(database):
        for table, frame in zip(("documents", "cells", "paragraphs"), frames, strict=True):
            con.register("incoming", frame.to_arrow())
            with watch.running():
                con.execute(f"insert into raw.{table} by name from incoming")
            con.unregister("incoming")
    with watch.running():
        con.close()
    return watch


if __name__ == "__main__":
    how, source, loaded = sys.argv[1:]
    Path(loaded).unlink(missing_ok=True)
    spent = {"ours": ours, "plain": plain}[how](Path(source), Path(loaded))
    with duckdb.connect(loaded, read_only=True) as con:
        rows = con.execute("select count(*) from raw.cells").fetchall()
    sys.stdout.write(json.dumps({**spent.told(), "cells": rows[0][0]}) + "\n")
