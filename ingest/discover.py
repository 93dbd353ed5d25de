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
    counts, ``blocked`` the folders that could not be entered, ``misnamed`` the files and folders
    whose names are no text, written so that they can be shown; they are left unread.
    """

    roots: tuple[str, ...]
    files: tuple[str, ...]
    folders: tuple[str, ...]
    blocked: tuple[str, ...]
    misnamed: tuple[str, ...]
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
        if _is_folder(root):
            search.folder(root)
        elif os.path.lexists(root):
            search.file(root)
            if _is_text(root):
                search.folders.add(root.parent)
        else:
            raise PathNotFound(root.as_posix())
    return Discovery(
        roots=_posix(filter(_is_text, roots)),
        files=_posix(search.files),
        folders=_posix(search.folders),
        blocked=_posix(search.blocked),
        misnamed=_posix(search.misnamed),
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
        self.misnamed: set[Path] = set()
        self.passed_over: set[Path] = set()
        self._entered: set[tuple[int, int]] = set()

    def file(self, path: Path) -> None:
        if path.name.lower() in COMPANIONS:
            return
        # Broken links, named pipes and the like are reported by name when it comes to reading.
        if path.name.startswith((".", "~$")) or not is_report_file(path.name):
            self.passed_over.add(path)
        elif _is_text(path):
            self.files.add(path)
        else:
            self.misnamed.add(path)

    def folder(self, path: Path) -> None:
        """Search a folder and all in it, a folder before its neighbours, however deep they lie."""
        ahead = [path]
        while ahead:
            ahead += reversed(self._enter(ahead.pop()))

    def _enter(self, path: Path) -> list[Path]:
        """Take in the files of a folder; return the folders in it."""
        if not _is_text(path):
            self.misnamed.add(path)
            return []
        try:
            found = path.stat()
            itself = found.st_dev, found.st_ino
            if itself in self._entered:
                return []
            self._entered.add(itself)
            with os.scandir(path) as listed:
                entries = sorted(listed, key=lambda entry: entry.name)
        except OSError:
            self.blocked.add(path)
            return []
        if not os.access(path, os.X_OK):  # it can be listed, but nothing in it opened
            self.blocked.add(path)
            return []
        self.folders.add(path)
        names = [Path(entry.name) for entry in entries]
        pages = {name.stem for name in names if name.suffix.lower() in _PAGES}
        inside = []
        for entry in entries:
            if not _is_folder(entry):
                self.file(path / entry.name)
            elif entry.name.startswith(".") or _belongs_to_page(entry.name, pages):
                self.passed_over.add(path / entry.name)
            else:
                inside.append(path / entry.name)
        return inside


def _is_folder(entry: Path | os.DirEntry[str]) -> bool:
    """Tell a folder, also behind a link; what may not be looked at is taken for a file."""
    try:
        return entry.is_dir()
    except OSError:
        return False


def _is_text(path: Path) -> bool:
    """Tell whether a name is Unicode; on POSIX it may be any bytes."""
    try:
        path.as_posix().encode()
    except UnicodeEncodeError:
        return False
    return True


def _belongs_to_page(folder: str, pages: set[str]) -> bool:
    """Tell a folder saved with one of the pages beside it: X_files or X.files by X.html."""
    return any(
        folder.lower().endswith(ending) and folder[: -len(ending)] in pages
        for ending in _PARTS_OF_PAGE
    )


def _posix(paths: Iterable[Path]) -> tuple[str, ...]:
    shown = (path.as_posix().encode(errors="backslashreplace").decode() for path in paths)
    return tuple(sorted(shown))


def _named(paths: Iterable[str | os.PathLike[str]], stdin: TextIO | None) -> Iterable[str]:
    for path in paths:
        if os.fspath(path) == "-" and stdin is not None:
            yield from (line.strip("\r\n") for line in stdin if line.strip())
        else:
            yield os.fspath(path)
