"""The committed samples are what the generator makes, and faults.csv says all that is wrong."""

import csv
import re
from collections import Counter
from io import BytesIO, StringIO
from itertools import pairwise

import pdfplumber
import pytest

from data.generator.__main__ import FAULT_COLUMNS, fault_lines, write_samples
from data.generator.forms import EDITIONS
from data.generator.plan import MISREMEMBERED
from data.generator.samples import samples
from tests.oracle import expected_findings

# Rules on rows, sections and editions, which are not to be seen in the printed cells.
BEYOND_CELLS = {
    "narrative.requests_received",
    "narrative.outcomes",
    "completeness.row_shape",
    "completeness.sections_present",
    "completeness.edition_current",
}
MOST_BYTES = 2_000_000


@pytest.fixture(scope="module")
def made():
    return list(samples())


@pytest.fixture(scope="module")
def faults(root):
    with (root / "data" / "faults.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def pdf_text(content):
    with pdfplumber.open(BytesIO(content)) as pdf:
        return [page.extract_text() for page in pdf.pages]


def test_committed_files_equal_a_fresh_run(root, made):
    folder = root / "data" / "reports"
    assert {path.name for path in folder.iterdir()} == {sample.file_name for sample in made}
    for sample in made:
        committed = (folder / sample.file_name).read_bytes()
        if sample.rendering == "pdf":
            # The bytes hang on the version of reportlab, the text does not.
            assert pdf_text(committed) == pdf_text(sample.content())
        else:
            assert committed == sample.content()
    assert (root / "data" / "faults.csv").read_text(encoding="utf-8") == fault_lines(made)


def test_two_runs_write_the_same_bytes(tmp_path, made):
    for run in ("one", "two"):
        assert write_samples(tmp_path / run / "reports") == len(made)
    for path in (tmp_path / "one").rglob("*.*"):
        other = tmp_path / "two" / path.relative_to(tmp_path / "one")
        assert path.read_bytes() == other.read_bytes()


def test_a_former_sample_is_removed_and_nothing_else(tmp_path):
    folder = tmp_path / "reports"
    folder.mkdir()
    former = folder / "云溪县示例教育局2018年政府信息公开工作年度报告.txt"
    foreign = folder / "笔记.txt"
    for path in (former, foreign):
        path.write_text("旧", encoding="utf-8")
    write_samples(folder)
    assert not former.exists()
    assert foreign.read_text(encoding="utf-8") == "旧"


def test_faults_are_all_that_is_wrong_in_the_print(made):
    for sample in made:
        report = sample.report
        single = any(cell[:2] == ("applications", "other") for cell in report.printed)
        stated = Counter(
            (finding.rule, finding.subject)
            for finding in sample.findings
            if finding.rule not in BEYOND_CELLS and not finding.rule.startswith("continuity.")
        )
        assert stated == expected_findings(report.printed, report.edition, single), sample.file_name


def test_the_samples_cover_what_they_are_for(made, faults):
    assert len(made) >= 24
    assert len({sample.agency for sample in made}) == 6
    assert {sample.report.edition for sample in made} == set(EDITIONS)
    assert {sample.rendering for sample in made} == {"tabs", "ragged", "pipes", "pdf"}
    assert len({(sample.agency, sample.year) for sample in made}) == len(made)
    faulty = {line["file"] for line in faults}
    assert 2 * len(faulty) < len(made)
    assert len({(line["file"], line["note"]) for line in faults}) >= 12
    assert len({line["rule"] for line in faults}) >= 10
    assert {line["rule"].partition(".")[0] for line in faults} == {
        "completeness",
        "non_negativity",
        "balance",
        "continuity",
        "narrative",
    }
    assert sum(len(sample.content()) for sample in made) < MOST_BYTES


def test_faults_csv_has_its_columns(made):
    [header, *_] = csv.reader(StringIO(fault_lines(made)))
    assert tuple(header) == FAULT_COLUMNS


def test_agencies_are_plainly_fictional_and_carry_their_region(made):
    names = {sample.agency for sample in made}
    bare = Counter(re.fullmatch(r"(.+?[市县区])(.+)", name)[2] for name in names)
    assert all("示例" in name for name in names)
    assert bare["示例教育局"] == 2
    assert any(name.endswith("示例区人民政府") for name in names)
    for sample in made:
        assert sample.report.title.startswith(f"{sample.agency}{sample.year}年")
        assert "虚构" in sample.report.introduction[-1] or "样例" in sample.report.introduction[-1]


def test_figures_carry_over_the_years(made):
    for earlier, later in pairwise(made):
        if earlier.agency != later.agency or (later.agency, later.year) in MISREMEMBERED:
            continue
        for (table, row, part), value in later.figures.items():
            if row == "carried_in":
                assert value == earlier.figures[table, "carried_out", part]
            before = earlier.figures.get((table, row, part))
            if part == "in_force" and before is not None:
                issued, repealed = (later.figures[table, row, p] for p in ("issued", "repealed"))
                assert value == before + issued - repealed
            if part == "prior_items" and before is not None:
                assert value == before + earlier.figures[table, row, "change"]


def test_no_year_repeats_the_figures_of_another(made):
    def flows(sample):
        return {
            cell: value
            for cell, value in sample.figures.items()
            if value and cell[2] not in ("in_force", "disclosed_total", "prior_items")
        }

    for number, sample in enumerate(made):
        for other in made[:number]:
            if sample.agency == other.agency:
                assert flows(sample) != flows(other)
