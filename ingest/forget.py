"""Take files out of the raw tables."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import PurePosixPath

import duckdb
import polars as pl

from ingest import warehouse
from ingest.discover import is_under

MOST_CANDIDATES = 5


class UnknownPath(LookupError):
    """Nothing was ever read or refused under a path; ``candidates`` are known ones like it."""

    def __init__(self, path: str, candidates: list[str]) -> None:
        listed = "".join(f"\n  {candidate}" for candidate in candidates)
        near = f"；相近的有：· known paths like it:{listed}" if candidates else ""
        super().__init__(f"数据库中没有{path} · not in the database{near}")


def forget(con: duckdb.DuckDBPyConnection, path: str) -> list[str]:
    """Take out a file, or all files under a folder; returns their paths, sorted.

    A document goes with the last path that holds or held it. Raises UnknownPath.
    """
    known = warehouse.known_paths(con)
    gone = sorted(other for other in known if is_under(other, [path]))
    if not gone:
        raise UnknownPath(path, _candidates(path, known))
    frame = pl.DataFrame({"source_path": gone})
    with warehouse.registered(con, {"forgotten": frame}), warehouse.transaction(con):
        for table in ("sources", "rejections", "source_facts"):
            con.execute(
                f"delete from raw.{table} where source_path in (select source_path from forgotten)"
            )
        for table in (*warehouse.bulk_tables(con), "documents"):
            con.execute(
                f"delete from raw.{table}"
                " where document_id not in (select document_id from raw.sources)"
            )
    return gone


def _candidates(path: str, known: set[str]) -> list[str]:
    """Known paths of the same file name first, then those with a name like it."""
    name = PurePosixPath(path).name
    names = sorted({PurePosixPath(other).name for other in known})
    alike = [name, *get_close_matches(name, names, n=MOST_CANDIDATES, cutoff=0.5)]
    found = [
        other
        for like in dict.fromkeys(alike)
        for other in sorted(known)
        if PurePosixPath(other).name == like
    ]
    return found[:MOST_CANDIDATES]
