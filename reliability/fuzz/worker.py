"""The process that reads spoilt documents: ``python -m reliability.fuzz.worker …``.

It writes each document into a file before it reads it, and one line of JSON after each batch, so
that whoever started it knows what it died of.
"""

from __future__ import annotations

import contextlib
import json
import resource
import sys
import time
import traceback
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import hypothesis
from hypothesis import HealthCheck, Phase, settings

from ingest.document import Document
from ingest.frames import cells_of, paragraphs_of
from ingest.limits import DEFAULT, limit_memory
from ingest.recognise import require_report
from ingest.rejected import Rejected
from reliability.fuzz.documents import Read, originals, reader
from reliability.fuzz.guard import Breach, Guard
from reliability.fuzz.mutations import spoilt


@dataclass
class Batch:
    """What became of the cases of a batch, by outcome; ``failures`` are their kinds and bytes."""

    cases: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    failures: dict[str, str] = field(default_factory=dict)
    slowest: float = 0.0
    cpu: float = 0.0
    peak: int = 0


class Cases:
    """Reads documents of one format and keeps what fails under ``folder``."""

    def __init__(self, form: str, folder: Path) -> None:
        self.form = form
        self.folder = folder
        self.read: Read = reader(form)
        self.guard = Guard()
        self.batch = Batch()

    def one(self, data: bytes) -> None:
        """Read one document and note what became of it."""
        (self.folder / f"{self.form}.case").write_bytes(data)
        start = time.process_time()
        outcome = self._outcome(data)
        self.batch.slowest = max(self.batch.slowest, time.process_time() - start)
        self.batch.cases += 1
        self.batch.outcomes[outcome] += 1

    def _outcome(self, data: bytes) -> str:
        try:
            with self.guard.watching():
                document = self.read(data)
                require_report(document)
        except Rejected as rejected:
            return rejected.reason
        except (Exception, Breach) as error:
            kind = type(error).__name__
            where = traceback.extract_tb(error.__traceback__)[-1]
            self._keep(f"{kind} in {Path(where.filename).name}:{where.lineno}", data, error)
            return f"FAILURE {kind}"
        wrong = unsound(document)
        if wrong is None:
            return "read"
        self._keep(f"unsound: {wrong}", data, None)
        return "FAILURE unsound"

    def _keep(self, kind: str, data: bytes, error: BaseException | None) -> None:
        if kind in self.batch.failures:
            return
        path = self.folder / f"{self.form}-{len(list(self.folder.iterdir())):04}.failed"
        path.write_bytes(data)
        if error is not None:
            text = "".join(traceback.format_exception(error))
            path.with_suffix(".log").write_text(text, encoding="utf-8")
        self.batch.failures[kind] = path.name


def unsound(document: Document) -> str | None:
    """Say what a document has that no table may have, None where it is sound."""
    try:
        cells, paragraphs = cells_of([document]), paragraphs_of([document])
    except Exception as error:
        return f"columns: {error}"
    if cells["text"].null_count() or paragraphs["text"].null_count():
        return "text NULL"
    for name in ("block_no", "row_no", "col_no", "row_span", "col_span"):
        if cells.height and (cells[name].min() or 1) < 1:  # type: ignore[operator]
            return f"{name} < 1"
    return None


def main(form: str, folder: str, seed: int, cases: int) -> None:
    """Read ``cases`` documents that ``seed`` draws, and say in one line what became of them."""
    work = Cases(form, Path(folder))
    sound = originals(form)
    for data in sound:  # what is loaded only when it is needed, is loaded now
        with contextlib.suppress(Rejected):
            work.read(data)
    limit_memory(DEFAULT.mebibytes, "ingest.pool")
    start = time.process_time()

    @hypothesis.seed(seed)
    @settings(
        max_examples=cases,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @hypothesis.given(spoilt(sound, form))
    def read_all(data: bytes) -> None:
        work.one(data)

    read_all()
    work.batch.cpu = time.process_time() - start
    work.batch.peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps(vars(work.batch)), flush=True)


if __name__ == "__main__":
    arguments: list[Any] = sys.argv[1:]
    main(arguments[0], arguments[1], int(arguments[2]), int(arguments[3]))
