"""What a PDF may ask of the program, and whether its bytes are all there."""

from __future__ import annotations

import re
import zlib

from ingest.rejected import UnreadableFile
from ingest.sniff import misnamed

MOST_PAGES = 500
"""Pages of a file; the longest published reports have some thirty."""
MOST_GLYPHS = 100_000
"""Glyphs of a page; a full page of small type has some five thousand."""
MOST_OBJECTS = 300_000
"""Page objects and path segments of a page; a table of a thousand cells has some five thousand."""
MOST_UNPACKED = 64 << 20
"""Bytes of one stream of content, unpacked; a page as complex as is read has some ten million."""

_STREAM = re.compile(rb">>\s*stream\r?\n")
_FLATE = re.compile(rb"/Filter\s*(\[\s*)?/FlateDecode\s*(\]|/(?!A|L|R|C|D)|>|/|\s)")
_NOT_CONTENT = re.compile(rb"/Length[123]\b|/Subtype\s*/(Image|Type1C|CIDFontType0C|OpenType)")
_CHUNK = 1 << 20


def require_pages(count: int) -> None:
    """Raise :class:`UnreadableFile` (``damaged``, ``too_many_pages``) unless pages can be read."""
    if count < 1:
        raise UnreadableFile("damaged", "PDF里没有一页，请重新下载或重新导出。")
    if count > MOST_PAGES:
        raise UnreadableFile(
            "too_many_pages",
            f"PDF有{count}页，超过{MOST_PAGES}页，不像年度报告，请只提供报告本身。",
        )


def too_complex() -> UnreadableFile:
    """Word the refusal of a page that holds more than any report prints."""
    return UnreadableFile(
        "too_complex", "PDF的一页里对象过多，无法在限度内读取，请从原文档重新导出PDF。"
    )


def require_whole(data: bytes) -> None:
    """Refuse what is no PDF or breaks off: a truncated file would otherwise lose pages silently.

    Raises :class:`UnreadableFile` with reason ``empty``, ``not_a_pdf``, ``damaged`` or
    ``too_large``.
    """
    if not data.strip():
        raise UnreadableFile("empty", "文件是空的，请重新导出或下载后再提供。")
    if b"%PDF-" not in data[:1024]:
        otherwise = "文件扩展名是pdf，内容却不是PDF，请用原来的程序打开后另存为PDF。"
        raise UnreadableFile("not_a_pdf", misnamed(data, "pdf") or otherwise)
    _, mark, rest = data.rpartition(b"%%EOF")
    if b" obj" in rest if mark else b"startxref" not in data[-1024:]:
        raise UnreadableFile("damaged", "PDF不完整（结尾缺失），请重新下载或重新导出。")
    if b"/Encrypt" not in data:
        _require_streams(data)


def _require_streams(data: bytes) -> None:
    """Refuse a compressed stream that breaks, which readers show as a blank page, or a bomb."""
    for start in _STREAM.finditer(data):
        earliest = max(0, start.start() - 2048)
        opening = max(data.rfind(b" obj", earliest, start.start()), earliest)
        dictionary = data[opening : start.end()]
        if not _FLATE.search(dictionary) or _NOT_CONTENT.search(dictionary):
            continue
        end = data.find(b"endstream", start.end())
        if end < 0 or not _unpacks(data, start.end(), end):
            raise UnreadableFile("damaged", "PDF的内容已损坏，请重新下载或重新导出。")


def _unpacks(data: bytes, start: int, end: int) -> bool:
    """Tell whether a stream unpacks; a wrong checksum at its end is common and costs nothing.

    Raises :class:`UnreadableFile` (``too_large``).
    """
    unpacker = zlib.decompressobj()
    total = 0
    try:
        packed = data[start:end]
        while packed and not unpacker.eof:
            total += len(unpacker.decompress(packed, _CHUNK))
            packed = unpacker.unconsumed_tail
            if total > MOST_UNPACKED:
                raise UnreadableFile(
                    "too_large", "PDF的内容解开后异常地大，不像年度报告，请从原文档重新导出PDF。"
                )
    except zlib.error as error:
        return "data check" in str(error)
    return True
