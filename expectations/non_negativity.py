"""非负性: figures are of the kind their cell can hold; only 本年增/减 may be negative."""

from __future__ import annotations

from expectations import batches
from expectations.rules import RuleBook
from expectations.suites import Stated, state

SUITE = "non_negativity"

# Amounts in 万元 with more decimals would be finer than the 元 they are made of.
MOST_DECIMALS = 4

# What was printed without decimals is whole: no need to divide it.
IS_WHOLE = "case when printed_decimals = 0 then true else value = trunc(value) end"


def expectations(book: RuleBook) -> list[Stated]:
    """The suite: first the counts, then the amounts, then what is left of a change."""
    of_cells = (
        ("counts", "is_count", "value >= 0", "value"),
        ("whole_counts", "is_whole_kind", IS_WHOLE, "value"),
        ("amounts", "is_amount", "value >= 0", "value"),
        (
            "amount_precision",
            "is_amount and printed_unit = '万元' and printed_decimals is not null",
            f"printed_decimals <= {MOST_DECIMALS}",
            "printed_decimals",
        ),
    )
    return [
        *(
            state(
                batches.CELL_VALUES,
                book.words(f"{SUITE}.{rule}"),
                condition,
                where=where,
                show=(column,),
            )
            for rule, where, condition, column in of_cells
        ),
        state(
            batches.ITEMS_LEFT,
            book.words("non_negativity.items_left"),
            "items_left >= 0",
            show=("items_left",),
        ),
    ]
