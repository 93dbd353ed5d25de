"""Pages are drawn with their cells outlined, once, and never at the cost of the run."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from concurrent.futures import TimeoutError as OutOfTime
from dataclasses import replace
from pathlib import Path

import duckdb
import numpy as np
import PIL.Image
import pytest
from pebble import ProcessExpired, ProcessFuture
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from checkpoints.groups import Group
from checkpoints.outcome import Outcome, Report
from checkpoints.site.marked_pages import MarkedPage, marked_pages
from checkpoints.site.page import Page, Site
from checkpoints.site.page_picture import COLOURS, TINT, Kind, Outline, draw_page
from checkpoints.site.pictures import draw_report, outcome_of, pages, read_pictures
from checkpoints.site.writer import write
from ingest.scan.pages import Picture

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
    """The rectangle of the pixels that are tinted white: left, top, right, bottom."""
    tinted = np.rint(255 * (1 - TINT) + np.array(COLOURS[kind]) * TINT)
    pixels = np.asarray(PIL.Image.open(path).convert("RGB"))
    down, across = np.nonzero((np.abs(pixels - tinted) < 1).all(axis=2))
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
        return Site(outcome, self.folder / name, "zh", jobs)


def group(*finding_ids: str, severity: str = "error", waived: bool = False) -> Group:
    return Group(
        "g", "balance", "balance.some", severity, "source", len(finding_ids), 1, waived, "", "",
        True, finding_ids=finding_ids,
    )  # type: ignore[arg-type]  # fmt: skip


@pytest.fixture
def empty(tmp_path: Path) -> Database:
    return Database(tmp_path)


@pytest.fixture
def one(empty: Database) -> Database:
    """A report of two pages with a finding on each."""
    report_id = empty.report(printed("12", "34"), group("a"), group("b", severity="warning"))
    empty.finding("a", report_id, 1, *BOX)
    empty.finding("b", report_id, 2, *BOX)
    return empty


def names(site: Site) -> Iterator[str]:
    for path in sorted((site.folder / "pages").iterdir()):
        yield path.name


def draw(site: Site) -> list[str]:
    """Bring the pictures of the site up to date; their paths."""
    write(site, [pages])
    return [
        picture.path for pictures in read_pictures(site.folder).values() for picture in pictures
    ]


# Which cells


def test_a_cell_has_the_number_and_the_kind_of_its_worst_group(empty: Database) -> None:
    report_id = empty.report(
        b"", group("a"), group("b", "c", severity="warning"), group("d", waived=True)
    )
    for finding_id in "abd":
        empty.finding(finding_id, report_id, 1, *BOX)
    empty.finding("c", report_id, 2, *BOX)
    first, second = empty.marked()
    assert first.outlines == (outline("error", "1,2,3"),)
    assert second.outlines == (outline("warning", "2"),)


def test_what_is_waived_alone_is_grey(empty: Database) -> None:
    report_id = empty.report(b"", group("a", waived=True))
    empty.finding("a", report_id, 1, *BOX)
    assert empty.marked()[0].outlines == (outline("waived"),)


def test_a_suspect_of_the_likeliest_set_is_outlined_too(empty: Database) -> None:
    report_id = empty.report(b"", group("a"))
    cell = {"form_table": "applications", "indicator": "granted", "breakdown": "total"}
    other = {**cell, "breakdown": "legal"}
    third = {**cell, "breakdown": "social"}
    empty.finding("a", report_id, 1, *BOX, **cell)
    for number, codes in enumerate((cell, other, third)):
        empty.cell(report_id, 1, *(edge + 100 * number for edge in BOX), **codes)
    empty.suspect(report_id, 1, **cell)
    empty.suspect(report_id, 1, **other)
    empty.suspect(report_id, 2, **third)
    [page] = empty.marked()
    assert [(each.kind, each.is_suspect, each.label) for each in page.outlines] == [
        ("error", True, "1?"),
        ("suspect", True, "?"),
    ]


def test_prose_shows_the_cell_it_contradicts_and_a_row_all_its_cells(empty: Database) -> None:
    report_id = empty.report(b"", group("prose"), group("row"), group("nowhere"))
    row = {"form_table": "applications", "indicator": "granted"}
    for page, indicator in ((3, "granted"), (4, "new_received")):
        for breakdown in ("total", "legal"):
            box = [edge + 100 * (breakdown == "legal") for edge in BOX]
            empty.cell(
                report_id, page, *box, **{**row, "indicator": indicator, "breakdown": breakdown}
            )
    empty.finding(
        "prose", report_id, 1, form_table="applications", indicator="new_received",
        breakdown="total",
    )  # fmt: skip
    empty.finding("row", report_id, 3, **row)
    empty.finding("nowhere", report_id, 1)
    assert [(page.page, [each.label for each in page.outlines]) for page in empty.marked()] == [
        (3, ["2", "2"]),
        (4, ["1"]),
    ]


def test_of_neighbours_the_first_has_the_badge(empty: Database) -> None:
    report_id = empty.report(b"", group("a", "b", "c", "d"))
    empty.finding("a", report_id, 1, 100, 200, 160, 220)
    empty.finding("b", report_id, 1, 100, 220, 160, 240)
    empty.finding("c", report_id, 1, 160, 200, 220, 220)
    empty.finding("d", report_id, 1, 300, 200, 360, 220)
    assert [each.label for each in empty.marked()[0].outlines] == ["1", "", "1", ""]


def test_formats_without_places_have_no_pictures(empty: Database) -> None:
    report_id = empty.report(b"", group("a"))
    empty.finding("a", report_id, 1, form_table="applications")
    assert empty.marked() == []
    assert draw(empty.site()) == []


# What is drawn


@pytest.mark.parametrize(
    ("data", "page"),
    [
        (printed("12"), 1),
        (as_image("PNG"), 1),
        (as_image("JPEG", quality=95), 1),
        (as_image("TIFF", 3), 3),
    ],
)
def test_the_outline_surrounds_the_box(tmp_path: Path, data: bytes, page: int) -> None:
    (tmp_path / "pages").mkdir()
    report_id = hashlib.sha256(data).hexdigest()
    (tmp_path / "file").write_bytes(data)
    [drawn] = draw_report(
        [str(tmp_path / "file")], [MarkedPage(report_id, page, (outline(),))], tmp_path
    )
    scale = drawn.width / drawn.points_wide
    assert (drawn.points_wide, drawn.points_high) == pytest.approx(A4, abs=1)
    assert inside(tmp_path / drawn.path) == pytest.approx([edge * scale for edge in BOX], abs=1.5)


def paper(shade: int = 255) -> Picture:
    return Picture(1, np.full((600, 400, 3), shade, np.uint8), 400 * 72 / 110, 600 * 72 / 110)


@pytest.mark.parametrize("kind", COLOURS)
def test_every_kind_has_a_colour_of_its_own(kind: Kind) -> None:
    drawn = draw_page(paper(), [outline(kind)]).convert("RGB")
    assert {COLOURS[other] for other in COLOURS} & {colour for _, colour in drawn.getcolors()} == {
        COLOURS[kind]
    }


def test_a_suspect_has_dashes() -> None:
    plain, dashed = (
        draw_page(paper(), [outline(is_suspect=each)]).convert("RGB") for each in (False, True)
    )
    suspect = COLOURS["suspect"]
    assert suspect not in {colour for _, colour in plain.getcolors()}
    assert suspect in {colour for _, colour in dashed.getcolors()}


def test_a_badge_hides_no_print() -> None:
    """Print on all sides of the cell but one: there the badge stands."""
    picture = paper()
    x0, top, x1, bottom = (round(edge * 110 / 72) for edge in BOX)
    picture.pixels[top - 20 : bottom + 20, x0 - 40 : x1 + 40] = (
        np.indices((bottom - top + 40, x1 - x0 + 80)).sum(axis=0)[:, :, np.newaxis] % 2 * 255
    )
    picture.pixels[top - 10 : bottom + 10, x1 - 4 : x1 + 40] = 255
    before = np.asarray(draw_page(picture, [outline(label="")]).convert("L"))
    after = np.asarray(draw_page(picture, [outline(label="7")]).convert("L"))
    _, across = np.nonzero(before != after)
    assert across.min() >= x1 - 4


def test_boxes_beyond_the_page_are_cut_off() -> None:
    beyond = [outline()._replace(x0=-50, top=-50), outline()._replace(x1=9e6, bottom=9e6)]
    empty_box = outline()._replace(x0=9e5, x1=9e5, top=9e5, bottom=9e5)
    assert draw_page(paper(), [*beyond, empty_box]).size == (400, 600)


def test_print_is_png_and_noise_is_webp(tmp_path: Path) -> None:
    noise = np.random.default_rng(1).integers(100, 255, (1169, 827), np.uint8)
    target = io.BytesIO()
    PIL.Image.fromarray(noise).save(target, "PNG", dpi=(100, 100))
    (tmp_path / "pages").mkdir()
    suffixes = []
    for data in (printed("12"), target.getvalue()):
        (tmp_path / "file").write_bytes(data)
        page = MarkedPage(hashlib.sha256(data).hexdigest(), 1, (outline(),))
        [drawn] = draw_report([str(tmp_path / "file")], [page], tmp_path)
        suffixes.append(Path(drawn.path).suffix)
    assert suffixes == [".png", ".webp"]
    assert (tmp_path / drawn.path).read_bytes()[8:12] == b"WEBP"


# What cannot be drawn


def damaged() -> bytes:
    return printed("12").replace(b"/Type /Page\n", b"/Type /Pope\n").replace(b"startxref", b"")


@pytest.mark.parametrize(
    "data",
    [
        printed("12", encrypt=StandardEncryption("secret")),
        damaged(),
        b"%PDF-1.7 and nothing else",
        b"",
        b"GIF89a",
        as_image("PNG")[:300],
    ],
)
def test_what_cannot_be_drawn_has_no_picture(empty: Database, data: bytes) -> None:
    report_id = empty.report(data, group("a"))
    empty.finding("a", report_id, 1, *BOX)
    assert draw(empty.site()) == []


def test_a_page_that_is_not_there_costs_no_other_page(one: Database) -> None:
    one.finding("a", one.reports[0].report_id, 7, *BOX)
    assert len(draw(one.site())) == 2


def test_a_file_that_is_gone_or_has_changed_has_no_picture(one: Database) -> None:
    path = Path(one.reports[0].source_path)
    path.write_bytes(printed("another"))
    assert draw(one.site()) == []
    path.unlink()
    assert draw(one.site()) == []


@pytest.mark.parametrize("end", [OutOfTime(), ProcessExpired("killed"), MemoryError()])
def test_a_file_that_costs_its_process_has_no_picture(end: Exception) -> None:
    future: ProcessFuture[list[object]] = ProcessFuture()
    future.set_exception(end)
    assert outcome_of(future) == []  # type: ignore[arg-type]


# What is drawn again


def moments(site: Site) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in (site.folder / "pages").iterdir()}


def test_nothing_is_drawn_again_where_nothing_changed(one: Database) -> None:
    site = one.site()
    assert len(draw(site)) == 2
    before = moments(site)
    Path(one.reports[0].source_path).unlink()  # It is not even read again.
    assert len(draw(site)) == 2
    assert moments(site) == before


def test_only_the_page_whose_findings_changed_is_drawn_again(one: Database) -> None:
    site = one.site()
    first, second = (Path(path).name for path in draw(site))
    before = moments(site)
    one.reports[0] = replace(one.reports[0], groups=(group("a"), group("b")))
    draw(one.site())
    after = moments(site)
    assert (after[first], after[second] > before[second]) == (before[first], True)


@pytest.mark.parametrize("content", ["", "{}", "[{}]", '[{"outlines": []', "[1]"])
def test_a_broken_manifest_costs_only_time(one: Database, content: str) -> None:
    site = one.site()
    drawn = draw(site)
    (site.folder / "pages" / "pages.json").write_text(content)
    assert draw(site) == drawn


def test_a_picture_that_is_gone_or_cut_short_is_drawn_again(one: Database) -> None:
    site = one.site()
    first, second = (site.folder / path for path in draw(site))
    content = first.read_bytes(), second.read_bytes()
    first.unlink()
    second.write_bytes(b"")
    draw(site)
    assert (first.read_bytes(), second.read_bytes()) == content


def test_pictures_of_reports_that_are_covered_no_more_are_removed(one: Database) -> None:
    site = one.site()
    draw(site)
    one.reports.clear()
    draw(one.site())
    assert list(names(site)) == ["pages.json"]


def test_the_same_inputs_give_the_same_bytes(one: Database) -> None:
    other = one.report(printed("56"), group("c"), name="other.pdf")
    one.finding("c", other, 1, *BOX)
    sites = [one.site(), one.site(jobs=2, name="other-site")]
    for site in sites:
        draw(site)
    first, second = (
        {path.name: path.read_bytes() for path in (site.folder / "pages").iterdir()}
        for site in sites
    )
    assert len(first) == 4
    assert first == second


def test_the_maker_gives_all_it_has_drawn(one: Database) -> None:
    given = list(pages(one.site()))
    assert [page.content for page in given[:-1]] == [None, None]
    assert isinstance(given[-1], Page)
    assert given[-1].path == "pages/pages.json"
