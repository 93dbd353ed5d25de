"""A report drawn in the terminal: the form as it prints its rows, marked; findings and suspects."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from itertools import groupby

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from checkpoints.explain import Explained, FormCell, Suspicion
from checkpoints.language import Language, safe
from checkpoints.numbers import plain
from checkpoints.paths import shown
from checkpoints.wording import say
from ingest.document import LEAST_SURE

FAILING, SUSPECT, LOW, BLANK = "✗", "?", "~", "□"
"""A mark is told by its sign; the colour only repeats it."""

STYLES = {FAILING: "bold red", SUSPECT: "bold yellow", LOW: "cyan", BLANK: "dim"}

TABLES = ("proactive", "applications", "disputes")


MOST_WIDTH = {"zh": 12, "en": 9}
"""Of a column of values; longer headings are folded, so that the labels keep some room."""

WIDTH_OF_A_FILE = 120
"""Columns of what is drawn for no terminal, so that the tables are not squeezed."""


def draw(explained: Explained, language: Language) -> None:
    """Write everything about the report to standard output; without colours to a file or pipe."""
    console = Console(file=sys.stdout, highlight=False, markup=False, emoji=False)
    if not console.is_terminal:
        console.width = max(console.width, WIDTH_OF_A_FILE)
    console.print(drawn(explained, language))


def drawn(explained: Explained, language: Language) -> Group:
    """Everything about the report, in the order: form, findings, suspects."""
    return Group(*_parts(explained, language))


def _parts(explained: Explained, language: Language) -> Iterator[RenderableType]:
    report = explained.report
    agency = safe(report.agency) if report.agency else say("unknown_agency", language)
    year = str(report.report_year) if report.report_year else say("unknown_year", language)
    yield Text(f"{agency} {year}", style="bold")
    yield Text(f"{safe(shown(report.source_path))}  {report.report_id[:12]}")
    if not report.is_current:
        yield Text(say("superseded", language))
    for form_table in TABLES:
        cells = [cell for cell in explained.cells if cell.form_table == form_table]
        if cells:
            yield from _form(form_table, cells, language)
    yield Text(say("marks", language, failing=FAILING, suspect=SUSPECT, low=LOW, blank=BLANK))
    yield Text()
    yield from _findings(explained, language)
    for form_table in TABLES:
        found = [each for each in explained.suspicions if each.form_table == form_table]
        if found:
            yield from _suspects(form_table, found, language)


def _form(
    form_table: str, cells: Sequence[FormCell], language: Language
) -> Iterator[RenderableType]:
    """One table of the form; rows that share their columns stand under one head."""
    zh = language == "zh"
    pages = sorted({cell.page for cell in cells if cell.page is not None})
    title = say(f"table_{form_table}", language)
    if pages:
        title += say("pages", language, pages="、".join(map(str, pages)) if zh else pages[0])
    yield Text()
    yield Text(title, style="bold")
    rows = [list(row) for _, row in groupby(cells, key=lambda cell: cell.row_zh)]

    def heads(row: Sequence[FormCell]) -> tuple[str, ...]:
        return tuple(cell.column_zh if zh else cell.column_en for cell in row)

    for columns, alike in groupby(rows, key=heads):
        table = Table(show_lines=False)
        table.add_column("", overflow="fold")
        for head in columns:
            width = MOST_WIDTH[language]
            table.add_column(Text(head), justify="right", overflow="fold", max_width=width)
        for row in alike:
            label = row[0].row_zh if zh else row[0].row_en
            table.add_row(Text(label), *(_cell(cell) for cell in row))
        yield table


def _cell(cell: FormCell) -> Text:
    """What is printed, then the marks; the suggested value stands behind the mark of a suspect."""
    if cell.status == "reported" and cell.value is not None:
        text = Text(plain(cell.value))
    elif cell.status == "blank":
        text = Text(BLANK, style=STYLES[BLANK])
    elif cell.status in ("missing", "ambiguous"):
        text = Text("—" if cell.status == "missing" else "…")
    else:
        text = Text(safe((cell.raw_text or "").strip()))
    if cell.is_failing:
        text.append(FAILING, style=STYLES[FAILING])
    if cell.suggested is not None:
        text.append(f"{SUSPECT}{plain(cell.suggested)}", style=STYLES[SUSPECT])
    if cell.confidence is not None and cell.confidence < LEAST_SURE:
        text.append(LOW, style=STYLES[LOW])
    return text


def _findings(explained: Explained, language: Language) -> Iterator[Text]:
    zh = language == "zh"
    yield Text(say("findings", language), style="bold")
    if not explained.lines:
        yield Text("✓ " + say("clean", language))
    for line in explained.lines:
        waived = say("is_waived", language) if line.waived else ""
        message = safe(line.message_zh if zh else line.message_en)
        yield Text(f"{message} [{line.rule}]{waived}")
        for part in line.parts:
            yield Text(f"  {safe(part.message_zh if zh else part.message_en)}")


def _suspects(form_table: str, found: Sequence[Suspicion], language: Language) -> Iterator[Text]:
    """Every smallest set on a line of its own."""
    title = f"{say(f'table_{form_table}', language)} · {say('suspects', language)}"
    yield Text()
    yield Text(title, style="bold")
    if found[0].solution_no is None:
        key = "not_localised" if found[0].has_more else "nothing_localised"
        yield Text(say(key, language))
        return
    for number, changes in groupby(found, key=lambda each: each.solution_no):
        words = [each.change_zh if language == "zh" else each.change_en for each in changes]
        joined = say("joint", language).join(safe(each) for each in words if each)
        only = found[0].count_solutions == 1 and not found[0].has_more
        yield Text(joined if only else f"{number}. {joined}")
    if found[0].has_more:
        yield Text(say("more_sets", language, n=found[0].count_solutions))
    yield Text(say("check_suspects", language))
