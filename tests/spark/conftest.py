"""A session of Spark for the tests of one module; all are skipped where Spark is not there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from checkpoints.spark.session import SparkUnavailable, require_spark, session


@pytest.fixture(scope="session", autouse=True)
def _spark_is_there() -> None:
    try:
        require_spark()
    except SparkUnavailable as reason:
        pytest.skip(str(reason))


@pytest.fixture(scope="module")
def spark(_spark_is_there: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A session on two cores of this machine."""
    with session("local[2]", tmp_path_factory.mktemp("spark")) as found:
        yield found
