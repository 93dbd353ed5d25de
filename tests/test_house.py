"""The house keeps what it promises: verbs, versions, pins and declared dependencies."""

import ast
import re
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import get_args

import pytest
import yaml

from ingest.document import LEAST_SURE, Format

PACKAGES = ("ingest", "sql", "expectations", "checkpoints")
LOCKS = ("runtime.txt", "dev.txt", "spark.txt", "audit.txt")


def make_verbs(root: Path) -> set[str]:
    """Verbs that `make` without a target lists."""
    listing = subprocess.run(
        ["make", "--no-print-directory"], cwd=root, capture_output=True, text=True, check=True
    ).stdout
    return {line.split()[1] for line in listing.splitlines()}


def project(root: Path) -> dict:
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def canonical(name: str) -> str:
    """Distribution name as PEP 503 compares it: lower case, one hyphen for any separator."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(root: Path, lock: str) -> set[tuple[str, str]]:
    """(distribution, version) of every pinned line of a lock file, without its marker."""
    text = (root / "requirements" / lock).read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z0-9-]+)==([^\s;\\]+)", text, flags=re.MULTILINE))


def imported_modules(root: Path) -> set[str]:
    """Top-level names that the packages of the wheel import, wherever in a module."""
    names = set()
    for package in PACKAGES:
        for path in (root / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Import):
                    names |= {alias.name.partition(".")[0] for alias in node.names}
                elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                    names.add(node.module.partition(".")[0])
    return names


def test_readme_starts_with_two_verbs_that_exist(root):
    readme = (root / "README.md").read_text(encoding="utf-8")
    commands = re.findall(r"\bmake ([a-z-]+)", readme)
    assert commands[:2] == ["demo", "test"]
    assert set(commands) <= make_verbs(root)


def test_contributing_explains_exactly_the_verbs_make_lists(root):
    contributing = (root / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `make ([a-z-]+)`", contributing, re.MULTILINE)) == make_verbs(root)


def test_changelog_has_the_version_of_the_project(root):
    changelog = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    headings = re.findall(r"^## \[([^\]]+)\]", changelog, flags=re.MULTILINE)
    assert headings[:2] == ["Unreleased", project(root)["version"]]


def test_changelog_says_how_findings_change(root):
    changelog = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = changelog.split("\n## ")[2]
    assert re.search(r"^### Findings change\n\n- \S", newest, flags=re.MULTILINE)


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_names_no_place_to_fetch_from(root, lock):
    text = (root / "requirements" / lock).read_text(encoding="utf-8")
    pinned = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
    assert not [line for line in pinned if not re.match(r"[a-z0-9]|    --hash=sha256:", line)]
    assert "://" not in text
    assert not re.search(r"\b(index|find-links|trusted-host)\b", text)
    assert not re.search(r"(?<![\w.-])(?:[a-z][\w-]*\.)+(?:org|com|net|cn|io|dev)\b", text)


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_has_a_hash_for_every_pin(root, lock):
    text = (root / "requirements" / lock).read_text(encoding="utf-8")
    blocks = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    assert len(blocks) >= len(project(root)["dependencies"])
    assert not [block.split()[0] for block in blocks if "--hash=sha256:" not in block]


def test_all_locks_pin_the_same_versions(root):
    assert pins(root, "runtime.txt") < pins(root, "dev.txt") < pins(root, "spark.txt")


def test_models_and_readers_agree_on_what_must_be_checked_by_eye(root):
    variables = yaml.safe_load((root / "sql" / "dbt_project.yml").read_text("utf-8"))["vars"]
    assert variables["least_sure"] == LEAST_SURE


def test_models_rank_and_describe_every_format_of_a_reader(root):
    macro = (root / "sql/macros/versions.sql").read_text("utf-8")
    [ranked] = re.findall(r"list_position\((\[.*?\])", macro)
    assert sorted(ast.literal_eval(ranked)) == sorted(get_args(Format))
    reports = (root / "sql/models/marts/reports.yml").read_text("utf-8")
    [described] = re.findall(r"- name: format\n +description: (.*)\.$", reports, re.MULTILINE)
    assert sorted(re.findall(r"\b(?!or\b)\w+", described)) == sorted(get_args(Format))


def test_every_import_is_a_declared_dependency(root):
    extras = project(root)["optional-dependencies"]
    lines = [*project(root)["dependencies"], *extras["ocr"], *extras["spark"]]
    declared = {canonical(re.match(r"[\w.-]+", line).group()) for line in lines}
    providers = packages_distributions()
    undeclared = {
        name
        for name in imported_modules(root) - sys.stdlib_module_names - set(PACKAGES)
        if declared.isdisjoint(canonical(provider) for provider in providers.get(name, [name]))
    }
    assert undeclared == set()


def test_wheel_holds_the_four_packages_and_their_data(root, tmp_path):
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-index", "--no-deps"]
    command = [*pip, "--no-build-isolation", "--wheel-dir", str(tmp_path), str(root)]
    subprocess.run(command, check=True)
    [wheel] = tmp_path.glob("gouji-*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    folders = {name.partition("/")[0] for name in names}
    assert {name for name in folders if not name.endswith(".dist-info")} == set(PACKAGES)
    kinds = {".sql", ".yml", ".csv", ".html", ".j2", ".css", ".js"}
    files = [path for package in PACKAGES for path in (root / package).rglob("*")]
    data = [path for path in files if path.suffix in kinds]
    assert {path.suffix for path in data} == kinds
    assert {path.relative_to(root).as_posix() for path in data} <= set(names)
