"""Build the statutory tables of a page from the words of the form and where they stand.

Where a table has no rules, or only some, nothing but the labels and headers tells its rows and
columns: a value belongs to the label beside it and to the header above it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ingest.built import (
    Row,
    Slot,
    Table,
    add_leftovers,
    label_slot,
    nearest_row,
    placed_row,
    table_of,
    unplaced_row,
    values_row,
)
from ingest.columns import Columns, aligned, from_rows
from ingest.form_items import Item, find_items
from ingest.form_rows import is_value
from ingest.grid import Box
from ingest.lines import is_page_number
from ingest.vocabulary import COLUMNS, RESULTS
from ingest.words import Word

FEWEST_ITEMS = 2
"""Labels and headers that must stand on a page to make a table of it."""
LEAST_SHARED = 0.3
"""Share of a value's height that its label must stand beside."""
MUCH = 0.8
"""Share of the best overlap at which another label stands beside a value as well."""
VALUES_BELOW = 8.0
"""Type sizes below the headers of table 四 within which its values stand."""


@dataclass
class Memory:
    """What a page may know of those before it: the columns of tables that run on.

    ``leaves`` are the headers of a table whose other headers stand on the next page.
    """

    columns: dict[str, Sequence[Box]] = field(default_factory=dict)
    leaves: dict[str, list[tuple[Box, str]]] = field(default_factory=dict)
    awaits_disputes: bool = False

    def copy(self) -> Memory:
        """Return one that can be added to without a change to this one."""
        return Memory(dict(self.columns), dict(self.leaves), self.awaits_disputes)


def build_tables(words: Sequence[Word], memory: Memory, foot: float) -> list[Table]:
    """Return the tables that the words of a page make; below ``foot`` stand page numbers."""
    items, loose = find_items(words)
    tables: list[Table] = []
    for form_table, builder in (
        ("proactive", _proactive),
        ("applications", _applications),
        ("disputes", _disputes),
    ):
        own = _items_of(form_table, items)
        if len(own) >= FEWEST_ITEMS or (own and form_table in memory.columns):
            table = builder(own, loose, memory, foot)
            if table:
                add_leftovers(table, loose)
                tables.append(table)
                loose = [one for one in loose if one not in table.used]
    if memory.awaits_disputes and not _items_of("disputes", items):
        tables.extend(_awaited_disputes(loose, memory))
    return tables


def _items_of(form_table: str, items: Iterable[Item]) -> list[Item]:
    """Return the items of one table: those of no other, and shared ones that stand among them."""
    items = list(items)
    own = [i for i in items if all(m.form_table == form_table for m in i.meanings)]
    if not own:
        return []
    top, bottom = min(i.box[1] for i in own), max(i.box[3] for i in own)
    return [
        item
        for item in items
        if item in own
        or (
            any(m.form_table == form_table for m in item.meanings)
            and top <= (item.box[1] + item.box[3]) / 2 <= bottom
        )
    ]


def _applications(
    items: list[Item], loose: list[Word], memory: Memory, foot: float
) -> Table | None:
    """Build table 三: labels in columns 1 to 3, values in columns 4 to 10."""
    rows, groups = _rows_and_groups(items)
    headers = [item for item in items if _kind(item) == "header"]
    boxes = _leaf_boxes("applications", headers, COLUMNS, memory)
    right = max((item.box[2] for item in rows), default=0.0)
    left = Columns(tuple(boxes)).left if boxes else right
    beside = _beside(rows, [one for one in loose if one.middle > left])
    boxes = boxes or from_rows([values for _, values in beside], len(COLUMNS))
    if boxes is None:
        built = [unplaced_row(item, values, 3) for item, values in beside]
        built += [
            Row(line[0].height, [label_slot(item, None) for item in line])
            for line in _lines(headers)
        ]
        return table_of(items, built)
    memory.columns["applications"] = boxes
    columns = aligned(boxes, [value for _, values in beside for value in values])
    built = [placed_row(item, values, columns, 3) for item, values in beside]
    built += [Row(line[0].height, _header_slots(line, columns, 3)) for line in _lines(headers)]
    for item in groups:
        col_no = 1 if item.means("applications", "group") == "outcomes" else 2
        if built:
            nearest_row(built, item.height).slots.append(label_slot(item, col_no))
    return table_of(items, built)


