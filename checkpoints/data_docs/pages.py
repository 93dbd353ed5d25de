"""Renderers and views in the shape the site builder of Great Expectations calls for.

A renderer turns what is stored into a document, a view turns the document into a page.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from checkpoints.data_docs import words
from checkpoints.data_docs.documents import SuiteDocument, suite_document
from checkpoints.language import safe_value
from checkpoints.site.environment import ALL_WORDS, ASSETS, NAVIGATION, both
from expectations.rules import Language

TEMPLATES = Path(__file__).parent / "templates"

SCRIPT = ASSETS / "language.js"


class SuiteRenderer:
    """The document of one stored validation result."""

    def __init__(self, most_rows: int) -> None:
        self._most_rows = most_rows

    def render(self, result: Any) -> SuiteDocument:
        """See :func:`checkpoints.data_docs.documents.suite_document`."""
        return suite_document(result, self._most_rows)


class IndexRenderer:
    """The documents of all pages with the address of each, in the order they were validated."""

    def __init__(self, most_rows: int, data_context: Any) -> None:
        self._suite = SuiteRenderer(most_rows)
        self._context = data_context

    def render(self, links: Mapping[str, Any]) -> list[tuple[str, SuiteDocument]]:
        """``links`` are those the index builder of Great Expectations gathers."""
        paths = {
            link["expectation_suite_name"]: unquote(link["filepath"])
            for link in links.get("validations_links", [])
        }
        store = self._context.validation_results_store
        results = [store.get(key) for key in store.list_keys()]
        order = list(dict.fromkeys(suite.partition(".")[0] for suite in paths))
        results.sort(key=lambda result: order.index(result.suite_name.partition(".")[0]))
        return [(paths[result.suite_name], self._suite.render(result)) for result in results]


class PageView:
    """A document put into a template. Every text is escaped: autoescape is on for all templates.

    Pages lie in folders of their own and carry what they need, so that each opens alone; what makes
    them follow the language switch of the site is its own script, allowed by its digest.
    """

    def __init__(self, template: str, language: Language, most_rows: int) -> None:
        environment = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            finalize=safe_value,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        script = SCRIPT.read_text(encoding="utf-8")
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        environment.globals |= {
            "both": both,
            "say": _say,
            "plain": lambda key: words.PAGE[key][language == "en"],
            "language": language,
            "most_rows": most_rows,
            "navigation": [(path, ALL_WORDS[key]) for path, key in NAVIGATION],
            "script": Markup(script),
            "script_digest": digest,
        }
        self._template = environment.get_template(template)

    def render(self, document: Any, **_: Any) -> str:
        """The page; the site builder passes settings of its own pages along, which say nothing."""
        return self._template.render(document=document)


def _say(key: str, **values: object) -> Markup:
    """Fixed words in both languages."""
    zh, en = words.PAGE[key]
    return both(zh.format(**values), en.format(**values))
