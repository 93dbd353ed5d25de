"""What an auditor compares a cell with: a picture of its place, or the text of its row."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import duckdb
import numpy as np

from checkpoints.audit.sample import Item
from checkpoints.originals import original, page_pictures, source_paths
from ingest.scan.pages import Picture

AROUND = 34.0
"""Points above and below the cell that its picture shows: about two rows of the table."""

WIDEST = 1000
"""Pixels of a picture's width."""

COLOURS = 32
OUTLINE = (220, 30, 30)


@dataclass(frozen=True)
class Evidence:
    """A picture as PNG with its size in pixels, or the words that stand for one."""

    png: bytes | None = None
    width: int = 0
    height: int = 0
    text: str = ""
    is_gone: bool = False


def evidence(
    con: duckdb.DuckDBPyConnection, items: Sequence[Item]
) -> Iterator[tuple[Item, Evidence]]:
    """Pair each item with its evidence, document by document."""
    ordered = sorted(items, key=lambda item: (item.report_id, item.page or 0, item.number))
    for report_id, group in groupby(ordered, key=lambda item: item.report_id):
        yield from _of_document(con, report_id, list(group))


def _of_document(
    con: duckdb.DuckDBPyConnection, report_id: str, items: Sequence[Item]
) -> Iterator[tuple[Item, Evidence]]:
    data = original(source_paths(con, [report_id]).get(report_id, ()), report_id)
    if data is None:
        yield from ((item, Evidence(is_gone=True, text=_row_text(con, item))) for item in items)
        return
    boxed = [item for item in items if item.box is not None and item.page is not None]
    pictured: dict[int, Evidence] = {}
    for picture in page_pictures(data, sorted({item.page for item in boxed if item.page})):
        for item in boxed:
            if item.page == picture.page and item.box is not None:
                pictured[item.number] = _crop(picture, item.box)
    for item in items:
        yield item, pictured.get(item.number) or Evidence(text=_row_text(con, item))


def _crop(picture: Picture, box: tuple[float, float, float, float]) -> Evidence:
    """The whole width of the page around a cell, the cell outlined."""
    from PIL import Image

    pixels = np.array(picture.pixels)
    height, width = pixels.shape[:2]
    across, down = width / picture.width, height / picture.height
    x0, x1 = (int(min(max(x * across, 0), width - 1)) for x in (box[0], box[2]))
    top, bottom = (int(min(max(y * down, 0), height - 1)) for y in (box[1], box[3]))
    line = max(2, width // 700)
    for y in (top, bottom):
        pixels[max(0, y - line) : y + 1, x0 : x1 + 1] = OUTLINE
    for x in (x0, x1):
        pixels[top : bottom + 1, max(0, x - line) : x + 1] = OUTLINE
    margin = int(AROUND * down)
    band = pixels[max(0, top - margin) : min(height, bottom + margin)]
    image: Any = Image.fromarray(band)
    if image.width > WIDEST:
        size = (WIDEST, max(1, round(image.height * WIDEST / image.width)))
        image = image.resize(size, Image.Resampling.LANCZOS)
    out = io.BytesIO()
    image.quantize(COLOURS).save(out, "PNG", optimize=True)
    return Evidence(out.getvalue(), image.width, image.height)


def _row_text(con: duckdb.DuckDBPyConnection, item: Item) -> str:
    """The row of the table as it was read, the cell in brackets."""
    cells = con.execute(
        """
        select col_no, text
        from raw.cells
        where document_id = $document and block_no = $block and row_no = $row
        order by col_no nulls last
        """,
        {"document": item.report_id, "block": item.block_no, "row": item.row_no},
    ).fetchall()
    return " | ".join(
        f"【{text}】" if col_no == item.col_no and col_no is not None else text
        for col_no, text in cells
    )
