"""The tables of the form as they are printed: heads that span rows and columns, and the cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby, pairwise
from math import lcm

from checkpoints.explain import FormCell
from checkpoints.transform import seed_rows

TABLES = ("proactive", "applications", "disputes")

Words = tuple[str, str]
"""The same in Chinese and English."""


@dataclass(frozen=True)
class Head:
    """A head of rows or columns. ``member`` is the code of the row that it names, if one."""

    words: Words
    columns: int
    rows: int
    member: str | None = None


@dataclass(frozen=True)
class Row:
    """The heads that begin with this row, and its cells, each as many columns wide as ``span``."""

    heads: tuple[Head, ...]
    cells: tuple[FormCell, ...]
    span: int = 1


@dataclass(frozen=True)
class Block:
    """Rows under one set of column heads; ``caption`` stands over all of them.

    The corner over the row heads spans ``corner`` columns and all rows of heads.
    """

    caption: Words | None
    heads: tuple[tuple[Head, ...], ...]
    rows: tuple[Row, ...]
    corner: int

    @property
    def width(self) -> int:
        """Columns of the block, row heads among them."""
        row = self.rows[0]
        return self.corner + row.span * len(row.cells)


def blocks(form_table: str, edition: str | None, cells: Sequence[FormCell]) -> list[Block]:
    """The table as the form of ``edition`` prints it, from cells in the order of the form."""
    if form_table == "disputes":
        return [_one_row(cells)]
    rows = [list(row) for _, row in groupby(cells, key=lambda cell: cell.indicator)]
    if form_table == "applications":
        return [_grid(rows)]
    return list(_captioned(rows, edition))


def _grid(rows: Sequence[Sequence[FormCell]]) -> Block:
    """Table 3: captions are columns of their own beside the rows they span."""
    over = _captions("applications", "columns")
    heads = _deep(
        [(*over.get(cell.breakdown, ()), (cell.column_zh, cell.column_en)) for cell in rows[0]]
    )
    beside = _captions("applications", "rows")
    sides = _deep([(*beside.get(row[0].indicator, ()), _label(row[0])) for row in rows])
    depth = len(sides[0])
    beginning: dict[int, list[Head]] = {}
    for level, start, length, across in _merged(sides):
        own = rows[start][0].indicator if level + across == depth else None
        head = Head(sides[start][level], across, length, own)
        beginning.setdefault(start, []).append(head)
    found = [Row(tuple(beginning.get(n, ())), tuple(row)) for n, row in enumerate(rows)]
    return Block(None, _column_heads(heads), tuple(found), depth)


def _captioned(rows: Sequence[Sequence[FormCell]], edition: str | None) -> Iterator[Block]:
    """Table 2: each caption has column heads of its own, spread over the width of the table.

    The seed of captions names its rows in the order of the form.
    """
    captions = _captions("proactive", "rows")
    order = list(captions)
    rows = sorted(rows, key=lambda row: order.index(row[0].indicator))
    width = lcm(*(len(row) for row in rows))

    def over(row: Sequence[FormCell]) -> tuple[Words, ...]:
        return captions[row[0].indicator]

    for caption, under in groupby(rows, key=over):
        for columns, alike in groupby(
            under, key=lambda row: [_headed(cell, edition) for cell in row]
        ):
            span = width // len(columns)
            found = [
                Row((Head(_label(row[0]), 1, 1, row[0].indicator),), tuple(row), span)
                for row in alike
            ]
            heads = tuple(Head(words, span, 1) for words in columns)
            yield Block(caption[0], (heads,), tuple(found), 1)


def _one_row(cells: Sequence[FormCell]) -> Block:
    """Table 4: one row of cells under heads of three levels."""
    over = _captions("disputes", "columns")
    depth = max(len(captions) for captions in over.values())
    paths = []
    for cell in cells:
        captions = over.get(cell.breakdown, ())
        stretched = captions + captions[-1:] * (depth - len(captions))
        paths.append((*stretched, (cell.column_zh, cell.column_en)))
    return Block(None, _column_heads(_deep(paths)), (Row((), tuple(cells)),), 0)


def _deep(paths: Sequence[tuple[Words, ...]]) -> list[tuple[Words, ...]]:
    """The paths, all of the same depth: the last words of a shorter one reach down."""
    depth = max(map(len, paths))
    return [path + path[-1:] * (depth - len(path)) for path in paths]


def _column_heads(paths: Sequence[tuple[Words, ...]]) -> tuple[tuple[Head, ...], ...]:
    rows: list[list[Head]] = [[] for _ in paths[0]]
    for level, start, length, down in _merged(paths):
        rows[level].append(Head(paths[start][level], length, down))
    return tuple(map(tuple, rows))


def _merged(paths: Sequence[tuple[Words, ...]]) -> Iterator[tuple[int, int, int, int]]:
    """Heads as (level, first path, paths, levels): equal words beside or below are one head."""
    depth = len(paths[0])
    for level in range(depth):
        beginnings = [n for n in range(len(paths)) if _parts(paths, n, level)]
        for start, end in pairwise([*beginnings, len(paths)]):
            path = paths[start]
            if level and path[level] == path[level - 1]:
                continue
            same = (n for n in range(level, depth) if path[n] != path[level])
            yield level, start, end - start, next(same, depth) - level


def _parts(paths: Sequence[tuple[Words, ...]], number: int, level: int) -> bool:
    """Whether a head of this level begins with this path."""
    return number == 0 or paths[number - 1][: level + 1] != paths[number][: level + 1]


def _label(cell: FormCell) -> Words:
    """The words of the row as the form prints them, without the captions they stand under."""
    own = cell.row_zh.rpartition("·")[2]
    printed = (label for label in _labels(cell.form_table, cell.indicator) if label.startswith(own))
    return next(printed, own), cell.row_en.rpartition(": ")[2]


def _headed(cell: FormCell, edition: str | None) -> Words:
    """The words over a column of table 2 in an edition; amounts with unit and decimals."""
    forms = [row for row in _editions() if row["edition"] == edition]
    known = {edition, *(row["variant_of"] for row in forms)}
    printed = (
        row["header"]
        for row in _headers(cell.form_table, cell.breakdown)
        if row["edition"] in known
    )
    zh = next(printed, cell.column_zh)
    if cell.value_kind != "amount":
        return zh, cell.column_en
    marks = [f"单位：{cell.unit}", *(row["header_marker"] for row in forms if row["header_marker"])]
    return f"{zh}（{'，'.join(marks)}）", f"{cell.column_en} ({cell.unit})"


@cache
def _captions(form_table: str, axis: str) -> Mapping[str, tuple[Words, ...]]:
    """The captions over each row or column, the outermost first."""
    found: dict[str, tuple[Words, ...]] = {}
    for row in sorted(seed_rows("captions"), key=lambda row: int(row["level"])):
        if (row["form_table"], row["axis"]) == (form_table, axis):
            words = (row["caption_zh"], row["caption_en"])
            found[row["member"]] = (*found.get(row["member"], ()), words)
    return found


@cache
def _labels(form_table: str, code: str) -> tuple[str, ...]:
    return tuple(
        row["label"]
        for row in seed_rows("labels")
        if (row["form_table"], row["kind"], row["code"]) == (form_table, "row", code)
    )


@cache
def _headers(form_table: str, code: str) -> tuple[Mapping[str, str], ...]:
    rows = seed_rows("headers")
    return tuple(row for row in rows if (row["form_table"], row["code"]) == (form_table, code))


@cache
def _editions() -> tuple[Mapping[str, str], ...]:
    return tuple(seed_rows("editions"))
