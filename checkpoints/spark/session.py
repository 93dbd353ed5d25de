"""A session of Spark, and what must be there for one."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

OLDEST_JAVA = 17

_EXTRA = ("pyspark", "dbt.adapters.spark", "sqlglot")
_TEXTS_AT_ONCE = 1000


class SparkUnavailable(RuntimeError):
    """Java or the packages of the extra are not there; the message says what to do."""


def work_folder(database: Path) -> Path:
    """Folder beside the database that holds what Spark has read and built."""
    return database.parent / f"{database.stem}.spark"


def require_spark() -> None:
    """Raise SparkUnavailable unless Java and the packages of the extra ``spark`` are there."""
    missing = [name for name in _EXTRA if not _is_installed(name)]
    if missing:
        raise SparkUnavailable(
            f"--engine spark 还需要 {'、'.join(missing)}，请先运行 pip install 'gouji[spark]' · "
            "install the extra spark"
        )
    found = _java_version()
    if found is None or found < OLDEST_JAVA:
        has = "没有找到Java" if found is None else f"这里的Java是{found}"
        raise SparkUnavailable(
            f"--engine spark 需要Java {OLDEST_JAVA}或更新版本，{has}；"
            f"请安装后重试，或用JAVA_HOME指明 · needs Java {OLDEST_JAVA} or later"
        )


def _is_installed(name: str) -> bool:
    try:
        return importlib.util.find_spec(name) is not None
    except ModuleNotFoundError:
        return False


def _java_version() -> int | None:
    home = os.environ.get("JAVA_HOME")
    java = shutil.which(str(Path(home) / "bin" / "java") if home else "java")
    if java is None:
        return None
    told = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
    version = re.search(r'version "(?:1\.)?(\d+)', told)
    return int(version[1]) if version else None


@contextmanager
def session(master: str, work: Path) -> Iterator[Any]:
    """A session on ``master`` whose tables lie under ``work``, which all workers must see.

    What the settings of the cluster say (``spark-defaults.conf``, ``PYSPARK_SUBMIT_ARGS``) holds
    where nothing is set here. Raises SparkUnavailable.
    """
    require_spark()
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    # What a Python model is wrapped in imports pandas on Spark, which warns without it.
    os.environ.setdefault("PYARROW_IGNORE_TIMEZONE", "1")
    builder = SparkSession.builder.appName("gouji").master(master)
    for name, value in _settings(master, work).items():
        builder = builder.config(name, value)
    try:
        with _output_as_errors():
            spark = builder.getOrCreate()
    except (PySparkException, OSError) as error:
        raise SparkUnavailable(f"Spark（{master}）无法启动：{error} · cannot start") from error
    try:
        yield spark
    finally:
        spark.stop()


@contextmanager
def _output_as_errors() -> Iterator[None]:
    """What is started within writes to standard error, also where it means standard output.

    Java warns on standard output, where only the result of a command may stand.
    """
    output = os.dup(1)
    os.dup2(2, 1)
    try:
        yield
    finally:
        os.dup2(output, 1)
        os.close(output)


def _settings(master: str, work: Path) -> dict[str, str]:
    settings = {
        "spark.sql.catalogImplementation": "in-memory",
        "spark.sql.warehouse.dir": (work / "tables").as_uri(),
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.ansi.enabled": "true",
        "spark.sql.execution.arrow.maxRecordsPerBatch": str(_TEXTS_AT_ONCE),
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "ERROR",
    }
    if "PYTHONPATH" in os.environ:
        settings["spark.executorEnv.PYTHONPATH"] = os.environ["PYTHONPATH"]
    if master.startswith("local"):
        # One machine: no name of it need be known to anyone, and few parts are enough.
        settings |= {
            "spark.driver.host": "localhost",
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.sql.shuffle.partitions": "2",
            # For few rows compiling takes longer than what it saves.
            "spark.sql.codegen.wholeStage": "false",
            "spark.sql.codegen.factoryMode": "NO_CODEGEN",
        }
    return settings
