"""``docs/performance.md``: the figures of each part, between the marks of that part."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bench.processes import ROOT
from bench.records import Record

PAGE = ROOT / "docs" / "performance.md"
END = "<!-- end of figures -->"


def start(part: str) -> str:
    """The mark before the figures of a part."""
    return f"<!-- figures of {part} -->"


def with_figures(text: str, part: str, figures: str) -> str:
    """The text with other figures of a part; raises ValueError if it has no marks for them."""
    head, mark, rest = text.partition(start(part))
    _, end, tail = rest.partition(END)
    if not mark or not end:
        raise ValueError(f"no {start(part)} … {END}")
    return f"{head}{mark}\n\n{figures.strip()}\n\n{END}{tail}"


def stamps(records: Sequence[Record]) -> str:
    """When, where and with what the records were made; one paragraph for each run."""
    runs: dict[str, tuple[dict[str, object], list[int]]] = {}
    for each in records:
        _, sizes = runs.setdefault(str(each.run), (each.run, []))
        if each.size and each.size not in sizes:
            sizes.append(each.size)
    several = len(runs) > 1
    return "\n\n".join(_stamp(run, sizes if several else []) for run, sizes in runs.values())


def _stamp(run: dict[str, object], sizes: Sequence[int]) -> str:
    of = f"{' and '.join(f'{size:,}' for size in sizes)} reports: " if sizes else ""
    return (
        f"{of}`{run['command']}`, medians of {run['rounds']}, {str(run['at'])[:10]}, "
        f"commit {run['commit']}; {run['machine']}, load {run['load']} at the start; "
        f"{run['versions']}."
    )


def write(part: str, figures: str, records: Sequence[Record], page: Path = PAGE) -> None:
    """Put the figures of a part and their origin into the page."""
    text = page.read_text(encoding="utf-8")
    both = f"{figures.strip()}\n\n{stamps(records)}"
    page.write_text(with_figures(text, part, both), encoding="utf-8")
