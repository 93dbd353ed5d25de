"""Every layout a report of the test corpus is published in, and what is drawn within each."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from data.generator import cuts
from data.generator.docx import render_docx
from data.generator.html import ENCODINGS, Style, TitlePlace, render_html
from data.generator.pdf import render_pdf
from data.generator.printing import LAYOUTS as PRINTED
from data.generator.printing import PrintJob, print_job
from data.generator.report import Printed, Report
from data.generator.scans import RED_COPIED, Corner, Scan
from data.generator.text import render_text


@dataclass(frozen=True)
class ByOffice:
    """A DOCX file that LibreOffice prints."""

    docx: bytes


@dataclass(frozen=True)
class ByScanner:
    """A report that is printed, by Chromium or already, and then scanned."""

    source: PrintJob | bytes
    scan: Scan


Work = bytes | PrintJob | ByOffice | ByScanner


@dataclass(frozen=True)
class Published:
    """A report in one layout: its file's suffix, its cells as printed, and its bytes or how to
    come by them.
    """

    suffix: str
    printed: Printed
    work: Work


Layout = Callable[[Report, random.Random, int], Published]


def _text(report: Report, dice: random.Random, number: int) -> Published:
    separator, alignment, suffix = (
        ("tabs", "grid", "txt"),
        ("tabs", "ragged", "txt"),
        ("pipes", "grid", "md"),
        ("pipes", "ragged", "md"),
    )[number % 4]
    text = render_text(report, separator, alignment)  # type: ignore[arg-type]
    return Published(suffix, report.printed, text.encode())


def _html(style: Style) -> Layout:
    def layout(report: Report, dice: random.Random, number: int) -> Published:
        report = _sometimes_blank(report, dice)
        place: TitlePlace = "article"
        if style == "nested":
            place = dice.choice(("article", "chrome", "head"))
        page = render_html(
            report, style, ENCODINGS[number % len(ENCODINGS)], place, seed=dice.getrandbits(30)
        )
        return Published(dice.choice(("html", "htm")), report.printed, page)

    return layout


def _docx(nested: bool) -> Layout:
    def layout(report: Report, dice: random.Random, number: int) -> Published:
        report = _sometimes_blank(report, dice)
        title = dice.choice(("paragraph", "text_box") if nested else ("heading", "paragraph"))
        return Published("docx", report.printed, _docx_file(report, dice, title, nested))

    return layout


def _docx_file(report: Report, dice: random.Random, title: str, nested: bool) -> bytes:
    return render_docx(
        report,
        title,  # type: ignore[arg-type]
        nested,
        borders=dice.random() < 0.8,
        repeat_header=dice.random() < 0.5,
    )


def _office(report: Report, dice: random.Random, number: int) -> Published:
    report = _sometimes_blank(report, dice)
    title = dice.choice(("heading", "paragraph", "text_box"))
    return Published("pdf", report.printed, ByOffice(_docx_file(report, dice, title, nested=False)))


def _platypus(report: Report, dice: random.Random, number: int) -> Published:
    report = _sometimes_blank(report, dice)
    return Published("pdf", report.printed, render_pdf(report))


def _printed(layout: str) -> Layout:
    def published(report: Report, dice: random.Random, number: int) -> Published:
        if layout in ("ruled", "split", "landscape"):
            report = _sometimes_blank(report, dice)
        job = print_job(layout, report, dice.getrandbits(30))
        return Published("pdf", job.report.printed, job)

    return published


def _dense(report: Report, dice: random.Random, number: int) -> Published:
    return _printed(("ruled", "borderless")[number % 2])(report, dice, number)


def _scan(report: Report, dice: random.Random, number: int) -> Published:
    job = print_job("ruled", report, dice.getrandbits(30))
    scan = (
        Scan(200, skew=1.0, noise=4.0, stamp="bottom_right", red=True, seed=number),
        Scan(150, skew=-1.0, seed=number),
        Scan(200, bilevel=True, skew=0.4, noise=6.0, seed=number),
        Scan(300, skew=2.5, noise=8.0, stamp="top_left", seed=number),
    )[number % 4]
    suffix = ("pdf", "tiff")[number // 4 % 2]
    return Published(suffix, job.report.printed, ByScanner(job, scan))


def _copied(scan: Scan, stamps: Sequence[Corner] = ()) -> Layout:
    """Scan a report printed in one of four ways; skew and noise of ``scan`` are one way each."""

    def layout(report: Report, dice: random.Random, number: int) -> Published:
        printed = ("ruled", "split", "", "landscape")[number % 4]
        source: PrintJob | bytes = render_pdf(report)
        if printed:
            job = print_job(printed, report, dice.getrandbits(30))
            source = replace(job, look=replace(job.look, lines="all"))
        scanned = replace(
            scan,
            skew=scan.skew * (1, -1)[number % 2],
            stamp=stamps[number % len(stamps)] if stamps else None,
            seed=number,
        )
        return Published("pdf", report.printed, ByScanner(source, scanned))

    return layout


def _sometimes_blank(report: Report, dice: random.Random) -> Report:
    """Print the zeros of one report in four blank."""
    return cuts.blank_zeros(report) if dice.random() < 0.25 else report


LAYOUTS: Mapping[str, Layout] = {
    "text": _text,
    "html_plain": _html("plain"),
    "html_wps": _html("wps"),
    "html_nested": _html("nested"),
    "html_split": _html("split"),
    "docx": _docx(nested=False),
    "docx_nested": _docx(nested=True),
    "pdf_platypus": _platypus,
    **{f"pdf_{name}": _printed(name) for name in PRINTED},
    "pdf_dense": _dense,
    "pdf_office": _office,
}
"""Layout -> function of a report, dice and the report's number within the layout."""

SCAN = "scan"
SCAN_LAYOUT: Layout = _scan

STAMPED: tuple[Corner, ...] = ("bottom_right", "top_left", "top_right", "bottom_left")
GREY = Scan(150, skew=1.0, noise=4.0, inset=40.0, ink=RED_COPIED)
BILEVEL = Scan(200, bilevel=True, skew=0.5, noise=6.0, inset=40.0, ink=RED_COPIED)

SCAN_KINDS: Mapping[str, Layout] = {
    "scan_grey": _copied(GREY),
    "scan_bilevel": _copied(BILEVEL),
    "scan_grey_stamp": _copied(GREY, STAMPED),
    "scan_bilevel_stamp": _copied(BILEVEL, STAMPED),
}
"""Scans whose accuracy is measured: plain, and with a stamp over a corner of every page that a
copy has made as grey, or as black, as print."""
