"""A picture of what is made from what: boxes in layers from left to right, as SVG."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import networkx as nx

BOX_WIDTH, BOX_HEIGHT = 130, 40
BETWEEN, BELOW = 28, 14
"""Room for arrows between two layers, and between the boxes of one."""

PASS = 4
"""The height of an arrow that passes a layer."""

SWEEPS = 12
"""So often the order within the layers is improved."""


@dataclass(frozen=True)
class Box:
    """A box with its left upper corner, in pixels."""

    key: str
    x: float
    y: float


@dataclass(frozen=True)
class Picture:
    """Boxes and the curves between them; ``paths`` are values of the attribute d."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    paths: tuple[str, ...]


def picture(parents: Mapping[str, Iterable[str]]) -> Picture:
    """The graph whose boxes are the keys; an arrow that others imply is left out.

    Raises networkx.NetworkXError where it has a cycle.
    """
    graph = nx.DiGraph()
    graph.add_nodes_from(sorted(parents))
    graph.add_edges_from(
        (parent, child) for child, of in sorted(parents.items()) for parent in sorted(of)
    )
    graph = nx.transitive_reduction(graph)
    routes, layers = _layers(graph)
    _untangle(layers, routes)
    place = _places(layers, graph)
    return Picture(
        width=len(layers) * (BOX_WIDTH + BETWEEN) - BETWEEN,
        height=max(map(_height_of(graph), layers), default=0),
        boxes=tuple(
            Box(key, place[key][0], place[key][1] - BOX_HEIGHT / 2)
            for layer in layers
            for key in layer
            if key in graph
        ),
        paths=tuple(_curve([place[key] for key in route]) for route in routes),
    )


def _places(layers: Sequence[Sequence[str]], graph: nx.DiGraph) -> dict[str, tuple[float, float]]:
    """Left edge and middle of each box and waypoint; every layer stands in the middle."""
    height_of = _height_of(graph)
    tallest = max(map(height_of, layers), default=0)
    place: dict[str, tuple[float, float]] = {}
    for number, layer in enumerate(layers):
        y = (tallest - height_of(layer)) / 2
        for key in layer:
            height = BOX_HEIGHT if key in graph else PASS
            place[key] = (number * (BOX_WIDTH + BETWEEN), y + height / 2)
            y += height + BELOW
    return place


def _height_of(graph: nx.DiGraph) -> Callable[[Sequence[str]], float]:
    """The function that gives the height of a layer."""

    def height(layer: Sequence[str]) -> float:
        return sum(BELOW + (BOX_HEIGHT if key in graph else PASS) for key in layer) - BELOW

    return height


def _layers(graph: nx.DiGraph) -> tuple[list[list[str]], list[list[str]]]:
    """The way of each arrow, and the layers: an arrow has a waypoint in each one that it passes."""
    layers = [sorted(layer) for layer in nx.topological_generations(graph)]
    number = {key: n for n, layer in enumerate(layers) for key in layer}
    routes = []
    for parent, child in sorted(graph.edges):
        passed = range(number[parent] + 1, number[child])
        waypoints = [f"{parent}>{child}@{n}" for n in passed]
        for n, waypoint in zip(passed, waypoints, strict=True):
            layers[n].append(waypoint)
        routes.append([parent, *waypoints, child])
    return routes, layers


def _untangle(layers: list[list[str]], routes: Sequence[Sequence[str]]) -> None:
    """Order each layer by where its neighbours stand, to and fro; the least tangled order stays."""
    links = [pair for route in routes for pair in pairwise(route)]
    best, least = [list(layer) for layer in layers], _crossings(layers, links)
    for sweep in range(SWEEPS):
        onwards = sweep % 2 == 0
        for number in range(len(layers)) if onwards else reversed(range(len(layers))):
            beside = number - 1 if onwards else number + 1
            if 0 <= beside < len(layers):
                _sort_by(layers[number], layers[beside], links)
        tangled = _crossings(layers, links)
        if tangled < least:
            best, least = [list(layer) for layer in layers], tangled
    layers[:] = best


def _sort_by(layer: list[str], beside: Sequence[str], links: Sequence[tuple[str, str]]) -> None:
    """Order ``layer`` by the mean place of what each box is linked with in the layer beside it."""
    place = {key: row / max(len(beside) - 1, 1) for row, key in enumerate(beside)}
    own = {key: row / max(len(layer) - 1, 1) for row, key in enumerate(layer)}
    linked: dict[str, list[float]] = {key: [] for key in layer}
    for parent, child in links:
        if child in linked and parent in place:
            linked[child].append(place[parent])
        if parent in linked and child in place:
            linked[parent].append(place[child])
    layer.sort(key=lambda key: sum(linked[key]) / len(linked[key]) if linked[key] else own[key])


def _crossings(layers: Sequence[Sequence[str]], links: Sequence[tuple[str, str]]) -> int:
    """How many pairs of arrows between neighbouring layers cross."""
    place = {key: (n, row) for n, layer in enumerate(layers) for row, key in enumerate(layer)}
    ends = [(place[parent], place[child]) for parent, child in links]
    return sum(
        a[0] == c[0] and (a[1] - c[1]) * (b[1] - d[1]) < 0
        for n, (a, b) in enumerate(ends)
        for c, d in ends[n + 1 :]
    )


def _curve(places: Sequence[tuple[float, float]]) -> str:
    """A curve from the right of the first box to the left of the last, level at each waypoint."""
    (x, y), *others = places
    x += BOX_WIDTH
    path = f"M{x:g} {y:g}"
    for number, (left, middle) in enumerate(others, start=1):
        bend = (left - x) / 2
        path += f"C{x + bend:g} {y:g} {left - bend:g} {middle:g} {left:g} {middle:g}"
        x, y = left, middle
        if number < len(others):
            x = left + BOX_WIDTH
            path += f"H{x:g}"
    return path
