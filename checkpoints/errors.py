"""Foreseen errors in words, each with the exit code it means."""

from __future__ import annotations

import re
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import duckdb

from checkpoints.audit.sample import AuditRefused
from checkpoints.baseline import BaselineError
from checkpoints.config import ConfigError
from checkpoints.exit_codes import ExitCode
from checkpoints.export.files import ExportRefused
from checkpoints.pipeline import NothingBuilt
from checkpoints.query import NoSuchAnalysis, QueryRefused
from checkpoints.report_ref import UnknownReport
from checkpoints.review import NotReviewable
from checkpoints.spark.session import SparkUnavailable
from checkpoints.transform import ModelError
from ingest.companions import CompanionError
from ingest.discover import PathNotFound
from ingest.forget import UnknownPath
from ingest.storage import full_disk, known_trouble
from ingest.warehouse import DatabaseUnusable


def explained(error: BaseException) -> tuple[str, ExitCode] | None:
    """What to tell the user and the exit code, or None where nobody foresaw the error."""
    if isinstance(error, OSError | duckdb.Error | ModelError) and (full := full_disk(error)):
        return full, ExitCode.INCOMPLETE
    match error:
        case (
            PathNotFound()
            | CompanionError()
            | DatabaseUnusable()
            | UnknownReport()
            | NotReviewable()
            | BaselineError()
            | ConfigError()
            | ExportRefused()
            | AuditRefused()
            | UnknownPath()
            | SparkUnavailable()
        ):
            return str(error), ExitCode.USAGE
        case QueryRefused():
            return f"查询被拒绝：{error} · query refused", ExitCode.USAGE
        case NoSuchAnalysis():
            return (
                f"没有名为 {error.args[0]} 的分析，用 gouji sql --list 查看 · no such analysis",
                ExitCode.USAGE,
            )
        case NothingBuilt():
            return (
                f"{error.args[0]} 中还没有数据，请先运行 gouji check PATH · nothing built yet",
                ExitCode.USAGE,
            )
        case KeyboardInterrupt() | RuntimeError(args=["Query interrupted"]):  # DuckDB's own word
            return "已中断，已读的报告都已保存 · interrupted", ExitCode.INCOMPLETE
        case ModelError():
            said = _trouble(error) or f"数据模型运行失败：{error} · a model failed"
            return said, ExitCode.INCOMPLETE
        case duckdb.IOException():
            return (
                _trouble(error) or f"数据库无法打开：{error} · the database cannot be opened",
                ExitCode.USAGE,
            )
        case BrokenProcessPool():
            return (
                "工作进程被系统结束，多半是内存不足；请加--jobs 1再运行一次，已读的报告都在 · "
                "the system ended worker processes, most likely for want of memory: try --jobs 1",
                ExitCode.INCOMPLETE,
            )
        case OSError():
            return (
                f"无法读写：{error}；请检查权限，或用--site、--db另指定位置 · "
                "cannot read or write: check the permissions, or name another --site or --db",
                ExitCode.USAGE,
            )
        case _:
            return None


def _trouble(error: Exception) -> str | None:
    """Word what keeps from a database that the error names."""
    named = re.search(r'"([^"]+)"', str(error))
    return known_trouble(Path(named[1]), error) if named else None
