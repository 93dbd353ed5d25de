"""Whether what one year's report carries out arrives in the next one's."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from checkpoints.numbers import plain
from checkpoints.site.years import Links, Year

LinkState = Literal["holds", "partly", "differs", "unjudged", "apart"]


@dataclass(frozen=True)
class Joint:
    """How a year's carry-over goes on in the next: what left, what arrived, and what differs.

    ``subjects`` are the columns of the table that differ, the total among them.
    """

    state: LinkState
    left: Decimal | None
    right: Decimal | None
    difference: str
    subjects: tuple[str, ...]


def joint(before: Year, after: Year, rule: str, whole: str = "total") -> Joint:
    """What joins two years beside each other; ``apart`` where one of them has no report."""
    if before.state != "report" or after.state != "report":
        return Joint("apart", None, None, "", ())
    links = links_between(before, after, rule)
    if links is None or all(link.holds is None for link in links.links):
        return Joint("unjudged", None, None, "", ())
    total = links.of(whole)
    left, right = (total.left, total.right) if total else (None, None)
    subjects = tuple(link.subject for link in links.breaks)
    if subjects:
        difference = signed(total.difference) if total else "?"
        return Joint("differs", left, right, difference, subjects)
    is_whole = all(link.holds for link in links.links)
    return Joint("holds" if is_whole else "partly", left, right, "", ())


def links_between(before: Year, after: Year, rule: str) -> Links | None:
    """The links between two years that stand beside each other."""
    links = after.links.get(rule)
    return links if links and links.before == before.report_id else None


def signed(value: Decimal | None) -> str:
    """A difference with its sign."""
    if value is None:
        return "?"
    return ("−" if value < 0 else "+") + plain(abs(value))
