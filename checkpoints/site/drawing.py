"""Draw the pages of one report: a process of its own does it, so little else is imported."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from checkpoints.originals import original, page_pictures
from checkpoints.site.page_picture import DPI, MarkedPage, Outline, draw_page, encode

FOLDER = "pages"
"""Of the pictures, in the site."""


@dataclass(frozen=True)
class PagePicture:
    """A picture in the site: ``path`` from the site's folder, ``width`` and ``height`` in pixels.

    ``points_wide`` and ``points_high`` are the page's size, in which the outlines lie; ``key`` is a
    digest of all that the picture was drawn from.
    """

    report_id: str
    page: int
    path: str
    width: int
    height: int
    points_wide: float
    points_high: float
    outlines: tuple[Outline, ...]
    key: str
    byte_size: int

    @property
    def numbers(self) -> set[int]:
        """The numbers of the groups of findings that are outlined."""
        labels = [outline.label.removesuffix("?") for outline in self.outlines]
        return {int(number) for label in labels if label for number in label.split(",")}


def draw_report(
    paths: Sequence[str], wanted: Mapping[str, MarkedPage], folder: Path
) -> list[PagePicture]:
    """Draw pages of one report, by key, whose file is at one of ``paths``, into the site."""
    by_number = {page.page: (key, page) for key, page in wanted.items()}
    report_id = next(iter(wanted.values())).report_id
    data = original(paths, report_id)
    if data is None:
        return []
    drawn = []
    for picture in page_pictures(data, by_number, DPI):
        key, page = by_number[picture.page]
        image = draw_page(picture, page.outlines)
        suffix, content = encode(image)
        path = f"{FOLDER}/{report_id[:12]}-{page.page}.{suffix}"
        unfinished = folder / f"{path}.new"
        unfinished.write_bytes(content)
        unfinished.replace(folder / path)
        size = (*image.size, picture.width, picture.height)
        drawn.append(
            PagePicture(report_id, page.page, path, *size, page.outlines, key, len(content))
        )
    return drawn
