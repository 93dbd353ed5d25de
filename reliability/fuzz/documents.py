"""Sound documents of each format, which are then spoilt."""

from __future__ import annotations

import os
import random
import re
import zlib
from base64 import a85decode
from collections.abc import Callable
from dataclasses import replace
from email.message import EmailMessage
from functools import partial
from io import BytesIO
from pathlib import Path

import PIL.Image

from data.generator.docx import render_docx
from data.generator.html import render_html
from data.generator.layouts import LAYOUTS
from data.generator.pdf import render_pdf
from data.generator.report import Report
from data.generator.scans import Scan, scan_pages
from data.generator.text import render_text
from ingest.document import Document
from ingest.registry import PDF_SOURCES, reader_for
from reliability.reports import report_of

Read = Callable[[bytes], Document]

_EXTENSIONS = {"text": "txt", "picture": "png"}
"""Extension of a format that is not called by its own."""
_PACKED = re.compile(
    rb"/Filter \[ /ASCII85Decode /FlateDecode \] /Length \d+\n>>\nstream\n(.*?)endstream", re.DOTALL
)


def reader(form: str) -> Read:
    """The reader of a format; PDF without the recognition of pages that are pictures."""
    from ingest import pdf

    if form in PDF_SOURCES:
        return partial(pdf.read, source=form)
    return reader_for(f"report.{_EXTENSIONS.get(form, form)}")


def originals(form: str) -> list[bytes]:
    """Documents of a format, generated ones first; the same each time."""
    reports = [report_of(number, seed=1) for number in (0, 3, 6, 9)]
    return _GENERATED[form](reports) + _published(form)


def _published(form: str) -> list[bytes]:
    """Reports under GOUJI_CORPUS in the format, the smallest first."""
    folder = os.environ.get("GOUJI_CORPUS")
    endings = {"pdfium": ("pdf",), "pdfplumber": ("pdf",), "text": ("txt", "md"), "html": ("html",)}
    if not folder:
        return []
    found = [p for ending in endings.get(form, ()) for p in Path(folder).rglob(f"*.{ending}")]
    return [path.read_bytes() for path in sorted(found, key=lambda p: (p.stat().st_size, p.name))]


def _texts(reports: list[Report]) -> list[bytes]:
    made = [LAYOUTS["text"](report, random.Random(n), n).work for n, report in enumerate(reports)]
    return [
        *(work for work in made if isinstance(work, bytes)),
        render_text(reports[0]).encode("gb18030"),
        render_text(reports[1]).encode("utf-16"),
    ]


def _pages(reports: list[Report]) -> list[bytes]:
    return [
        render_html(reports[0], "plain"),
        render_html(reports[1], "wps", "gbk"),
        render_html(reports[2], "nested", title_place="chrome"),
        render_html(reports[3], "split", "utf-16"),
    ]


def _archives(reports: list[Report]) -> list[bytes]:
    """Web archives: as the mail library writes them, in both usual encodings of the page."""
    made = []
    for report, encoding in ((reports[0], "base64"), (reports[1], "quoted-printable")):
        message = EmailMessage()
        message["Subject"] = report.title
        message.make_related()
        page = EmailMessage()
        page.set_content(
            render_html(report).decode(), subtype="html", charset="utf-8", cte=encoding
        )
        message.attach(page)
        made.append(bytes(message))
    return made


def _words(reports: list[Report]) -> list[bytes]:
    return [
        render_docx(reports[0]),
        render_docx(reports[1], "text_box", nested=True),
        render_docx(reports[2], "paragraph", repeat_header=True),
    ]


def _old_words(reports: list[Report]) -> list[bytes]:
    """What lies under ``.doc``: a web page, a DOCX file, and the head of the old container."""
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + b"\xec\xa5" + bytes(2046)
    return [render_html(reports[0], "wps"), render_docx(reports[1]), ole, b"{\\rtf1 2023}"]


def _pdfs(reports: list[Report]) -> list[bytes]:
    """A whole report and single sections, as written and with their content unpacked."""
    short = [replace(reports[n], introduction=(), sections=reports[n].sections[at : at + 1])
             for n, at in ((1, 3), (2, 1), (3, 2))]  # fmt: skip
    small = [render_pdf(report) for report in short]
    return [*map(unpacked, small), *small, unpacked(render_pdf(reports[0]))]


def _pictures(reports: list[Report]) -> list[bytes]:
    """A strip of a page in each kind of picture: a whole page takes the recognition seconds."""
    [page] = scan_pages(render_pdf(reports[0]), Scan(100, seed=1), [0])
    strip = page.crop((60, 60, 460, 200))
    made = []
    for form, mode in (("PNG", "L"), ("JPEG", "RGB"), ("TIFF", "L"), ("PNG", "P"), ("TIFF", "1")):
        target = BytesIO()
        picture: PIL.Image.Image = strip.convert(mode)
        picture.save(target, form, compression="group4" if mode == "1" else None)
        made.append(target.getvalue())
    return made


_GENERATED: dict[str, Callable[[list[Report]], list[bytes]]] = {
    "text": _texts,
    "html": _pages,
    "mht": _archives,
    "docx": _words,
    "doc": _old_words,
    "pdfium": _pdfs,
    "pdfplumber": _pdfs,
    "picture": _pictures,
}
"""Format -> its documents, of four reports; each is read by the reader of its extension."""

FORMATS = tuple(_GENERATED)
"""What is fuzzed; both sources of PDF are readers of their own."""


def unpacked(pdf: bytes) -> bytes:
    """A PDF of ReportLab's with its content as plain text, which can be spoilt as such."""

    def plain(found: re.Match[bytes]) -> bytes:
        content = zlib.decompress(a85decode(found[1].strip().removesuffix(b"~>")))
        return b"/Length %d\n>>\nstream\n%s\nendstream" % (len(content), content)

    return _PACKED.sub(plain, pdf)
