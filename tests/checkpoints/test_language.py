"""The choice of language, and text made safe for a terminal."""

from __future__ import annotations

import re
import string

import pytest

from checkpoints.language import default_language, safe
from checkpoints.wording import WORDS, say


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "C.UTF-8"}, "zh"),
        ({"LANG": "de_DE.UTF-8"}, "zh"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "en_US.UTF-8"}, "en"),
    ],
)
def test_default_language(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], language: str
) -> None:
    for name in ("LANG", "LC_ALL"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert default_language() == language


@pytest.mark.parametrize(
    "text", ["三、（一）予以公开", "a b", "naïve", "{{7*7}}", "<b>", "😀", "𠮷"]
)
def test_printable_text_stays_as_it_is(text: str) -> None:
    assert safe(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\nb\tc", "a b c"),
        ("a\r\nb", "a b"),
        ("\x1b[31mred\x1b[0m", "[31mred[0m"),
        ("\x9b31m", "31m"),
        ("\x00\x07\x08\x7f", ""),
        ("abc\u202etxt.exe", "abctxt.exe"),
        ("\u2066a\u2069\u200e\u200f", "a"),
        ("a\udcff\ufffe\uffff", "a"),
    ],
)
def test_what_a_terminal_would_obey_is_taken_out(text: str, shown: str) -> None:
    assert safe(text) == shown


@pytest.mark.parametrize("key", WORDS)
def test_both_languages_say_the_same_values(key: str) -> None:
    fields = [
        {field for _, field, _, _ in string.Formatter().parse(text) if field} for text in WORDS[key]
    ]
    assert fields[0] == fields[1]
    values = dict.fromkeys(fields[0], 7)
    assert say(key, "zh", **values)
    assert not re.search(r"[\u3000-\uffef]", say(key, "en", **values))
