"""Ask whether a pinned package has a known weakness; say so where nobody could be asked.

pip-audit ends with 0 and "no known vulnerabilities" also where its service knows none of the
packages, as behind a mirror that has packages but no advisories. Such packages were not audited.

Ends with 0 where no weakness is known or nobody could be asked, 1 where one is, 2 where pip-audit
itself failed.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

UNREACHABLE = re.compile(
    r"ConnectionError|ServiceError|HTTPError|Timeout|timed out|Max retries|Failed to resolve"
)
"""How pip-audit's last words tell that its service did not answer."""


class Audit(NamedTuple):
    """What pip-audit says of the packages of a lock file."""

    weaknesses: tuple[str, ...]
    count_asked: int
    not_asked: tuple[str, ...]


def audited(report: str) -> Audit:
    """Read pip-audit's JSON; raises ValueError where it is none."""
    packages = json.loads(report)["dependencies"]
    asked = [package for package in packages if "skip_reason" not in package]
    weaknesses = [
        f"{package['name']} {package['version']}: {weakness['id']}"
        + (f", mended in {', '.join(weakness['fix_versions'])}" if weakness["fix_versions"] else "")
        for package in asked
        for weakness in package["vulns"]
    ]
    skipped = (package["name"] for package in packages if "skip_reason" in package)
    return Audit(tuple(weaknesses), len(asked), tuple(skipped))


def told(lock: str, code: int, report: str, errors: str) -> tuple[int, str]:
    """Exit code and message for what pip-audit ended with and wrote."""
    try:
        found = audited(report)
    except ValueError:
        last = (errors.strip().splitlines() or [f"it ended with {code}"])[-1]
        if UNREACHABLE.search(errors):
            return 0, f"{lock}: NOT AUDITED, the service of advisories could not be asked: {last}"
        return 2, f"{lock}: pip-audit failed: {last}"
    if found.weaknesses:
        return 1, "\n".join([f"{lock}: known weaknesses:", *found.weaknesses])
    if not found.count_asked:
        return 0, (
            f"{lock}: NOT AUDITED, the service knows none of the {len(found.not_asked)} packages;"
            " it may be a mirror without advisories"
        )
    rest = f"; not audited: {', '.join(found.not_asked)}" if found.not_asked else ""
    return 0, f"{lock}: no known weakness in {found.count_asked} packages{rest}"


def main() -> int:
    """Audit the lock files that are named, with the pip-audit that is named first."""
    command, *locks = sys.argv[1:]
    codes = []
    for lock in locks:
        options = ["--require-hashes", "--disable-pip", "--format", "json"]
        asked = subprocess.run(
            [command, "--requirement", lock, *options, "--progress-spinner", "off"],
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        code, message = told(Path(lock).name, asked.returncode, asked.stdout, asked.stderr)
        print(message)
        codes.append(code)
    # A weakness is worth more than a failure.
    return 1 if 1 in codes else max(codes)


if __name__ == "__main__":
    sys.exit(main())
