"""`gouji explain`: how a report is named, and what is drawn of it."""

from __future__ import annotations

import io
from decimal import Decimal
from pathlib import Path

from rich.console import Console

from checkpoints.exit_codes import ExitCode
from checkpoints.explain import (
    Explained,
    FormCell,
    Found,
    Line,
    Named,
    Suspicion,
)
from checkpoints.form_view import drawn
from checkpoints.language import Language


def cell(column: str, **changes: object) -> FormCell:
    values: dict[str, object] = {
        "form_table": "disputes",
        "indicator": "upheld",
        "breakdown": "reconsideration",
        "row_zh": "行政复议",
        "row_en": "Reconsideration",
        "column_zh": column,
        "column_en": column,
        "unit": "件",
        "value_kind": "count",
        "value": Decimal("10.00000000"),
        "status": "reported",
        "raw_text": "10",
        "read_value": None,
        "resolution": None,
        "confidence": None,
        "page": 4,
        "is_failing": False,
        "suggested": None,
    }
    return FormCell(**{**values, **changes})  # type: ignore[arg-type]


def found(message_zh: str, message_en: str) -> Found:
    return Found(
        *("f", None, "disputes", "total", "reconsideration", "", "", "", ""),
        *(message_zh, message_en, None, None, None, None, (), ()),
    )


def of_balance(*findings: Found) -> Line:
    return Line("g", "balance", "balance.x", "error", True, "两条", "two", findings)


def shown(
    *cells: FormCell,
    lines: tuple[Line, ...] = (),
    suspicions: tuple[Suspicion, ...] = (),
    language: Language = "zh",
    terminal: bool = False,
) -> str:
    report = Named("0123456789abcdef", "松岭县教育局", 2023, "/r/a.txt", True)
    out = io.StringIO()
    console = Console(file=out, width=120, force_terminal=terminal, color_system="auto")
    if terminal:
        console = Console(file=out, width=120, force_terminal=True, color_system="standard")
    console.print(drawn(Explained(report, cells, lines, suspicions), language))
    return out.getvalue()


def test_cells_are_marked_by_signs_not_by_colour_alone() -> None:
    text = shown(
        cell("甲"),
        cell("乙", value=Decimal(0), is_failing=True, suggested=Decimal(11)),
        cell("丙", value=None, status="blank", raw_text=""),
        cell("丁", value=Decimal(3), confidence=0.5),
        cell("戊", value=None, status="not_applicable", raw_text="/"),
        cell("己", value=None, status="missing", raw_text=None),
    )
    assert "\x1b" not in text
    [row] = [line for line in text.splitlines() if "行政复议 " in line and "│" in line]
    assert [part.strip() for part in row.strip("│").split("│")] == [
        *("行政复议", "10", "0✗?11", "□", "3~", "/", "—")
    ]
    assert "（第4页）" in text
    assert "未发现问题" in text


def test_a_terminal_gets_colours_too() -> None:
    assert "\x1b[1;31m✗" in shown(cell("甲", is_failing=True), terminal=True)


def test_findings_come_with_their_parts_and_suspects_with_all_sets() -> None:
    line = of_balance(found("其一", "one"), found("其二", "other"))
    sets = tuple(
        Suspicion("disputes", number, False, 2, True, f"改{number}", f"change {number}")
        for number in (1, 2)
    )
    text = shown(cell("甲"), lines=(line,), suspicions=sets)
    assert "两条 [balance.x]（已说明）\n  其一\n  其二\n" in text
    assert "1. 改1\n2. 改2\n另有其他改法，此处列出2种\n" in text
    english = shown(cell("甲"), lines=(line,), suspicions=sets, language="en")
    assert "two [balance.x] (waived)\n  one\n  other\n" in english
    assert "1. change 1\n2. change 2\n" in english


def test_what_was_not_localised_says_so() -> None:
    nothing = Suspicion("disputes", None, False, 0, True, None, None)
    assert "未能定位" in shown(cell("甲"), suspicions=(nothing,))


def test_text_of_a_report_cannot_command_the_terminal() -> None:
    evil = "\x1b[2J[red]\u202e"
    line = Line("g", "r", "r.x", "error", False, f"说{evil}", f"said {evil}", (found("", ""),))
    text = shown(cell("甲", status="unreadable", value=None, raw_text=evil), lines=(line,))
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "[2J[red]" in text


def test_a_database_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    from tests.acceptance.runs import gouji

    ended = gouji("explain", "x", "--db", tmp_path / "none.duckdb")
    assert (ended.code, ended.out) == (ExitCode.USAGE, "")
    assert not (tmp_path / "none.duckdb").exists()
