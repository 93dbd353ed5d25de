"""Random figures of one report: plausible for a bureau, or dense for finding misplaced values."""

from __future__ import annotations

import random
from collections.abc import Collection
from decimal import Decimal
from typing import Literal

from data.generator.figures import Figures, Number, complete
from data.generator.forms import APPLICANTS, CHANNELS, RESULTS, Cell, form_cells, outcome_rows

Style = Literal["sparse", "busy", "dense"]

# Two equal figures in a dense set come only from a sum that meets another figure, which is rare.
MAX_DRAWS = 50
# How often a sparse report has an outcome at all: most have a few common ones and no others.
COMMON = {
    "granted": 0.7,
    "partly_granted": 0.35,
    "unavailable_not_held": 0.4,
    "rejected_petition": 0.25,
    "carried_out": 0.3,
}
RARE = 0.06
# Share of sparse reports of a year without any application.
QUIET = 0.25


def draw(
    edition: str,
    seed: int,
    style: Style = "sparse",
    single_other_row: bool = False,
    last_year: Figures | None = None,
) -> dict[Cell, Number]:
    """Draw a consistent set of figures; the same arguments always give the same figures.

    ``sparse`` is a bureau with few applications, ``busy`` a government with many, ``dense`` has no
    0 and no figure twice (up to eight digits), so that a misplaced value is always noticed. With
    ``last_year`` the stocks carry over: 四 to 二, 现行有效件数, 上一年项目数量, 对外公开总数量.

    Raises ValueError for an unknown edition, RuntimeError if a dense set cannot be drawn.
    """
    before = last_year or {}
    rows = outcome_rows(spec.cell for spec in form_cells(edition, single_other_row))
    for attempt in range(MAX_DRAWS):
        dice = _Dice(f"{edition}/{seed}/{style}/{single_other_row}/{attempt}", style, before)
        quiet = style == "sparse" and dice.random() < QUIET
        free: dict[Cell, Number] = {}
        for spec in form_cells(edition):
            if spec.cell.form_table == "proactive" and spec.cell not in free:
                free |= _proactive_row(dice, edition, spec.cell.indicator, before)
        for column in APPLICANTS:
            free |= _applicant_column(dice, rows, column, before, quiet)
        free |= _disputes(dice)
        figures = complete(edition, free, single_other_row)
        if style != "dense" or (_are_dense(figures.values()) and _are_dense(_handed_on(figures))):
            return figures
    raise RuntimeError(f"no distinct figures in {MAX_DRAWS} draws for seed {seed}")


def _are_dense(values: Collection[Number]) -> bool:
    """Whether none is 0 and none comes twice."""
    return 0 not in values and len(set(values)) == len(values)


def _handed_on(figures: Figures) -> list[Number]:
    """The figures of a year that the next one prints whatever else it draws."""
    return [
        value + figures.get(cell._replace(breakdown="change"), 0)
        for cell, value in figures.items()
        if cell.indicator == "carried_out" or cell.breakdown == "prior_items"
    ]


class _Dice(random.Random):
    """Random counts of a style; in a dense set none comes twice, nor one of last year's."""

    def __init__(self, seed: str, style: Style, last_year: Figures) -> None:
        super().__init__(seed)
        self.style = style
        self._used: set[Number] = set(last_year.values())

    def pick(self, sparse: float, busy: float, dense: float) -> float:
        """Return the one of three settings that belongs to the style."""
        return {"sparse": sparse, "busy": busy, "dense": dense}[self.style]

    def chance(self, sparse: float, busy: float) -> bool:
        """Decide whether a figure is other than 0; in a dense set it always is."""
        return self.random() < self.pick(sparse, busy, 1)

    def count(self, sparse: int, busy: int, dense: int) -> int:
        """Return a positive count of at most so many digits; short ones are as likely as long."""
        digits = int(self.pick(sparse, busy, dense))
        while True:
            size = self.randint(2 if self.style == "dense" else 1, digits)
            value = self.randint(10 ** (size - 1), 10**size - 1)
            if self.style != "dense" or value not in self._used:
                self._used.add(value)
                return value


