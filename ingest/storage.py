"""Why a disk or a database will not do, in words, and what to do; Chinese and English."""

from __future__ import annotations

import errno
import re
from pathlib import Path

_HELD = re.compile(r"lock is held in (?P<program>.+?) \(PID (?P<pid>\d+)\)")
_FULL = re.compile(
    r"no space left|disk is full|not enough space|disk quota exceeded", re.IGNORECASE
)
_UNWRITABLE = re.compile(r"read-only file system|permission denied", re.IGNORECASE)
_NAMED = re.compile(r'file "([^"]+)"')
_LONGEST_COMMAND = 80
"""Characters of a command that are shown."""


def why_unusable(database: Path, error: Exception) -> str:
    """Word why DuckDB cannot open a database."""
    return known_trouble(database, error) or (
        f"数据库{database}打不开，可能正被另一个程序使用或不是DuckDB文件；"
        "请关闭该程序，或用--db另指定一个文件 · "
        "the database cannot be opened: another program uses it, or it is no DuckDB file"
    )


def known_trouble(database: Path, error: Exception) -> str | None:
    """Word what keeps DuckDB from a database where its message tells; None where it does not."""
    text = str(error)
    if held := _HELD.search(text):
        return in_use(database, int(held["pid"]), held["program"])
    if "replaying WAL" in text:
        return (
            f"数据库{database}的日志{database.name}.wal已损坏，多半是断电所致；请把这个日志文件移走"
            "（不要删除），再运行一次gouji check：已并入数据库的都在，其余的会重新读取 · "
            f"{database.name}.wal is damaged, most likely by a power cut: move it away and run "
            "gouji check again; what it held is read anew"
        )
    if full := full_disk(error):
        return full
    if _UNWRITABLE.search(text):
        return (
            f"数据库{database}不能写入，请检查权限，或用--db另指定一个文件 · "
            "the database cannot be written: check the permissions, or name another with --db"
        )
    return None


def in_use(database: Path, pid: int, program: str = "") -> str:
    """Word that another process works on a database: which one, and by which command."""
    command = _command(pid) or Path(program).name or "?"
    return (
        f"数据库{database}正被进程{pid}（{command}）使用，请等它结束或关闭它，"
        "或用--db另指定一个文件 · "
        f"the database is in use by process {pid} ({command}): wait for it, close it, or name "
        "another file with --db"
    )


def full_disk(error: BaseException) -> str | None:
    """Word that a disk is full; None where it is something else."""
    text = str(error)
    is_full = isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)
    if not is_full and not _FULL.search(text):
        return None
    named = _NAMED.search(text)
    path = named[1] if named else getattr(error, "filename", None)
    where = f"（{path}）" if path else ""
    return (
        f"磁盘已满{where}，请腾出空间后再运行一次，已存入的报告都在 · "
        "the disk is full: free some space and run again; what is stored stays"
    )


def _command(pid: int) -> str:
    """What a process was started with, where this can be asked; without the folders of programs."""
    try:
        words = Path(f"/proc/{pid}/cmdline").read_text("utf-8", "replace").split("\0")
    except OSError:
        return ""
    shown = " ".join([Path(word).name if word.startswith("/") else word for word in words[:2]])
    return " ".join([shown, *words[2:]]).strip()[:_LONGEST_COMMAND]
