"""Chinese or English: the choice, and text from reports made safe for a terminal."""

from __future__ import annotations

import locale
import os
import re
from typing import Literal

Language = Literal["zh", "en"]

# C0 and C1 controls (terminal escapes among them), marks that turn the direction of text, and what
# is no character: neither UTF-8 nor XML can hold it.
_UNSAFE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


def default_language() -> Language:
    """``en`` where the locale says English; otherwise Chinese, the language of the reports."""
    spoken = os.environ.get("LC_ALL") or os.environ.get("LANG") or locale.getlocale()[0] or ""
    return "en" if spoken.lower().startswith("en") else "zh"


def safe_value(value: object) -> object:
    """``value`` as a template may print it: plain text made safe, all else as it is."""
    return safe(value) if type(value) is str else value


def safe(text: str) -> str:
    """``text`` on one line without characters that a terminal or a page would obey."""
    return _UNSAFE.sub("", text.replace("\n", " ").replace("\t", " "))
