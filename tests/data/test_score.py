"""What counts as right, wrong and not read."""

from decimal import Decimal

import pytest

from data.generator.forms import Cell
from data.generator.score import Expected, Reading, judge, table, tally, with_figures

CELL = Cell("fees", "fees", "amount")


@pytest.mark.parametrize(
    ("printed", "reading", "verdict"),
    [
        ("12", Reading("reported", Decimal(12)), "right"),
        ("+2", Reading("reported", Decimal(2)), "right"),
        ("8765.5400", Reading("reported", Decimal("8765.54")), "right"),
        ("251000元", Reading("reported", Decimal(251000)), "right"),
        ("", Reading("blank", None), "right"),
        ("", Reading("missing", None), "right"),
        ("", None, "right"),
        ("12", Reading("reported", Decimal(1)), "wrong"),
        ("12", Reading("blank", None), "wrong"),
        ("-2", Reading("reported", Decimal(2)), "wrong"),
        ("", Reading("reported", Decimal(0)), "wrong"),
        ("12", Reading("missing", None), "not read"),
        ("12", Reading("ambiguous", None), "not read"),
        ("12", None, "not read"),
    ],
)
def test_judge(printed, reading, verdict):
    assert judge(printed, reading) == verdict


def line(file, printed, cell=CELL, is_zero=False):
    return Expected(file, "ruled", "某县某局", 2021, cell, printed, is_zero)


def test_tally_counts_documents_and_cells():
    other = Cell("fees", "fees", "other")
    truth = [
        line("a.pdf", "3"),
        line("a.pdf", "0", other, is_zero=True),
        line("b.pdf", "", is_zero=True),
        line("c.pdf", "7"),
    ]
    names = {"a.pdf": ("某县某局", 2021), "c.pdf": (None, 2021)}
    readings = {
        ("a.pdf", CELL): Reading("reported", Decimal(3)),
        ("a.pdf", other): Reading("reported", Decimal(8)),
        ("c.pdf", CELL): Reading("reported", Decimal(7)),
    }
    [count] = tally(truth, names, readings).values()
    assert (count.files, count.unread) == ({"a.pdf", "b.pdf", "c.pdf"}, {"b.pdf"})
    assert count.misnamed == {"c.pdf"}
    # A blank cell of a file that was not read is not right.
    assert count.cells == {"right": 2, "wrong": 1, "not read": 1}
    assert count.filled == {"right": 2, "wrong": 0, "not read": 0}
    assert not count.is_perfect
    assert [said.partition(" ")[0] for said in count.told(9)] == ["a.pdf", "b.pdf", "c.pdf:"]
    assert count.told(1) == ["a.pdf fees.fees.other: '0' printed, reported 8 read"]


def test_perfect_is_every_cell_of_known_reports():
    truth = [line("a.pdf", "3")]
    readings = {("a.pdf", CELL): Reading("reported", Decimal(3))}
    assert tally(truth, {"a.pdf": ("某县某局", 2021)}, readings)["ruled"].is_perfect
    assert not tally(truth, {"a.pdf": ("某县某局", 2020)}, readings)["ruled"].is_perfect


def test_table_ends_with_the_sum():
    truth = [line("a.pdf", "3"), line("b.pdf", "4")]
    made = tally(truth, {"a.pdf": ("某县某局", 2021)}, {})
    lines = table(made).splitlines()
    assert lines[2].startswith("| ruled | 2 | 1 | 0 | 2 | 0 | 0 | 2 |")
    assert lines[-1].startswith("| all | 2 | 1 | 0 | 2 | 0 | 0 | 2 |")


def test_figures_replace_those_of_before():
    truth = [line("a.pdf", "3")]
    made = tally(truth, {"a.pdf": ("某县某局", 2021)}, {})
    text = with_figures("# Accuracy\n\nWords.\n\n## Figures\n\nold", made)
    assert text == f"# Accuracy\n\nWords.\n\n## Figures\n\n{table(made)}\n"
    more = with_figures(f"{text}\n## More\n\nWords.\n", made)
    assert more == f"{text}\n## More\n\nWords.\n"
    with pytest.raises(ValueError, match="Figures"):
        with_figures("# Accuracy\n", made)
