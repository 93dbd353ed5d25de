"""What is given room does what it did, without a piece of memory for each call."""

from __future__ import annotations

import pytest

from checkpoints.room import roomy

resource = pytest.importorskip("resource", reason="page faults are counted on Unix alone")

CALLS = 5_000
DEPTHS = range(400)


@roomy
def shared(total: int, *, among: int) -> int:
    """A share."""
    return total // among


def test_it_is_called_as_before() -> None:
    assert shared(7, among=2) == 3
    assert (shared.__name__, shared.__doc__) == ("shared", "A share.")
    with pytest.raises(ZeroDivisionError):
        shared(7, among=0)


def faults(depth: int) -> int:
    """Pages that so many calls take from the system, made so deep in the stack."""
    if depth:
        return faults(depth - 1)

    def called() -> None:
        pass

    # A frame that is larger than the step from one depth to the next, so that one meets the edge.
    called.__code__ = called.__code__.replace(co_stacksize=200)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for _ in range(CALLS):
        called()
    return int(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)


def test_calls_at_an_edge_of_the_stack_take_no_memory() -> None:
    assert max(faults(depth) for depth in DEPTHS) >= CALLS
    assert max(roomy(faults)(depth) for depth in DEPTHS) < CALLS / 10
