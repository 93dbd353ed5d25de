"""Read flattened text: tab-separated or markdown tables between paragraphs.

Flattening loses spans and positions, so a column number here is only the place of a field in its
line; empty fields are kept because the number of fields is often all that is left of the grid.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.document import Cell, Document, Paragraph, build
from ingest.encoding import decode
from ingest.rejected import UnreadableFile
from ingest.sniff import kind, misnamed

READER = "text"
READER_VERSION = "1"

_NEW_LINE = re.compile(r"\r\n|\r|\n|\u2028|\u2029")
_PIPE = re.compile(r"(?<!\\)\|")
_SEPARATOR = re.compile(r"\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?")
_LINE_BREAK_TAG = re.compile(r"\s*<br\s*/?>\s*", re.IGNORECASE)
_HEADING_MARK = re.compile(r"#{1,6}\s+")
_BOLD_LINE = re.compile(r"(\*\*|__)(?P<text>[^*_]+)\1")


def read(data: bytes) -> Document:
    """Read the bytes of a ``.txt`` or ``.md`` file.

    Pages are counted only where form feeds separate them. Raises :class:`UnreadableFile` with
    reason ``empty``, ``wrong_extension`` or ``undecodable``.
    """
    if kind(data):
        raise UnreadableFile("wrong_extension", misnamed(data, "txt") or "")
    pages = decode(data).split("\f")
    while len(pages) > 1 and not pages[-1].strip():
        pages.pop()
    paged = "\f" in decode(data)
    cells: list[Cell] = []
    paragraphs: list[Paragraph] = []
    block_no = 0
    for number, text in enumerate(pages, start=1):
        page = number if paged else None
        for block in _blocks(_NEW_LINE.split(text)):
            block_no += 1
            if isinstance(block, str):
                paragraphs.append(Paragraph(block_no, page, block))
            else:
                cells.extend(
                    Cell(block_no, page, row_no, col_no, 1, 1, field)
                    for row_no, fields in enumerate(block, start=1)
                    for col_no, field in enumerate(fields, start=1)
                )
    if block_no == 0:
        raise UnreadableFile("empty", "文件里没有任何文字，请确认导出是否完整后重新提供。")
    return build(
        data,
        format="text",
        page_count=len(pages) if paged else None,
        reader=READER,
        reader_version=READER_VERSION,
        cells=cells,
        paragraphs=paragraphs,
    )


def _blocks(lines: list[str]) -> Iterator[str | list[list[str]]]:
    """Yield the blocks of one page: a paragraph as its text, a table as rows of fields."""
    start = 0
    while start < len(lines):
        line = lines[start]
        if not line.strip():
            start += 1
        elif "\t" in line:
            end = _end_of_tab_table(lines, start)
            yield [[field.strip() for field in row.split("\t")] for row in lines[start:end]]
            start = end
        elif _is_pipe_row(line):
            end = start
            while end < len(lines) and _is_pipe_row(lines[end]):
                end += 1
            rows = [_pipe_fields(row) for row in lines[start:end] if not _is_separator(row)]
            if rows:
                yield rows
            start = end
        else:
            yield _without_marks(line.strip())
            start += 1


def _end_of_tab_table(lines: list[str], start: int) -> int:
    """Return the end of the table that begins at ``start``: one past its last line with a tab.

    A line without a tab is a row of one cell where lines with tabs follow without a blank line:
    a caption whose empty fields were trimmed.
    """
    end = start
    for index in range(start, len(lines)):
        if not lines[index].strip(" \r\v\u3000") or _is_pipe_row(lines[index]):
            break
        if "\t" in lines[index]:
            end = index + 1
    return end


def _is_pipe_row(line: str) -> bool:
    """Tell a markdown row: it opens with a pipe, or holds at least two of them."""
    return "\t" not in line and (line.lstrip().startswith("|") or len(_PIPE.findall(line)) >= 2)


def _is_separator(line: str) -> bool:
    return _SEPARATOR.fullmatch(line.strip()) is not None and "-" in line


def _pipe_fields(line: str) -> list[str]:
    fields = _PIPE.split(line.strip())
    if not fields[0].strip():
        fields = fields[1:]
    if len(fields) > 1 and not fields[-1].strip():
        fields = fields[:-1]
    return [_LINE_BREAK_TAG.sub("\n", field.strip().replace("\\|", "|")) for field in fields]


def _without_marks(line: str) -> str:
    """Take markdown heading and bold marks off a paragraph that consists of nothing else."""
    line = _HEADING_MARK.sub("", line, count=1) if _HEADING_MARK.match(line) else line
    bold = _BOLD_LINE.fullmatch(line)
    return bold["text"].strip() if bold else line
