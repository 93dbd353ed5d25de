"""The examples for a repository of reports: their commands run and do what their comments say."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import yaml

from checkpoints.exit_codes import ExitCode
from ingest.registry import READERS

BIN = Path(sys.executable).parent

CLEAN = "云溪县示例教育局2022年政府信息公开工作年度报告.txt"
FAULTY = "松岭县示例教育局2021年政府信息公开工作年度报告.md"


def run(folder: Path, root: Path, *command: str, **environment: str) -> Any:
    """A command in that folder, with the gouji of this folder of sources before any other."""
    return subprocess.run(
        command,
        cwd=folder,
        env={
            **os.environ,
            "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(root),
            "PYTHONIOENCODING": "utf-8",
            **environment,
        },
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def git(folder: Path, *command: str) -> str:
    ended = subprocess.run(
        ["git", *command], cwd=folder, capture_output=True, encoding="utf-8", check=True
    )
    return ended.stdout


def read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def examples(root: Path) -> Path:
    return root / "docs" / "examples"


@pytest.fixture(scope="module")
def panel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with two reports, one of them clean, and what is no report."""
    place = tmp_path_factory.mktemp("panel")
    (place / "reports").mkdir()
    for name in (CLEAN, FAULTY):
        shutil.copy(root / "data" / "reports" / name, place / "reports")
    (place / "README.md").write_text("# 年报\n", encoding="utf-8")
    (place / ".gitignore").write_text("/build/\n", encoding="utf-8")
    git(place, "init", "--quiet")
    return place


def steps(workflow: dict[Any, Any]) -> list[dict[str, Any]]:
    [job] = workflow["jobs"].values()
    return list(job["steps"])


def test_the_workflow_runs_as_written(examples: Path, root: Path, panel: Path) -> None:
    """Every command of it but the installation, in a shell as GitHub starts one."""
    workflow = read(examples / "gouji.yml")
    assert workflow["permissions"] == {"contents": "read"}
    scripts = [step["run"] for step in steps(workflow) if "run" in step]
    install, check, others = scripts
    assert re.fullmatch(r"python -m pip install \"gouji\S* @ git\+https://\S+\"", install)
    summary = panel / "build" / "summary.md"
    summary.parent.mkdir()
    shell = ("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c")
    checked = run(panel, root, *shell, check, GITHUB_STEP_SUMMARY=str(summary))
    assert checked.returncode == ExitCode.FINDINGS, checked.stderr
    commands = [line for line in checked.stdout.splitlines() if line.startswith("::error ")]
    assert commands
    assert all(f"file=reports/{FAULTY}," in line for line in commands)
    assert "| 须更正 |" in summary.read_text(encoding="utf-8")
    told = run(panel, root, *shell, others)
    assert told.returncode == ExitCode.OK, told.stderr
    [upload] = [step["with"] for step in steps(workflow) if "upload" in step.get("uses", "")]
    assert [path for path in upload["path"].split() if not (panel / path).exists()] == []
    assert ET.parse(panel / "build" / "gouji.xml").getroot().get("failures") == "0"
    document = json.loads((panel / "build" / "gouji.json").read_text(encoding="utf-8"))
    assert document["counts"]["reports"] == 2


def test_actions_are_those_that_this_repository_uses(examples: Path, root: Path) -> None:
    own = (root / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")
    for step in steps(read(examples / "gouji.yml")):
        assert "uses" not in step or f"uses: {step['uses']}\n" in own


def test_pre_commit_accepts_hook_and_example(examples: Path, root: Path) -> None:
    for command, file in (
        ("validate-manifest", root / ".pre-commit-hooks.yaml"),
        ("validate-config", examples / ".pre-commit-config.yaml"),
    ):
        ended = run(root, root, "pre-commit", command, str(file))
        assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", ""), file


def test_the_hook_takes_every_file_that_is_read(root: Path) -> None:
    [hook] = read(root / ".pre-commit-hooks.yaml")
    wanted = re.compile(hook["files"])
    names = [name for end in READERS for name in (f"r/报告{end}", f"r/A{end.upper()}")]
    assert [name for name in names if not wanted.search(name)] == []
    assert not any(wanted.search(name) for name in ("r/sources.csv", "pdf", "a.pdf.bak", "x.py"))


@pytest.fixture
def hooked(examples: Path, root: Path, panel: Path) -> Path:
    """The repository with the example's hook, its program the one of these sources.

    pre-commit would install it from its repository, which takes a network.
    """
    [manifest] = read(root / ".pre-commit-hooks.yaml")
    [repository] = read(examples / ".pre-commit-config.yaml")["repos"]
    [hook] = repository["hooks"]
    assert manifest["language"] == "python"
    local = {**manifest, **hook, "language": "system"}
    text = yaml.safe_dump({"repos": [{"repo": "local", "hooks": [local]}]}, allow_unicode=True)
    (panel / ".pre-commit-config.yaml").write_text(text, encoding="utf-8")
    git(panel, "add", ".")
    return panel


def test_a_commit_of_a_faulty_report_is_refused_with_the_reason(hooked: Path, root: Path) -> None:
    ended = run(hooked, root, "pre-commit", "run", PRE_COMMIT_HOME=str(hooked / "build" / "home"))
    assert ended.returncode == 1
    assert "- exit code: 1" in ended.stdout
    assert "【须更正】" in ended.stdout
    assert "README.md" not in ended.stdout
    untouched = git(hooked, "status", "--porcelain").splitlines()
    assert [line for line in untouched if not line.startswith("A ")] == []


def test_a_commit_of_clean_reports_passes(hooked: Path, root: Path) -> None:
    git(hooked, "rm", "--quiet", "--cached", f"reports/{FAULTY}")
    ended = run(hooked, root, "pre-commit", "run", PRE_COMMIT_HOME=str(hooked / "build" / "home"))
    assert (ended.returncode, "Passed" in ended.stdout) == (0, True), ended.stdout


def test_a_commit_without_reports_is_not_checked(hooked: Path, root: Path) -> None:
    git(hooked, "rm", "--quiet", "--cached", "-r", "reports")
    ended = run(hooked, root, "pre-commit", "run", PRE_COMMIT_HOME=str(hooked / "build" / "home"))
    assert (ended.returncode, "Skipped" in ended.stdout) == (0, True), ended.stdout
