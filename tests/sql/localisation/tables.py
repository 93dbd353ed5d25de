"""Small problems by hand."""

from __future__ import annotations

from sql.localisation.problem import Cell, CellKey, Exact, Problem, RelationKey


def row(*values: Exact | None, doubts: tuple[int, ...] = ()) -> Problem:
    """One printed row a, b, c … whose last cell is the sum of the others."""
    keys = [CellKey("abcdefgh"[at], "x") for at in range(len(values))]
    cells = {
        key: Cell(key, value, 1, at + 1, doubts[at] if doubts else 0, key == keys[-1])
        for at, (key, value) in enumerate(zip(keys, values, strict=True))
    }
    signs = {key: -1 if key == keys[-1] else 1 for key in keys}
    return Problem(cells, {RelationKey("sum", "x"): signs})
