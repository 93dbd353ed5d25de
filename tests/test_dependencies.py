"""What is installed: licences that are known, and an audit that says when it was none."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

PERMISSIVE = {
    "0BSD",
    "Apache-2.0",
    "Artistic-1.0-Perl",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MIT-0",
    "MIT-CMU",
    "PSF-2.0",
    "Zlib",
}
"""Licences that ask for no more than to be named."""

WEAK_COPYLEFT = {
    "certifi": "MPL-2.0",
    "pathspec": "MPL-2.0",
    "pebble": "LGPL-3.0-only",
    "tqdm": "MPL-2.0",
}
"""Packages whose own files stay under their licence when changed; gouji changes none of them."""


def tool(root: Path, name: str) -> ModuleType:
    """A program of .ci, as a module."""
    spec = importlib.util.spec_from_file_location(name, root / ".ci" / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def licences(root: Path) -> ModuleType:
    return tool(root, "licences")


@pytest.fixture(scope="module")
def audit(root: Path) -> ModuleType:
    return tool(root, "audit")


def may_be_used(name: str, licence: str) -> bool:
    """Whether every licence that must be kept, or one that may be chosen, is known."""
    known = PERMISSIVE | {WEAK_COPYLEFT.get(name, "MIT")}
    together = [part.split(" OR ") for part in licence.split(" AND ")]
    return all(known & {one.strip("()") for one in choices} for choices in together)


def test_every_package_that_users_get_has_a_known_licence(root: Path, licences: ModuleType) -> None:
    stated = {name: licences.licence(name) for name in pins(root, licences)}
    installed = {name: licence for name, licence in stated.items() if licence is not None}
    # What is not here is for other systems.
    assert stated.keys() - installed.keys() <= {"colorama", "tzdata"}
    assert {n: of for n, of in installed.items() if not may_be_used(n, of)} == {}
    assert set(WEAK_COPYLEFT) <= set(installed)


def pins(root: Path, licences: ModuleType) -> list[str]:
    found: list[str] = licences.pinned(root / "requirements" / "runtime.txt")
    return found


def test_a_licence_that_is_not_known_is_told(licences: ModuleType) -> None:
    assert not may_be_used("anything", "GPL-3.0-only")
    assert not may_be_used("anything", "MIT AND GPL-3.0-only")
    assert not may_be_used("anything", "MPL-2.0")
    assert may_be_used("anything", "GPL-3.0-only OR MIT")
    assert licences.licence("no-package-has-this-name") is None


def test_notice_names_what_is_bundled_and_each_weak_copyleft(root: Path) -> None:
    notice = (root / "NOTICE").read_text(encoding="utf-8")
    for named in (*WEAK_COPYLEFT, "sql/seeds", "data/reports", "make sbom"):
        assert named in notice


def report(*packages: dict[str, Any]) -> str:
    """What pip-audit writes."""
    return json.dumps({"dependencies": packages, "fixes": []})


SOUND = {"name": "sound", "version": "1.0", "vulns": []}
SKIPPED = {"name": "skipped", "skip_reason": "Dependency not found and could not be audited"}
WEAK = {
    "name": "weak",
    "version": "1.0",
    "vulns": [{"id": "CVE-2000-1", "fix_versions": ["1.1"], "aliases": [], "description": ""}],
}
UNREACHABLE = "requests.exceptions.ConnectionError: Failed to resolve a host"


@pytest.mark.parametrize(
    ("code", "written", "errors", "expected", "words"),
    [
        (0, report(SOUND), "", 0, "no known weakness in 1 packages"),
        (0, report(SOUND, SKIPPED), "", 0, "in 1 packages; not audited: skipped"),
        # pip-audit says here that there are none, and ends with 0.
        (0, report(SKIPPED), "No known vulnerabilities found", 0, "NOT AUDITED"),
        (1, "", UNREACHABLE, 0, "NOT AUDITED"),
        (1, report(SOUND, SKIPPED, WEAK), "", 1, "weak 1.0: CVE-2000-1, mended in 1.1"),
        (1, "", "ERROR:pip_audit._cli:requirement file is broken", 2, "pip-audit failed"),
        (1, "", "", 2, "it ended with 1"),
    ],
)
def test_no_answer_is_told_from_no_weakness(
    audit: ModuleType, code: int, written: str, errors: str, expected: int, words: str
) -> None:
    ended, message = audit.told("runtime.txt", code, written, errors)
    assert ended == expected
    assert words in message
