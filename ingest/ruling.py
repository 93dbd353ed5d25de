"""Tell which lines of a page are rules of a table, and find the tables they make."""

from __future__ import annotations

from typing import Any

from pdfplumber.page import Page
from pdfplumber.table import Table

THIN = 3.0
"""Points: a filled rectangle narrower than this in one direction is a rule."""
WHITE = 0.99
"""A fill at least this light in every channel leaves no mark on paper."""

NEAR = 3.0
"""Points within which two ends meet."""
FEWEST_ENDS = 3
"""Vertical rules that must end at one height, with no rule across, to show an open table."""

_Edge = dict[str, Any]


def is_drawn(item: dict[str, Any]) -> bool:
    """Tell what leaves a mark on paper as text or as a rule.

    WPS paints every paragraph line on a white rectangle without outline, and header rows are
    shaded; taken as rules, the edges of either make tables of prose.
    """
    if item["object_type"] != "rect" or item.get("stroke"):
        return True
    thin = item["width"] < THIN or item["height"] < THIN
    return thin and not _is_white(item.get("non_stroking_color"))


def _is_white(colour: object) -> bool:
    """Tell white in grey, RGB or CMYK; no colour at all means black, a pattern is not white."""
    channels = colour if isinstance(colour, tuple | list) else (colour,)
    numbers = [channel for channel in channels if isinstance(channel, int | float)]
    if len(numbers) != len(channels) or not numbers:
        return False
    if len(numbers) == 4:
        return all(channel <= 1 - WHITE for channel in numbers)
    return all(channel >= WHITE for channel in numbers)


def find_tables(page: Page) -> list[Table]:
    """Find the ruled tables of a page of which :func:`is_drawn` has kept what is drawn.

    A row at a page break may lack its rule at the bottom, or at the top of the next page; it is
    closed where the vertical rules end, or the row would be lost.
    """
    horizontal = [edge for edge in page.edges if edge["orientation"] == "h"]
    vertical = [edge for edge in page.edges if edge["orientation"] == "v"]
    closing = [
        rule for side in ("top", "bottom") for rule in _closing_rules(vertical, horizontal, side)
    ]
    return page.find_tables({"explicit_horizontal_lines": closing})


def _closing_rules(vertical: list[_Edge], horizontal: list[_Edge], side: str) -> list[_Edge]:
    """Return a rule for each height where vertical rules end in the open."""
    rules = []
    open_ends = sorted(
        (edge for edge in vertical if not any(_meets(rule, edge, side) for rule in horizontal)),
        key=lambda edge: edge[side],
    )
    while open_ends:
        height = open_ends[0][side]
        level = [edge for edge in open_ends if edge[side] <= height + NEAR]
        open_ends = open_ends[len(level) :]
        xs = sorted({edge["x0"] for edge in level})
        if len(xs) >= FEWEST_ENDS and xs[-1] - xs[0] > NEAR:
            rules.append(_rule(xs[0], xs[-1], height))
    return rules


def _meets(rule: _Edge, edge: _Edge, side: str) -> bool:
    """Tell whether a horizontal rule touches one end of a vertical one."""
    return bool(
        abs(rule["top"] - edge[side]) <= NEAR
        and rule["x0"] - NEAR <= edge["x0"] <= rule["x1"] + NEAR
    )


def _rule(x0: float, x1: float, height: float) -> _Edge:
    return {
        "object_type": "line",
        "x0": x0,
        "x1": x1,
        "width": x1 - x0,
        "top": height,
        "bottom": height,
        "height": 0,
    }
