"""Bring the marts of a database up to date, as ``gouji build`` does.

``python -m bench.work.model DATABASE`` tells how many statutory cells they have.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import duckdb

from checkpoints.transform import bring_up_to_date

if __name__ == "__main__":
    bring_up_to_date(Path(sys.argv[1]))
    with duckdb.connect(sys.argv[1]) as con:
        rows = con.execute("select count(*) from marts.cell_values").fetchall()
    sys.stdout.write(json.dumps({"cells": rows[0][0]}) + "\n")
