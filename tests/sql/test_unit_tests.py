"""The models' unit tests pass, and the models are documented as they are."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest

from checkpoints.lineage import Lineage
from checkpoints.transform import ModelError, build_models, run_unit_tests, work_folder
from ingest import warehouse


@dataclass(frozen=True)
class Project:
    """A database in which the models ran on empty raw tables, and what dbt knows of them."""

    database: Path
    models: dict[str, dict[str, Any]]
    nodes: dict[str, dict[str, Any]]
    tested: set[str]
    columns: dict[tuple[str, str], list[str]]
    """The columns of each table, by schema and name, in their order."""
    lineage: Lineage

    def documented(self, model: str) -> dict[str, dict[str, Any]]:
        """The columns that the model's yml names."""
        return self.models[model]["columns"]

    def built(self, model: str) -> list[str]:
        """The columns of the model's table."""
        node = self.models[model]
        return self.columns[node["schema"], node["alias"]]

    def marts(self) -> list[str]:
        return sorted(name for name, node in self.models.items() if node["schema"] == "marts")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    database = tmp_path_factory.mktemp("models") / "gouji.duckdb"
    warehouse.connect(database).close()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DBT_WRITE_JSON", "true")
        lineage = build_models(database)
    path = work_folder(database) / "target" / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    nodes = manifest["nodes"].values()
    with closing(duckdb.connect(str(database), read_only=True)) as con:
        columns = con.execute(
            "select schema_name, table_name, list(column_name order by column_index)"
            " from duckdb_columns() group by all"
        ).fetchall()
    return Project(
        database,
        nodes={**manifest["nodes"], **manifest["sources"]},
        lineage=lineage,
        models={node["name"]: node for node in nodes if node["resource_type"] == "model"},
        tested={test["model"] for test in manifest["unit_tests"].values()},
        columns={(schema, table): names for schema, table, names in columns},
    )


def test_unit_tests_of_the_models_pass(project: Project) -> None:
    try:
        names = run_unit_tests(project.database)
    except ModelError as error:
        pytest.fail(str(error), pytrace=False)
    assert len(names) >= len(project.models)


def test_every_model_has_a_unit_test(project: Project) -> None:
    """Of dbt for SQL; dbt has none for Python, whose work has a test module of its own."""
    python = {name for name, node in project.models.items() if node["language"] == "python"}
    assert python == {"suspects"}
    assert (Path(__file__).parent / "localisation" / "test_rows.py").is_file()
    assert set(project.models) - project.tested == python


def test_every_description_begins_with_the_grain(project: Project) -> None:
    other = [
        name
        for name, node in project.models.items()
        if not node["description"].startswith("One row for each ")
    ]
    assert other == []


def test_no_description_is_of_a_column_that_is_not_there(project: Project) -> None:
    stale = {
        name: sorted(set(project.documented(name)) - set(project.built(name)))
        for name in project.models
    }
    assert {name: columns for name, columns in stale.items() if columns} == {}


def test_every_column_of_every_mart_is_described_in_its_order(project: Project) -> None:
    marts = project.marts()
    assert {name: list(project.documented(name)) for name in marts} == {
        name: project.built(name) for name in marts
    }
    unsaid = [
        f"{name}.{column}"
        for name in marts
        for column, said in project.documented(name).items()
        if not said["description"] or not {"zh", "about"} <= set(said["config"]["meta"])
    ]
    assert unsaid == []


def test_the_lineage_that_is_kept_is_that_of_the_manifest(project: Project) -> None:
    def table(unique_id: str) -> str:
        node = project.nodes[unique_id]
        return f"{node['schema']}.{node.get('alias') or node['name']}"

    built = {
        unique_id: node
        for unique_id, node in project.nodes.items()
        if node["resource_type"] in ("model", "seed")
    }
    assert len(built) > 90
    assert dict(project.lineage) == {
        table(unique_id): tuple(sorted(map(table, node["depends_on"].get("nodes", []))))
        for unique_id, node in built.items()
    }
