"""The corpus has every layout often enough and no report twice; its truth is what is printed."""

import csv
from collections import Counter

import pytest

from data.generator.corpus import LEAST, STYLES, TRUTH, main, members, write_corpus
from data.generator.forms import EDITIONS
from data.generator.layouts import LAYOUTS, SCAN


@pytest.fixture(scope="module")
def three_hundred():
    return members(300, seed=1, scans=True)


def test_every_layout_comes_often_enough(three_hundred):
    counts = Counter(member.layout for member in three_hundred)
    assert counts.pop(SCAN) == 1
    assert set(counts) == set(LAYOUTS)
    assert min(counts.values()) >= LEAST


def test_every_layout_has_every_form_and_style(three_hundred):
    for layout in LAYOUTS:
        made = [member for member in three_hundred if member.layout == layout]
        assert {member.report.edition for member in made} == set(EDITIONS)
        zeros = [len(member.zeros) for member in made]
        assert zeros.count(0) >= 20 // len(STYLES) - 1
        assert len({len(member.report.printed) for member in made}) >= 3


def test_no_agency_reports_twice_for_a_year(three_hundred):
    keys = [(member.report.agency, member.report.year) for member in three_hundred]
    assert len(set(keys)) == len(keys)
    assert len({member.name for member in three_hundred}) == len(keys)


def test_one_layout_alone_has_the_reports_it_has_among_all(tmp_path, capsys):
    count = len(LAYOUTS) * 2
    main([str(tmp_path), "--count", str(count), "--layout", "docx", "--layout", "text"])
    made = [member for member in members(count, 1) if member.layout in ("docx", "text")]
    assert len(made) == 4
    assert {path.name for path in tmp_path.iterdir()} == {TRUTH, *(member.name for member in made)}
    assert capsys.readouterr().err.startswith("4 reports")


def test_a_full_corpus_finds_an_agency_for_every_report():
    each = len(EDITIONS) * len(STYLES)
    made = members(0, seed=1, full=True, scans=False)
    counts = Counter(member.layout for member in made)
    assert min(counts.values()) == max(counts.values()) >= 6 * each
    keys = {(member.report.agency, member.report.year) for member in made}
    assert len(keys) == len(made)


def test_seeds():
    def prints(seed):
        made = members(2 * len(LAYOUTS), seed, scans=True)
        return [(member.name, member.published.printed) for member in made]

    first = prints(1)
    assert prints(1) == first
    assert prints(2) != first


def test_the_truth_is_what_is_printed(tmp_path):
    made = [
        member
        for member in members(60, seed=4, scans=False)
        if isinstance(member.published.work, bytes) and member.layout.startswith(("text", "html"))
    ]
    write_corpus(made, tmp_path)
    with (tmp_path / TRUTH).open(encoding="utf-8", newline="") as lines:
        truth = list(csv.DictReader(lines))
    assert {line["file"] for line in truth} == {path.name for path in tmp_path.iterdir()} - {TRUTH}
    by_file = {member.name: member for member in made}
    for line in truth:
        member = by_file[line["file"]]
        cell = (line["form_table"], line["indicator"], line["breakdown"])
        assert line["printed"] == member.published.printed[cell]
        assert (line["agency"], int(line["report_year"])) == (
            member.report.agency,
            member.report.year,
        )
        if line["printed"]:
            assert (float(line["printed"].removesuffix("元")) == 0) == (line["is_zero"] == "true")
    text = next(member for member in made if member.name.endswith(".txt"))
    content = (tmp_path / text.name).read_text(encoding="utf-8")
    assert all(value in content for value in text.published.printed.values())
