"""Reports printed to PDF in many layouts, by one start of Chromium or of LibreOffice."""

from __future__ import annotations

import random
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from data.generator import cuts
from data.generator.chromium import Chromium, Sheet
from data.generator.grid import form_grid
from data.generator.printpage import LINES, Look, print_page
from data.generator.report import Report
from data.generator.rotate import turn_landscape_pages

FOOTERS = (("- ", " -"), ("", ""), ("— ", " —"), ("第 ", " 页"), None)
SIZES = (9.5, 10.0, 10.5, 11.0)
# Seconds LibreOffice may take for one file, and for its start.
OFFICE_TIMEOUT = 30
OFFICE_START = 60


class OfficeError(RuntimeError):
    """LibreOffice is not there or did not convert a file."""


@dataclass(frozen=True)
class PrintJob:
    """A report and how it is printed; ``turned`` draws its landscape pages sideways."""

    report: Report
    look: Look = field(default_factory=Look)
    footer: tuple[str, str] | None = ("- ", " -")
    turned: bool = False
    flag: bool = False
    clockwise: bool = False


def _breaks(report: Report, dice: random.Random) -> tuple[tuple[str, int], ...]:
    """Break table 三 within a group and leave a caption of table 二 on the page before."""
    breaks = []
    for form_table, rows_of in (
        ("proactive", cuts.rows_after_captions),
        ("applications", cuts.rows_within_groups),
    ):
        grid = form_grid(form_table, report.edition, report.printed)
        if grid and (rows := rows_of(grid)):
            breaks.append((form_table, dice.choice(rows)))
    return tuple(breaks)


def _look(dice: random.Random, **settings: object) -> Look:
    given: dict[str, object] = {
        "size": dice.choice(SIZES),
        "vertical": dice.random() < 0.3,
        "outlined": dice.random() < 0.3,
    }
    return Look(**{**given, **settings})  # type: ignore[arg-type]


def _split(report: Report, dice: random.Random) -> PrintJob:
    look = _look(
        dice,
        lines=dice.choice(("all", "none")),
        breaks=_breaks(report, dice),
        label=dice.choice(("lost", "repeated")),
        repeat_header=dice.random() < 0.5,
    )
    return PrintJob(report, look)


def _landscape(report: Report, dice: random.Random) -> PrintJob:
    return PrintJob(report, _look(dice, lines=dice.choice(("all", "none")), landscape=True))


def _turned(flag: bool) -> Callable[[Report, random.Random], PrintJob]:
    def job(report: Report, dice: random.Random) -> PrintJob:
        upright = _landscape(report, dice)
        return PrintJob(report, upright.look, turned=True, flag=flag, clockwise=dice.random() < 0.5)

    return job


LAYOUTS: Mapping[str, Callable[[Report, random.Random], PrintJob]] = {
    "ruled": lambda report, dice: PrintJob(report, _look(dice)),
    "borderless": lambda report, dice: PrintJob(report, _look(dice, lines="none")),
    "borderless_blank": lambda report, dice: PrintJob(
        cuts.blank_zeros(report), _look(dice, lines="none")
    ),
    "partial": lambda report, dice: PrintJob(report, _look(dice, lines=dice.choice(LINES[2:]))),
    "split": _split,
    "landscape": _landscape,
    "rotated": _turned(flag=True),
    "sideways": _turned(flag=False),
    "pieces": lambda report, dice: PrintJob(
        report, _look(dice, pieces=True, lines=dice.choice(("all", "none")))
    ),
    "boxes": lambda report, dice: PrintJob(
        report, _look(dice, boxes=True, lines=dice.choice(("all", "none")))
    ),
}
"""Layout -> how a report is printed in it; what varies within a layout is drawn."""


def print_job(layout: str, report: Report, seed: int) -> PrintJob:
    """Return how a report is printed in one of the LAYOUTS; KeyError for another."""
    dice = random.Random(f"print/{layout}/{seed}")
    job = LAYOUTS[layout](report, dice)
    return PrintJob(job.report, job.look, dice.choice(FOOTERS), job.turned, job.flag, job.clockwise)


def print_reports(jobs: Iterable[PrintJob]) -> Iterator[bytes]:
    """Print reports with one Chromium; yield a PDF for each.

    Raises ChromiumError if Chromium is not installed or fails.
    """
    with Chromium() as browser:
        for job in jobs:
            pdf = browser.print(Sheet(print_page(job.report, job.look), job.footer))
            yield turn_landscape_pages(pdf, job.flag, job.clockwise) if job.turned else pdf


def find_office() -> str | None:
    """Return the path of LibreOffice; None if it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def office_convert(files: Iterable[Path], folder: Path, target: str = "pdf") -> list[Path]:
    """Convert files with one start of LibreOffice into ``folder``; return the new files.

    ``target`` is an extension LibreOffice can write: pdf, doc, odt. Raises OfficeError.
    """
    sources = list(files)
    if not sources:
        return []
    program = find_office()
    if not program:
        raise OfficeError("LibreOffice is not installed")
    with tempfile.TemporaryDirectory(prefix="gouji-office-") as profile:
        command = [
            program,
            "--headless",
            f"-env:UserInstallation={Path(profile).as_uri()}",
            "--convert-to",
            target,
            "--outdir",
            str(folder),
            *map(str, sources),
        ]
        subprocess.run(
            command,
            check=True,
            capture_output=True,
            timeout=OFFICE_START + OFFICE_TIMEOUT * len(sources),
        )
    made = [folder / f"{source.stem}.{target}" for source in sources]
    missing = [path.name for path in made if not path.exists()]
    if missing:
        raise OfficeError(f"LibreOffice did not write {', '.join(missing)}")
    return made
