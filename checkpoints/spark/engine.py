"""Reading and building as Spark does them, in the places of what DuckDB does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from checkpoints.lineage import Lineage
from checkpoints.spark.models import translating
from checkpoints.spark.session import session, work_folder
from checkpoints.spark.tables import show_to_duckdb, show_to_spark
from checkpoints.transform import Build, Progress, build_models
from ingest import warehouse
from ingest.limits import Limits
from ingest.read import Reading
from ingest.spark import SparkReading

_DBT = ("--target", "spark", "--exclude-resource-type", "seed", "--no-populate-cache")


@contextmanager
def spark_engine(
    master: str, database: Path, limits: Limits, pdf_source: str | None
) -> Iterator[tuple[Reading, Build, Any]]:
    """What reads and what builds on ``master``, and the session, which ends with the context.

    ``limits`` and ``pdf_source`` as in :func:`ingest.read.ingest`. Raises SparkUnavailable.
    """
    work = work_folder(database)
    with session(master, work) as spark:

        def build(
            database: Path,
            progress: Progress | None,
            day: date | None,
            severities: Mapping[str, str],
        ) -> Lineage:
            return _build(spark, work, database, progress, day, severities)

        yield SparkReading(spark, work, limits, pdf_source).reading(), build, spark


def _build(
    spark: Any,
    work: Path,
    database: Path,
    progress: Progress | None,
    day: date | None,
    severities: Mapping[str, str],
) -> Lineage:
    with closing(warehouse.connect(database)) as con:
        show_to_spark(con, spark, work)
    with translating(spark) as built:
        lineage = build_models(database, progress, day, severities, options=_DBT)
    with closing(warehouse.connect(database)) as con:
        show_to_duckdb(con, spark, work, built)
    return _with_seeds(lineage)


def _with_seeds(lineage: Lineage) -> Lineage:
    """The seeds among the tables: dbt has not built them, and names them after the project."""
    named = {
        table: tuple(sorted(parent.replace("gouji.", "form.", 1) for parent in parents))
        for table, parents in lineage.items()
    }
    seeds = {parent for parents in named.values() for parent in parents}
    return {**{seed: () for seed in seeds if seed.startswith("form.")}, **named}
