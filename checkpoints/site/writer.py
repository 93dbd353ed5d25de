"""Pages put into the folder: only what changed, in several processes, each file in one step."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from itertools import islice
from pathlib import Path

import sql
from checkpoints.site.page import Maker, Page, Site, Task

_OWN = re.compile(
    r"(reports|agencies)/[0-9a-f]{12}\.html(\.new)?|pages/[0-9a-f]{12}-\d+\.(png|webp)(\.new)?"
)
"""Names that only the site gives: such a file is removed where it is no page of this run."""

DIGESTS = "digests.json"
"""What each page was made from; without it all pages are made anew."""

BATCH = 200
"""Pages of a task that one process makes at a time."""

LEAST_FOR_PROCESSES = 400
"""So many pages it takes before it pays to start processes, each of which costs a second."""


def write(site: Site, makers: Iterable[Maker]) -> list[str]:
    """Bring the folder up to date and give the paths that were written anew.

    Whatever ends this run before its end, the next one makes what is missing.
    """
    site.folder.mkdir(parents=True, exist_ok=True)
    known = _take_digests(site.folder)
    made: dict[str, str] = {}
    wanted: set[str] = set()
    written: list[str] = []
    for maker in makers:
        for each in maker(site):
            if isinstance(each, Page):
                wanted.add(each.path)
                written += _put(site.folder, [each])
            else:
                digests = {path: _whole(site, digest) for path, digest in each.digests.items()}
                stale = [p for p, d in digests.items() if known.get(p) != d or not _there(site, p)]
                written += _perform(site, each, stale)
                made |= digests
    _remove_others(site.folder, wanted | set(made))
    text = json.dumps(made, indent=0, sort_keys=True)
    _replace(site.folder / DIGESTS, text.encode())
    return written


def _there(site: Site, path: str) -> bool:
    return (site.folder / path).is_file()


def _take_digests(folder: Path) -> Mapping[str, str]:
    """The digests of the last complete run; while pages change there are none."""
    path = folder / DIGESTS
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError):
        found = {}
    path.unlink(missing_ok=True)
    return found if isinstance(found, dict) else {}


def _perform(site: Site, task: Task, paths: Collection[str]) -> list[str]:
    """Make the pages of ``paths``."""
    batches = list(_batches(paths))
    if site.jobs == 1 or len(paths) < LEAST_FOR_PROCESSES:
        return [path for batch in batches for path in _make(site, task, batch)]
    # Forking a process that holds DuckDB's threads may deadlock, so workers start fresh.
    context = multiprocessing.get_context("spawn")
    bare = Task({}, task.make)
    with ProcessPoolExecutor(
        min(site.jobs, len(batches)), context, _work_for, (site, bare)
    ) as pool:
        return [path for done in pool.map(_make_batch, batches) for path in done]


def _batches(paths: Collection[str]) -> Iterator[list[str]]:
    left = iter(sorted(paths))
    while batch := list(islice(left, BATCH)):
        yield batch


# What a worker process works for, handed over once.
_work: list[tuple[Site, Task]] = []


def _work_for(site: Site, task: Task) -> None:
    _work[:] = [(site, task)]


def _make_batch(paths: Collection[str]) -> list[str]:
    [(site, task)] = _work
    return _make(site, task, paths)


def _make(site: Site, task: Task, paths: Collection[str]) -> list[str]:
    return _put(site.folder, task.make(site, paths))


def _put(folder: Path, pages: Iterable[Page]) -> list[str]:
    """Write the pages whose bytes are not there yet."""
    written = []
    for page in pages:
        if page.content is None:
            continue
        content = page.content.encode() if isinstance(page.content, str) else page.content
        target = folder / page.path
        if not _holds(target, content):
            target.parent.mkdir(parents=True, exist_ok=True)
            _replace(target, content)
            written.append(page.path)
    return written


def _holds(path: Path, content: bytes) -> bool:
    try:
        return path.stat().st_size == len(content) and path.read_bytes() == content
    except OSError:
        return False


def _replace(target: Path, content: bytes) -> None:
    unfinished = target.with_name(f"{target.name}.new")
    unfinished.write_bytes(content)
    os.replace(unfinished, target)  # noqa: PTH105 - pathlib's replace is the same call


def _remove_others(folder: Path, wanted: Collection[str]) -> None:
    """Remove what earlier runs have left. Whatever else lies in the folder is somebody's own."""
    for path in folder.glob("*/*"):
        name = path.relative_to(folder).as_posix()
        if _OWN.fullmatch(name) and name not in wanted:
            path.unlink()


def _whole(site: Site, digest: str) -> str:
    """The digest with what every page shows: its frame, and paths as they are seen from here."""
    frame = (site.language, site.outcome.data_docs is not None, site.folder.absolute(), Path.cwd())
    return hashlib.sha256(f"{digest} {frame} {_code()}".encode()).hexdigest()


@cache
def _code() -> str:
    """A digest of the templates, modules and seeds that pages are made from."""
    package = Path(__file__).parent.parent
    files = [p for p in package.rglob("*") if p.suffix in {".py", ".html", ".css", ".js"}]
    sum_of_all = hashlib.sha256()
    for path in sorted([*files, *sql.SEEDS.glob("*.csv")]):
        sum_of_all.update(path.name.encode() + path.read_bytes())
    return sum_of_all.hexdigest()
