"""How much CPU reading a PDF report takes, beside plain pdfplumber on the same files.

Run ``python -m bench.reading FILE_OR_FOLDER... [--rounds 5]``: prints a markdown table. All rows
are measured in turn in one process, so that a busy machine slows them alike; CPU is user and system
time, the median over files and rounds. A PDF beside which lies a ``.json`` of its printed cells
([form_table, indicator, breakdown, text] each) also counts towards accuracy.
"""

from __future__ import annotations

import argparse
import io
import json
import logging
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import Any

import pdfplumber
import pypdfium2

from ingest.document import Cell
from ingest.form_rows import form_rows
from ingest.pdf import read

Key = tuple[str, str]
Truth = Mapping[Key, list[str]]
Work = Callable[[bytes], object]

CHANNELS = ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
RESULTS = ("upheld", "corrected", "other", "pending", "total")


def fast(data: bytes) -> list[Cell]:
    """Read as the program does."""
    return [Cell(*row) for row in read(data).cells.rows()]


def record(data: bytes) -> list[Cell]:
    """Read with the reader of record alone."""
    return [Cell(*row) for row in read(data, "pdfplumber").cells.rows()]


def plain_pdfplumber(data: bytes) -> list[Cell]:
    """Extract tables with pdfplumber's defaults, every page of them."""
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        tables = [table for page in pdf.pages for table in page.extract_tables()]
    return _cells(tables)


def floor(data: bytes) -> int:
    """Let pdfium load the text of all pages and nothing else."""
    document = pypdfium2.PdfDocument(data)
    count = sum(page.get_textpage().count_chars() for page in document)
    document.close()
    return count


def pymupdf(data: bytes) -> list[Cell]:
    """Extract tables with PyMuPDF's defaults."""
    fitz: Any = import_module("fitz")
    with fitz.open(stream=data, filetype="pdf") as document:
        tables = [table.extract() for page in document for table in page.find_tables().tables]
    return _cells(tables)


def camelot(data: bytes) -> list[Cell]:
    """Extract tables with Camelot's defaults (lattice)."""
    module: Any = import_module("camelot")
    tables = module.read_pdf(io.BytesIO(data), pages="all")
    return _cells([table.df.values.tolist() for table in tables])


def _cells(tables: Iterable[Iterable[Iterable[str | None]]]) -> list[Cell]:
    """Number cells as other tools give them: None is a field that a span has swallowed."""
    return [
        Cell(block_no, None, row_no, col_no, 1, 1, text)
        for block_no, table in enumerate(tables, start=1)
        for row_no, row in enumerate(table, start=1)
        for col_no, text in enumerate(row, start=1)
        if text is not None
    ]


def truth_of(path: Path) -> Truth | None:
    """Return the printed texts of each row, if they lie beside the file."""
    source = path.with_suffix(".json")
    if not source.is_file():
        return None
    printed = {(t, i, b): text for t, i, b, text in json.loads(source.read_text("utf-8"))}
    rows: dict[Key, list[str]] = defaultdict(list)
    for (form_table, indicator, _), text in printed.items():
        if form_table != "disputes":
            rows[form_table, indicator].append(text)
    rows["disputes", "disputes"] = [
        printed.get(("disputes", result, channel), "") for channel in CHANNELS for result in RESULTS
    ]
    return rows


def count_right(cells: list[Cell], truth: Truth) -> int:
    """Count the printed cells that stand in a row of the form with as many values."""
    read_rows: dict[Key, list[str]] = {}
    for row in form_rows(cells):
        texts = [cell.text for cell in row.values]
        read_rows.setdefault((row.form_table, row.code), texts)
    right = 0
    for key, wanted in truth.items():
        texts = read_rows.get(key, [])
        filled = [text for text in texts if text.strip()]
        if len(texts) != len(wanted) and len(filled) == len(wanted):
            texts = filled
        if len(texts) == len(wanted):
            right += sum(one == other for one, other in zip(texts, wanted, strict=True))
    return right


def works() -> dict[str, Work]:
    """Return what is measured, by name; other tools only where they are installed."""
    rows: dict[str, Work] = {
        "gouji (pdfium)": fast,
        "gouji --reader pdfplumber": record,
        "pdfplumber extract_tables": plain_pdfplumber,
        "pdfium text only (floor)": floor,
    }
    if find_spec("fitz"):
        rows["PyMuPDF find_tables"] = pymupdf
    if find_spec("camelot"):
        rows["Camelot lattice"] = camelot
    return rows


def measure(paths: list[Path], rounds: int) -> str:
    """Return the markdown table."""
    seconds: dict[str, list[float]] = defaultdict(list)
    right: dict[str, int] = defaultdict(int)
    total = 0
    for path in paths:
        data, truth = path.read_bytes(), truth_of(path)
        total += sum(map(len, truth.values())) if truth else 0
        for round_no in range(rounds + 1):
            for name, work in works().items():
                start = time.process_time()
                result = work(data)
                if round_no:
                    seconds[name].append(time.process_time() - start)
                elif truth and isinstance(result, list):
                    right[name] += count_right(result, truth)
    base = median(seconds["pdfplumber extract_tables"])
    lines = [
        f"{len(paths)} files, {rounds} rounds, CPU seconds per report (median)",
        "",
        "| reader | CPU | times less than pdfplumber | right cells |",
        "|---|---|---|---|",
    ]
    for name, values in seconds.items():
        share = f"{right[name]} of {total}" if total and "floor" not in name else "–"
        cpu = median(values)
        lines.append(f"| {name} | {cpu:.3f} | {base / cpu:.1f} | {share} |")
    return "\n".join(lines)


def main() -> None:
    """Read the command line, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("paths", nargs="+", type=Path, help="PDF files or folders of them")
    parser.add_argument("--rounds", type=int, default=5, help="times each file is read")
    arguments = parser.parse_args()
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    paths = [
        file
        for path in arguments.paths
        for file in (sorted(path.glob("*.pdf")) if path.is_dir() else [path])
    ]
    print(measure(paths, arguments.rounds))


if __name__ == "__main__":
    main()
