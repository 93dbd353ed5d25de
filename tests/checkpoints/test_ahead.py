"""What comes after the reading is loaded while something is read, and then only."""

from __future__ import annotations

from threading import Event

import pytest

from checkpoints import ahead


@pytest.mark.parametrize(
    ("steps", "loads"),
    [
        pytest.param([("read", 0, 2), ("read", 1, 2)], True, id="files to read"),
        pytest.param([("read", 2, 2), ("build", 0, 9)], False, id="all known"),
    ],
)
def test_it_loads_where_there_is_something_to_read(
    monkeypatch: pytest.MonkeyPatch, steps: list[tuple[str, int, int]], loads: bool
) -> None:
    begun = Event()
    told: list[tuple[str, int, int]] = []
    monkeypatch.setattr(ahead, "_load", begun.set)
    progress = ahead.loading_ahead(lambda *step: told.append(step))
    for step in steps:
        progress(*step)
    assert told == steps
    assert begun.wait(5 if loads else 0) == loads


def test_a_module_that_fails_fails_where_it_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(ahead, "import_module", fail)
    ahead._load()
