"""Patches for the processes of Spark: one that ends a worker or an executor in the midst of it."""

from __future__ import annotations

from pathlib import Path

_KILLS_ONCE = """
import importlib, os, signal
from pathlib import Path
module = importlib.import_module({module!r})
patched = module.{function}
def parent(pid):
    return int(Path('/proc', str(pid), 'stat').read_text().rpartition(')')[2].split()[1])
worker = os.getpid
def executor():
    return parent(parent(os.getpid()))
def killing(argument):
    flag = Path({flag!r})
    if {when} and not flag.exists():
        flag.touch()
        os.kill({victim}(), signal.SIGKILL)
    return patched(argument)
module.{function} = killing
"""
"""The executor has started the daemon that has forked the worker."""


def kills_once(function: str, victim: str, flag: Path, when: str = "True") -> str:
    """A patch: the first call of ``function``, by its full name, that meets ``when`` kills.

    ``victim`` is the ``worker`` that calls it or its ``executor``; ``when`` speaks of the one
    ``argument``. The file ``flag`` is there afterwards.
    """
    module, _, name = function.rpartition(".")
    return _KILLS_ONCE.format(
        module=module, function=name, flag=str(flag), victim=victim, when=when
    )


def patch_processes(work: Path, patch: str) -> None:
    """Have all processes that Spark starts run ``patch`` first, where ``work`` is on their path."""
    (work / "sitecustomize.py").write_text(
        "import sys\n"
        "if any(name in ' '.join(sys.orig_argv) for name in ('pyspark', 'spawn')):\n"
        + "".join(f"    {line}\n" for line in patch.splitlines() or ["pass"]),
        encoding="utf-8",
    )
