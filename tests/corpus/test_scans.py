"""Scanned reports of every kind: plain ones read right, and no wrong value that seems sure."""

import os

import pytest

from data.generator.chromium import find_chromium
from data.generator.corpus import scan_members, write_corpus
from data.generator.layouts import SCAN_KINDS
from data.generator.scan_score import score, table
from ingest.rejected import UnreadableFile
from ingest.scan import extra

LEAST_RIGHT = 0.999
STAMPED = {"scan_grey_stamp", "scan_bilevel_stamp"}


def can_run() -> bool:
    try:
        return extra.model().is_file() and find_chromium() is not None
    except UnreadableFile:
        return False


pytestmark = [
    pytest.mark.skipif(not os.environ.get("GOUJI_ACCURACY"), reason="runs by make accuracy"),
    pytest.mark.skipif(not can_run(), reason="Chromium and the extra ocr are not both installed"),
]


def test_scans_are_read_right_and_what_a_stamp_hides_is_in_doubt(tmp_path):
    write_corpus(scan_members(1, seed=1), tmp_path / "scans")
    tallies = score(tmp_path / "scans", tmp_path / "scans.duckdb")
    assert set(tallies) == set(SCAN_KINDS)
    told = [line for count in tallies.values() for line in count.sure_and_wrong]
    assert told == [], table(tallies)
    for kind in set(tallies) - STAMPED:
        assert tallies[kind].share_right >= LEAST_RIGHT, table(tallies)
