"""One parse of the dbt project and nothing else: ``python -m bench.work.parse FOLDER``.

With the settings and variables of the program, into a new FOLDER, so that nothing is cached.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import sql
from checkpoints import transform

if __name__ == "__main__":
    folder = Path(sys.argv[1])
    os.environ |= {
        "DBT_PROJECT_DIR": str(sql.PROJECT),
        "DBT_PROFILES_DIR": str(sql.PROJECT),
        "DBT_TARGET_PATH": str(folder / "target"),
        "DBT_LOG_PATH": str(folder / "logs"),
        "DBT_WRITE_JSON": "false",
        "GOUJI_DATABASE": str(folder / "none.duckdb"),
    }
    from dbt.cli.main import dbtRunner

    editions = transform.seed_rows("editions")
    variables = {
        "relations": transform.seed_rows("relations"),
        "narrative_patterns": transform.narrative_patterns(),
        "editions": [row["edition"] for row in editions if row["is_modelled"] == "true"],
    }
    quiet = ("--log-level", "none", "--log-level-file", "none")
    outcome = dbtRunner().invoke(["parse", *quiet, "--vars", json.dumps(variables)])
    if not outcome.success:
        raise RuntimeError(outcome.exception)
