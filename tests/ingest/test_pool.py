"""Files that take too long or too much are given up, and cost no other file."""

import os
import shutil
from pathlib import Path

import pytest

from ingest.limits import Limits
from ingest.pool import Outcome, read_files
from tests.ingest.documents import report

posix = pytest.mark.skipif(os.name != "posix", reason="needs named pipes and memory limits")


@pytest.fixture
def good(tmp_path: Path) -> str:
    path = tmp_path / "good.txt"
    path.write_bytes(report())
    return str(path)


def outcomes(paths: list[str], limits: Limits) -> list[Outcome]:
    return [each for chunk in read_files(paths, 2, lambda path: None, limits) for each in chunk]


@posix
def test_a_file_that_never_ends_is_given_up(tmp_path: Path, good: str) -> None:
    pipe = tmp_path / "endless.txt"
    os.mkfifo(pipe)
    endless, read = outcomes([str(pipe), good], Limits(seconds=4))
    assert endless.rejected is not None and endless.rejected.reason == "timed_out"
    assert read.document is not None


@posix
def test_a_file_beyond_the_memory_limit_is_given_up(tmp_path: Path, good: str) -> None:
    huge = tmp_path / "huge.txt"
    with huge.open("wb") as file:
        file.truncate(600 * 2**20)
    beyond, read = outcomes([str(huge), good], Limits(mebibytes=400))
    assert beyond.rejected is not None and beyond.rejected.reason == "out_of_memory"
    assert read.document is not None


@posix
def test_the_limit_does_not_count_the_program_itself(good: str) -> None:
    [read] = outcomes([good], Limits(mebibytes=64))
    assert read.document is not None


def test_outcomes_keep_the_order_of_the_files(tmp_path: Path, good: str) -> None:
    copies = [good] + [shutil.copy(good, tmp_path / f"{n}.txt") for n in range(5)]
    assert [each.path for each in outcomes(copies, Limits())] == copies
