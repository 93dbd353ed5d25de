"""Hubei's extension of the trial form: told by its own row, read and judged like any edition."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from checkpoints.outcome import Outcome
from tests.acceptance import reports, runs

FORM = (Path(__file__).parent / "trial_2019_hubei.txt").read_text(encoding="utf-8")
"""The smallest report that uses the form; its figures tie out."""

AGENCY = "云溪县示例档案局"
[OWN_ROW] = [line for line in FORM.splitlines() if line.startswith("其他主动公开文件")]


def another(agency: str, old: str = "", new: str = "") -> str:
    """The report of another agency, with one text of it replaced."""
    assert FORM.count(old) == 1 or not old
    return FORM.replace(old, new).replace(AGENCY, agency)


def standard_with_the_row(path: Path) -> str:
    """A report in the current form that has Hubei's row besides."""
    reports.write(reports.clean(1, 2022), path)
    text = path.read_text(encoding="utf-8")
    [row] = [line for line in text.splitlines() if line.startswith("行政规范性文件\t")]
    return text.replace(row, f"{row}\n{OWN_ROW}")


@dataclass(frozen=True)
class Checked:
    """The outcome of one run over the reports, and its database."""

    outcome: Outcome
    database: Path

    def editions(self, name: str) -> tuple[str, ...]:
        """The editions of a report's three tables."""
        [found] = runs.rows(
            self.database,
            "select proactive_edition, applications_edition, disputes_edition"
            " from marts.reports where source_path like ?",
            f"%/{name}.txt",
        )
        return found

    def cells(self, name: str, indicator: str) -> dict[str, tuple[str, int | None]]:
        """Status and value of the cells of one row of a report."""
        found = runs.rows(
            self.database,
            "select breakdown, status, value from marts.cell_values"
            " inner join marts.reports using (report_id)"
            " where source_path like ? and indicator = ? order by ordinal",
            f"%/{name}.txt",
            indicator,
        )
        return {
            breakdown: (status, None if value is None else int(value))
            for breakdown, status, value in found
        }


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Checked:
    folder = tmp_path_factory.mktemp("hubei")
    texts = {
        "sound": FORM,
        "general": another(reports.agency_name(2), OWN_ROW + "\n"),
        "wrong total": another(
            reports.agency_name(3),
            "（七）总计\t\t4\t0\t0\t0\t0\t0\t4",
            "（七）总计\t\t4\t0\t0\t0\t0\t0\t5",
        ),
        "negative": another(reports.agency_name(4), "\t186\t86\t255", "\t186\t-86\t255"),
        "blank": another(reports.agency_name(5), "\t186\t86\t255", "\t186\t\t255"),
        "current": standard_with_the_row(folder / "current.txt"),
    }
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    database = folder / "gouji.duckdb"
    return Checked(runs.check([folder], database), database)


def test_the_row_of_its_own_tells_the_edition(checked: Checked) -> None:
    for name in ("sound", "wrong total", "negative", "blank"):
        assert checked.editions(name) == ("trial_2019_hubei",) * 3


def test_instructions_in_brackets_are_no_edition(checked: Checked) -> None:
    assert checked.editions("general") == ("trial_2019",) * 3
    assert checked.cells("general", "other_documents") == {}


def test_the_row_in_another_form_is_passed_over(checked: Checked) -> None:
    assert checked.editions("current") == ("standard_2021",) * 3
    assert checked.cells("current", "other_documents") == {}


def test_its_cells_are_read_and_shift_no_other(checked: Checked) -> None:
    assert checked.cells("sound", "other_documents") == {
        "made": ("reported", 186),
        "disclosed": ("reported", 86),
        "disclosed_total": ("reported", 255),
    }
    for name in ("sound", "general"):
        assert checked.cells(name, "normative_documents") == {
            "made": ("reported", 2),
            "disclosed": ("reported", 2),
            "disclosed_total": ("reported", 83),
        }
        assert checked.cells(name, "licensing") == {
            "prior_items": ("reported", 12),
            "change": ("reported", -8),
            "decisions": ("reported", 40),
        }


def test_every_cell_of_the_form_is_there(checked: Checked) -> None:
    counts = runs.rows(
        checked.database,
        "select form_table, count(*), count(*) filter (where status = 'reported')"
        " from marts.cell_values inner join marts.reports using (report_id)"
        " where source_path like '%/sound.txt' group by form_table order by form_table",
    )
    assert counts == [("applications", 161, 161), ("disputes", 15, 15), ("proactive", 25, 25)]


def test_sound_reports_have_no_finding_and_faults_have_theirs(checked: Checked) -> None:
    assert checked.outcome.difficulties == ()
    cell = "proactive.other_documents.disclosed"
    found = runs.found_in(checked.database)
    assert {name: dict(findings) for name, findings in found.items()} == {
        "sound.txt": {},
        "general.txt": {},
        "current.txt": {},
        "wrong total.txt": {
            ("balance.requests_closure", "total"): 1,
            ("balance.outcomes_total", "total"): 1,
            ("balance.applicants_total", "outcome_total"): 1,
        },
        "negative.txt": {("non_negativity.counts", cell): 1},
        "blank.txt": {("completeness.cells_filled", cell): 1},
    }


def test_the_panel_says_what_the_row_compares_with(checked: Checked) -> None:
    rows = runs.rows(
        checked.database,
        "select distinct edition, comparable_from from marts.panel"
        " where indicator = 'other_documents'",
    )
    assert rows == [("trial_2019_hubei", 2019)]
