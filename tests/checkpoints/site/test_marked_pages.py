"""Each cell with a finding is outlined where it is printed, and numbered as on the page."""

from __future__ import annotations

from tests.checkpoints.site.pictured import (
    BOX,
    Database,
    group,
    outline,
)


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


def test_formats_without_places_have_no_page_to_mark(empty: Database) -> None:
    report_id = empty.report(b"", group("a"))
    empty.finding("a", report_id, 1, form_table="applications")
    assert empty.marked() == []
