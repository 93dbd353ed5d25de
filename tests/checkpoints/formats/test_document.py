"""The JSON of a run: what the schema in docs says, with everything the run has."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from checkpoints.baseline import SCHEMA_VERSION, read_baseline
from checkpoints.formats.document import as_json
from checkpoints.outcome import Outcome
from checkpoints.summary import last_line
from tests.checkpoints.formats.runs import FULL, HOSTILE, HOSTILE_RUN, WAIVED
from tests.checkpoints.outcomes import outcome, report


@pytest.fixture(scope="module")
def schema(root: Path) -> dict[str, Any]:
    return json.loads((root / "docs" / "check.schema.json").read_text(encoding="utf-8"))


def objects(node: object) -> list[dict[str, Any]]:
    """All objects in a JSON document."""
    inner = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    found = [each for child in inner for each in objects(child)]
    return [node, *found] if isinstance(node, dict) else found


@pytest.mark.parametrize("run", [FULL, HOSTILE_RUN, outcome()], ids=["full", "hostile", "empty"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_run_has_the_shape_of_the_schema(
    schema: dict[str, Any], run: Outcome, language: Any
) -> None:
    Draft202012Validator.check_schema(schema)
    checker = Draft202012Validator(schema, format_checker=FormatChecker())
    assert [e.message for e in checker.iter_errors(json.loads(as_json(run, language)))] == []


def test_the_schema_names_every_field_as_there_always(schema: dict[str, Any]) -> None:
    named = [each for each in objects(schema) if "properties" in each]
    assert len(named) > 8
    for each in named:
        assert each["additionalProperties"] is False
        assert set(each["required"]) == set(each["properties"])


def test_the_schema_is_of_the_version_that_is_written(schema: dict[str, Any]) -> None:
    document = json.loads(as_json(FULL, "zh"))
    assert document["schema_version"] == SCHEMA_VERSION
    pattern = schema["properties"]["schema_version"]["pattern"]
    assert pattern.startswith(f"^{SCHEMA_VERSION.partition('.')[0]}\\.")


def test_it_says_what_the_last_line_says() -> None:
    document = json.loads(as_json(FULL, "zh"))
    assert document["exit_code"] == 1
    assert document["reason"] == last_line(FULL, "zh")
    assert document["counts"]["reports"] == 4
    assert (document["counts"]["expected"], document["counts"]["missing"]) == (2, 2)


def test_every_finding_has_ids_file_and_page() -> None:
    document = json.loads(as_json(FULL, "zh"))
    told = [f for each in (*document["reports"], *document["expected"]) for f in each["findings"]]
    assert [f["id"] for f in told] == [f"{number:032x}" for number in (1, 2, 3, 4, 5, 6, 7)]
    assert {(f["file"], f["page"]) for f in told} == {
        ("/r/甲局.pdf", 4),
        ("/r/甲局.pdf", None),
        ("/r/乙.pdf", 4),
        ("/r/expected.csv", None),
    }
    assert [f["counts"] for f in told] == [True, True, True, False, False, False, True]
    assert [f["standing"] for f in told][4:6] == ["accepted", "changed_rule"]


def test_it_holds_every_rejection_rule_and_difficulty() -> None:
    document = json.loads(as_json(FULL, "zh"))
    assert [each["kind"] for each in document["rejections"]] == ["unreadable", "skipped"]
    assert all(each["message"] != each["message_en"] for each in document["rejections"])
    assert [each["unexpected_count"] for each in document["rules"]] == [3, 0]
    assert document["difficulties"] == ["balance.r: no column"]


def test_it_says_why_a_finding_is_waived() -> None:
    document = json.loads(as_json(outcome(report(WAIVED), reviewed=FULL.reviewed), "zh"))
    [found] = document["reports"][0]["findings"]
    assert (found["waived_reason"], found["waived_by"], found["waived_until"]) == (
        "口径如此",
        "张三",
        "2024-06-30",
    )
    assert document["counts"]["waived"] == 1
    assert (document["reviewed"][0]["state"], document["reviewed"][0]["line_no"]) == ("expired", 3)


def test_text_of_reports_is_kept_as_it_is_and_no_control_character_is_bare() -> None:
    text = as_json(HOSTILE_RUN, "zh")
    assert not set(text) & set("\x00\x07\x1b\r")
    [told] = json.loads(text)["reports"]
    assert (told["agency"], told["findings"][0]["message_zh"]) == (HOSTILE, HOSTILE)


def test_it_can_be_the_baseline_of_a_later_run(tmp_path: Path) -> None:
    file = tmp_path / "accepted.json"
    file.write_text(as_json(FULL, "zh"), encoding="utf-8")
    accepted = read_baseline(file).findings
    assert accepted == {f"{number + 1000:032x}" for number in (1, 2, 3, 5, 6, 7)}
