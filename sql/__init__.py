"""The dbt project: seeds with all knowledge of the form, and the models that read it."""

from pathlib import Path

PROJECT = Path(__file__).resolve().parent
"""Folder of ``dbt_project.yml`` and ``profiles.yml``."""

SEEDS = PROJECT / "seeds"
"""Folder of the CSV seeds."""

ANALYSES = PROJECT / "analyses"
"""Folder of the saved analyses that ``gouji sql --name`` runs."""
