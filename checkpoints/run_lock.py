"""One check at a time on a database: between its steps DuckDB's own lock is open to all."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from checkpoints.transform import work_folder
from ingest.storage import in_use
from ingest.warehouse import DatabaseUnusable


@contextmanager
def only_run(database: Path) -> Iterator[None]:
    """Keep other checks off ``database``; whatever ends this process ends that, too.

    A run that comes to no database leaves nothing behind. Raises :class:`DatabaseUnusable`, which
    names the process that is at it.
    """
    folder = work_folder(database)
    new = [each for each in (folder, *folder.parents) if not each.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "running"
    with path.open("a+", encoding="ascii") as file:
        if not _lock(file):
            file.seek(0)
            raise DatabaseUnusable(in_use(database, int(file.read() or 0)))
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        try:
            yield
        finally:
            if new and not database.exists():
                _remove(path, new)


def _remove(path: Path, folders: Sequence[Path]) -> None:
    """Remove the file and the folders made for it; what others have put there stays."""
    with suppress(OSError):
        path.unlink()
        for folder in folders:
            folder.rmdir()


def _lock(file: IO[str]) -> bool:
    """Lock a file until it is closed; False where another process has done so.

    Where the system or its file server knows no such locks, DuckDB's own have to do.
    """
    if sys.platform == "win32":
        return True
    import fcntl

    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True
