"""What a reader may do while it reads: open files of the program, and nothing else."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from reliability.processes import ROOT

_FORBIDDEN = (
    *("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork"),
    *("os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.truncate"),
    *("os.chmod", "os.chown", "os.kill", "os.putenv", "shutil.", "urllib.", "http.", "ftplib."),
)
"""Beginnings of the audit events that no reader has a reason for."""
_MAY_BE_READ = tuple({str(Path(p).resolve()) for p in (sys.prefix, sys.base_prefix, ROOT)})
_MAY_BE_OPENED = ("/dev/null", "/dev/urandom", "/proc/", "/sys/", "/etc/os-release")
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


class Breach(BaseException):
    """A reader has done what none may; no reader catches it."""


class Guard:
    """Watches this process from its making on, while ``watching``; an audit hook stays for ever."""

    def __init__(self) -> None:
        self._is_on = False
        self.breaches: list[str] = []
        sys.addaudithook(self._hear)

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Listen; a breach is raised, and noted in case somebody swallows it."""
        self.breaches.clear()
        self._is_on = True
        try:
            yield
        finally:
            self._is_on = False
        if self.breaches:
            raise Breach(self.breaches[0])

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if not self._is_on:
            return
        if event == "open":
            why = _wrong_opening(*arguments)
        else:
            why = event if event.startswith(_FORBIDDEN) else None
        if why is not None:
            self.breaches.append(f"{why} {arguments!r:.200}")
            raise Breach(self.breaches[-1])


def _wrong_opening(path: Any, mode: str | None, flags: int) -> str | None:
    """Say what is wrong with opening a file, None where nothing is."""
    if isinstance(path, int):
        return None
    name = os.fsdecode(path)
    if name.startswith(_MAY_BE_OPENED):
        return None
    if flags & _WRITING:
        return "writes"
    whole = os.path.abspath(name)  # noqa: PTH100 (what is asked for, links and all)
    resolved = os.path.realpath(whole)
    return None if resolved.startswith(_MAY_BE_READ) else "reads"
