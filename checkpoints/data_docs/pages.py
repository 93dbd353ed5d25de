"""Renderers and views in the shape the site builder of Great Expectations calls for.

A renderer turns what is stored into a document, a view turns the document into a page.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from checkpoints.data_docs import words
from checkpoints.data_docs.documents import SuiteDocument, suite_document
from checkpoints.language import safe_value
from expectations.rules import Language

TEMPLATES = Path(__file__).parent / "templates"


class SuiteRenderer:
    """The document of one stored validation result."""

    def __init__(self, language: Language, most_rows: int) -> None:
        self._language = language
        self._most_rows = most_rows

    def render(self, result: Any) -> SuiteDocument:
        """See :func:`checkpoints.data_docs.documents.suite_document`."""
        return suite_document(result, self._language, self._most_rows)


class IndexRenderer:
    """The documents of all pages with the address of each, in the order they were validated."""

    def __init__(self, language: Language, most_rows: int, data_context: Any) -> None:
        self._suite = SuiteRenderer(language, most_rows)
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
    """A document put into a template. Every text is escaped: autoescape is on for all templates."""

    def __init__(self, template: str, language: Language, most_rows: int) -> None:
        environment = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            finalize=safe_value,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._template = environment.get_template(template)
        self._words = words.PAGE[language]
        self._language = language
        self._most_rows = most_rows

    def render(self, document: Any, **_: Any) -> str:
        """The page; the site builder passes settings of its own pages along, which say nothing."""
        return self._template.render(
            document=document,
            words=self._words,
            language=self._language,
            most_rows=self._most_rows,
        )
