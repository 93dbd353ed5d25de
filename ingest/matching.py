"""Keep ``raw.label_matches`` complete: every cell text that may be a label has been scored."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from pathlib import Path

import duckdb
import polars as pl

from ingest.labels import is_scored, score
from ingest.warehouse import get_meta, put_meta, registered, transaction

SEEDS = Path(__file__).resolve().parent.parent / "sql" / "seeds"
"""Folder of ``labels.csv`` and ``headers.csv``."""

_SCORED = "texts_scored"
_ASKED = "document_id in (select document_id from asked)"


def expect_texts(con: duckdb.DuckDBPyConnection) -> bool:
    """Note that cells are about to be loaded; say whether all before them have been scored."""
    is_complete = get_meta(con, _SCORED) == "all"
    put_meta(con, _SCORED, "")
    return is_complete


def update_label_matches(
    con: duckdb.DuckDBPyConnection, seeds: Path = SEEDS, *, of: Collection[str] | None = None
) -> int:
    """Score the cell texts that are not yet scored; return how many there were.

    Only the texts ``of`` these documents are looked at, where given: what else there is must have
    been scored (:func:`expect_texts`). All are scored anew when the file of labels or of headers
    has changed.
    """
    files = [seeds / "labels.csv", seeds / "headers.csv"]
    seeds_digest = hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()
    is_current = get_meta(con, "labels_digest") == seeds_digest
    # Empty texts are never scored; they stand in for "nothing is known".
    known = "select text from raw.label_matches" if is_current else "select ''"
    documents = pl.DataFrame({"document_id": list(of or ())}, schema={"document_id": pl.String})
    is_asked = "true" if of is None or not is_current else _ASKED
    with registered(con, {"asked": documents}):
        rows = con.execute(
            f"select distinct text from raw.cells where {is_asked} and text not in ({known})"
        ).fetchall()
    texts = [text for (text,) in rows if is_scored(text)]
    labels, headers = (pl.read_csv(file, infer_schema=False) for file in files)
    with registered(con, {"incoming_matches": score(texts, labels, headers)}), transaction(con):
        if not is_current:
            con.execute("delete from raw.label_matches")
            put_meta(con, "labels_digest", seeds_digest)
        con.execute("insert into raw.label_matches by name select * from incoming_matches")
        put_meta(con, _SCORED, "all")
    return len(texts)
