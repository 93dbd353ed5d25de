"""Read the characters of a line of print from its picture."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ingest.scan.extra import model
from ingest.scan.pages import Pixels

HEIGHT = 48
"""Pixels of height the model expects."""
NARROWEST = 96
"""Pixels of the narrowest canvas: on a smaller one the model knows too little of its scale."""
BATCH = 1600
"""Pixels of width, canvases added up, that read together: more takes memory, not less time."""
WIDEST = 3200
"""Pixels beyond which a line is squeezed: some 65 characters, more than a line of A4 holds."""
BLANK = 0
"""The class by which the model parts characters."""


class Reading(NamedTuple):
    """What a line says, and for each character how sure that is, 0 to 1."""

    text: str
    chances: tuple[float, ...]


@cache
def _session() -> tuple[Any, list[str]]:
    """Load the model once for each process; one thread, as processes already share the cores."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.enable_cpu_mem_arena = False
    options.enable_mem_pattern = False
    session = onnxruntime.InferenceSession(
        str(model()), sess_options=options, providers=["CPUExecutionProvider"]
    )
    listed = session.get_modelmeta().custom_metadata_map["character"].splitlines()
    return session, ["", *listed, " "]


def recognise(lines: Sequence[Pixels]) -> list[Reading]:
    """Read each picture of one line, dark on light; results come in the order of the pictures."""
    scaled = [_scale(line) for line in lines]
    order = sorted(range(len(lines)), key=lambda number: scaled[number].shape[1])
    readings: list[Reading] = [Reading("", ())] * len(lines)
    while order:
        # Sorted: the last canvas of a batch is the widest.
        count = 1
        while count < len(order) and (count + 1) * _canvas(scaled[order[count]]) <= BATCH:
            count += 1
        batch, order = order[:count], order[count:]
        found = _read([scaled[number] for number in batch])
        for number, reading in zip(batch, found, strict=True):
            readings[number] = reading
    return readings


def _canvas(line: NDArray[np.float32]) -> int:
    width: int = line.shape[1]
    return max(NARROWEST, width)


def _scale(line: Pixels) -> NDArray[np.float32]:
    import PIL.Image

    height, width = line.shape
    target = min(WIDEST, max(1, round(width * HEIGHT / height)))
    image = PIL.Image.fromarray(line).resize((target, HEIGHT), PIL.Image.Resampling.BILINEAR)
    return np.asarray(image, dtype=np.float32) / 127.5 - 1


def _read(batch: list[NDArray[np.float32]]) -> Iterator[Reading]:
    session, characters = _session()
    width = max(map(_canvas, batch))
    canvas = np.zeros((len(batch), 3, HEIGHT, width), dtype=np.float32)
    for number, line in enumerate(batch):
        canvas[number, :, :, : line.shape[1]] = line
    (chances,) = session.run(None, {session.get_inputs()[0].name: canvas})
    for line in chances:
        yield _decode(line, characters)


def _decode(chances: NDArray[np.float32], characters: list[str]) -> Reading:
    """Take the likeliest class of each step; a class that goes on is one character."""
    best = chances.argmax(axis=1)
    sure = chances.max(axis=1)
    text = ""
    of_each: list[float] = []
    for step, kind in enumerate(best):
        if kind == BLANK:
            continue
        if step and best[step - 1] == kind:
            of_each[-1] = max(of_each[-1], float(sure[step]))
            continue
        text += characters[kind]
        of_each.append(float(sure[step]))
    return Reading(text, tuple(of_each))
