"""Style sheet, script and templates: readable colours, nothing from elsewhere, no code in pages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import checkpoints.site
from checkpoints.site.build import ASSETS

LEAST_CONTRAST = 4.5
"""WCAG 2 level AA for text of ordinary size."""

STYLE = (ASSETS / "style.css").read_text(encoding="utf-8")
COLOURS = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", STYLE))
TEMPLATES = sorted((Path(checkpoints.site.__file__).parent / "templates").glob("*.html"))


def luminance(colour: str) -> float:
    """Relative luminance as WCAG defines it, of a colour such as #1c2430."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("ink", ["ink", "soft", "link", "error", "warning", "info", "ok", "apart"])
def test_every_ink_can_be_read_on_its_grounds(ink: str) -> None:
    grounds = {"ground", "shade", f"{ink}-ground"} & set(COLOURS)
    if ink in ("ink", "soft"):
        grounds |= {name for name in COLOURS if name.endswith("-ground")}
    assert len(grounds) >= 2
    for ground in grounds:
        assert contrast(COLOURS[ink], COLOURS[ground]) >= LEAST_CONTRAST, (ink, ground)


@pytest.mark.parametrize("path", [*sorted(ASSETS.iterdir()), *TEMPLATES], ids=lambda p: p.name)
def test_nothing_comes_from_elsewhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"(?i)(https?:)?//[a-z]|@import|url\((?!#)|fetch\(|XMLHttpRequest", text)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: p.name)
def test_templates_hold_no_code_and_trust_nobody(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"(?i)\son[a-z]+\s*=|javascript:|\|\s*safe\b|autoescape", text)
    scripts = [f'<script src="{{{{ root }}}}{name}.js">' for name in ("language", "site")]
    assert re.findall(r"<script[^>]*>", text) in ([], scripts)
