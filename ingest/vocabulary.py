"""The words of the form as readers need them: which label, header or caption a text is."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from rapidfuzz import fuzz

from ingest.wording import compact, normalise

SEEDS = Path(__file__).resolve().parent.parent / "sql" / "seeds"
"""Folder of ``labels.csv``, ``headers.csv`` and ``indicators.csv``."""

LIKE = 82.0
"""Likeness (0 to 100) at which words that differ are taken for a label of the form."""
MARGIN = 6.0
"""Points by which the likest label must lead the next one."""
SHORTEST_LIKE = 5
"""Characters below which likeness proves nothing."""
SHORTEST_BEGINNING = 6
"""Characters below which a beginning of a label must be letter by letter the same."""
LIKE_BEGINNING = 78.0
"""Likeness at which a text is taken for the beginning of a label."""

LONGEST = 60
"""Characters beyond which a text is prose."""

COLUMNS = ("natural_person", "business", "research", "social", "legal", "other_org", "total")
"""Headers over the seven value columns of table 三, from the left."""
RESULTS = ("upheld", "corrected", "other", "pending", "total")
"""Headers over the values of each of the three parts of table 四, from the left."""


_LABEL = re.compile("[\u4e00-\u9fff]([^。；，]|$)$|[\u4e00-\u9fff]$")


class Meaning(NamedTuple):
    """What a text stands for: ``kind`` is row, group, caption or header."""

    form_table: str
    kind: str
    code: str


class _Wording(NamedTuple):
    meaning: Meaning
    full: str
    number: int | None
    body: str


@lru_cache(maxsize=4096)
def meanings(text: str) -> tuple[Meaning, ...]:
    """Return what a printed text may stand for; several where tables share a word (其他, 总计).

    Equal words count first, and among them those under the same number; else the one wording
    that is clearly the likest. Prose and figures mean nothing: ().
    """
    printed = normalise(text)
    if len(printed.body) > LONGEST or not _LABEL.search(printed.body):
        return ()
    same = [entry for entry in _wordings() if entry.body == printed.body]
    agreeing = [entry for entry in same if entry.number == printed.number]
    chosen = agreeing or [entry for entry in same if entry.number is None or printed.number is None]
    if not chosen and len(printed.body) >= SHORTEST_LIKE:
        chosen = _likest(printed.body)
    return tuple(dict.fromkeys(entry.meaning for entry in chosen))


@lru_cache(maxsize=16384)
def may_begin(text: str) -> bool:
    """Tell whether a text may be the beginning of a label or header, with or without number.

    A label may be followed by a note in brackets, which may be of any wording.
    """
    words = compact(text)
    for form in {words, normalise(text).body}:
        if form in _beginnings():
            return True
        for label in _labels_from(len(form) - 2):
            if len(form) >= SHORTEST_BEGINNING and (
                fuzz.ratio(form, label[: len(form)]) >= LIKE_BEGINNING
            ):
                return True
        bracket = form.find("(", 1)
        if bracket > 0 and form[:bracket] in _beginnings() and _is_open(form[bracket:]):
            return True
    return False


@lru_cache(maxsize=4096)
def is_beginning(text: str) -> bool:
    """Tell a text with which, number and all, a label or header begins."""
    return compact(text) in _beginnings()


@lru_cache(maxsize=16384)
def is_wording(text: str) -> bool:
    """Tell a text that is word for word a label or header, with or without its number."""
    return normalise(text).body in _bodies()


@lru_cache(maxsize=1)
def form_widths() -> dict[str, dict[tuple[str, str], int]]:
    """Return by edition how many value cells each row (form_table, code) has.

    Table 四 prints its fifteen cells in one row, which has the table's name for a code.
    """
    widths: dict[str, dict[tuple[str, str], int]] = defaultdict(lambda: defaultdict(int))
    with (SEEDS / "indicators.csv").open(encoding="utf-8-sig", newline="") as lines:
        for line in csv.DictReader(lines):
            form_table = line["form_table"]
            code = form_table if form_table == "disputes" else line["indicator"]
            for edition in line["editions"].split():
                widths[edition][form_table, code] += 1
    return {edition: dict(rows) for edition, rows in widths.items()}


@lru_cache(maxsize=1)
def row_widths() -> dict[tuple[str, str], frozenset[int]]:
    """Return how many value cells each row may have, whatever the edition."""
    widths: dict[tuple[str, str], set[int]] = defaultdict(set)
    for rows in form_widths().values():
        for key, count in rows.items():
            widths[key].add(count)
    return {key: frozenset(values) for key, values in widths.items()}


def _is_open(note: str) -> bool:
    """Tell a bracket that is not closed before the end of the text."""
    return note.count("(") > note[:-1].count(")")


@lru_cache(maxsize=1)
def _bodies() -> frozenset[str]:
    return frozenset(entry.body for entry in _wordings())


@lru_cache(maxsize=1)
def _beginnings() -> frozenset[str]:
    labels = {label for entry in _wordings() for label in (entry.full, entry.body)}
    return frozenset(label[:end] for label in labels for end in range(1, len(label) + 1))


@lru_cache(maxsize=256)
def _labels_from(length: int) -> tuple[str, ...]:
    """Return the labels of at least this length."""
    labels = {label for entry in _wordings() for label in (entry.full, entry.body)}
    return tuple(sorted(label for label in labels if len(label) >= length))


def _likest(body: str) -> list[_Wording]:
    ranked = sorted(
        (
            (fuzz.ratio(body, entry.body), entry)
            for entry in _wordings()
            # Headings of today's sections are like the labels of the statistics table.
            if entry.meaning.form_table != "statistics"
        ),
        key=lambda pair: -pair[0],
    )
    best, entry = ranked[0]
    runner_up = next((score for score, other in ranked if other.meaning != entry.meaning), 0.0)
    return [entry] if best >= LIKE and best - runner_up >= MARGIN else []


@lru_cache(maxsize=1)
def _wordings() -> tuple[_Wording, ...]:
    entries = []
    for name, column in (("labels", "label"), ("headers", "header")):
        with (SEEDS / f"{name}.csv").open(encoding="utf-8-sig", newline="") as lines:
            for line in csv.DictReader(lines):
                kind = line.get("kind", "header")
                words = normalise(line[column])
                entries.append(
                    _Wording(
                        Meaning(line["form_table"], kind, line["code"]),
                        compact(line[column]),
                        words.number,
                        words.body,
                    )
                )
    # Captions differ only in the item of the article they name.
    item = "第二十条第({})项"
    for numeral in "一二三四五六七八九十":
        text = item.format(numeral)
        entries.append(_Wording(Meaning("proactive", "caption", "article_20"), text, None, text))
    return tuple(entries)