def _applicant_column(
    dice: _Dice, outcomes: tuple[str, ...], column: str, last_year: Figures, quiet: bool
) -> dict[Cell, Number]:
    """Draw the free cells of one column of table 三; in a quiet year nothing new came in."""
    # Nearly all applicants of a small bureau are natural persons.
    share = 1.0 if column == "natural_person" else dice.pick(0.06, 0.35, 1)
    free = dict.fromkeys((*outcomes, "carried_out"), 0)
    for row in free:
        often = share * COMMON.get(row, RARE)
        if not quiet and dice.chance(often, min(1.0, 2 * often)):
            free[row] = dice.count(1, 2, 5)
    handled = sum(free.values())
    if last_year:
        carried_in = int(last_year.get(Cell("applications", "carried_out", column), 0))
    else:
        most = handled if dice.style == "dense" else handled // 5
        carried_in = dice.randint(1, most) if most and dice.chance(0.3, 0.5) else 0
    # What was carried in must have been closed or carried on; a dense 一 is not 0 either.
    free["granted"] += max(0, carried_in - handled + (dice.style == "dense"))
    free["carried_in"] = carried_in
    return {Cell("applications", row, column): value for row, value in free.items()}


def _disputes(dice: _Dice) -> dict[Cell, Number]:
    return {
        Cell("disputes", result, channel): dice.count(1, 2, 6) if dice.chance(0.12, 0.6) else 0
        for channel in CHANNELS
        for result in RESULTS
    }


def _proactive_row(
    dice: _Dice, edition: str, indicator: str, last_year: Figures
) -> dict[Cell, Number]:
    """Draw one row of table 二 with its stocks carried over from last year."""
    breakdowns = [
        spec.cell.breakdown
        for spec in form_cells(edition)
        if spec.cell.form_table == "proactive" and spec.cell.indicator == indicator
    ]
    # A bureau issues no 规章.
    if indicator == "regulations" and dice.style != "dense":
        return {Cell("proactive", indicator, breakdown): 0 for breakdown in breakdowns}

    def stock(breakdown: str, sparse: int, busy: int, dense: int) -> int:
        last = last_year.get(Cell("proactive", indicator, breakdown))
        return dice.count(sparse, busy, dense) if last is None else int(last)

    row: dict[str, Number] = {}
    if "in_force" in breakdowns:
        before, issued = stock("in_force", 2, 3, 5), dice.count(1, 2, 4)
        repealed = dice.count(1, 1, 4) if dice.chance(0.3, 0.7) else 0
        row |= {"issued": issued, "repealed": min(repealed, before + issued - 1)}
        row["in_force"] = before + issued - row["repealed"]
    if "disclosed_total" in breakdowns:
        before, disclosed = stock("disclosed_total", 2, 3, 5), dice.count(1, 2, 4)
        row |= {"made": disclosed + dice.count(1, 1, 3), "disclosed": disclosed}
        row["disclosed_total"] = before + disclosed
    if "prior_items" in breakdowns:
        items = stock("prior_items", 2, 3, 5) + int(
            last_year.get(Cell("proactive", indicator, "change"), 0)
        )
        change = dice.choice((-1, 1)) * dice.count(1, 2, 4) if dice.chance(0.6, 0.8) else 0
        row |= {"prior_items": items, "change": change if items + change >= 0 else -change}
    if "decisions" in breakdowns:
        row["decisions"] = dice.count(3, 4, 8) if dice.chance(0.5, 1) else 0
    if "items" in breakdowns:
        row["items"] = dice.count(1, 2, 4)
    if "amount" in breakdowns:
        row["amount"] = _amount(dice, edition) if dice.chance(0.7, 1) else 0
    return {Cell("proactive", indicator, breakdown): row[breakdown] for breakdown in breakdowns}


def _amount(dice: _Dice, edition: str) -> Decimal:
    """Draw an amount: procurement (trial form) in 元, fees (later forms) in 万元 to 4 places."""
    if edition == "trial_2019":
        places = dice.choice((0, 2))
        digits = int(dice.pick(6, 7, 8))
    else:
        places = 4 if edition == "decimal_2021" else dice.choice((0, 1, 2, 4))
        digits = int(dice.pick(2, 4, 5))
    return Decimal(dice.randint(1, 10 ** (digits + places) - 1)).scaleb(-places)
