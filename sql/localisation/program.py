"""A mixed-integer program, solved by HiGHS, to which rows are added as they become known."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

INFINITE = float("inf")


class Unfinished(Exception):
    """Whether there is a solution is not known: the time is over, or the solver has given up."""


class Program:
    """Minimise ``costs`` times the columns, each between 0 and ``upper``.

    The columns at the places ``whole`` are whole numbers. Raises nothing but :class:`Unfinished`.
    """

    def __init__(self, costs: Sequence[float], upper: float, whole: Collection[int]) -> None:
        # Twelve milliseconds here, but NumPy takes longer, and most runs have nothing to solve.
        import highspy
        import numpy as np

        self._solver = highspy.Highs()  # type: ignore[no-untyped-call]
        self._solver.setOptionValue("output_flag", False)
        count = len(costs)
        self._solver.addVars(count, np.zeros(count), np.full(count, upper))
        places = np.arange(count, dtype=np.int32)
        self._solver.changeColsCost(count, places, np.array(costs, dtype=float))
        kinds = [highspy.HighsVarType.kInteger] * len(whole)
        at = np.array(sorted(whole), dtype=np.int32)
        self._solver.changeColsIntegrality(len(at), at, np.array(kinds))
        status = highspy.HighsModelStatus
        self._optimal = status.kOptimal
        # Costs are not negative and columns are bounded: one of these says the same as the other.
        self._infeasible = (status.kInfeasible, status.kUnboundedOrInfeasible)

    def add(self, factors: Mapping[int, float], least: float, most: float = INFINITE) -> int:
        """Demand of the columns' sum, each times its factor, that it lies between; its number."""
        import numpy as np

        at = np.array(list(factors), dtype=np.int32)
        values = np.array(list(factors.values()), dtype=float)
        self._solver.addRow(least, most, len(factors), at, values)
        return int(self._solver.getNumRow()) - 1

    def drop(self, number: int) -> None:
        """Demand nothing of that row any longer."""
        self._solver.changeRowBounds(number, -INFINITE, INFINITE)

    def solve(self, seconds: float = INFINITE) -> list[float] | None:
        """The columns of a cheapest solution, None where there is none.

        Raises :class:`Unfinished` where ``seconds`` on the wall do not suffice, or the solver tells
        neither.
        """
        # HiGHS counts the seconds of all its runs.
        self._solver.setOptionValue("time_limit", self._solver.getRunTime() + seconds)
        self._solver.run()
        status = self._solver.getModelStatus()
        if status in self._infeasible:
            return None
        if status != self._optimal:
            raise Unfinished
        return list(self._solver.getSolution().col_value)
