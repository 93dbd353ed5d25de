"""Read web pages, also those saved as one file (.mht), by the tables' own grid."""

from __future__ import annotations

import re
from collections import Counter

import selectolax
from selectolax.lexbor import LexborHTMLParser

from ingest.article import parts, without_chrome
from ingest.document import Document, build
from ingest.encoding import decode
from ingest.layout import flatten, number
from ingest.mht import page_of
from ingest.page import Page, read_page
from ingest.rejected import UnreadableFile
from ingest.sniff import NAMES, kind, require
from ingest.table_grid import Table, too_deep

READER = "html"
READER_VERSION = f"1+selectolax-{selectolax.__version__}"

TOLERANCE = 0.002
"""Share of broken characters that a page may have: sites cut summaries within a character."""
LARGEST_PAGE = 32 * 1024 * 1024
"""Bytes of markup that are read; real pages stay below one megabyte."""
MOST_WORK = 200_000_000
"""Tags times open elements, which the parser's time grows with; about three seconds."""
MOST_COPIES = 5_000_000
"""Tags times open elements of formatting, which the parser repeats in every paragraph."""

_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)")
# Elements that have no end tag, or whose end tag may be left out.
_ENDLESS = frozenset((
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param",
    "source", "track", "wbr", "p", "li", "dt", "dd", "option", "optgroup", "colgroup", "thead",
    "tbody", "tfoot", "tr", "td", "th", "rb", "rt", "rp", "html", "head", "body",
))  # fmt: skip
_FORMATTING = frozenset((
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt",
    "u",
))  # fmt: skip
_TAGS_AT_A_TIME = 10_000
_TITLE_METAS = ("articletitle", "og:title")


def read(data: bytes) -> Document:
    """Read the bytes of a ``.html``, ``.htm``, ``.mht`` or ``.mhtml`` file.

    Raises :class:`UnreadableFile` with reason ``empty``, ``wrong_extension``, ``undecodable``,
    ``too_deep``, ``too_large`` or ``damaged``.
    """
    require(data, ("html", "mht", None), "html")
    page, head_titles = _parse(data)
    shown = without_chrome(list(flatten(page.blocks)), [*page.banner, *head_titles])
    cells, paragraphs = number(shown)
    if not cells and not paragraphs:
        raise UnreadableFile(
            "empty", "网页里没有文字（可能由脚本生成），请在浏览器中打开后打印为PDF或复制为文本。"
        )
    return build(
        data,
        format="html",
        page_count=None,
        reader=READER,
        reader_version=READER_VERSION,
        cells=cells,
        paragraphs=paragraphs,
    )


def blocks(data: bytes) -> list[str | Table]:
    """Return what a page shows, as :func:`read` sees it before layout is taken off.

    For pages that are part of another document. Raises like :func:`read`.
    """
    return _parse(data)[0].blocks


def _parse(data: bytes) -> tuple[Page, list[str]]:
    """Return what the page shows, and the titles that its head gives."""
    if kind(data) == "mht":
        data = page_of(data)
    if len(data) > LARGEST_PAGE:
        raise UnreadableFile(
            "too_large", "网页异常地大，不像年度报告，请在浏览器中打开后打印为PDF再提供。"
        )
    text = decode(data, TOLERANCE)
    if kind(data) is None and _TAG.search(text) is None:
        # As a page, the lines of its tables would run into each other.
        raise UnreadableFile(
            "wrong_extension", f"文件扩展名是html，内容却是{NAMES['txt']}，请把扩展名改为txt。"
        )
    _require_bounded(text)
    tree = LexborHTMLParser(text)
    if tree.root is None:
        return Page([], []), []
    metas = [
        node.attributes.get("content") or ""
        for node in tree.css("meta")
        if (node.attributes.get("name") or node.attributes.get("property") or "").lower()
        in _TITLE_METAS
    ]
    titles = [part for node in tree.css("head title") for part in parts(node.text())]
    return read_page(tree.root), [*metas, *titles]


def _require_bounded(text: str) -> None:
    """Refuse nesting at which the parser's time or memory would grow with its square."""
    depth: Counter[str] = Counter()
    deepest: Counter[str] = Counter()
    tags = 0
    for match in _TAG.finditer(text):
        tags += 1
        if tags % _TAGS_AT_A_TIME == 0:
            _require_little_work(tags, deepest)
        name = match[2].lower()
        if name in _ENDLESS:
            continue
        depth[name] = max(0, depth[name] + (-1 if match[1] else 1))
        deepest[name] = max(deepest[name], depth[name])
    _require_little_work(tags, deepest)


def _require_little_work(tags: int, deepest: Counter[str]) -> None:
    formatting = sum(deepest[name] for name in _FORMATTING)
    if tags * deepest.total() > MOST_WORK or tags * formatting > MOST_COPIES:
        raise too_deep()
