"""The template engine, and text in both languages."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from checkpoints.language import Language, safe, safe_value
from checkpoints.paths import shown
from checkpoints.site.chart_words import WORDS as CHART_WORDS
from checkpoints.site.words import WORDS as SITE_WORDS
from checkpoints.wording import WORDS

ASSETS = Path(__file__).parent / "assets"

NAVIGATION: Sequence[tuple[str, str]] = (
    ("index.html", "nav_overview"),
    ("rules.html", "nav_rules"),
    ("tables.html", "nav_tables"),
)
"""Pages that every page leads to, and the key of the words for each."""

ALL_WORDS: Mapping[str, tuple[str, str]] = {**WORDS, **SITE_WORDS, **CHART_WORDS}

_LANGUAGES: tuple[Language, ...] = ("zh", "en")


def both(zh: object, en: object) -> Markup:
    """A text in both languages, of which the page shows one; equal texts stand once."""
    if isinstance(zh, str) and isinstance(en, str):
        return _both(zh, en)
    return _beside(_escaped(zh), _escaped(en))


def say(key: str, **values: object) -> Markup:
    """Fixed words in both languages; ``values`` may be what :func:`both` gives."""
    zh, en = ALL_WORDS[key]
    if not values:
        return _both(zh, en)
    return _beside(_filled(zh, values), _filled(en, values))


def told(tell: Callable[..., str], *arguments: object) -> Markup:
    """What a function that takes a language last says in both."""
    zh, en = (tell(*arguments, each) for each in _LANGUAGES)
    return both(zh, en)


def plain(key: str, language: Language, **values: object) -> str:
    """Fixed words in one language, for places that take no markup."""
    zh, en = ALL_WORDS[key]
    return (zh if language == "zh" else en).format(**values)


def attribute(name: str, key: str, language: Language, **values: object) -> Markup:
    """An attribute in ``language``, with both texts beside it for the language switch."""
    zh, en = (plain(key, each, **values) for each in _LANGUAGES)
    return Markup('{0}="{1}" data-zh="{2}" data-en="{3}" data-of="{0}"').format(
        Markup(name), zh if language == "zh" else en, zh, en
    )


def texts(key: str, **values: object) -> Markup:
    """Attributes by which the language switch changes the text of an element without markup."""
    zh, en = (plain(key, each, **values) for each in _LANGUAGES)
    return Markup('data-zh="{}" data-en="{}"').format(zh, en)


@cache
def environment() -> Environment:
    """The environment of all templates; every text is escaped and freed of control characters."""
    found = Environment(
        loader=PackageLoader("checkpoints.site"),
        autoescape=True,
        finalize=safe_value,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters["shown"] = shown
    found.globals |= {
        "both": both,
        "say": say,
        "told": told,
        "plain": plain,
        "attribute": attribute,
        "texts": texts,
    }
    return found


@lru_cache(maxsize=4096)
def _both(zh: str, en: str) -> Markup:
    """As :func:`both`; the words of the form are on every page."""
    return _beside(_escaped(zh), _escaped(en))


def _beside(zh: Markup, en: Markup) -> Markup:
    return zh if zh == en else Markup(f'<span lang="zh">{zh}</span><span lang="en">{en}</span>')


def _escaped(text: object) -> Markup:
    return text if isinstance(text, Markup) else escape(safe(str(text)))


def _filled(words: str, values: Mapping[str, object]) -> Markup:
    return Markup(escape(words)).format(**{name: _escaped(value) for name, value in values.items()})
