"""What the measure of localisation plants and counts, and that the promised shares are met."""

from __future__ import annotations

import random

import pytest

from data.generator.localising import Case, Score, misprint, score, table, with_table
from sql.localisation.search import Limits

PATIENT = Limits(seconds=60)


@pytest.mark.parametrize("value", [0, 1, 9, 10, 12345])
def test_a_misprint_is_another_count(value: int) -> None:
    wrong = {misprint(random.Random(seed), value) for seed in range(50)}
    assert value not in wrong
    assert min(wrong) >= 0
    assert len(wrong) > 3


@pytest.mark.parametrize(
    ("case", "among", "only"),
    [
        (Case("dense", "applications", 1), 0.99, 0.95),
        (Case("dense", "applications", 2), 0.95, 0.85),
        (Case("dense", "disputes", 1), 1.0, 0.0),
    ],
)
def test_shares_are_as_promised(case: Case, among: float, only: float) -> None:
    count = score(case, 40, 7, PATIENT)
    assert count.share(count.among) >= among
    assert count.share(count.only) >= only
    assert count.most_sets <= 5
    assert count.not_localised == 0


def test_the_table_takes_its_place_in_the_section_and_leaves_the_next() -> None:
    made = table({Case("dense", "disputes", 1): Score(2, 0, 2, 1, 1, 0, 5, [0.1, 0.2])})
    assert "| dense | 4 | 1 | 2 | 0 | 100.0 % | 50.0 % | 50.0 % | 0 | 5 | 0.200 | 0.200 |" in made
    words = "# A\n\n## Which cell is wrong\n\nWords.\n\n| a | b |\n\n"
    text = f"{words}| figures | old |\n\n## Next\n\nMore.\n"
    placed = with_table(text, made)
    assert placed == text.replace("| figures | old |", made)
    assert with_table(placed, made) == placed
    with pytest.raises(ValueError, match="Which cell"):
        with_table("# A\n", made)