def _rows_and_groups(items: Sequence[Item]) -> tuple[list[Item], list[Item]]:
    """Tell rows from groups; （六）其他处理 is a row of its own only where it has none below it."""
    codes = {item.means("applications", "row") for item in items}
    has_parts = any(code and code.startswith("other_") for code in codes)
    rows, groups = [], []
    for item in items:
        code = item.means("applications", "row")
        if _kind(item) == "group" or (code == "other" and has_parts):
            groups.append(item)
        elif code:
            rows.append(item)
    return rows, groups


def _proactive(items: list[Item], loose: list[Word], memory: Memory, foot: float) -> Table | None:
    """Build table 二: each block has its own headers, above its rows."""
    headers: Sequence[Box] | None = memory.columns.get("proactive")
    blocks: list[tuple[Sequence[Box] | None, list[Item]]] = [(headers, [])]
    built: list[Row] = []
    for line in _lines(items):
        heads = [item for item in line if _kind(item) == "header"]
        values = [item for item in heads if item.means("proactive", "header") != "content"]
        if values:
            boxes = [item.box for item in sorted(values, key=lambda item: item.box[0])]
            blocks.append((boxes, []))
            built.append(Row(line[0].height, _header_slots(line, Columns(tuple(boxes)), 1)))
        elif heads or _kind(line[0]) == "caption":
            built.append(Row(line[0].height, [label_slot(item, 1) for item in line]))
        blocks[-1][1].extend(item for item in line if item.means("proactive", "row"))
    if headers is None:
        under = {item.means("proactive", "row") for _, rows in blocks[1:] for item in rows}
        # Prose above the table names rows that stand in it under their headers.
        blocks[0] = (None, [i for i in blocks[0][1] if i.means("proactive", "row") not in under])
    for above, rows in blocks:
        right = max((item.box[2] for item in rows), default=0.0)
        beside = _beside(rows, [one for one in loose if one.x0 >= right])
        if above is None:
            built += [unplaced_row(item, values, 1) for item, values in beside]
            continue
        columns = aligned(above, [value for _, values in beside for value in values])
        built += [placed_row(item, values, columns, 1) for item, values in beside]
        memory.columns["proactive"] = above
    return table_of(items, built)


def _disputes(items: list[Item], loose: list[Word], memory: Memory, foot: float) -> Table | None:
    """Build table 四: one row of values under fifteen headers."""
    headers = [item for item in items if _kind(item) == "header"]
    boxes = _leaf_boxes("disputes", headers, RESULTS * 3, memory)
    leaves = [item.box for item in headers if _header_code(item) in RESULTS]
    columns = Columns(tuple(boxes or sorted(leaves)))
    if not columns.boxes:
        return None
    built = [Row(line[0].height, _header_slots(line, columns, 0)) for line in _lines(headers)]
    table = table_of(items, built)
    if boxes is None:
        return table
    bottom, size = max(item.box[3] for item in headers), headers[0].words[0].size
    values = _first_line(
        [
            one
            for one in loose
            if 0 <= one.height - bottom <= VALUES_BELOW * size and one.middle > columns.left
        ]
    )
    is_footer = _is_page_number(values) and any(one.top >= foot for one in values)
    if is_footer or not any(is_value(one.text) for one in values):
        values = []
    memory.awaits_disputes = not values and not any(bottom < one.top < foot for one in loose)
    if not memory.awaits_disputes:
        table.rows.append(values_row(values, aligned(boxes, values), bottom + size))
    table.used.update(values)
    return table


