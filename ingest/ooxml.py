"""Open the package of a DOCX file: a ZIP archive of XML parts, none of which is trusted."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from functools import lru_cache
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from ingest.rejected import UnreadableFile

LARGEST_PACKAGE = 200 * 1024 * 1024
"""Bytes of all parts together, unpacked; reports with photographs stay below 50 MiB."""
LARGEST_PART = 32 * 1024 * 1024
"""Bytes of one XML part, unpacked; the text of a report is below 2 MiB."""
MOST_PARTS = 10_000

_ENCRYPTED_FLAG = 1


class Package:
    """The parts of a file by name. Members of the archive are read in memory, never unpacked."""

    def __init__(self, data: bytes) -> None:
        """Open the archive. Raises :class:`UnreadableFile` (damaged, encrypted, too_large)."""
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise damaged() from error
        members = self._archive.infolist()
        if any(member.flag_bits & _ENCRYPTED_FLAG for member in members):
            raise encrypted()
        size = sum(member.file_size for member in members)
        if size > LARGEST_PACKAGE or len(members) > MOST_PARTS:
            raise too_large()
        self._names = {member.filename for member in members}
        self.main = self._main()

    def xml(self, name: str) -> Element | None:
        """Parse a part; None if there is none of that name.

        Raises :class:`UnreadableFile` (``damaged``, ``too_large``). A document type declaration,
        which may define entities, is not allowed in these files and refused.
        """
        data = self.part(name)
        if data is None:
            return None
        parser = ElementTree.XMLParser(target=_Builder())
        try:
            parser.feed(data)
            root: Element = parser.close()
        except (ElementTree.ParseError, LookupError, ValueError) as error:
            # The last two: an encoding that nobody knows, or one of more bytes that is no UTF.
            raise damaged() from error
        return root

    def part(self, name: str) -> bytes | None:
        """Return the bytes of a part; None if there is none. Raises like :meth:`xml`."""
        if name not in self._names:
            return None
        size = self._archive.getinfo(name).file_size
        if size > LARGEST_PART:
            raise too_large()
        try:
            with self._archive.open(name) as part:
                # By its size: without one, all that a lying archive holds would be unpacked.
                return part.read(size)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
            raise damaged() from error

    def beside(self, name: str) -> str:
        """Return the name of a part in the folder of the main one."""
        return posixpath.join(posixpath.dirname(self.main), name)

    def headers(self) -> list[str]:
        """Return the names of the parts with the texts at the head of pages."""
        return sorted(name for name in self._names if name.startswith(self.beside("header")))

    def related(self, source: str) -> dict[str, tuple[str, str]]:
        """Return what a part ("" for the package) refers to: id -> type, name of the part."""
        folder, name = posixpath.split(source)
        root = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        return {
            attribute(item, "Id"): (
                posixpath.basename(attribute(item, "Type")),
                posixpath.normpath(posixpath.join("/", folder, attribute(item, "Target")))[1:],
            )
            for item in (() if root is None else root)
        }

    def _main(self) -> str:
        targets = [name for kind, name in self.related("").values() if kind == "officeDocument"]
        return targets[0] if targets else "word/document.xml"


class _Builder(ElementTree.TreeBuilder):
    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:
        raise damaged()


@lru_cache(maxsize=4096)
def local(tag: str) -> str:
    """Return a name without its namespace: the two dialects of the format differ only there."""
    return tag.rpartition("}")[2]


def attribute(element: Element, name: str) -> str:
    """Return an attribute by its local name, "" if there is none."""
    return next((value for key, value in element.items() if local(key) == name), "")


def child(element: Element | None, name: str) -> Element | None:
    """Return the first child of a local name."""
    return next(children(element, name), None)


def children(element: Element | None, name: str) -> Iterator[Element]:
    """Yield the children of a local name."""
    return (
        (item for item in element if local(item.tag) == name) if element is not None else iter(())
    )


def value(element: Element | None, name: str) -> str | None:
    """Return ``val`` of a child; "" if it has none, None if there is no such child."""
    found = child(element, name)
    return None if found is None else attribute(found, "val")


def is_on(element: Element | None, name: str) -> bool:
    """Tell whether a switch is set: it is there, and not there to turn it off."""
    return value(element, name) not in {None, "0", "false", "off"}


def whole(text: str | None, otherwise: int) -> int:
    """Read a whole number of at most six digits."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 7 else otherwise


def damaged() -> UnreadableFile:
    """Word what cannot be opened."""
    return UnreadableFile("damaged", "Word文档已损坏，请用WPS或Word打开后另存一份再提供。")


def encrypted() -> UnreadableFile:
    """Word a file that asks for a password."""
    return UnreadableFile("encrypted", "Word文档设有打开密码，请去掉密码后另存一份再提供。")


def too_large() -> UnreadableFile:
    """Word a file that would fill the memory."""
    return UnreadableFile(
        "too_large", "Word文档解开后异常地大，不像年度报告，请用WPS或Word另存一份再提供。"
    )
