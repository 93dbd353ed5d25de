"""A printed label means what it meant, however it is spaced, bracketed and broken into lines."""

from __future__ import annotations

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.labels import score
from ingest.matching import SEEDS

LABELS = pl.read_csv(SEEDS / "labels.csv", infer_schema=False)
HEADERS = pl.read_csv(SEEDS / "headers.csv", infer_schema=False)
BRACKETS = str.maketrans("（）", "()")

Found = set[tuple[str, str, str]]


def meant(texts: list[str]) -> dict[str, Found]:
    """Table, kind and code of each text that is one of the form's wordings."""
    found: dict[str, Found] = {text: set() for text in texts}
    for row in score(texts, LABELS, HEADERS).iter_rows(named=True):
        if row["method"] in ("exact", "alias"):
            found[row["text"]].add((row["form_table"], row["kind"], row["code"]))
    return found


@settings(max_examples=30)
@given(
    labels=st.lists(st.sampled_from(LABELS["label"].to_list()), min_size=1, max_size=8),
    blanks=st.lists(st.sampled_from(("", "", "", " ", "\n", "\u3000")), min_size=1, max_size=9),
    is_half_width=st.booleans(),
)
def test_blanks_and_brackets_change_no_label(
    labels: list[str], blanks: list[str], is_half_width: bool
) -> None:
    printed = {}
    for label in labels:
        spaced = (
            "".join(char + blanks[at % len(blanks)] for at, char in enumerate(label[:-1]))
            + label[-1]
        )
        printed[label] = spaced.translate(BRACKETS) if is_half_width else spaced
    found = meant([*labels, *printed.values()])
    for label, text in printed.items():
        assert found[label]
        assert found[text] == found[label], text
