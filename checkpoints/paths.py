"""Paths as people want to see them."""

from __future__ import annotations

from pathlib import Path


def shown(path: str | Path) -> str:
    """``path`` relative to the current folder where it lies under it, else as it is; posix."""
    full = Path(path).absolute()
    here = Path.cwd()
    return (full.relative_to(here) if full.is_relative_to(here) else full).as_posix()
