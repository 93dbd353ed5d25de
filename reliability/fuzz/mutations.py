"""How a document is spoilt: a few changes of its bytes, its tags, its numbers or its parts."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from functools import lru_cache
from random import Random

from hypothesis import strategies as st

Change = Callable[[Random, bytes], bytes]

MOST_CHANGES = 5
LONGEST = 4 << 20
"""Bytes beyond which a document is not made larger still."""
_DOCX_MAIN = "word/document.xml"
"""The part of a DOCX file that is spoilt most; of another archive it is the largest."""

_TEXTS = """１２ ٣ Ⅳ ⑨ ² 零 一千万亿 — 　 ＝１ 1/0 -0 5- NaN 1e308 0x10 1.2.3 -1 65535 2147483648
4294967295 -2147483649 18446744073709551616 0.00000000001 =cmd|'/C'!A0 @SUM(1) +1+1 -2+3
'; ../../../../tmp/gouji-fuzz /etc/passwd C:\\Windows\\x \\\\host\\share\\x file:///etc/passwd
http://127.0.0.1:9/x {{env_var('HOME')}} ${HOME} %s%n <script>alert(1)</script> &e9; &#0;
&#x110000; <!-- ]]> <![CDATA[ \u202e \u2028 \ufeff \ufffe \U000e0001 \x1b]0;x\x07 \x1b[2J \x00
/Type/ObjStm /Prev /Encrypt /FlateDecode endstream endobj %%EOF ( [ << BT Q"""
_PHRASES = (
    '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>&x;',
    '<?xml-stylesheet href="http://127.0.0.1:9/x"?>',
    ' rowspan="65534" colspan="1000"',
    ' colspan="-1"',
    ' rowspan="4294967295"',
    '<w:gridSpan w:val="60000"/>',
    '<w:vMerge w:val="restart"/>',
    '<w:ilvl w:val="999999"/>',
    " 1e30 0 0 1e30 0 0 cm ",
    " 0 Tf 99999 Tw /X Do -1 w ",
    "'; drop table raw.cells; --",
    *("\n\n", "\t\t\t\t", "\r", "\f", "| --- |\n"),
)
_LONG = ("9" * 40, "1" * 400, "亿" * 20, "一" * 3000, "长" * 9000, "a" + "\u0301" * 900)
_LONGER = ("（" * 3000, "1、" * 2000, "第二十条" * 500, "|" * 500, "\t" * 3000, "\x00" * 64)
NASTY = (
    *(text.encode() for text in (*_TEXTS.split(), *_PHRASES, *_LONG, *_LONGER)),
    *(b"\x9b31m", b"\xff\xfe", b"\xed\xa0\x80"),
)
"""What is put in: numbers, formulas, escapes, paths, entities, spans, operators."""

_NUMBER = re.compile(rb"\d+")
_TAG = re.compile(rb"<[^<>]{1,400}>")
_REFERENCE = re.compile(rb"\d+ 0 R")


def spoilt(originals: Sequence[bytes], form: str) -> st.SearchStrategy[bytes]:
    """A strategy of documents, each spoilt by some changes.

    Hypothesis draws the dice, and these the changes: its own numbers gather at the ends of what is
    asked for, and would spoil little but the first bytes.
    """

    def spoil(dice: Random) -> bytes:
        data = dice.choice(originals)
        if data.startswith(b"PK") and dice.random() < 0.8:
            return _in_package(dice, data)
        return _changed(dice, data, _CHANGES.get(form, _OTHERWISE))

    return st.randoms(use_true_random=True).map(spoil)


def _changed(dice: Random, data: bytes, changes: Sequence[Change]) -> bytes:
    for _ in range(dice.randint(1, MOST_CHANGES)):
        data = dice.choice(changes)(dice, data)
    return data


def _place(dice: Random, data: bytes) -> int:
    """Somewhere in the bytes, where they are UTF-8 at the beginning of a character."""
    place = dice.randrange(len(data)) if data else 0
    for earlier in range(place, max(-1, place - 4), -1):
        if data and data[earlier] & 0xC0 != 0x80:
            return earlier
    return place


def _range(dice: Random, data: bytes) -> tuple[int, int]:
    start = _place(dice, data)
    end = start + int(2 ** (dice.random() * 11))
    while end < len(data) and end < start + 2100 and data[end] & 0xC0 == 0x80:
        end += 1
    return start, min(len(data), end)


def flip(dice: Random, data: bytes) -> bytes:
    """One byte becomes another."""
    at = _place(dice, data)
    return data[:at] + bytes([dice.randrange(256)]) + data[at + 1 :]


def cut(dice: Random, data: bytes) -> bytes:
    """A range is lost."""
    start, end = _range(dice, data)
    return data[:start] + data[end:]


def end(dice: Random, data: bytes) -> bytes:
    """The file breaks off."""
    return data[: _place(dice, data)]


def repeat(dice: Random, data: bytes) -> bytes:
    """A range comes again and again."""
    start, stop = _range(dice, data)
    times = dice.choice((2, 2, 3, 20, 300))
    return data[:start] + data[start:stop] * times + data[stop:] if len(data) < LONGEST else data


def move(dice: Random, data: bytes) -> bytes:
    """A range stands elsewhere as well."""
    (start, stop), at = _range(dice, data), _place(dice, data)
    return data[:at] + data[start:stop] + data[at:]


def insert(dice: Random, data: bytes) -> bytes:
    """Something nasty is put in."""
    at = _place(dice, data)
    return data[:at] + dice.choice(NASTY) + data[at:]


def renumber(dice: Random, data: bytes) -> bytes:
    """A number becomes something nasty."""
    return _replace_one(dice, data, _NUMBER, dice.choice(NASTY))


def lose_tag(dice: Random, data: bytes) -> bytes:
    """A tag is lost."""
    return _replace_one(dice, data, _TAG, b"")


def repeat_tag(dice: Random, data: bytes) -> bytes:
    """A tag comes again and again."""
    times = dice.choice((2, 5, 90, 4000))
    found = _one(dice, data, _TAG)
    return data if found is None else data[: found.end()] + found[0] * times + data[found.end() :]


def mistake_tag(dice: Random, data: bytes) -> bytes:
    """A tag stands in the place of another."""
    other = _one(dice, data, _TAG)
    return data if other is None else _replace_one(dice, data, _TAG, other[0])


def refer(dice: Random, data: bytes) -> bytes:
    """An object of a PDF is taken for another."""
    return _replace_one(dice, data, _REFERENCE, b"%d 0 R" % dice.randrange(21))


def _one(dice: Random, data: bytes, pattern: re.Pattern[bytes]) -> re.Match[bytes] | None:
    """One of the places a pattern fits, at or after a drawn one."""
    at = _place(dice, data)
    return pattern.search(data, at) or pattern.search(data)


def _replace_one(dice: Random, data: bytes, pattern: re.Pattern[bytes], by: bytes) -> bytes:
    found = _one(dice, data, pattern)
    return data if found is None else data[: found.start()] + by + data[found.end() :]


_ANYWHERE: tuple[Change, ...] = (flip, cut, cut, repeat, repeat, move, move, insert, insert)
_CHANGES: dict[str, tuple[Change, ...]] = {
    "text": (*_ANYWHERE, end, renumber, renumber, renumber),
    "html": (*_ANYWHERE, end, renumber, renumber, lose_tag, repeat_tag, mistake_tag),
    "mht": (*_ANYWHERE, end, renumber, lose_tag, repeat_tag),
    "doc": (*_ANYWHERE, flip, end, lose_tag, repeat_tag),
    "pdfium": (*_ANYWHERE, flip, renumber, renumber, refer),
    "pdfplumber": (*_ANYWHERE, flip, renumber, renumber, refer),
    "picture": (*_ANYWHERE, flip, flip, flip, end),
}
_IN_PART = _CHANGES["html"]
_OTHERWISE: tuple[Change, ...] = (*_ANYWHERE, flip, end)
"""Changes of a format that names none, such as DOCX."""


def _in_package(dice: Random, data: bytes) -> bytes:
    """Spoil a part inside an archive; now and then its name, too."""
    parts = dict(_parts(data))
    main = _DOCX_MAIN if _DOCX_MAIN in parts else max(parts, key=lambda name: len(parts[name]))
    likely = [name for name in parts if name.startswith("word/")]
    name = dice.choice([main] * 4 + likely + sorted(parts))
    content = _changed(dice, parts.pop(name, b""), _IN_PART)
    if dice.random() < 0.1:
        name = dice.choice(("../../x.xml", "/etc/x", "C:\\x", main.replace("/", "//"), "x" * 9000))
    parts[name] = content
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for each, text in parts.items():
            archive.writestr(each, text)
    return target.getvalue()


@lru_cache
def _parts(data: bytes) -> tuple[tuple[str, bytes], ...]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return tuple((name, archive.read(name)) for name in archive.namelist())
