"""Read PDF files whose tables are drawn with rules.

Everything is kept as printed: labels are compared, and figures understood, only later.
"""

from __future__ import annotations

import io
import logging
import re
from dataclasses import dataclass

import pdfplumber
from pdfplumber.page import Page
from pdfplumber.utils.exceptions import PdfminerException
from pdfplumber.utils.pdfinternals import resolve
from pdfplumber.utils.text import extract_text

from ingest.document import Cell, Document, Paragraph, UnreadableFile, build
from ingest.grid import Box, inside, number
from ingest.lines import Line, Margins, join, margins, starts_paragraph
from ingest.ruling import find_tables, is_drawn

READER = "pdf"
READER_VERSION = f"1+pdfplumber-{pdfplumber.__version__}"

MARGIN_SHARE = 0.12
"""Share of the page's height, at top and bottom, where a page number may stand."""
LARGEST_BLANK = 64
"""Bytes that the compressed content of a blank page may have."""
MOST_UNKNOWN = 0.3
"""Share of glyphs without a known character above which the text layer is of no use."""

_PAGE_NUMBER = re.compile(
    r"[-—–－―~～·•\s]*\d{1,4}[-—–－―~～·•\s]*"
    r"|第\s*\d+\s*页([\s,，/]*共\s*\d+\s*页)?"
    r"|\d+\s*[/／]\s*\d+"
)
_ENCRYPTED = {"PDFPasswordIncorrect", "PDFEncryptionError"}
_UNKNOWN_GLYPH = re.compile(r"\(cid:\d+\)")


def read(data: bytes) -> Document:
    """Read the bytes of a ``.pdf`` file.

    Raises :class:`UnreadableFile` with reason ``empty``, ``not_a_pdf``, ``damaged``,
    ``encrypted``, ``no_text_layer`` or ``unknown_glyphs``.
    """
    _quieten()
    _require_whole(data)
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            pages = [_read_page(page) for page in pdf.pages]
    except PdfminerException as error:
        raise _unreadable(error) from error
    _require_text(pages)
    cells, paragraphs = _blocks(pages)
    return build(
        data,
        format="pdf",
        page_count=len(pages),
        reader=READER,
        reader_version=READER_VERSION,
        cells=cells,
        paragraphs=paragraphs,
    )


@dataclass(frozen=True)
class _Table:
    """A table fragment: where it begins on its page, and its cells with ``block_no`` 0."""

    top: float
    cells: list[Cell]


@dataclass(frozen=True)
class _PageContent:
    width: float
    lines: list[Line]
    tables: list[_Table]
    text: str


def _quieten() -> None:
    """Silence what the PDF library logs about fonts and colours of ordinary documents."""
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)


def _require_whole(data: bytes) -> None:
    """Refuse what is no PDF or breaks off: a truncated file would otherwise lose pages silently."""
    if not data.strip():
        raise UnreadableFile("empty", "文件是空的，请重新导出或下载后再提供。")
    if b"%PDF-" not in data[:1024]:
        raise UnreadableFile(
            "not_a_pdf", "文件扩展名是pdf，内容却不是PDF，请用原来的程序打开后另存为PDF。"
        )
    _, mark, rest = data.rpartition(b"%%EOF")
    if b" obj" in rest if mark else b"startxref" not in data[-1024:]:
        raise UnreadableFile("damaged", "PDF不完整（结尾缺失），请重新下载或重新导出。")


def _unreadable(error: PdfminerException) -> UnreadableFile:
    """Word what the PDF library has wrapped: the cause is its only argument."""
    name = type(error.args[0] if error.args else error).__name__
    if name in _ENCRYPTED:
        return UnreadableFile("encrypted", "PDF设有打开密码，请去掉密码后另存一份再提供。")
    return UnreadableFile("damaged", f"PDF已损坏（{name}），请重新下载或重新导出。")


def _require_text(pages: list[_PageContent]) -> None:
    text = "".join(page.text for page in pages)
    unknown = len(_UNKNOWN_GLYPH.findall(text))
    known = len("".join(_UNKNOWN_GLYPH.sub("", text).split()))
    if unknown > MOST_UNKNOWN * (known + unknown):
        raise UnreadableFile(
            "unknown_glyphs", "PDF里的字体没有文字编码，读不出文字，请从原文档重新导出PDF。"
        )
    if not any(page.lines or page.tables for page in pages):
        raise UnreadableFile(
            "no_text_layer", "PDF里没有文字（可能是扫描件），请提供由原文档导出的PDF或文本。"
        )


