"""Twenty generated reports in every layout: every cell right and none wrong."""

import os

import pytest

from data.generator.chromium import find_chromium
from data.generator.corpus import members, write_corpus
from data.generator.printing import find_office
from data.generator.score import score, table

COUNT = 300
SEED = 1

pytestmark = [
    pytest.mark.skipif(not os.environ.get("GOUJI_ACCURACY"), reason="runs by make accuracy"),
    pytest.mark.skipif(
        not (find_chromium() and find_office()),
        reason="Chromium and LibreOffice are not both installed",
    ),
]


def test_every_cell_of_every_layout_is_read_right(tmp_path):
    made = members(COUNT, SEED)
    assert len(made) >= COUNT
    write_corpus(made, tmp_path / "corpus")
    tallies = score(tmp_path / "corpus", tmp_path / "corpus.duckdb")
    told = [line for count in tallies.values() for line in count.told(5)]
    assert all(count.is_perfect for count in tallies.values()), "\n".join([table(tallies), *told])
    assert sum(len(count.files) for count in tallies.values()) == len(made)
