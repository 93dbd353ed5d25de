"""Write a test corpus: ``python -m data.generator.corpus FOLDER --count 300 --seed 1``."""

from __future__ import annotations

import argparse
import csv
import random
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import product
from pathlib import Path

from data.generator import prose
from data.generator.draws import Style, draw
from data.generator.forms import EDITIONS, Edition
from data.generator.layouts import (
    LAYOUTS,
    SCAN,
    SCAN_KINDS,
    SCAN_LAYOUT,
    ByOffice,
    ByScanner,
    Published,
)
from data.generator.printing import PrintJob, office_convert, print_reports
from data.generator.report import Report, print_figures
from data.generator.scans import Container, render_scan

TRUTH = "truth.csv"
TRUTH_COLUMNS = (
    "file", "layout", "agency", "report_year",
    "form_table", "indicator", "breakdown", "printed", "is_zero",
)  # fmt: skip
STYLES: tuple[Style, ...] = ("sparse", "busy", "dense")
COUNT = 300
# From COUNT reports on, each layout comes at least so often.
LEAST = 20
# Reports of each edition and style in every layout of a full corpus; some have one （六） row.
FULL_VARIANTS = 6
SCANS, FULL_SCANS = 1, 8

REGIONS = (
    "云溪县", "松岭县", "青禾市", "河湾区", "石桥镇",
    "枫林县", "白鹭县", "南屏市", "柳泉县", "金谷县",
)  # fmt: skip
BUREAUS = (
    "教育局", "水务局", "市场监督管理局", "交通运输局", "民政局", "财政局", "农业农村局", "司法局",
    "卫生健康局", "应急管理局", "文化和旅游局", "统计局", "审计局", "自然资源局",
    "住房和城乡建设局", "城市管理局", "商务局", "科学技术局", "医疗保障局", "退役军人事务局",
)  # fmt: skip
AGENCIES = tuple(f"{region}示例{bureau}" for region, bureau in product(REGIONS, BUREAUS))
# The first years of the trial form and of the later ones; each agency reports once a year.
FIRST_YEAR = {"trial_2019": 2019, "standard_2021": 2021, "decimal_2021": 2021}


@dataclass(frozen=True)
class Member:
    """One file of the corpus, before Chromium and LibreOffice have done their part."""

    name: str
    layout: str
    report: Report
    zeros: frozenset[tuple[str, str, str]]
    published: Published


def members(count: int, seed: int, full: bool = False, scans: bool | None = None) -> list[Member]:
    """Draw reports and layouts; the same arguments give the same reports.

    Each layout comes ``count`` / number of layouts times, and from 300 on at least 20 times.
    ``full`` makes each layout of each edition and style 6 times instead. Scans come on top, a
    report of about three pages; by default only if the optical recognition is installed.
    """
    dice = random.Random(f"corpus/{seed}")
    each = max(LEAST if count >= COUNT else 1, count // len(LAYOUTS))
    if full:
        each = FULL_VARIANTS * len(EDITIONS) * len(STYLES)
    numbers = [(layout, number) for number in range(each) for layout in LAYOUTS]
    if scans if scans is not None else find_spec("rapidocr_onnxruntime") is not None:
        numbers += [(SCAN, number) for number in range(FULL_SCANS if full else SCANS)]
    agencies = list(AGENCIES)
    dice.shuffle(agencies)
    spent = dict.fromkeys(FIRST_YEAR.values(), 0)
    made = []
    for at, (layout, number) in enumerate(numbers, start=1):
        # Layouts begin with different forms, so that a small corpus has all of them too.
        variant = number + 2 * [*LAYOUTS, SCAN].index(layout)
        edition = EDITIONS[variant % 3]
        first = FIRST_YEAR[edition]
        year, agency_no = divmod(spent[first], len(agencies))
        spent[first] += 1
        style = "dense" if layout == "pdf_dense" else STYLES[variant // 3 % 3]
        single = edition != "trial_2019" and variant // 9 % 3 == 2
        made.append(
            _member(
                f"{at:04}_{layout}",
                layout,
                number,
                agencies[agency_no],
                first + year,
                edition,
                style,
                single,
                dice.getrandbits(30),
            )
        )
    return made


def scan_members(each: int, seed: int) -> list[Member]:
    """Draw dense reports in turn of each edition, ``each`` for every kind of scan."""
    dice = random.Random(f"scans/{seed}")
    return [
        _member(
            f"{number:02}_{kind}",
            kind,
            number,
            AGENCIES[each * kind_no + number],
            FIRST_YEAR[EDITIONS[number % 3]],
            EDITIONS[number % 3],
            "dense",
            False,
            dice.getrandbits(30),
        )
        for kind_no, kind in enumerate(SCAN_KINDS)
        for number in range(each)
    ]


def _member(
    stem: str,
    layout: str,
    number: int,
    agency: str,
    year: int,
    edition: Edition,
    style: Style,
    single_other_row: bool,
    seed: int,
) -> Member:
    figures = draw(edition, seed, style, single_other_row)
    dice = random.Random(seed)
    # The voice dates a report by the agency's number: six days in January.
    voice = prose.Voice(seed % 6, year)
    report = Report(
        agency=agency,
        year=year,
        edition=edition,
        printed=print_figures(figures, edition, dice.random() < 0.3, dice.random() < 0.3),
        title=prose.title(agency, year),
        introduction=prose.introduction(agency, voice),
        sections=prose.sections(
            figures, voice, numerals=prose.NUMERALS_OF_PROSE[seed % len(prose.NUMERALS_OF_PROSE)]
        ),
    )
    layouts = {**LAYOUTS, SCAN: SCAN_LAYOUT, **SCAN_KINDS}
    published = layouts[layout](report, dice, number)
    zeros = frozenset(cell for cell, value in figures.items() if value == 0)
    return Member(f"{stem}.{published.suffix}", layout, report, zeros, published)


def write_corpus(made: Iterable[Member], folder: Path) -> None:
    """Write the files and truth.csv, with one start of Chromium and one of LibreOffice."""
    made = list(made)
    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="gouji-docx-") as scratch,
        ThreadPoolExecutor(1) as pool,
    ):
        documents = []
        for member in made:
            if isinstance(member.published.work, ByOffice):
                documents.append(Path(scratch) / f"{Path(member.name).stem}.docx")
                documents[-1].write_bytes(member.published.work.docx)
        converted = pool.submit(office_convert, documents, folder)
        for member, data in _contents(made):
            (folder / member.name).write_bytes(data)
        converted.result()
    with (folder / TRUTH).open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target, lineterminator="\n")
        writer.writerow(TRUTH_COLUMNS)
        for member in made:
            writer.writerows(_truth(member))


