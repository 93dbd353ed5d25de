"""Every command that a page of the documentation shows does its work."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from checkpoints.cli import app
from checkpoints.exit_codes import ExitCode
from tests.acceptance.workbooks import fill

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*(ROOT / "docs").glob("*.md"), ROOT / "README.md", ROOT / "CONTRIBUTING.md"])
BLOCK = re.compile(r"^```\w*\n(.*?)^```", re.DOTALL | re.MULTILINE)
NEEDS_A_CLUSTER = "--engine spark"


def shown(page: Path, program: str) -> list[str]:
    """The command lines of ``program`` in the blocks of a page, in their order."""
    blocks = BLOCK.findall(page.read_text(encoding="utf-8"))
    lines = [line for block in blocks for line in block.splitlines()]
    return [line for line in lines if line.startswith(f"{program} ")]


def verbs(page: Path) -> list[str]:
    """The calls of make on a page, in blocks and in running text."""
    text = page.read_text(encoding="utf-8")
    return sorted({*re.findall(r"`(make [^`\n]+)`", text), *shown(page, "make")})


def put(folder: Path, name: str, places: tuple[str, ...]) -> None:
    """Copy a sample report to these places of the folder."""
    for place in places:
        target = folder / "reports" / place
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / "data" / "reports" / name, target)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The reports that the pages speak of, checked; the tests run in there."""
    folder = tmp_path_factory.mktemp("pages")
    samples = {path.name: path for path in (ROOT / "data" / "reports").iterdir()}
    for name in samples:
        if name.startswith("松岭县示例教育局2023"):
            put(folder, name, (f"2023/{name}",))
        elif name.startswith(("松岭县示例教育局", "云溪县示例教育局")):
            put(folder, name, (name,))
    pdf = next(name for name in sorted(samples) if name.endswith(".pdf"))
    put(folder, pdf, ("a.pdf", "draft.pdf"))
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        run("gouji check reports --fail-on never --jobs 1")
        shutil.copyfile("build/gouji.duckdb", "build/demo.duckdb")
        yield folder


def run(line: str) -> None:
    """Run `gouji` as the line says. It may find something, and not fail in any other way."""
    arguments = shlex.split(re.sub(r" > \S+$", "", line))[1:]
    ended = CliRunner().invoke(app, arguments)
    if ended.exception and not isinstance(ended.exception, SystemExit):
        raise ended.exception
    assert ended.exit_code in (ExitCode.OK, ExitCode.FINDINGS), f"{line}\n{ended.output}"
    if match := re.search(r" > (\S+)$", line):
        Path(match[1]).write_text(ended.stdout, encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_gouji_does_what_the_page_shows(folder: Path, page: Path) -> None:
    for line in shown(page, "gouji"):
        if "audit --read" in line:  # Between these lines a person fills it in.
            shutil.move(fill(Path("audit.xlsx"), wrong=1, left=0), "audit.xlsx")
        if NEEDS_A_CLUSTER not in line:
            run(line)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_make_has_the_verbs_of_the_page(page: Path) -> None:
    for line in verbs(page):
        called = [*shlex.split(line), "--dry-run"]
        ended = subprocess.run(called, cwd=ROOT, capture_output=True, text=True, check=False)
        assert ended.returncode == 0, f"{line}\n{ended.stderr}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_python_knows_the_options_of_the_page(page: Path) -> None:
    for line in shown(page, "python"):
        _, _, module, *arguments = shlex.split(line)
        called = [sys.executable, "-m", module, "--help"]
        ended = subprocess.run(called, cwd=ROOT, capture_output=True, text=True, check=True)
        options = [argument for argument in arguments if argument.startswith("--")]
        assert [option for option in options if option not in ended.stdout] == []
