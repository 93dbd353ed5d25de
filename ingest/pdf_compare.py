"""Judge what one source of a PDF has read, and set two readings side by side."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from ingest.document import Cell
from ingest.form_rows import FormRow, form_rows
from ingest.pdf_layout import Transcript
from ingest.vocabulary import form_widths
from ingest.wording import compact

MOST_PAGES = 60
"""Pages beyond which a file is no report that a slow second reading could complete."""

Key = tuple[str, str]


def count_doubts(transcript: Transcript) -> int:
    """Return how many rows of the form are missing, or hold what cannot be read.

    Of the editions the one counts, table by table, that the report comes nearest to.
    """
    whole = {(row.form_table, row.code) for row in form_rows(transcript.cells) if row.is_whole}
    return sum(min(len(form - whole) for form in forms) for forms in _forms().values())


def is_worth_a_second_reading(transcript: Transcript) -> bool:
    """Tell a report of which something is in doubt; what is no report is not read twice."""
    if transcript.page_count > MOST_PAGES or not count_doubts(transcript):
        return False
    if any(True for _ in form_rows(transcript.cells)):
        return True
    words = compact("".join(paragraph.text for paragraph in transcript.paragraphs))
    return "政府信息公开" in words and "年度报告" in words


def compare(chosen: Transcript, other: Transcript) -> Transcript:
    """Give the confidence 0 to each value cell that two whole rows show differently."""
    rows = {_key(row): row for row in form_rows(other.cells) if row.is_whole}
    doubtful = {
        _place(cell)
        for row in form_rows(chosen.cells)
        if row.is_whole and (twin := rows.get(_key(row)))
        for cell in _differing(row, twin)
    }
    cells = [
        cell._replace(confidence=0.0) if _place(cell) in doubtful else cell for cell in chosen.cells
    ]
    return replace(chosen, cells=cells)


def _differing(row: FormRow, twin: FormRow) -> list[Cell]:
    """Return the cells of a row that the other reading has with another text."""
    ours, theirs = list(row.values), list(twin.values)
    if len(ours) != len(theirs):
        ours = [cell for cell in ours if cell.text.strip()]
        theirs = [cell for cell in theirs if cell.text.strip()]
    if len(ours) != len(theirs):
        return list(row.values)
    return [
        cell
        for cell, same in zip(ours, theirs, strict=True)
        if compact(cell.text) != compact(same.text)
    ]


def _key(row: FormRow) -> Key:
    return row.form_table, row.code


def _place(cell: Cell) -> tuple[int, int, int | None]:
    return cell.block_no, cell.row_no, cell.col_no


@lru_cache(maxsize=1)
def _forms() -> dict[str, list[frozenset[Key]]]:
    """Return for each table the sets of rows that an edition may print."""
    forms: dict[str, list[frozenset[Key]]] = {}
    for rows in form_widths().values():
        for form_table in {table for table, _ in rows}:
            keys = frozenset(key for key in rows if key[0] == form_table)
            forms.setdefault(form_table, []).append(keys)
    return forms
