"""The licences of pinned packages, as their own metadata state them: a table in Markdown.

.venv/bin/python .ci/licences.py requirements/runtime.txt
"""

from __future__ import annotations

import re
import sys
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

SPDX = {
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "GNU Library or Lesser General Public License (LGPL)": "LGPL-3.0-only",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "3-Clause BSD License": "BSD-3-Clause",
}
"""Names that packages use for licences, beside the identifiers of SPDX."""

STATED_OTHERWISE = {
    # Its own and PDFium's; it ships the texts for all that PDFium contains.
    "pypdfium2": "Apache-2.0 AND BSD-3-Clause",
    # Old contributions are under the one, new ones under both.
    "python-dateutil": "Apache-2.0 OR BSD-3-Clause",
    # Its author offers a choice.
    "text-unidecode": "Artistic-1.0-Perl OR GPL-2.0-or-later",
}
"""Packages whose metadata name several licences and not how they go together."""


def pinned(lock: Path) -> list[str]:
    """The packages of a lock file, each once."""
    found = re.findall(r"^([a-z0-9-]+)==", lock.read_text(encoding="utf-8"), re.MULTILINE)
    return list(dict.fromkeys(found))


def licence(name: str) -> str | None:
    """What an installed package is licensed under, as SPDX says it; None where it is not here.

    A pin for other systems is not installed. Raises ValueError where the metadata do not tell.
    """
    try:
        package = distribution(name)
    except PackageNotFoundError:
        return None
    return STATED_OTHERWISE.get(name) or _stated(package)


def _stated(package: Distribution) -> str:
    metadata = package.metadata
    if "License-Expression" in metadata:
        return str(metadata["License-Expression"])
    classifiers = metadata.get_all("Classifier") or []
    names = [line.split(" :: ")[-1] for line in classifiers if line.startswith("License ::")]
    names = [name for name in names if name != "OSI Approved"] or [str(metadata["License"])]
    if len(names) > 1 or "\n" in names[0].strip():
        raise ValueError(f"{metadata['Name']}: which of {names} holds?")
    return SPDX.get(names[0].strip(), names[0].strip())


def main() -> None:
    """Print the table for the lock file that is named."""
    print("| package | version | licence |\n|---|---|---|")
    for name in pinned(Path(sys.argv[1])):
        stated = licence(name)
        if stated is not None:
            print(f"| {name} | {distribution(name).version} | {stated} |")


if __name__ == "__main__":
    main()
