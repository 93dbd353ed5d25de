"""A sample is drawn by strata, answers are judged, and the rate has its interval."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from scipy.stats import beta
from xlsxwriter import Workbook

from checkpoints.audit.evidence import Evidence
from checkpoints.audit.sample import AuditRefused, Item, Sample, allocate
from checkpoints.audit.sheet import MARK, Described, read_sheet, write_sheet
from checkpoints.audit.verdict import by_kind, interval, judge, rate


def item(number: int = 1, **changes: Any) -> Item:
    """A cell in which 12 was read."""
    about: dict[str, Any] = {
        "number": number,
        "report_id": "r",
        "form_table": "applications",
        "indicator": "granted",
        "breakdown": "total",
        "kind": "non_zero",
        "stratum": "pdf standard_2021 non_zero",
        "stratum_size": 100,
        "status": "reported",
        "value": Decimal("12.00000000"),
        "unit": "件",
        "raw_text": "12",
    }
    return Item(**{**about, **changes})


AMOUNT = item(value=Decimal("7730.28"), unit="万元", raw_text="77302800元")
BLANK = item(status="blank", value=None, raw_text="")
DASH = item(status="not_applicable", value=None, raw_text="/")
ZERO = item(value=Decimal(0), raw_text="0")


@pytest.mark.parametrize(
    ("answer", "read"),
    [
        *[(answer, item()) for answer in ("√", "对", "Y", "12", "12.0", "１２", "12件", " 12 ")],
        *[(answer, AMOUNT) for answer in ("7730.28", "77302800", "77,302,800", "77302800元")],
        *[(answer, BLANK) for answer in ("空白", "空", "blank", "√")],
        *[(answer, DASH) for answer in ("/", "—", "无")],
        ("0", ZERO),
    ],
)
def test_what_agrees_is_right(answer: str, read: Item) -> None:
    assert judge(answer, read) == "right"


@pytest.mark.parametrize(
    ("answer", "read"),
    [
        *[(answer, item()) for answer in ("×", "错", "x", "13", "0", "空白", "/")],
        *[(answer, BLANK) for answer in ("0", "5", "/", "×")],
        *[(answer, ZERO) for answer in ("空白", "1")],
        ("7730", AMOUNT),
        ("0", DASH),
    ],
)
def test_what_differs_is_wrong(answer: str, read: Item) -> None:
    assert judge(answer, read) == "wrong"


@pytest.mark.parametrize(("answer", "said"), [("", "open"), ("  ", "open"), ("看不清", "unclear")])
def test_what_says_nothing_is_not_judged(answer: str, said: str) -> None:
    assert judge(answer, item()) == said


def test_every_stratum_gets_a_cell_and_none_more_than_it_has() -> None:
    sizes = {"zeros": 10_000, "figures": 400, "few": 2}
    takes = allocate(sizes, 60)
    assert sum(takes.values()) == 60
    # In proportion to the roots, 100 to 20 to 1.4.
    assert takes == {"zeros": 49, "figures": 10, "few": 1}
    assert allocate(sizes, 2) == {"zeros": 1, "figures": 1}
    assert allocate(sizes, 99_999) == sizes


@pytest.mark.parametrize(("wrong", "size"), [(0, 200), (1, 200), (7, 50), (50, 50)])
def test_the_interval_is_that_of_clopper_and_pearson(wrong: int, size: int) -> None:
    low, high = interval(wrong, size)
    assert low == pytest.approx(beta.ppf(0.025, wrong, size - wrong + 1) if wrong else 0)
    assert high == pytest.approx(beta.ppf(0.975, wrong + 1, size - wrong) if wrong < size else 1)


def test_the_rate_of_one_stratum_is_the_plain_share() -> None:
    found = rate([(item(n), n <= 2) for n in range(1, 101)])
    assert (found.count_judged, found.count_wrong) == (100, 2)
    assert found.rate == pytest.approx(0.02)
    assert (found.low, found.high) == pytest.approx(interval(2, 100))


def test_strata_count_by_their_cells() -> None:
    zeros = [(item(n, kind="zero", stratum="zeros", stratum_size=9_900), False) for n in range(50)]
    figures = [(item(n), n < 10) for n in range(50)]
    found = rate(zeros + figures)
    assert found.rate == pytest.approx(0.2 * 100 / 10_000)
    # Fewer cells than 100 speak for the whole, so the interval is wider than theirs would be.
    assert found.high - found.low > interval(0.2, 100)[1] - interval(0.2, 100)[0]
    assert {kind: r.count_wrong for kind, r in by_kind(zeros + figures).items()} == {
        "non_zero": 10,
        "zero": 0,
    }


def test_no_error_does_not_mean_a_rate_without_doubt() -> None:
    found = rate([(item(n), False) for n in range(1, 201)])
    assert (found.rate, found.low) == (0, 0)
    assert found.high == pytest.approx(0.0183, abs=0.0001)


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """A workbook of two cells, as it is drawn."""
    items = (item(1), item(2, status="blank", value=None, raw_text=""))
    path = tmp_path / "audit.xlsx"
    described = {i.number: Described("=局", 2023, "a.txt", "（一）予以公开·总计") for i in items}
    found = {1: Evidence(text="予以公开 | 【12】"), 2: Evidence(is_gone=True)}
    write_sheet(Sample("0123456789abcdef", 7, items), described, found, "zh", path)
    return path


def refilled(
    source: Path, answers: dict[str, str | float], *, order: list[int] | None = None
) -> Path:
    """The workbook as people save it: answers filled in, columns in another order."""
    target = source.with_name("filled.xlsx")
    frame = pl.read_excel(source, sheet_name="audit", has_header=False, infer_schema_length=0)
    mark = pl.read_excel(source, sheet_name=MARK, has_header=False, infer_schema_length=0)
    order = order or list(range(frame.width))
    with Workbook(str(target)) as book:
        for name, rows in (("audit", frame.rows()), (MARK, mark.rows())):
            sheet = book.add_worksheet(name)
            for y, row in enumerate(rows):
                values = list(row)
                if name == "audit":
                    values[8] = answers.get(values[0], values[8])
                    values = [values[place] for place in order]
                for x, value in enumerate(values):
                    sheet.write(y, x, value)
    return target


def test_an_empty_workbook_is_read_back_as_not_filled_in(workbook: Path) -> None:
    assert read_sheet(workbook) == ("0123456789abcdef", {1: "", 2: ""})


def test_the_workbook_says_what_was_read_and_what_is_gone(workbook: Path) -> None:
    frame = pl.read_excel(workbook, sheet_name="audit", has_header=False, infer_schema_length=0)
    _, _, first, second = frame.rows()
    assert first[1] == "=局"
    assert (first[6], first[7]) == ("予以公开 | 【12】", "12")
    assert "原文件已不在原处" in second[6]
    assert second[7] == "（空白）"


@pytest.mark.parametrize("order", [None, [8, 1, 2, 3, 4, 5, 6, 7, 0]])
def test_answers_are_found_by_the_headings(workbook: Path, order: list[int] | None) -> None:
    filled = refilled(workbook, {"1": 13, "2": "空白"}, order=order)
    assert read_sheet(filled) == ("0123456789abcdef", {1: "13", 2: "空白"})


def test_another_workbook_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.xlsx"
    with Workbook(str(other)) as book:
        book.add_worksheet("audit").write(0, 0, "编号")
    text = tmp_path / "text.xlsx"
    text.write_text("no workbook")
    for path in (other, text, tmp_path / "none.xlsx"):
        with pytest.raises(AuditRefused, match=path.name):
            read_sheet(path)


def test_the_order_of_strata_does_not_change_the_shares() -> None:
    sizes = {"a": 50, "b": 50, "c": 500}
    assert Counter(allocate(sizes, 30)) == Counter(allocate(dict(reversed(sizes.items())), 30))
