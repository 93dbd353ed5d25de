"""Bring printed labels to one form, so that wordings can be compared."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

# NFKC turns Kangxi radicals (U+2F00-2FD5) into ordinary characters but leaves the CJK Radicals
# Supplement alone, which fonts of simplified Chinese use for the shapes on the right. Where NFKC
# gives the traditional character for a shape that both scripts write alike, that is undone too.
_RADICALS = str.maketrans(
    "⺁⺇⺌⺝⺟⺠⺩⺬⻁⻄⻅⻆⻉⻋⻑⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳戶",
    "厂几小月母民王示虎西见角贝车长长门青韦页风飞食马骨鱼鸟卤麦黄黾齐齿龙龟户",
)
_CIRCLED = re.compile("[①-⑳]")
_BLANK = re.compile("[\\s\u00ad\u200b-\u200f\u2060\ufeff]+")
_PUNCTUATION = str.maketrans(
    {
        **dict.fromkeys("“”„‟‘’‚「」『』〝〞'", '"'),
        **dict.fromkeys("〔［[【", "("),
        **dict.fromkeys("〕］]】", ")"),
        **dict.fromkeys("—–－―‐‑−─", "-"),
        "﹑": "、",
        "､": "、",
        "｡": "。",
    }
)
_NUMERALS = "一二三四五六七八九十"
_NUMERAL = "[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九]"
_NUMBERING = re.compile(
    rf"\((?P<bracketed>{_NUMERAL}|\d{{1,2}})\)[、.,:]?"
    rf"|(?P<listed>{_NUMERAL}|\d{{1,2}})(?:[、,:)]|\.(?!\d))"
)
_NOTE = re.compile(rf"\((?![{_NUMERALS}]{{1,3}}\)|\d{{1,2}}\))[^()]*(?:\([^()]*\)[^()]*)*\)")


class Wording(NamedTuple):
    """A label in comparable form: its leading number, if any, and the words after it."""

    number: int | None
    body: str


def compact(text: str) -> str:
    """Unify characters and punctuation and remove all white space.

    Compatibility forms (full width, radicals) become ordinary characters, 其它 becomes 其他.
    """
    text = _CIRCLED.sub(lambda match: f"{unicodedata.numeric(match[0]):.0f}.", text)
    text = unicodedata.normalize("NFKC", text).translate(_RADICALS)
    return _BLANK.sub("", text).translate(_PUNCTUATION).replace("其它", "其他")


def normalise(text: str) -> Wording:
    """Split a printed label into number and words, without bracketed notes.

    A bracketed numeral inside the words belongs to them (第二十条第（一）项), and a text that is
    nothing but one bracket keeps it.
    """
    text = compact(text)
    numbering = _NUMBERING.match(text)
    number = None
    if numbering:
        number = _numeral(numbering["bracketed"] or numbering["listed"])
        text = text[numbering.end() :]
    body, count = text, 1
    while count:
        body, count = _NOTE.subn("", body)
    return Wording(number, body or text)


def _numeral(digits: str) -> int:
    """Return the value of an Arabic number or a Chinese numeral below 100."""
    if digits.isdigit():
        return int(digits)
    tens, mark, ones = digits.rpartition("十")
    value = _NUMERALS.index(ones) + 1 if ones else 0
    if mark:
        value += 10 * (_NUMERALS.index(tens) + 1 if tens else 1)
    return value
