"""Writing files in one step, and names that every system accepts."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

Writer = Callable[[Path], None]

LONGEST_NAME = 60
"""Characters of a file name before its extension: 180 bytes of Chinese, where 255 are allowed."""

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]')
_RESERVED = re.compile(r"(con|prn|aux|nul|(com|lpt)[0-9¹²³])(\..*)?", re.IGNORECASE)


class ExportRefused(ValueError):
    """What was asked for cannot be written; the message says what to do instead."""


def write_all(writers: Mapping[Path, Writer]) -> None:
    """Write several files that belong together: all in full beside their targets, then renamed.

    Raises ExportRefused where a target cannot be written, as when it is open in another program.
    """
    unfinished = {target: target.with_name(f".{target.name}.new") for target in writers}
    try:
        for target, write in writers.items():
            if target.is_dir():
                raise ExportRefused(
                    f"{target}是文件夹，请另取文件名 · a folder, choose another name"
                )
            with _explained(target):
                target.parent.mkdir(parents=True, exist_ok=True)
                write(unfinished[target])
        for target, file in unfinished.items():
            with _explained(target):
                os.replace(file, target)  # noqa: PTH105 - pathlib's replace is the same call
    finally:
        for file in unfinished.values():
            with suppress(OSError):
                file.unlink(missing_ok=True)


@contextmanager
def _explained(target: Path) -> Iterator[None]:
    """Put what the system says of a target in words."""
    try:
        yield
    except PermissionError as error:
        raise ExportRefused(
            f"{target}无法写入：可能正在Excel或WPS中打开，请关闭后重试；或检查该文件夹的写权限 · "
            "cannot be written: close it in Excel or WPS, or check the folder's permissions"
        ) from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise ExportRefused(f"{target}无法写入（{reason}） · cannot be written") from error


def safe_name(text: str) -> str:
    """``text`` as a file name without extension: no character that a system forbids, never empty.

    The names Windows keeps for devices get an underscore, long names are cut.
    """
    name = _FORBIDDEN.sub("_", unicodedata.normalize("NFC", text))
    name = re.sub(r"\s+", " ", name).lstrip(". ~").rstrip(". ")
    name = name[:LONGEST_NAME].rstrip(". ")
    return f"_{name}" if not name or _RESERVED.fullmatch(name) else name


def unlike(name: str, taken: Collection[str]) -> str:
    """``name``, numbered where one of ``taken`` differs from it in nothing or only in case."""
    known = {unicodedata.normalize("NFKC", other).casefold() for other in taken}
    candidate, number = name, 1
    while unicodedata.normalize("NFKC", candidate).casefold() in known:
        number += 1
        candidate = f"{name} ({number})"
    return candidate
