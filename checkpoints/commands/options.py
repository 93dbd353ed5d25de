"""The options that several commands share, each defined once."""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from checkpoints.language import Language as Spoken
from checkpoints.language import default_language


class FailOnOption(StrEnum):
    """From which severity on a finding makes the exit code 1."""

    ERROR = "error"
    WARNING = "warning"
    NEVER = "never"


class FormatOption(StrEnum):
    """Output of check and validate."""

    TEXT = "text"
    JSON = "json"
    JUNIT = "junit"
    GITHUB = "github"


class TableFormatOption(StrEnum):
    """Output of sql."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


class EngineOption(StrEnum):
    """What reads the reports and builds the models."""

    DUCKDB = "duckdb"
    SPARK = "spark"


class LanguageOption(StrEnum):
    """Language of what people read."""

    ZH = "zh"
    EN = "en"


class PdfReaderOption(StrEnum):
    """What reads the characters and lines of PDF files."""

    AUTO = "auto"
    PDFIUM = "pdfium"
    PDFPLUMBER = "pdfplumber"


DEFAULT_DATABASE = Path("build/gouji.duckdb")
DEFAULT_SITE = Path("build/site")
DEFAULT_MASTER = "local[*]"

Paths = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="PATH...",
        help="报告文件或文件夹，- 表示从标准输入读取清单 · files or folders; - reads a list",
        show_default=False,
    ),
]
Database = Annotated[
    Path, typer.Option("--db", metavar="FILE", help="数据库文件 · the DuckDB file", dir_okay=False)
]
Site = Annotated[
    Path,
    typer.Option(
        "--site", metavar="FOLDER", help="网页文件夹 · folder of the site", file_okay=False
    ),
]
Jobs = Annotated[
    int,
    typer.Option(
        "--jobs",
        metavar="N",
        min=1,
        help="进程数，默认为全部核心 · worker processes, default all cores",
    ),
]
Engine = Annotated[
    EngineOption,
    typer.Option(
        "--engine",
        help="由谁读取、建模和校验：duckdb在本机，spark在集群 · "
        "what reads, models and validates; duckdb here, spark on a cluster",
    ),
]
Master = Annotated[
    str,
    typer.Option(
        "--master",
        metavar="URL",
        help="Spark集群地址，只用于 --engine spark · where Spark runs, for --engine spark alone",
    ),
]
PdfReader = Annotated[
    PdfReaderOption,
    typer.Option(
        "--reader",
        help="PDF由谁读取：auto先用pdfium、有疑问处再用pdfplumber · "
        "what reads PDF; auto is pdfium, and pdfplumber again where that leaves doubts",
    ),
]
Seconds = Annotated[
    float,
    typer.Option(
        "--time-limit",
        metavar="SECONDS",
        min=1,
        help="每个文件的读取时限（秒） · time limit for each file",
    ),
]
Mebibytes = Annotated[
    int,
    typer.Option(
        "--memory-limit",
        metavar="MIB",
        min=64,
        help="每个文件的内存限额（MiB） · memory limit for each file",
    ),
]
QuerySeconds = Annotated[
    float,
    typer.Option(
        "--time-limit",
        metavar="SECONDS",
        min=1,
        help="查询时限（秒） · time limit",
    ),
]
QueryMebibytes = Annotated[
    int,
    typer.Option(
        "--memory-limit",
        metavar="MIB",
        min=64,
        help="查询的内存限额（MiB） · memory limit",
    ),
]
FailOn = Annotated[
    FailOnOption,
    typer.Option("--fail-on", help="达到该级别时退出码为1 · severity that makes the exit code 1"),
]
Format = Annotated[FormatOption, typer.Option("--format", help="输出格式 · output format")]
Language = Annotated[
    LanguageOption | None,
    typer.Option(
        "--lang", help="语言，默认随系统 · language, default from the locale", show_default=False
    ),
]
Under = Annotated[
    list[Path] | None,
    typer.Option(
        "--under",
        metavar="PATH",
        help="只限该路径下的报告，可重复 · only reports under PATH, may be repeated",
        show_default=False,
    ),
]

Baseline = Annotated[
    Path | None,
    typer.Option(
        "--baseline",
        metavar="FILE",
        help="已接受的一次结果（JSON），只计其中没有的问题 · "
        "the JSON of an accepted run; only findings not in it count",
        show_default=False,
    ),
]
ConfigFile = Annotated[
    Path | None,
    typer.Option(
        "--config",
        metavar="FILE",
        help="设置文件，默认报告旁边或当前文件夹的gouji.toml · "
        "settings, default gouji.toml beside the reports or in the current folder",
        show_default=False,
    ),
]

ReportRef = Annotated[
    str,
    typer.Argument(
        metavar="REPORT",
        help="报告：文件路径、编号开头或“机关 年度” · "
        "a path, an id's beginning, or agency and year",
        show_default=False,
    ),
]
Reason = Annotated[
    str, typer.Option("--reason", metavar="TEXT", help="理由 · why", show_default=False)
]
Who = Annotated[
    str,
    typer.Option("--who", metavar="NAME", help="由谁确认 · who answers for it", show_default=False),
]
ReviewFile = Annotated[
    Path | None,
    typer.Option(
        "--file",
        metavar="FILE",
        help="写入哪个文件，默认在报告旁边 · the file, default beside the report",
        show_default=False,
    ),
]


def chosen(lang: LanguageOption | None) -> Spoken:
    """The language asked for, else that of the locale."""
    return default_language() if lang is None else lang.value


def all_cores() -> int:
    """Cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
