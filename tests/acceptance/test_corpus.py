"""Published reports: every cell as printed, every identity and edition, and no false alarm."""

from __future__ import annotations

import csv
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest

from checkpoints.exit_codes import ExitCode
from checkpoints.outcome import Outcome
from tests.acceptance.runs import check, rows

pytestmark = pytest.mark.xdist_group("corpus")


class Checked(NamedTuple):
    """The run over the corpus, its database, and the lines of truth.csv by file."""

    outcome: Outcome
    database: Path
    truth: dict[str, list[dict[str, str]]]


@pytest.fixture(scope="module")
def checked(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Checked:
    database = tmp_path_factory.mktemp("corpus") / "gouji.duckdb"
    truth: dict[str, list[dict[str, str]]] = {}
    with (corpus / "truth.csv").open(encoding="utf-8", newline="") as lines:
        for line in csv.DictReader(lines):
            truth.setdefault(line["file"], []).append(line)
    return Checked(check([corpus / "text", corpus / "pdf"], database), database, truth)


def reports(checked: Checked, columns: str) -> dict[str, tuple[object, ...]]:
    """Some columns of each report, by its file's path inside the corpus."""
    found = rows(checked.database, f"select source_path, {columns} from marts.reports")
    return {"/".join(Path(path).parts[-2:]): tuple(values) for path, *values in found}


def test_the_run_ends_with_code_0(checked: Checked) -> None:
    assert checked.outcome.exit_code == ExitCode.OK
    assert checked.outcome.difficulties == ()
    assert checked.outcome.rejections == ()
    assert len(checked.outcome.reports) == 6


def test_every_cell_has_the_value_printed(checked: Checked) -> None:
    read = {
        ("/".join(Path(path).parts[-2:]), *cell): (value, status)
        for path, *cell, value, status in rows(
            checked.database,
            "select source_path, form_table, indicator, breakdown, value, status"
            " from marts.cell_values inner join marts.reports using (report_id)",
        )
    }
    truth = {
        (file, line["form_table"], line["indicator"], line["breakdown"]): (
            Decimal(line["printed"]),
            "reported",
        )
        for file, lines in checked.truth.items()
        for line in lines
    }
    assert len(truth) == 1183
    wrong = {
        cell: (read.get(cell), value) for cell, value in truth.items() if read.get(cell) != value
    }
    assert wrong == {}


def test_agency_and_year_are_known(checked: Checked) -> None:
    stated = {
        file: (lines[0]["agency"], int(lines[0]["report_year"]))
        for file, lines in checked.truth.items()
    }
    assert reports(checked, "agency, report_year") == stated


def test_editions_are_told_by_what_is_printed(checked: Checked) -> None:
    editions = reports(checked, "proactive_edition, applications_edition, disputes_edition")
    by_file = {Path(path).name[:3]: found for path, found in editions.items()}
    assert by_file["002"] == ("trial_2019",) * 3
    assert by_file["004"][0] == "decimal_2021"
    assert by_file["hzq"][:2] == ("standard_2021", "trial_2019")
    assert {by_file[file][0] for file in ("000", "001", "003")} == {"standard_2021"}


def test_no_finding_is_an_error(checked: Checked) -> None:
    errors = rows(
        checked.database, "select agency, message_zh from marts.findings where severity = 'error'"
    )
    assert errors == []


def test_rows_of_another_shape_are_exactly_the_six(checked: Checked) -> None:
    found = rows(
        checked.database,
        "select source_path, subject, severity, origin from marts.findings"
        " inner join marts.reports using (report_id) where rule = 'completeness.row_shape'",
    )
    assert Counter((Path(path).name[:3], *rest) for path, *rest in found) == Counter(
        (file, subject, "warning", "unsure")
        for file, subject in [
            ("002", "applications.carried_out"),
            ("003", "applications.new_received"),
            ("003", "applications.carried_in"),
            ("003", "disputes.disputes"),
            ("004", "applications.outcome_total"),
            ("004", "applications.carried_out"),
        ]
    )


def test_no_sentence_is_called_wrong(checked: Checked) -> None:
    claims = rows(
        checked.database,
        "select source_path, claim, cast(stated_value as integer), agrees, not_compared"
        " from marts.narrative_claims inner join marts.reports using (report_id)"
        " where rule <> 'narrative.year' and (agrees or stated_value <> 0)",
    )
    assert {(Path(path).name[:3], *rest) for path, *rest in claims} == {
        ("000", "none_received", 0, True, None),
        ("000", "sum", 907, True, None),
        ("003", "none_received", 0, True, None),
        ("003", "disputes", 0, True, None),
        ("004", "none_received", 0, True, None),
        # 17 applications of the district's own office beside 95 of the district.
        ("hzq", "requests_received", 17, None, "scope"),
    }
    found = rows(
        checked.database, "select message_zh from marts.findings where suite = 'narrative'"
    )
    assert found == []
