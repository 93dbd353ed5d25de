"""Keep ``raw.label_matches`` complete: every cell text that may be a label has been scored."""

from __future__ import annotations

import hashlib
from pathlib import Path

import duckdb
import polars as pl

from ingest.labels import is_scored, score
from ingest.warehouse import get_meta, put_meta, registered, transaction

SEEDS = Path(__file__).resolve().parent.parent / "sql" / "seeds"
"""Folder of ``labels.csv`` and ``headers.csv``."""


def update_label_matches(con: duckdb.DuckDBPyConnection, seeds: Path = SEEDS) -> int:
    """Score the cell texts that are not yet scored; return how many there were.

    All are scored anew when the file of labels or of headers has changed.
    """
    files = [seeds / "labels.csv", seeds / "headers.csv"]
    seeds_digest = hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()
    is_current = get_meta(con, "labels_digest") == seeds_digest
    # Empty texts are never scored; they stand in for "nothing is known".
    known = "select text from raw.label_matches" if is_current else "select ''"
    rows = con.execute(
        f"select distinct text from raw.cells where text not in ({known})"
    ).fetchall()
    texts = [text for (text,) in rows if is_scored(text)]
    labels, headers = (pl.read_csv(file, infer_schema=False) for file in files)
    with registered(con, {"incoming_matches": score(texts, labels, headers)}), transaction(con):
        if not is_current:
            con.execute("delete from raw.label_matches")
            put_meta(con, "labels_digest", seeds_digest)
        con.execute("insert into raw.label_matches by name select * from incoming_matches")
    return len(texts)
