"""Two databases are the same only if every row of every table is, as often as it is there."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from tests.spark.same import differences


def database(path: Path, rows: str) -> Path:
    with duckdb.connect(str(path)) as con:
        con.execute(
            f"create schema marts; create table marts.t as from (values {rows}) as t (a, b)"
        )
    return path


@pytest.mark.parametrize(
    ("rows", "is_same"),
    [
        ("('甲', 1.00), (null, 2.00), (null, 2.00)", True),
        ("('甲', 1), (null, 2)", False),
        ("('甲', 1), (null, 2), (null, 2), (null, 2)", False),
        ("('甲', 1), (null, 2), (null, null)", False),
        ("('乙', 1), (null, 2), (null, 2)", False),
    ],
)
def test_same(rows: str, is_same: bool, tmp_path: Path) -> None:
    one = database(tmp_path / "one.duckdb", "(null, 2), ('甲', 1), (null, 2)")
    other = database(tmp_path / "other.duckdb", rows)
    assert (differences(one, other) == {}) == is_same
