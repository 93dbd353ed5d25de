"""Walk the tree of a web page and collect what it shows: paragraphs and tables."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from selectolax.lexbor import LexborNode

from ingest.table_grid import MOST_NESTED, Source, Table, place, too_deep

MOST_ROWS = 65534
"""Rows that a cell may span, by the HTML standard."""

_Role = Literal[
    "skipped", "inline", "block", "heading", "pre", "article", "banner",
    "table", "group", "row", "widths", "cell", "caption",
]  # fmt: skip
_LINE = "\u2028"
_NEW_LINE = re.compile(r"\r\n|\r|\n")
_BLOCKS = frozenset((
    "address", "blockquote", "body", "center", "dd", "details", "dialog", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "header", "hr", "html", "legend",
    "li", "menu", "ol", "p", "section", "summary", "ul",
))  # fmt: skip
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
# What a browser does not show as text, struck text, and what is for finding one's way on a site.
_SKIPPED = frozenset((
    "script", "style", "template", "noscript", "head", "title", "select", "option", "datalist",
    "button", "iframe", "frameset", "object", "svg", "audio", "video", "canvas", "map", "xml",
    "del", "rt", "rp", "nav", "aside",
))  # fmt: skip
_CHROME_ROLES = frozenset(("navigation", "complementary", "search", "contentinfo"))
# Not visibility: scripts turn that on for whole articles once they have loaded.
_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
_TABLE_PARTS: dict[str, _Role] = {
    "thead": "group", "tbody": "group", "tfoot": "group",
    "tr": "row", "td": "cell", "th": "cell", "caption": "caption",
}  # fmt: skip
_GROUPS = {"thead": 0, "tbody": 1, "tfoot": 2}
_TYPED = frozenset((None, "", "text", "number", "tel"))

_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\u00ad\u200b-\u200f\u2060\ufeff]")
# A line break in the source between two Chinese characters is no space.
_WRAPPED = re.compile(r"(?<=[^\x00-\x7f])[ \t]*[\r\n][ \t\r\n]*(?=[^\x00-\x7f])")
_SPACES = re.compile(r"[ \t\r\n\f\v]+")


@dataclass(frozen=True)
class Page:
    """What a page shows, and the lines of its banner that are no links."""

    blocks: list[str | Table]
    banner: list[str]


class _Flow:
    """Paragraphs and tables of the body, of a cell or of another container."""

    def __init__(self) -> None:
        self.blocks: list[str | Table] = []
        self._runs: list[str] = []

    def text(self, text: str) -> None:
        self._runs.append(text)

    def end_paragraph(self, join_lines: bool = False) -> None:
        """Make paragraphs of the text so far: one for each line, or one of all."""
        if not self._runs:
            return
        lines = "".join(self._runs).split(_LINE)
        self._runs.clear()
        if join_lines:
            lines = ["".join(map(tidy, lines))]
        self.blocks += [line for line in map(tidy, lines) if line]

    def table(self, table: Table) -> None:
        self.end_paragraph()
        if table.slots:
            self.blocks.append(table)


@dataclass
class _Rows:
    """A table in the making: row groups with their place (0 head, 1 body, 2 foot)."""

    groups: list[tuple[int, list[list[Source]]]] = field(default_factory=list)

    def rows(self) -> list[list[Source]]:
        """Return the rows of the group that is open."""
        if not self.groups:
            self.groups.append((1, []))
        return self.groups[-1][1]

    def made(self) -> Table:
        return place(rows for _, rows in sorted(self.groups, key=lambda group: group[0]))


def tidy(text: str) -> str:
    """Collapse white space as a browser does and drop characters that have no width."""
    text = _WRAPPED.sub("", _INVISIBLE.sub("", text))
    return _SPACES.sub(" ", text).strip()


def read_page(root: LexborNode) -> Page:
    """Collect the text of a page. Raises :class:`UnreadableFile` (``too_deep``, ``too_large``)."""
    walk = _Walk()
    node: LexborNode | None = root
    while node is not None:
        child = node.first_child if walk.enter(node) else None
        while child is None and node is not None:
            if node.is_element_node:
                walk.leave()
            child = node.next if node.mem_id != root.mem_id else None
            if child is None:
                node = node.parent if node.mem_id != root.mem_id else None
        node = child
    return walk.page()


class _Walk:
    """Keeps what is open while the tree is walked: elements, and the containers they made."""

    def __init__(self) -> None:
        self._body = _Flow()
        self._banner: list[str] = []
        self._roles: list[_Role] = []
        self._containers: list[_Flow | _Rows] = [self._body]

    def page(self) -> Page:
        """Return what was collected, once the walk is over."""
        self._body.end_paragraph()
        return Page(self._body.blocks, self._banner)

    def enter(self, node: LexborNode) -> bool:
        """Take in a node; tell whether its children are to be walked."""
        flow = self._containers[-1]
        if not node.is_element_node:
            if node.is_text_node and isinstance(flow, _Flow):
                text = node.text_content or ""
                flow.text(_NEW_LINE.sub(_LINE, text) if "pre" in self._roles else text)
            return False
        tag, attributes = node.tag or "", node.attributes
        role = self._role(tag, attributes)
        self._roles.append(role)
        if isinstance(flow, _Rows):
            self._enter_part(flow, role, tag, attributes)
        else:
            self._enter_content(flow, role, tag, attributes)
        return role != "skipped"

    def leave(self) -> None:
        """Close the element that was entered last."""
        role = self._roles.pop()
        container = self._containers[-1]
        if isinstance(container, _Rows):
            if role == "widths" and not any(cell.content for cell in container.rows()[-1]):
                container.rows().pop()
            if role == "table":
                self._containers.pop()
                self._flow().table(container.made())
            return
        if role not in {"inline", "skipped"}:
            container.end_paragraph(join_lines=role == "heading")
        if role in {"cell", "caption", "banner"}:
            self._containers.pop()
        lines = container.blocks
        if role == "caption":
            # The table is still open, and stands in the container below.
            below = self._containers[-2]
            if isinstance(below, _Flow):
                below.blocks += lines
        elif role == "banner":
            self._banner += [line for line in lines if isinstance(line, str)]

    def _role(self, tag: str, attributes: dict[str, str | None]) -> _Role:
        """Say what is to be done with an element."""
        if tag in _SKIPPED or _is_hidden(attributes):
            return "skipped"
        in_rows = isinstance(self._containers[-1], _Rows)
        in_banner = "banner" in self._roles
        if in_rows:
            part = _TABLE_PARTS.get(tag, "skipped")
            return "widths" if part == "row" and attributes.get("height") == "0" else part
        if (tag == "footer" and "article" not in self._roles) or (tag == "a" and in_banner):
            return "skipped"
        is_banner = tag == "header" or attributes.get("role") == "banner"
        if is_banner and not in_banner and "article" not in self._roles:
            return "banner"
        if tag == "table":
            return "table"
        if tag in {"article", "main"}:
            return "article"
        if tag in {"pre", "textarea"}:
            return "pre"
        if tag in _HEADINGS:
            return "heading"
        return "block" if tag in _BLOCKS else "inline"

    def _enter_part(
        self, rows: _Rows, role: _Role, tag: str, attributes: dict[str, str | None]
    ) -> None:
        if role == "group":
            rows.groups.append((_GROUPS[tag], []))
        elif role in {"row", "widths"}:
            rows.rows().append([])
        elif role == "caption":
            self._containers.append(_Flow())
        elif role == "cell":
            flow = _Flow()
            spans = _span(attributes.get("rowspan")), max(1, _span(attributes.get("colspan")))
            rows.rows()[-1].append(Source(*spans, flow.blocks))
            self._containers.append(flow)

    def _enter_content(
        self, flow: _Flow, role: _Role, tag: str, attributes: dict[str, str | None]
    ) -> None:
        if role not in {"inline", "skipped"}:
            flow.end_paragraph()
        if role == "table":
            if self._roles.count("table") > MOST_NESTED:
                raise too_deep()
            self._containers.append(_Rows())
        elif role == "banner":
            self._containers.append(_Flow())
        elif tag == "br":
            flow.text(_LINE)
        elif tag == "input" and attributes.get("type") in _TYPED:
            flow.text(attributes.get("value") or "")

    def _flow(self) -> _Flow:
        flow = self._containers[-1]
        assert isinstance(flow, _Flow), "a table stands in a flow"
        return flow


def _is_hidden(attributes: dict[str, str | None]) -> bool:
    return (
        "hidden" in attributes
        or attributes.get("role") in _CHROME_ROLES
        or bool(_HIDDEN.search(attributes.get("style") or ""))
    )


def _span(value: str | None) -> int:
    """Read a span as HTML does: leading digits count, anything else is 1."""
    digits = re.match(r"\s*\+?([0-9]{1,9})", value or "")
    return min(int(digits[1]), MOST_ROWS) if digits else 1
