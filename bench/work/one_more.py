"""Add a report to a database that ``data.generator.bulk`` has filled and the models have built.

``python -m bench.work.one_more DATABASE``: a copy of a report there, of an agency of another
county, which has none yet.
"""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path

from ingest import warehouse

MARK = "新"
"""Before the name of the county."""

_RENAMED = {"sources": "source_path", "paragraphs": "text"}


def one_more(database: Path) -> str:
    """Add the report; return its id."""
    with closing(warehouse.connect(database)) as con, warehouse.transaction(con):
        [(copied, county)] = con.execute(
            "select report_id, region from marts.reports where region is not null"
            " order by report_id desc limit 1"
        ).fetchall()
        [(added,)] = con.execute("select sha256($1 || $2)", [copied, MARK]).fetchall()
        for table in ("documents", "sources", "paragraphs", "cells"):
            column = _RENAMED.get(table)
            renamed = f", replace({column}, $county, $named) as {column}" if column else ""
            named = {"county": county, "named": MARK + county} if column else {}
            con.execute(
                f"insert into raw.{table} by name"
                f" select * replace ($added as document_id{renamed})"
                f" from raw.{table} where document_id = $copied",
                {"copied": copied, "added": added, **named},
            )
    return str(added)


if __name__ == "__main__":
    one_more(Path(sys.argv[1]))
