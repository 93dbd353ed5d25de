"""Read DOCX files as people see them: merged cells, text boxes, automatic numbers, revisions."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from ingest import html
from ingest.article import with_title
from ingest.document import Document, build
from ingest.layout import flatten, number
from ingest.numbering import Numbering
from ingest.ooxml import (
    Package,
    attribute,
    child,
    damaged,
    encrypted,
    is_on,
    local,
    value,
    whole,
)
from ingest.rejected import UnreadableFile
from ingest.sniff import OLE, kind, require
from ingest.table_grid import MOST_NESTED, Slot, Table, table, too_deep

READER = "docx"
READER_VERSION = "1"

ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
"""Name of the part in which an encrypted file lies inside the old container."""
# Elements around content that show nothing themselves.
_TRANSPARENT = frozenset((
    "bdo", "customXml", "dir", "fldSimple", "hyperlink", "ins", "moveTo", "sdt", "sdtContent",
    "smartTag",
))  # fmt: skip
# Properties, codes, and what a revision has taken out.
_SKIPPED = frozenset((
    "del", "delInstrText", "delText", "instrText", "moveFrom", "pPr", "rPr", "rt", "sdtEndPr",
    "sdtPr", "softHyphen",
))  # fmt: skip
_MARKS = {"tab": " ", "ptab": " ", "cr": "\n", "noBreakHyphen": "-"}
_CHARACTERS = frozenset(("t", "br", "sym", *_MARKS))
_WITH_BOXES = frozenset(("drawing", "pict", "object"))


def read(data: bytes) -> Document:
    """Read the bytes of a ``.docx`` file.

    Raises :class:`UnreadableFile` with reason ``empty``, ``wrong_extension``, ``encrypted``,
    ``damaged``, ``too_large`` or ``too_deep``.
    """
    if data.startswith(OLE) and ENCRYPTED_PACKAGE in data:
        raise encrypted()
    require(data, ("docx",), "docx")
    package = Package(data)
    try:
        body = _Reader(package)
        blocks = list(flatten(body.main()))
        cells, paragraphs = number(with_title(blocks, body.headers()))
    except RecursionError as error:
        raise too_deep() from error
    if not cells and not paragraphs:
        raise UnreadableFile(
            "empty", "Word文档里没有文字（可能只有图片），请提供有文字的文档，或提供PDF。"
        )
    return build(
        data,
        format="docx",
        page_count=None,
        reader=READER,
        reader_version=READER_VERSION,
        cells=cells,
        paragraphs=paragraphs,
    )


class _Reader:
    """Collects paragraphs and tables; numbered paragraphs are counted on the way."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._tables = 0
        styles = package.xml(package.beside("styles.xml"))
        self._numbering = Numbering(package.xml(package.beside("numbering.xml")), styles)

    def main(self) -> list[str | Table]:
        """Return the blocks of the document itself."""
        root = self._package.xml(self._package.main)
        body = child(root, "body")
        if body is None:
            raise damaged()
        return self._blocks(body)

    def headers(self) -> Iterator[str]:
        """Yield the lines that stand at the head of the pages."""
        for name in self._package.headers():
            root = self._package.xml(name)
            if root is not None:
                yield from (block for block in self._blocks(root) if isinstance(block, str))

    def _blocks(self, parent: Element) -> list[str | Table]:
        blocks: list[str | Table] = []
        before = ""
        for item in _shown(parent):
            name = local(item.tag)
            if name == "p":
                text, boxes = self._paragraph(item)
                before += text
                # Where the mark between two paragraphs was deleted, they have become one.
                if not is_on(child(child(item, "pPr"), "rPr"), "del"):
                    blocks += _lines(before)
                    before = ""
                blocks += boxes
            elif name == "tbl":
                blocks += self._table(item)
            elif name == "altChunk":
                blocks += self._web_page(item)
        return [*blocks, *_lines(before)]

    def _paragraph(self, paragraph: Element) -> tuple[str, list[str | Table]]:
        """Return the text of a paragraph, and what stands in text boxes anchored to it."""
        runs: list[str] = []
        boxes: list[str | Table] = []
        # For each field that is open: whether its result has begun; before stands its code.
        fields: list[bool] = []
        self._runs(paragraph, runs, boxes, fields)
        label = self._numbering.label(child(paragraph, "pPr"))
        text = "".join(runs)
        return (label if text.strip() else "") + text, boxes

    def _runs(
        self, parent: Element, runs: list[str], boxes: list[str | Table], fields: list[bool]
    ) -> None:
        if is_on(child(parent, "rPr"), "vanish"):
            return
        for item in _shown(parent):
            name = local(item.tag)
            if name == "fldChar":
                _step(fields, attribute(item, "fldCharType"))
            elif name in _WITH_BOXES:
                for box in _text_boxes(item):
                    boxes += self._blocks(box)
            elif name in _CHARACTERS:
                if all(fields):
                    runs.append(_characters(item, name))
            else:
                self._runs(item, runs, boxes, fields)

    def _table(self, element: Element) -> list[str | Table]:
        """Place the cells: a cell merged into the one above or before is no cell of its own."""
        self._tables += 1
        if self._tables > MOST_NESTED:
            raise too_deep()
        slots: list[Slot] = []
        # By column, the cell that goes on downwards.
        going_on: dict[int, Slot] = {}
        rows = [row for row in _shown(element) if local(row.tag) == "tr"]
        for at, row in enumerate(row for row in rows if not _is_gone(child(row, "trPr"))):
            before: Slot | None = None
            column = whole(value(child(row, "trPr"), "gridBefore"), 0)
            for cell in _shown(row):
                properties = child(cell, "tcPr")
                if local(cell.tag) != "tc" or child(properties, "cellDel") is not None:
                    continue
                span = max(1, whole(value(properties, "gridSpan"), 1))
                above = going_on.get(column)
                is_below = value(properties, "vMerge") in {"", "continue"}
                if before and value(properties, "hMerge") in {"", "continue"}:
                    before.column_span += span
                elif is_below and above and above.row + above.row_span == at:
                    above.row_span += 1
                    before = None
                else:
                    before = Slot(at, column, 1, span, self._blocks(cell))
                    slots.append(before)
                    going_on.pop(column, None)
                    if child(properties, "vMerge") is not None:
                        going_on[column] = before
                column += span
        self._tables -= 1
        return [table(slots)] if slots else []

    def _web_page(self, chunk: Element) -> list[str | Table]:
        """Return a web page that programs have put into the document as it was."""
        related = self._package.related(self._package.main)
        _, name = related.get(attribute(chunk, "id"), ("", ""))
        data = self._package.part(name) or b""
        return html.blocks(data) if kind(data) in {"html", "mht"} else []


