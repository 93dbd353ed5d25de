"""Which files are opened at all: plain ones, of a size that a report can have."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from ingest.rejected import UnreadableFile

LARGEST_FILE = 512 * 2**20
"""Bytes of a file that is opened; a hundred pages scanned in colour stay below."""


def digests_of(paths: Iterable[str]) -> Iterator[tuple[str, str | OSError | UnreadableFile]]:
    """Yield each path with the digest of its file, or with the error that keeps it from one."""
    for path in paths:
        try:
            yield path, digest_of(path)
        except (OSError, UnreadableFile) as error:
            yield path, error


def digest_of(path: str) -> str:
    """Return the SHA-256 of a file in hexadecimal, at the cost of little memory.

    Raises what :func:`require_plain` does.
    """
    require_plain(path)
    with Path(path).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def require_plain(path: str) -> None:
    """Look at what lies under a path before it is opened.

    A named pipe would wait for ever for someone to write, and a device may never end. Raises
    :class:`OSError`, and :class:`UnreadableFile` with reason ``not_a_file`` or ``too_large``.
    """
    found = Path(path).stat()
    if not stat.S_ISREG(found.st_mode):
        raise UnreadableFile(
            "not_a_file", "这不是普通文件（可能是管道、套接字或设备），请换成报告文件本身。"
        )
    if found.st_size > LARGEST_FILE:
        raise UnreadableFile(
            "too_large",
            f"文件有{found.st_size / 2**20:.0f} MiB，超过{LARGEST_FILE // 2**20} MiB，"
            "不像年度报告，请只提供报告本身。",
        )
