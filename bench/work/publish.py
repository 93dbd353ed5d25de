"""Write the site of a database, twice: ``python -m bench.work.publish DATABASE FOLDER``.

Tells what the first writing took and what the second, in which no page changes.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from bench.work.stopwatch import Stopwatch
from checkpoints import pipeline
from checkpoints.site.build import write_site

JOBS = 2

if __name__ == "__main__":
    database, folder = map(Path, sys.argv[1:])
    settings = pipeline.Settings(database, None, "zh", jobs=JOBS)
    outcome = pipeline.document(settings, [], lambda *_: None)
    told = {}
    for name in ("first", "again"):
        watch = Stopwatch()
        with watch.running():
            write_site(outcome, folder, "zh", JOBS)
        told[name] = watch.told()
    pages = sum(1 for path in folder.rglob("*.html"))
    sys.stdout.write(json.dumps({**told, "pages": pages}) + "\n")
