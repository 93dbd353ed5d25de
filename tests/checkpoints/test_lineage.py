"""What tables are made from is noted as dbt built them."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

from checkpoints.lineage import lineage_of, note_lineage, read_lineage
from ingest import warehouse


def node(unique_id: str, schema: str, alias: str, *parents: str) -> SimpleNamespace:
    """What of a node of dbt tells where it comes from."""
    return SimpleNamespace(
        unique_id=unique_id, schema=schema, alias=alias, depends_on_nodes=list(parents)
    )


NODES = [
    node("seed.gouji.rules", "form", "rules"),
    node("model.gouji.stg_a", "staging", "stg_a", "source.gouji.raw.cells"),
    node("model.gouji.judged", "marts", "relations", "model.gouji.stg_a", "seed.gouji.rules"),
]


def test_tables_go_by_the_names_they_have_in_the_database() -> None:
    assert lineage_of(NODES) == {
        "form.rules": (),
        "staging.stg_a": ("raw.cells",),
        "marts.relations": ("form.rules", "staging.stg_a"),
    }


def test_it_is_kept_with_the_database(tmp_path: Path) -> None:
    with closing(warehouse.connect(tmp_path / "gouji.duckdb")) as con:
        assert read_lineage(con) == {}
        note_lineage(con, lineage_of(NODES))
        note_lineage(con, lineage_of(NODES[:2]))
    with closing(warehouse.connect(tmp_path / "gouji.duckdb")) as con:
        assert read_lineage(con) == lineage_of(NODES[:2])
