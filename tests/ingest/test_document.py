"""What a reader hands over fits the raw tables, or it is no document."""

from __future__ import annotations

import pytest

from ingest.document import Cell, Document, Paragraph, build
from ingest.frames import CELLS, PARAGRAPHS, cells_of, paragraphs_of
from ingest.pool import read_bytes


def of(*rows: Cell | Paragraph) -> Document:
    return build(
        b"bytes",
        format="text",
        page_count=None,
        reader="text",
        reader_version="1",
        cells=[row for row in rows if isinstance(row, Cell)],
        paragraphs=[row for row in rows if isinstance(row, Paragraph)],
    )


def test_frames_have_the_fields_of_the_rows_and_name_the_document() -> None:
    assert (*CELLS.names(),) == Cell._fields
    assert (*PARAGRAPHS.names(),) == Paragraph._fields
    document = of(Cell(1, None, 1, 1, 1, 1, "12"), Paragraph(2, None, "文"))
    for frame, row in ((cells_of([document]), 1), (paragraphs_of([document] * 2), 2)):
        assert frame["document_id"].to_list() == [document.sha256] * row
    assert cells_of([document]).row(0)[1:] == document.cells[0]
    assert paragraphs_of([document]).row(0)[1:] == document.paragraphs[0]
    assert cells_of([]).schema == cells_of([document]).schema


@pytest.mark.parametrize(
    "row",
    [
        Cell(1, 1, 1, 1, 1, 1, "\ud800"),
        Paragraph(1, 1, "\udfff"),
        Cell(1, 1, 1, 1, 2**31, 1, ""),
    ],
)
def test_what_no_table_can_hold_is_refused(row: Cell | Paragraph) -> None:
    with pytest.raises(ValueError):
        of(row)
    assert of(Cell(1, 1, 1, None, 2**31 - 1, 1, "\U00020000"))


def test_the_file_is_damaged_then(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.text.read", lambda data: of(Paragraph(1, 1, "\ud800")))
    outcome = read_bytes("a.txt", b"bytes")
    assert outcome.rejected is not None
    assert outcome.rejected.reason == "damaged"
