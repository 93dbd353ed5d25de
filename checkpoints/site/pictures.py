"""Pictures of the pages that show a finding, drawn again only where something changed."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import TimeoutError as OutOfTime
from contextlib import closing
from dataclasses import asdict
from functools import cache
from importlib.metadata import version
from pathlib import Path

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from checkpoints.originals import source_paths
from checkpoints.site.drawing import FOLDER, PagePicture, draw_report
from checkpoints.site.marked_pages import marked_pages
from checkpoints.site.page import Page, Site
from checkpoints.site.page_picture import DPI, VERSION, MarkedPage, Outline
from ingest.limits import DEFAULT, limit_memory

MANIFEST = f"{FOLDER}/pages.json"
"""What the pictures of the last run show, and from what they were drawn."""

PAGES_WORTH_A_PROCESS = 8
"""Pages that take about as long to draw as another process to start."""


def pages(site: Site) -> Iterator[Page]:
    """The pictures of all reports. A page that cannot be drawn, or whose file is gone, has none."""
    with closing(site.connect()) as con:
        wanted = {_key(page): page for page in marked_pages(con, site.outcome.reports)}
        known = _known(site.folder)
        kept = [known[key] for key in wanted if key in known]
        lacking = {key: page for key, page in wanted.items() if key not in known}
        paths = source_paths(con, {page.report_id for page in lacking.values()})
    if lacking:
        (site.folder / FOLDER).mkdir(parents=True, exist_ok=True)
        kept += _draw(lacking, paths, site)
    kept.sort(key=lambda picture: (picture.report_id, picture.page))
    for picture in kept:
        yield Page(picture.path, None)
    yield Page(MANIFEST, json.dumps([asdict(picture) for picture in kept]))


def read_pictures(folder: Path) -> Mapping[str, Sequence[PagePicture]]:
    """The pictures in the site at ``folder``, of each report_id by page, once they are drawn."""
    manifest = folder / MANIFEST
    try:
        changed = manifest.stat().st_mtime_ns
    except OSError:
        return {}
    return _read(manifest, changed)


@cache
def _read(manifest: Path, changed: int) -> Mapping[str, Sequence[PagePicture]]:
    """What the manifest says, kept as long as it has not ``changed``."""
    found: defaultdict[str, list[PagePicture]] = defaultdict(list)
    for each in json.loads(manifest.read_bytes()):
        outlines = tuple(Outline(*outline) for outline in each["outlines"])
        found[each["report_id"]].append(PagePicture(**{**each, "outlines": outlines}))
    return found


def _known(folder: Path) -> dict[str, PagePicture]:
    """The pictures of the last run that are still as it left them, by key."""
    try:
        read = read_pictures(folder)
    except (ValueError, TypeError, KeyError):
        return {}  # Written by another version, or not to its end.
    return {
        picture.key: picture
        for pictures in read.values()
        for picture in pictures
        if _size(folder / picture.path) == picture.byte_size
    }


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except OSError:
        return None


def _key(page: MarkedPage) -> str:
    """A digest of all that the picture of the page is drawn from."""
    return hashlib.sha256(json.dumps([_drawn_with(), *page]).encode()).hexdigest()


@cache
def _drawn_with() -> str:
    return f"{VERSION}/{DPI}/{version('pypdfium2')}/{version('pillow')}"


def _draw(
    wanted: Mapping[str, MarkedPage], paths: Mapping[str, Sequence[str]], site: Site
) -> list[PagePicture]:
    """Draw in processes of their own: a file that takes too long or crashes has no picture."""
    by_report: defaultdict[str, dict[str, MarkedPage]] = defaultdict(dict)
    for key, page in wanted.items():
        by_report[page.report_id][key] = page
    # Until the new manifest is written, no picture counts as known.
    (site.folder / MANIFEST).unlink(missing_ok=True)
    with ProcessPool(
        max_workers=min(site.jobs, len(by_report), 1 + len(wanted) // PAGES_WORTH_A_PROCESS),
        initializer=limit_memory,
        initargs=[DEFAULT.mebibytes, draw_report.__module__],
        context=multiprocessing.get_context("spawn"),
    ) as pool:
        try:
            futures = [
                pool.schedule(
                    draw_report,
                    args=[paths.get(report_id, ()), marked, site.folder],
                    timeout=DEFAULT.seconds,
                )
                for report_id, marked in by_report.items()
            ]
            return [picture for future in futures for picture in outcome_of(future)]
        except BaseException:
            pool.stop()  # type: ignore[no-untyped-call]
            raise


def outcome_of(future: ProcessFuture[list[PagePicture]]) -> list[PagePicture]:
    try:
        return future.result()
    except (OutOfTime, ProcessExpired, MemoryError):
        return []
