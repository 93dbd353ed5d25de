"""The summary of a GitHub step: what is annotated, what is not, and the summary of the run."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from checkpoints.language import Language
from checkpoints.outcome import Outcome
from checkpoints.summary import last_line, summary
from checkpoints.wording import say

MOST_BYTES = 1_000_000
"""GitHub refuses a summary of more than 1 MiB."""


def step_summary(
    outcome: Outcome,
    told: Mapping[str, Sequence[str]],
    most: int,
    language: Language,
    room: int = MOST_BYTES,
) -> str:
    """Markdown of at most ``room`` bytes: counts, what is not annotated, the summary of the run.

    ``told`` are all findings in words by the severity they are counted under, worst first, of which
    ``most`` a severity are annotated. Text from reports stands in fenced blocks, where nothing is
    markup; what finds no room is counted.
    """
    rest = [line for lines in told.values() for line in lines[most:]]
    parts = [
        _fenced([last_line(outcome, language)], room, language),
        _table({severity: len(lines) for severity, lines in told.items()}, most, language),
    ]
    if rest:
        title = f"\n**{say('not_annotated', language)}**\n\n"
        parts += [title, _fenced(rest, room // 2, language)]
    opening = f"\n<details><summary>{say('whole_summary', language)}</summary>\n\n"
    closing = "\n</details>\n"
    room -= sum(len(part.encode()) for part in (*parts, opening, closing))
    parts += [opening, _fenced(list(summary(outcome, language)), room, language), closing]
    return "".join(parts)


def _table(counts: Mapping[str, int], most: int, language: Language) -> str:
    """How many findings of each severity there are, are annotated, and stand here alone."""
    rows = [
        ["", *(say(severity, language) for severity in counts)],
        ["---", *("---:" for _ in counts)],
        [say("all_told", language), *map(str, counts.values())],
        [say("annotated", language), *(str(min(n, most)) for n in counts.values())],
        [say("listed_here", language), *(str(max(n - most, 0)) for n in counts.values())],
    ]
    return "\n" + "".join(f"| {' | '.join(row)} |\n" for row in rows)


def _fenced(lines: Sequence[str], room: int, language: Language) -> str:
    """The lines as they are, in a block whose fence none of them holds."""
    longest = max((len(run) for line in lines for run in re.findall("`+", line)), default=0)
    fence = "`" * max(3, longest + 1)
    kept = list(_fitting(lines, room - 2 * len(fence) - 200))
    if len(kept) < len(lines):
        kept.append(say("no_room", language, n=len(lines) - len(kept)))
    return "\n".join([f"{fence}text", *kept, fence, ""])


def _fitting(lines: Iterable[str], room: int) -> Iterable[str]:
    """As many of the first lines as take at most ``room`` bytes."""
    for line in lines:
        room -= len(line.encode()) + 1
        if room < 0:
            return
        yield line