def _shown(parent: Element) -> Iterator[Element]:
    """Yield the children of an element without wrappers; of alternatives only the first."""
    for item in parent:
        name = local(item.tag)
        if name in _TRANSPARENT:
            yield from _shown(item)
        elif name == "AlternateContent":
            yield from _shown(item[0]) if len(item) else ()
        elif name not in _SKIPPED:
            yield item


def _text_boxes(parent: Element) -> Iterator[Element]:
    for item in _shown(parent):
        if local(item.tag) == "txbxContent":
            yield item
        else:
            yield from _text_boxes(item)


def _step(fields: list[bool], step: str) -> None:
    """Follow the marks of fields: begin, separate (the result follows), end."""
    if step == "begin":
        fields.append(False)
    elif fields and step == "separate":
        fields[-1] = True
    elif fields:
        fields.pop()


def _is_gone(properties: Element | None) -> bool:
    """Tell a row that a revision has deleted or that is hidden."""
    return child(properties, "del") is not None or is_on(properties, "hidden")


def _characters(item: Element, name: str) -> str:
    """Return what a piece of a run prints; a break of page or column prints nothing."""
    if name == "t":
        return item.text or ""
    if name == "br":
        return "\n" if attribute(item, "type") in {"", "textWrapping"} else ""
    return _symbol(attribute(item, "char")) if name == "sym" else _MARKS[name]


def _symbol(code: str) -> str:
    """Return a character given by number; the private ones are pictures of symbol fonts."""
    try:
        character = chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
    return character if character.isprintable() else ""


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]