def _require_intact(page: Page) -> None:
    """Refuse a page whose content cannot be decompressed: the library would read it as blank."""
    for reference in page.page_obj.contents:
        stream = resolve(reference)
        size = len(getattr(stream, "rawdata", None) or b"")
        if size > LARGEST_BLANK and not stream.get_data():
            raise UnreadableFile(
                "damaged", f"PDF第{page.page_number}页的内容已损坏，请重新下载或重新导出。"
            )


def _read_page(page: Page) -> _PageContent:
    _require_intact(page)
    clean = page.filter(is_drawn).dedupe_chars()
    found = [table for table in find_tables(clean) if _is_table(table.cells)]
    tables = [_read_table(clean, table.cells, page.page_number) for table in found]
    boxes: list[Box] = [table.bbox for table in found]
    outside = clean.filter(
        lambda item: item["object_type"] != "char" or not any(inside(item, box) for box in boxes)
    )
    lines = [
        Line(
            page.page_number,
            line["text"].strip(),
            line["x0"],
            line["top"],
            line["x1"],
            line["bottom"],
            max(char["size"] for char in line["chars"]),
        )
        for line in outside.extract_text_lines(return_chars=True)
        if line["text"].strip()
    ]
    content = _PageContent(
        width=float(page.width),
        lines=_without_page_numbers(lines, [box[1] for box in boxes], float(page.height)),
        tables=tables,
        text="".join(char["text"] for char in clean.chars),
    )
    page.close()
    return content


def _is_table(boxes: list[Box]) -> bool:
    """Tell a table from a frame around a page or a paragraph, which has a single column."""
    return len({placed.col_no for placed in number(boxes)}) > 1


def _read_table(page: Page, boxes: list[Box], page_number: int) -> _Table:
    chars = page.chars
    cells = [
        Cell(
            0,
            page_number,
            placed.row_no,
            placed.col_no,
            placed.row_span,
            placed.col_span,
            extract_text([c for c in chars if inside(c, placed.box)]).strip(),
            *(round(edge, 2) for edge in placed.box),
        )
        for placed in number(boxes)
    ]
    return _Table(min(box[1] for box in boxes), cells)


def _without_page_numbers(lines: list[Line], table_tops: list[float], height: float) -> list[Line]:
    """Drop a page number where it is the very first or the very last thing on the page."""
    tops = [*table_tops, *(line.top for line in lines)]
    return [
        line
        for line in lines
        if not _PAGE_NUMBER.fullmatch(line.text)
        or not (
            (line.bottom < height * MARGIN_SHARE and line.top <= min(tops))
            or (line.top > height * (1 - MARGIN_SHARE) and line.top >= max(tops))
        )
    ]


def _blocks(pages: list[_PageContent]) -> tuple[list[Cell], list[Paragraph]]:
    """Number paragraphs and tables in reading order; a paragraph may run over a page break."""
    columns = _columns(pages)
    cells: list[Cell] = []
    paragraphs: list[Paragraph] = []
    block_no = 0
    open_lines: list[Line] = []

    def close() -> None:
        nonlocal block_no
        if open_lines:
            block_no += 1
            text = join([line.text for line in open_lines])
            paragraphs.append(Paragraph(block_no, open_lines[0].page, text))
            open_lines.clear()

    for page in pages:
        items: list[Line | _Table] = [*page.lines, *page.tables]
        for item in sorted(items, key=lambda item: item.top):
            if isinstance(item, _Table):
                close()
                block_no += 1
                cells.extend(cell._replace(block_no=block_no) for cell in item.cells)
                continue
            if open_lines and starts_paragraph(item, open_lines[-1], columns[page.width]):
                close()
            open_lines.append(item)
    close()
    return cells, paragraphs


def _columns(pages: list[_PageContent]) -> dict[float, Margins]:
    """Measure the text column for each page width that occurs."""
    by_width: dict[float, list[Line]] = {}
    for page in pages:
        by_width.setdefault(page.width, []).extend(page.lines)
    return {width: margins(lines) for width, lines in by_width.items() if lines}
