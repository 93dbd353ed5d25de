"""The optional packages a scan needs, and what to say where they are missing."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from ingest.rejected import UnreadableFile

MODEL = "models/ch_PP-OCRv4_rec_infer.onnx"
"""The recogniser's place inside the package that carries it."""
CARRIER = "rapidocr_onnxruntime"
LAST_PYTHON = (3, 12)
"""The last Python for which the carrier is published."""
COMMAND = "pip install 'gouji[ocr]'"


def model(pages: Sequence[int] = ()) -> Path:
    """Return the recogniser's model.

    Raises :class:`UnreadableFile` with reason ``ocr_not_installed``, which says that the given
    pages are needed for it, or else the whole file.
    """
    carrier = find_spec(CARRIER)
    folders = list(carrier.submodule_search_locations or ()) if carrier else []
    found = [path for folder in folders if (path := Path(folder, MODEL)).is_file()]
    if not found or any(find_spec(name) is None for name in ("onnxruntime", "scipy")):
        raise UnreadableFile("ocr_not_installed", _advice(pages))
    return found[0]


def model_version() -> str:
    """Return the version of the package that carries the model, or '' where it is missing."""
    try:
        return version(CARRIER)
    except PackageNotFoundError:
        return ""


def _advice(pages: Sequence[int]) -> str:
    where = "文件里没有可用的文字（扫描件或图片）"
    if pages:
        where = f"第{'、'.join(map(str, pages))}页是图片，没有可用的文字"
    lead = f"{where}，要先安装识别组件才能读，请"
    if sys.version_info[:2] > LAST_PYTHON:
        return f"{lead}改用Python 3.11或3.12运行：{COMMAND}"
    return f"{lead}运行：{COMMAND}"
