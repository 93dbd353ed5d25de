"""Rectification lists: a workbook for each agency, and one that sums them up on a page."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from checkpoints.export.files import Writer, safe_name, unlike
from checkpoints.export.to_correct import Line, Report
from checkpoints.export.words import word
from checkpoints.export.workbook import A4, lines_of, put, style, workbook
from checkpoints.language import Language, safe

OVERVIEW = "汇总.xlsx"
"""Name of the workbook that sums up, in either language."""

EXTENSION = ".xlsx"
GREY, RED, AMBER = "#F2F2F2", "#C00000", "#9C5700"

_LINE_HEIGHT = 14
_WIDTHS = (6, 9, 30, 24, 46, 24, 6, 18, 12)
_HEADS = (
    *("number", "severity", "place", "problem", "arithmetic", "advice", "page"),
    *("result", "signature"),
)
_LINES_HEADS = (
    *("agency", "region", "year", "severity", "place", "problem", "arithmetic", "advice", "page"),
    *("rule", "file"),
)
_LINES_WIDTHS = (24, 16, 8, 9, 30, 24, 46, 24, 6, 30, 40)
_OVERVIEW_WIDTHS = (6, 36, 24, 8, 10, 10, 42)
_OVERVIEW_HEADS = ("number", "agency", "region", "reports", "error", "warning", "workbook")


def lists(folder: Path, reports: Sequence[Report], language: Language) -> dict[Path, Writer]:
    """The workbooks to write into ``folder``: one for each agency with a line, and the overview."""
    named = _named(reports, language)
    writers: dict[Path, Writer] = {
        folder / name: partial(_write_agency, belonging, language) for name, belonging in named
    }
    writers[folder / OVERVIEW] = partial(_write_overview, reports, named, language)
    return writers


def _named(reports: Sequence[Report], language: Language) -> list[tuple[str, list[Report]]]:
    """File names with the reports of an agency that have lines; equal names tell the region."""
    by_agency: dict[str, list[Report]] = {}
    for report in reports:
        if report.lines:
            by_agency.setdefault(report.key, []).append(report)
    bare = [_agency(belonging[0], language) for belonging in by_agency.values()]
    taken = [Path(OVERVIEW).stem]
    named = []
    for belonging in by_agency.values():
        first = belonging[0]
        name = _agency(first, language)
        if bare.count(name) > 1 or first.agency is None:
            name = f"{name}（{first.region or Path(first.file).stem}）"
        file = unlike(safe_name(name), taken)
        taken.append(file)
        named.append((file + EXTENSION, belonging))
    return named


def _agency(report: Report, language: Language) -> str:
    return safe(report.agency) if report.agency else word("agency_unknown", language)


def _year(report: Report, language: Language) -> str:
    return str(report.report_year) if report.report_year else word("year_unknown", language)


def _write_agency(reports: Sequence[Report], language: Language, path: Path) -> None:
    with workbook(path, word("list_title", language)) as book:
        taken: list[str] = []
        for report in reports:
            name = unlike(_year(report, language), taken)
            taken.append(name)
            _report_sheet(book, book.add_worksheet(name), report, language)


def _report_sheet(book: Workbook, sheet: Worksheet, report: Report, language: Language) -> None:
    """Head with agency, year and file; the lines; what is not among them."""
    plain = style(book, text_wrap=False)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer("&C&P / &N")
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    title = style(book, bold=True, font_size=16, align="center", valign="vcenter")
    sheet.merge_range(0, 0, 0, len(_HEADS) - 1, word("list_title", language), title)
    sheet.set_row(0, 28)
    about = (
        ("agency", _agency(report, language)),
        ("year", _year(report, language)),
        ("file", safe(report.file)),
    )
    colon = "：" if language == "zh" else ": "
    for row, (key, value) in enumerate(about, start=1):
        put(sheet, row, 0, word(key, language) + colon + value, plain)
    top = len(about) + 1
    _heads(book, sheet, top, _HEADS, language)
    sheet.repeat_rows(top)
    sheet.freeze_panes(top + 1, 0)
    cell, middle = style(book, border=1), style(book, border=1, align="center")
    for number, line in enumerate(report.lines, start=1):
        row = top + number
        values = (number, *_shown(line, language), None, None)
        for column, content in enumerate(values):
            put(sheet, row, column, content, middle if column in (0, 6) else cell)
        put(sheet, row, 1, word(line.severity, language), _severity(book, line.severity))
        _fit(sheet, row, values, _WIDTHS)
    notes = [word("disclaimer", language)]
    if report.count_waived:
        notes.insert(0, word("waived", language, n=report.count_waived))
    if report.count_doubtful:
        notes.insert(0, word("left_out", language, n=report.count_doubtful))
    for offset, note in enumerate(notes, start=top + len(report.lines) + 2):
        put(sheet, offset, 0, note, plain)


def _write_overview(
    reports: Sequence[Report],
    named: Sequence[tuple[str, list[Report]]],
    language: Language,
    path: Path,
) -> None:
    with workbook(path, word("overview_title", language)) as book:
        first = book.add_worksheet(word("overview", language))
        _overview_sheet(book, first, reports, named, language)
        _lines_sheet(book, book.add_worksheet(word("lines", language)), named, language)


def _overview_sheet(
    book: Workbook,
    sheet: Worksheet,
    reports: Sequence[Report],
    named: Sequence[tuple[str, list[Report]]],
    language: Language,
) -> None:
    """Agencies and counts; one A4 page in print, however many there are."""
    sheet.set_portrait()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 1)
    sheet.center_horizontally()
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    last = len(_OVERVIEW_HEADS) - 1
    for column, width in enumerate(_OVERVIEW_WIDTHS):
        sheet.set_column(column, column, width)
    title = style(book, bold=True, font_size=16, align="center", valign="vcenter")
    sheet.merge_range(0, 0, 0, last, word("overview_title", language), title)
    sheet.set_row(0, 30)
    _heads(book, sheet, 1, _OVERVIEW_HEADS, language)
    sheet.repeat_rows(1)
    sheet.freeze_panes(2, 0)
    cell = style(book, border=1, valign="vcenter")
    number = style(book, border=1, valign="vcenter", align="center")
    row = 1
    for row, (file, belonging) in enumerate(named, start=2):
        about = belonging[0]
        counts = [sum(report.count(kind) for report in belonging) for kind in ("error", "warning")]
        region = safe(about.region) if about.region else None
        values = (row - 1, _agency(about, language), region, len(belonging), *counts, file)
        for column, value in enumerate(values):
            put(sheet, row, column, value, number if column in (0, 3, 4, 5) else cell)
        _fit(sheet, row, values, _OVERVIEW_WIDTHS)
    bold = style(book, border=1, bold=True, bg_color=GREY)
    sums = style(book, border=1, bold=True, bg_color=GREY, align="center")
    listed = [report for _, belonging in named for report in belonging]
    totals = (len(listed), *(sum(r.count(k) for r in listed) for k in ("error", "warning")))
    for column, total in enumerate((None, word("total", language), None, *totals, None)):
        put(sheet, row + 1, column, total, sums if column in (3, 4, 5) else bold)
    plain = style(book, text_wrap=False, font_size=9)
    for offset, note in enumerate(_notes(reports, language), start=row + 3):
        put(sheet, offset, 0, note, plain)
    wrapped = style(book, font_size=9)
    offset = row + 3 + len(_notes(reports, language))
    sheet.merge_range(offset, 0, offset, last, word("disclaimer", language), wrapped)
    sheet.set_row(offset, 2 * _LINE_HEIGHT)


def _notes(reports: Sequence[Report], language: Language) -> list[str]:
    """What the lists leave out, in words."""
    counts = {
        "sound": sum(not report.lines for report in reports),
        "left_out": sum(report.count_doubtful for report in reports),
        "waived": sum(report.count_waived for report in reports),
    }
    return [word(key, language, n=n) for key, n in counts.items() if n]


def _lines_sheet(
    book: Workbook,
    sheet: Worksheet,
    named: Sequence[tuple[str, list[Report]]],
    language: Language,
) -> None:
    """Every line of every agency, to filter."""
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.freeze_panes(1, 0)
    for column, width in enumerate(_LINES_WIDTHS):
        sheet.set_column(column, column, width)
    _heads(book, sheet, 0, _LINES_HEADS, language)
    cell = style(book, border=1)
    row = 0
    for _, belonging in named:
        for report in belonging:
            about = (
                _agency(report, language),
                safe(report.region) if report.region else None,
                report.report_year,
            )
            for line in report.lines:
                row += 1
                shown = _shown(line, language)
                values = (*about, *shown, line.rule, safe(report.file))
                for column, value in enumerate(values):
                    put(sheet, row, column, value, cell)
                put(sheet, row, 3, shown[0], _severity(book, line.severity))
                _fit(sheet, row, values, _LINES_WIDTHS)
    sheet.autofilter(0, 0, row, len(_LINES_HEADS) - 1)


def _shown(line: Line, language: Language) -> tuple[object, ...]:
    severity = word(line.severity, language)
    return severity, line.place, line.problem, line.arithmetic, line.advice, line.page


def _severity(book: Workbook, severity: str) -> Format:
    colour = RED if severity == "error" else AMBER
    return style(book, border=1, align="center", bold=severity == "error", font_color=colour)


def _heads(
    book: Workbook, sheet: Worksheet, row: int, keys: Sequence[str], language: Language
) -> None:
    shape = style(book, bold=True, border=1, bg_color=GREY, align="center", valign="vcenter")
    for column, key in enumerate(keys):
        put(sheet, row, column, word(key, language), shape)
    sheet.set_row(row, 1.5 * _LINE_HEIGHT)


def _fit(sheet: Worksheet, row: int, values: Sequence[object], widths: Sequence[float]) -> None:
    """Make a row as high as its longest wrapped text."""
    most = max(lines_of(value, width) for value, width in zip(values, widths, strict=True))
    # Excel shows no row higher than 409 points.
    sheet.set_row(row, min(409, _LINE_HEIGHT * most + 2))
