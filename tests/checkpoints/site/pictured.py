"""Files with a word or a bar in a known place, and databases with as much as pictures need."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import duckdb
import numpy as np
import PIL.Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from checkpoints.groups import Group
from checkpoints.outcome import Outcome, Report
from checkpoints.site.catalogue import Catalogue
from checkpoints.site.marked_pages import marked_pages
from checkpoints.site.page import Site
from checkpoints.site.page_picture import COLOURS, TINT, Kind, MarkedPage, Outline

BOX = (100.0, 200.0, 160.0, 220.0)
POINTS = 72


def printed(*pages_: str, encrypt: StandardEncryption | None = None) -> bytes:
    """A PDF with a word in ``BOX`` of each page."""
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=A4, encrypt=encrypt, invariant=True)
    for word in pages_:
        canvas.drawString(BOX[0] + 10, A4[1] - BOX[3] + 5, word)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def as_image(format_: str, pages_: int = 1, **settings: object) -> bytes:
    """A white A4 page of 100 dpi, or several, with a black bar in ``BOX`` of the last."""
    sheets = [PIL.Image.new("L", (827, 1169), 255) for _ in range(pages_)]
    x0, top, x1, bottom = (round(edge * 100 / POINTS) for edge in BOX)
    sheets[-1].paste(0, (x0 + 10, top + 10, x1 - 10, bottom - 10))
    target = io.BytesIO()
    sheets[0].save(
        target, format_, dpi=(100, 100), **({"save_all": True} if pages_ > 1 else {}),
        append_images=sheets[1:], **settings,
    )  # fmt: skip
    return target.getvalue()


def outline(kind: Kind = "error", label: str = "1", **changes: object) -> Outline:
    return Outline(*BOX, kind, False, label)._replace(**changes)  # type: ignore[arg-type]


def inside(path: Path, kind: Kind = "error") -> tuple[int, int, int, int]:
    """The rectangle of the pixels that are tinted white, or all but: left, top, right, bottom."""
    tinted = np.rint(255 * (1 - TINT) + np.array(COLOURS[kind]) * TINT)
    pixels = np.asarray(PIL.Image.open(path).convert("RGB"))
    down, across = np.nonzero((np.abs(pixels - tinted) < 2).all(axis=2))
    return across.min(), down.min(), across.max() + 1, down.max() + 1


class Database:
    """A database with as much as pictures are drawn from, and the files of its reports."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / "gouji.duckdb"
        self.reports: list[Report] = []
        self._run(
            """
            create schema raw;
            create schema marts;
            create table raw.sources (document_id varchar, source_path varchar);
            create table marts.findings (
                finding_id varchar, report_id varchar, form_table varchar, indicator varchar,
                breakdown varchar, page integer, x0 float, top float, x1 float, bottom float
            );
            create table marts.cell_values as
                select * exclude (finding_id) from marts.findings;
            create table marts.suspects (
                report_id varchar, form_table varchar, indicator varchar, breakdown varchar,
                solution_no integer
            );
            """
        )

    def _run(self, statement: str, values: list[object] | None = None) -> None:
        with duckdb.connect(str(self.path)) as con:
            con.execute(statement, values)

    def report(self, data: bytes, *groups: Group, name: str = "report.pdf") -> str:
        """Add a report, its file and its groups; its id."""
        path = self.folder / name
        path.write_bytes(data)
        report_id = hashlib.sha256(data).hexdigest()
        self._run("insert into raw.sources values (?, ?)", [report_id, path.as_posix()])
        self.reports.append(Report(report_id, path.as_posix(), "某局", 2022, True, "", groups))
        return report_id

    def finding(self, finding_id: str, report_id: str, page: int, *box: float, **cell: str) -> None:
        self._run(
            "insert into marts.findings values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [finding_id, report_id, *self._codes(cell), page, *(box or [None] * 4)],
        )

    def cell(self, report_id: str, page: int, *box: float, **cell: str) -> None:
        self._run(
            "insert into marts.cell_values values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [report_id, *self._codes(cell), page, *box],
        )

    def suspect(self, report_id: str, solution_no: int, **cell: str) -> None:
        self._run(
            "insert into marts.suspects values (?, ?, ?, ?, ?)",
            [report_id, *self._codes(cell), solution_no],
        )

    @staticmethod
    def _codes(cell: dict[str, str]) -> list[object]:
        return [cell.get(name) for name in ("form_table", "indicator", "breakdown")]

    def marked(self) -> list[MarkedPage]:
        with duckdb.connect(str(self.path), read_only=True) as con:
            return marked_pages(con, self.reports)

    def site(self, jobs: int = 1, name: str = "site") -> Site:
        outcome = Outcome(tuple(self.reports), (), (), "error", self.path, None, False)
        return Site(outcome, Catalogue((), ()), self.folder / name, "zh", jobs)


def group(*finding_ids: str, severity: str = "error", waived: bool = False) -> Group:
    return Group(
        "g", "balance", "balance.some", severity, "source", len(finding_ids), 1, waived, "", "",
        True, finding_ids=finding_ids,
    )  # type: ignore[arg-type]  # fmt: skip