def _awaited_disputes(loose: list[Word], memory: Memory) -> list[Table]:
    """Return the values of table 四 whose headers stood at the foot of the page before.

    They are the first line of the page; a lone figure may as well be the page's number.
    """
    memory.awaits_disputes = False
    boxes, values = memory.columns["disputes"], _first_line(loose)
    if not values or not all(is_value(v.text) for v in values) or _is_page_number(values):
        return []
    return [Table([values_row(values, aligned(boxes, values), 0.0)], set(values))]


def _first_line(words: Sequence[Word]) -> list[Word]:
    top = min(words, key=lambda one: one.height, default=None)
    if top is None:
        return []
    line = (one for one in words if abs(one.height - top.height) <= top.size / 2)
    return sorted(line, key=lambda one: one.x0)


def _is_page_number(line: Sequence[Word]) -> bool:
    return is_page_number(" ".join(one.text for one in line))


def _leaf_boxes(
    form_table: str, headers: Sequence[Item], codes: Sequence[str], memory: Memory
) -> Sequence[Box] | None:
    """Return the boxes of the headers over the value columns, if all are there in their order.

    A page break may go through the header, so that some stand on the page before; a page without
    any goes on with the columns of the one before.
    """
    own = [(i.box, code) for i in headers if (code := _header_code(i)) and code in codes]
    if not own:
        return memory.columns.get(form_table)
    leaves = sorted([*own, *memory.leaves.pop(form_table, [])])
    if [code for _, code in leaves] == list(codes):
        memory.columns[form_table] = [box for box, _ in leaves]
        return memory.columns[form_table]
    memory.leaves[form_table] = own
    return None


def _header_code(item: Item) -> str | None:
    """Return the header's code; a word both tables share has the same code in either."""
    codes = [m.code for m in item.meanings if m.kind == "header"]
    return ("other" if set(codes) == {"other", "other_org"} else codes[0]) if codes else None


def _kind(item: Item) -> str:
    return item.meanings[0].kind


def _lines(items: Iterable[Item]) -> list[list[Item]]:
    """Group items whose middles are on one height."""
    lines: list[list[Item]] = []
    for item in sorted(items, key=lambda item: item.height):
        if lines and item.height - lines[-1][0].height < item.words[0].size * 0.6:
            lines[-1].append(item)
        else:
            lines.append([item])
    return lines


def _beside(rows: Sequence[Item], values: Sequence[Word]) -> list[tuple[Item, list[Word]]]:
    """Give each value to the label that stands most beside it, of several to the nearest."""
    beside: dict[int, list[Word]] = {at: [] for at in range(len(rows))}
    extents = [(item.box[1], item.box[3]) for item in rows]
    for value in values:
        top, bottom = value.top, value.bottom
        # Written out, for it is asked of every value and every label.
        shared = [
            (low if low < bottom else bottom) - (high if high > top else top)
            for high, low in extents
        ]
        least = max(LEAST_SHARED * (value.bottom - value.top), MUCH * max(shared, default=0.0))
        near = [at for at, height in enumerate(shared) if height >= least]
        if near:
            beside[max(near, key=lambda at: rows[at].box[0])].append(value)
    return [(item, beside[at]) for at, item in enumerate(rows)]


def _header_slots(line: Sequence[Item], columns: Columns, labels: int) -> list[Slot]:
    """Return headers each in the column whose middle is nearest; what stands left in column 1."""
    middles = [(box[0] + box[2]) / 2 for box in columns.boxes]
    slots: list[Slot] = []
    for item in sorted(line, key=lambda item: item.box[0]):
        x = (item.box[0] + item.box[2]) / 2
        at = min(range(len(middles)), key=lambda k: abs(middles[k] - x))
        slots.append(label_slot(item, 1 if labels and x < columns.left else labels + at + 1))
    return slots