def _contents(made: list[Member]) -> Iterator[tuple[Member, bytes]]:
    """Yield the bytes of all files but those LibreOffice writes."""
    printed = []
    for member in made:
        work = member.published.work
        source = work.source if isinstance(work, ByScanner) else work
        if isinstance(source, PrintJob):
            printed.append((member, source))
        elif isinstance(source, bytes):
            yield member, _finished(member, source)
    if not printed:
        return
    pdfs = print_reports(job for _, job in printed)
    for (member, _), pdf in zip(printed, pdfs, strict=True):
        yield member, _finished(member, pdf)


def _finished(member: Member, data: bytes) -> bytes:
    """Scan a printed report that is to be published as a scan."""
    work = member.published.work
    if not isinstance(work, ByScanner):
        return data
    container: Container = "tiff" if member.published.suffix == "tiff" else "pdf"
    return render_scan(data, work.scan, container)


def _truth(member: Member) -> Iterator[tuple[str, ...]]:
    report = member.report
    for cell, text in member.published.printed.items():
        is_zero = str(cell in member.zeros).lower()
        yield (
            member.name, member.layout, report.agency, str(report.year), *cell, text, is_zero,
        )  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line and write the corpus."""
    parser = argparse.ArgumentParser(
        prog="python -m data.generator.corpus",
        description="Write fictional reports in every layout, and truth.csv with every cell as "
        "printed. Needs Chromium and LibreOffice.",
        epilog="example: python -m data.generator.corpus build/corpus --count 300 --seed 1",
    )
    parser.add_argument("folder", type=Path, help="where the files go; made if it is not there")
    parser.add_argument("--count", type=int, default=COUNT, help="how many reports, about")
    parser.add_argument("--seed", type=int, default=1, help="another seed draws other reports")
    parser.add_argument(
        "--full", action="store_true", help="every layout of every edition and style, 6 times"
    )
    some = parser.add_mutually_exclusive_group()
    some.add_argument(
        "--layout",
        action="append",
        choices=[*LAYOUTS, SCAN],
        metavar="NAME",
        help="of these reports only those in this layout; may be repeated",
    )
    some.add_argument(
        "--scans", type=int, metavar="N", help="N dense reports of each kind of scan instead"
    )
    asked = parser.parse_args(arguments)
    if asked.scans:
        made = scan_members(asked.scans, asked.seed)
    else:
        made = members(asked.count, asked.seed, asked.full)
    if asked.layout:
        made = [member for member in made if member.layout in asked.layout]
    write_corpus(made, asked.folder)
    print(f"{len(made)} reports in {asked.folder}", file=sys.stderr)


if __name__ == "__main__":
    main()
