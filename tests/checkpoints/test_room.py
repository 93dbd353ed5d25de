"""What is given room does what it did."""

from __future__ import annotations

import pytest

from checkpoints.room import roomy


@roomy
def shared(total: int, *, among: int) -> int:
    """A share."""
    return total // among


def test_it_is_called_as_before() -> None:
    assert shared(7, among=2) == 3
    assert (shared.__name__, shared.__doc__) == ("shared", "A share.")
    with pytest.raises(ZeroDivisionError):
        shared(7, among=0)


def test_it_has_room_for_deep_calls() -> None:
    @roomy
    def depth(left: int) -> int:
        return left and 1 + depth(left - 1)

    assert depth(100) == 100
