"""How often error localisation names the wrong cell: ``python -m data.generator.localising``.

Figures of generated reports, whose relations all hold; some cells are misprinted as people misprint
them; the localisation gets the figures alone. What counts is whether the planted cells with their
true values are among the smallest sets, are the likeliest, and are the only one.
"""

from __future__ import annotations

import argparse
import csv
import random
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from data.generator.draws import Style, draw
from data.generator.forms import EDITIONS, SEED, Cell, row_key
from sql.localisation.rows import NOT_LOCALISED, Suspect, Term, suspects
from sql.localisation.search import Limits

RELATIONS = SEED.with_name("relations.csv")
HEADING = "\n## Which cell is wrong\n"
TABLE = "\n| figures |"
END = "\n## "


class Case(NamedTuple):
    """Reports of a style with so many wrong cells in one table."""

    style: Style
    form_table: str
    wrong: int


STYLES: tuple[Style, ...] = ("dense", "busy", "sparse")
CASES = tuple(
    Case(style, form_table, wrong)
    for style in STYLES
    for form_table, wrong in (("applications", 1), ("applications", 2), ("disputes", 1))
)


@dataclass
class Score:
    """What was counted of one case; ``seconds`` of each draw, in any order."""

    draws: int = 0
    unnoticed: int = 0
    among: int = 0
    first: int = 0
    only: int = 0
    not_localised: int = 0
    most_sets: int = 0
    seconds: list[float] = field(default_factory=list)

    def share(self, count: int) -> float:
        """The share of a count among the draws in which a relation fails."""
        return count / max(1, self.draws - self.unnoticed)


def terms(figures: Mapping[Cell, int], form_table: str, report_id: str = "report") -> list[Term]:
    """What the database hands over for one table of a report that prints these figures."""
    relations = _relations(form_table)
    results = {
        (line["members_in"], line["member"]) for line in relations if line["is_result"] == "true"
    }
    lines: dict[tuple[str, str], list[Cell]] = {}
    for cell in figures:
        if cell.form_table == form_table:
            lines.setdefault(row_key(cell), []).append(cell)
    return [
        Term(
            *(report_id, form_table, rule, subject, cell.indicator, cell.breakdown, sign),
            *(Decimal(figures[cell]), line_no, place, 0),
            any(pair in results for pair in _codes(cell).items()),
        )
        for line_no, cells in enumerate(lines.values(), start=1)
        for place, cell in enumerate(cells, start=1)
        for rule, subject, sign in _relations_of(cell, relations)
    ]


def _relations(form_table: str) -> list[dict[str, str]]:
    with Path(RELATIONS).open(encoding="utf-8", newline="") as lines:
        return [line for line in csv.DictReader(lines) if line["form_table"] == form_table]


def _codes(cell: Cell) -> dict[str, str]:
    """The codes by which relations name a cell: members are rows, or columns."""
    if cell.form_table == "disputes":
        return {"rows": cell.breakdown, "columns": cell.indicator}
    return {"rows": cell.indicator, "columns": cell.breakdown}


def _relations_of(
    cell: Cell, relations: Sequence[dict[str, str]]
) -> Iterator[tuple[str, str, int]]:
    codes = _codes(cell)
    for line in relations:
        if codes[line["members_in"]] == line["member"]:
            subject = codes["columns" if line["members_in"] == "rows" else "rows"]
            sign = int(line["sign"]) * (1 if line["side"] == "left" else -1)
            yield line["rule"], subject, sign


def misprint(dice: random.Random, value: int) -> int:
    """Another number, as a slip of the pen makes it: digits, one more or less, or anything."""
    digits = list(str(value))
    at = dice.randrange(len(digits))
    while True:
        wrong = list(digits)
        match dice.randrange(6):
            case 0:  # two digits transposed
                other = dice.randrange(len(digits))
                wrong[at], wrong[other] = wrong[other], wrong[at]
            case 1:
                wrong[at] = str(dice.randrange(10))
            case 2:  # one lost
                del wrong[at]
            case 3:
                wrong.insert(at, str(dice.randrange(10)))
            case 4:
                wrong = list(str(max(0, value + dice.choice((-1, 1)))))
            case _:
                wrong = list(str(dice.randrange(10 ** len(digits))))
        if int("".join(wrong) or "0") != value:
            return int("".join(wrong) or "0")


