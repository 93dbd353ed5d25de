"""Find the files to read under the paths a user names."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from ingest.registry import is_report_file

COMPANIONS = frozenset(
    {"sources.csv", "agencies.csv", "expected.csv", "waivers.csv", "corrections.csv", "gouji.toml"}
)
"""Files that may lie beside the reports and are no reports; they are not counted."""

_PAGES = frozenset((".html", ".htm"))
_PARTS_OF_PAGE = ("_files", ".files")


class PathNotFound(ValueError):
    """A path the user named does not exist."""

    def __init__(self, path: str) -> None:
        super().__init__(f"找不到路径：{path}。请检查拼写，或用引号括起含空格的路径。")
        self.path = path


@dataclass(frozen=True)
class Discovery:
    """What lies under the named paths; all paths are absolute, posix and sorted.

    ``roots`` are the named paths themselves, ``folders`` every folder in which a ``sources.csv``
    or ``agencies.csv`` counts, ``blocked`` the folders that could not be listed.
    """

    roots: tuple[str, ...]
    files: tuple[str, ...]
    folders: tuple[str, ...]
    blocked: tuple[str, ...]
    passed_over: int


def discover(paths: Iterable[str | os.PathLike[str]], stdin: TextIO | None = None) -> Discovery:
    """Expand files and folders (recursively) into files to read.

    ``-`` stands for a list of paths, one a line, from ``stdin``. A folder reached twice, by a
    symbolic link or because it is named twice, is searched once. Hidden and temporary files and
    files of other kinds are counted as passed over; a hidden folder counts as one, and so does the
    folder of pictures and scripts that a browser has saved with a page.
    Raises :class:`PathNotFound`.
    """
    roots = sorted({Path(absolute(path)) for path in _named(paths, stdin)})
    search = _Search()
    for root in roots:
        if root.is_dir():
            search.folder(root)
        elif os.path.lexists(root):
            search.folders.add(root.parent)
            search.file(root)
        else:
            raise PathNotFound(root.as_posix())
    return Discovery(
        roots=_posix(roots),
        files=_posix(search.files),
        folders=_posix(search.folders),
        blocked=_posix(search.blocked),
        passed_over=len(search.passed_over),
    )


def absolute(path: str | os.PathLike[str]) -> str:
    """Return the absolute posix form under which a path is known in the database.

    ``..`` is taken out, symbolic links stay: the name the user sees is the one that is kept.
    """
    return Path(os.path.abspath(path)).as_posix()  # noqa: PTH100 (resolve() follows links)


def is_under(path: str, roots: Iterable[str]) -> bool:
    """Tell whether a path is one of the roots or lies below one."""
    return any(path == root or path.startswith(root.rstrip("/") + "/") for root in roots)


class _Search:
    """Collects files while walking; each folder is entered once."""

    def __init__(self) -> None:
        self.files: set[Path] = set()
        self.folders: set[Path] = set()
        self.blocked: set[Path] = set()
        self.passed_over: set[Path] = set()
        self._entered: set[Path] = set()

    def file(self, path: Path) -> None:
        if path.name.lower() in COMPANIONS:
            return
        # A named pipe would block the reader for ever; a broken link is reported when it is read.
        is_plain = path.is_file() or path.is_symlink()
        is_hidden = path.name.startswith((".", "~$"))
        if is_plain and not is_hidden and is_report_file(path.name):
            self.files.add(path)
        else:
            self.passed_over.add(path)

    def folder(self, path: Path) -> None:
        true_path = path.resolve()
        if true_path in self._entered:
            return
        self._entered.add(true_path)
        self.folders.add(path)
        try:
            entries = sorted(path.iterdir())
        except OSError:
            self.blocked.add(path)
            return
        pages = {entry.stem for entry in entries if entry.suffix.lower() in _PAGES}
        for entry in entries:
            if not entry.is_dir():
                self.file(entry)
            elif entry.name.startswith(".") or _belongs_to_page(entry.name, pages):
                self.passed_over.add(entry)
            else:
                self.folder(entry)


def _belongs_to_page(folder: str, pages: set[str]) -> bool:
    """Tell a folder saved with one of the pages beside it: X_files or X.files by X.html."""
    return any(
        folder.lower().endswith(ending) and folder[: -len(ending)] in pages
        for ending in _PARTS_OF_PAGE
    )


def _posix(paths: Iterable[Path]) -> tuple[str, ...]:
    return tuple(sorted(path.as_posix() for path in paths))


def _named(paths: Iterable[str | os.PathLike[str]], stdin: TextIO | None) -> Iterable[str]:
    for path in paths:
        if os.fspath(path) == "-" and stdin is not None:
            yield from (line.strip("\r\n") for line in stdin if line.strip())
        else:
            yield os.fspath(path)
