"""Write out the automatic numbers of a DOCX file's lists and headings, as people see them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from ingest.ooxml import attribute, child, children, is_on, value, whole

_COUNTING = "〇一二三四五六七八九十"
_LEGAL = "零壹贰叁肆伍陆柒捌玖拾"
_SERIES = {
    "ideographTraditional": "甲乙丙丁戊己庚辛壬癸",
    "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥",
    "decimalEnclosedCircle": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "decimalEnclosedCircleChinese": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "decimalEnclosedParen": "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
    "decimalEnclosedFullstop": "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛",
    "upperLetter": "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "lowerLetter": "abcdefghijklmnopqrstuvwxyz",
    "upperRoman": ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"),
    "lowerRoman": ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"),
}
_CHINESE = {
    **dict.fromkeys(
        (
            "chineseCounting",
            "chineseCountingThousand",
            "ideographDigital",
            "japaneseCounting",
            "japaneseDigitalTenThousand",
            "taiwaneseCounting",
            "taiwaneseCountingThousand",
        ),
        _COUNTING,
    ),
    "chineseLegalSimplified": _LEGAL,
}
_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True)
class _Level:
    """How one level of a list is numbered; ``template`` has %1 for the number of level 0."""

    start: int
    style: str
    template: str
    is_plain: bool
    paragraph_style: str | None


@dataclass(frozen=True)
class _List:
    """A list: the counter it shares with others, its levels, levels that begin anew."""

    counter: str
    levels: dict[int, _Level]
    restarts: dict[int, int]


class Numbering:
    """Counts the numbered paragraphs of a document, which are to be asked in reading order."""

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        self._styles = {attribute(style, "styleId"): style for style in children(styles, "style")}
        self._lists = self._read(numbering) if numbering is not None else {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def label(self, properties: Element | None) -> str:
        """Return the number before a paragraph with these properties, and count it."""
        number, level = self._reference(properties)
        listed = self._lists.get(number)
        if listed is None or level not in listed.levels:
            return ""
        counts = self._counts.setdefault(listed.counter, {})
        if level in listed.restarts and (number, level) not in self._begun:
            counts[level] = listed.restarts[level] - 1
        self._begun.add((number, level))
        counts[level] = counts.get(level, listed.levels[level].start - 1) + 1
        for deeper in [at for at in counts if at > level]:
            del counts[deeper]
        return _written(listed.levels, counts, level)

    def _reference(self, properties: Element | None) -> tuple[str, int]:
        """Return list and level of a paragraph: its own, or those of its style."""
        own = child(properties, "numPr")
        number = value(own, "numId")
        level = whole(value(own, "ilvl"), 0)
        if number is not None:
            return number, level
        style_id = value(properties, "pStyle")
        seen: set[str] = set()
        while style_id and style_id not in seen:
            seen.add(style_id)
            style = self._styles.get(style_id)
            listed = child(child(style, "pPr"), "numPr")
            number = value(listed, "numId")
            if number is not None:
                return number, self._level_of_style(number, style_id, listed, level)
            style_id = value(style, "basedOn")
        return "", 0

    def _level_of_style(
        self, number: str, style_id: str, listed: Element | None, otherwise: int
    ) -> int:
        levels = self._lists[number].levels if number in self._lists else {}
        linked = (at for at, level in levels.items() if level.paragraph_style == style_id)
        return next(linked, whole(value(listed, "ilvl"), otherwise))

    def _read(self, numbering: Element) -> dict[str, _List]:
        abstract = {
            attribute(item, "abstractNumId"): item for item in children(numbering, "abstractNum")
        }
        uses = {
            attribute(item, "numId"): value(item, "abstractNumId") or ""
            for item in children(numbering, "num")
        }
        lists = {}
        for item in children(numbering, "num"):
            number = attribute(item, "numId")
            counter = uses[number]
            # A list may be defined by a style, which names another list.
            style = self._styles.get(value(abstract.get(counter), "numStyleLink") or "")
            linked = value(child(child(style, "pPr"), "numPr"), "numId")
            counter = uses.get(linked or "", counter)
            levels = _levels(abstract.get(counter))
            restarts = {}
            for override in children(item, "lvlOverride"):
                level = whole(attribute(override, "ilvl"), 0)
                levels |= _levels(override)
                start = value(override, "startOverride")
                if start is not None:
                    restarts[level] = whole(start, 1)
            lists[number] = _List(counter, levels, restarts)
        return lists


def _levels(element: Element | None) -> dict[int, _Level]:
    return {
        whole(attribute(item, "ilvl"), 0): _Level(
            start=whole(value(item, "start"), 1),
            style=value(item, "numFmt") or "decimal",
            template=value(item, "lvlText") or "",
            is_plain=is_on(item, "isLgl"),
            paragraph_style=value(item, "pStyle"),
        )
        for item in children(element, "lvl")
    }


def _written(levels: dict[int, _Level], counts: dict[int, int], level: int) -> str:
    """Fill the numbers into the template; a number that ends it is set off from the words."""
    own = levels[level]
    if own.style in {"bullet", "none"}:
        return ""

    def number(place: re.Match[str]) -> str:
        at = int(place[1]) - 1
        if at not in levels:
            return ""
        style = "decimal" if own.is_plain else levels[at].style
        return numeral(counts.get(at, levels[at].start), style)

    text = _PLACE.sub(number, own.template)
    return f"{text} " if text[-1:].isascii() and text[-1:].isalnum() else text


def numeral(count: int, style: str) -> str:
    """Write a number in one of the format's styles; one that is not known here as decimal."""
    if style in _CHINESE and 0 < count < 100:
        digits = _CHINESE[style]
        tens, ones = divmod(count, 10)
        # 11 is 十一 and 21 二十一, but formal numerals say 壹拾壹.
        leading = digits[tens] if tens > 1 or (tens and digits is _LEGAL) else ""
        return leading + (digits[10] if tens else "") + (digits[ones] if ones else "")
    series = _SERIES.get(style, ())
    if 0 < count <= len(series):
        return series[count - 1]
    return f"{count:02}" if style == "decimalZero" else str(count)