def score(case: Case, draws: int, seed: int, limits: Limits) -> Score:
    """Plant and localise; the same arguments give the same counts, times apart."""
    count = Score(draws)
    for number in range(draws):
        dice = random.Random(f"{case}/{seed}/{number}")
        true = draw(dice.choice(EDITIONS), seed * draws + number, case.style)
        figures = {c: int(v) for c, v in true.items() if c.form_table == case.form_table}
        planted = dice.sample(list(figures), case.wrong)
        right = {cell: figures[cell] for cell in planted}
        printed = figures | {cell: misprint(dice, figures[cell]) for cell in planted}
        start = time.perf_counter()
        found = list(suspects(terms(printed, case.form_table), limits))
        count.seconds.append(time.perf_counter() - start)
        _count(count, found, case.form_table, right)
    return count


def _count(count: Score, found: Sequence[Suspect], form_table: str, right: dict[Cell, int]) -> None:
    sets: dict[int, dict[Cell, int]] = {}
    for each in found:
        if each.solution_no is not None and each.suggested_value is not None:
            cell = Cell(form_table, str(each.indicator), str(each.breakdown))
            sets.setdefault(each.solution_no, {})[cell] = int(each.suggested_value)
    count.unnoticed += not found
    count.not_localised += any(each.kind == NOT_LOCALISED for each in found)
    count.among += right in sets.values()
    count.first += sets.get(1) == right
    count.only += list(sets.values()) == [right]
    count.most_sets = max(count.most_sets, len(sets))


def table(scores: dict[Case, Score]) -> str:
    """The counts as a Markdown table, one row for each case."""
    head = (
        *("figures", "table", "wrong cells", "draws", "unnoticed", "among the sets", "first"),
        *("the only one", "not localised", "most sets", "median s", "slowest s"),
    )
    rows = [
        (
            *(case.style, "3" if case.form_table == "applications" else "4", str(case.wrong)),
            *(str(count.draws), str(count.unnoticed)),
            *(f"{100 * count.share(n):.1f} %" for n in (count.among, count.first, count.only)),
            *(str(count.not_localised), str(count.most_sets)),
            *(f"{sorted(count.seconds)[len(count.seconds) // 2]:.3f}", f"{max(count.seconds):.3f}"),
        )
        for case, count in scores.items()
    ]
    lines = [head, ("---", *("--:" for _ in head[1:])), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def with_table(text: str, made: str, title: str = HEADING, table: str = TABLE) -> str:
    """Put a table at the end of its section, whose first cell ``table`` ends with.

    Raises ValueError where there is no such section.
    """
    before, heading, rest = text.partition(title)
    section, end, after = rest.partition(END)
    if not heading:
        raise ValueError(f"no heading {title.strip()!r}")
    words = section.partition(table)[0].rstrip()
    return f"{before}{heading}{words}\n\n{made}\n{end}{after}"


def main() -> None:
    """Read the command line, print the table."""
    parser = argparse.ArgumentParser(
        prog="python -m data.generator.localising",
        description="Misprint cells of generated reports and count how often they are named.",
        epilog="example: python -m data.generator.localising --draws 300",
    )
    parser.add_argument("--draws", type=int, default=300, help="reports of each kind")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=Limits.seconds, help="for each report")
    parser.add_argument(
        "--write", type=Path, metavar="FILE", help="put the table into FILE, under its heading"
    )
    asked = parser.parse_args()
    limits = Limits(seconds=asked.seconds)
    scores = {case: score(case, asked.draws, asked.seed, limits) for case in CASES}
    made = table(scores)
    print(made)
    if asked.write:
        text = asked.write.read_text(encoding="utf-8")
        asked.write.write_text(with_table(text, made), encoding="utf-8")


if __name__ == "__main__":
    main()
