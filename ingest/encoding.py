"""Decode text whose encoding is declared wrongly or not at all.

What a file says of its encoding is not asked: the bytes themselves tell UTF-8, GB18030 (which
contains GB2312 and GBK) and UTF-16 apart.
"""

from __future__ import annotations

import codecs
import re

from ingest.rejected import UnreadableFile

LEAST_COMMON = 0.5
"""Share of everyday characters among the Chinese ones below which an encoding is a wrong guess;
UTF-8 taken for GB18030 has about a tenth, real text nearly all."""
LEAST_NULS = 0.05
"""Share of null bytes, at every other place, from which bytes are UTF-16 without a mark."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_CHINESE = re.compile("[^\\x00-\\x7f\u00a0\u2000-\u206f\u2460-\u2473\u3000-\u303f\uff00-\uffef]")
# The first level of GB2312: 3755 characters chosen because they make up nearly all of modern text.
_COMMON = frozenset(
    bytes((row, cell)).decode("gb2312")
    for row in range(0xB0, 0xD8)
    for cell in range(0xA1, 0xFF)
    if (row, cell) < (0xD7, 0xFA)
)


def decode(data: bytes, tolerance: float = 0.0) -> str:
    """Decode by byte order mark, else as UTF-8, GB18030 or UTF-16, whichever the bytes are.

    ``tolerance`` is the share of characters that may be broken: they come out as U+FFFD, control
    characters as they are. Raises :class:`UnreadableFile` (``empty``, ``undecodable``).
    """
    if not data.strip():
        raise UnreadableFile("empty", "文件是空的，请重新导出或下载后再提供。")
    for encoding in _candidates(data):
        text = _attempt(data, encoding, tolerance)
        if text is not None:
            return text
    raise UnreadableFile(
        "undecodable", "文件内容不是可识别的文本，请用UTF-8或GB18030编码另存为文本，或提供PDF。"
    )


def _candidates(data: bytes) -> list[str]:
    marked = [name for mark, name in _BOMS if data.startswith(mark)]
    if marked:
        return marked
    even, odd = data[:4096:2].count(0), data[1:4096:2].count(0)
    if max(even, odd) > LEAST_NULS * min(len(data), 4096):
        return ["utf-16-be" if even > odd else "utf-16-le"]
    return ["utf-8", "gb18030"]


def _attempt(data: bytes, encoding: str, tolerance: float) -> str | None:
    """Decode; None if too much is broken, or the outcome does not read like Chinese.

    UTF-8 and a mark prove themselves; almost any bytes are something in the other encodings.
    """
    try:
        text = data.decode(encoding, "replace" if tolerance else "strict")
    except UnicodeDecodeError:
        return None
    broken = len(_NOT_TEXT.findall(text)) + (text.count("\ufffd") if tolerance else 0)
    is_proven = encoding in {"utf-8", "utf-8-sig", "utf-16"}
    if broken > tolerance * len(text) or not (is_proven or _share_common(text) >= LEAST_COMMON):
        return None
    return text


def _share_common(text: str) -> float:
    chinese = _CHINESE.findall(text)
    return sum(char in _COMMON for char in chinese) / len(chinese) if chinese else 1.0
