"""Generated reports for a run on a cluster: faults of every rule, and files of several formats."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from data.generator.corpus import Member, members
from data.generator.panel import make
from data.generator.panel_place import LIST, YEARS

SHARE_AS_TEXT = 0.8

_AGENCIES_FOR_A_FAULT = 32
"""So many agencies have room for one fault of every rule."""


def write_reports(folder: Path, count: int) -> None:
    """Write ``count`` reports: of five, four are a panel of agencies, as text with faults.

    The others come in the layouts that neither Chromium nor LibreOffice has to print: text, web
    pages, DOCX and PDF.
    """
    agencies = round(SHARE_AS_TEXT * count / len(YEARS))
    panel = make(agencies, agencies // _AGENCIES_FOR_A_FAULT)
    panel.write(folder / "panel")
    made = filter(_is_ready, members(count, seed=1, scans=False))
    (folder / "formats").mkdir()
    for member in islice(made, count - len(panel.files.keys() - {LIST})):
        (folder / "formats" / member.name).write_bytes(bytes(member.published.work))


def _is_ready(member: Member) -> bool:
    return isinstance(member.published.work, bytes)
