"""Read old Word and WPS documents (.doc, .wps) by way of LibreOffice, where it is installed."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

from ingest import docx, html
from ingest.document import Document, digest
from ingest.ooxml import encrypted
from ingest.rejected import UnreadableFile
from ingest.sniff import OLE, kind, require

READER = "office"
READER_VERSION = f"1+docx-{docx.READER_VERSION}"

PROGRAMS = ("soffice", "libreoffice")
"""Names under which LibreOffice is looked for on the PATH."""
TIME_LIMIT = 45.0
"""Seconds a conversion may take; a report takes about five."""
LARGEST_FILE = 64 * 1024 * 1024
"""Bytes that are handed to the converter."""

_SECTOR = 512
_WORD_MARK = b"\xec\xa5"
_ENCRYPTED_BIT = 0x01


def read(data: bytes) -> Document:
    """Read the bytes of a ``.doc`` or ``.wps`` file.

    Many a ``.doc`` is a web page or a DOCX file under a false name, which word processors open
    without a word; these are read as what they are. Raises :class:`UnreadableFile` with reason
    ``empty``, ``wrong_extension``, ``encrypted``, ``too_large``, ``no_converter`` or
    ``conversion_failed``, and like :func:`ingest.docx.read`.
    """
    require(data, ("doc", "rtf", "docx", "html", "mht"), "doc")
    found = kind(data)
    if found == "docx":
        return docx.read(data)
    if found in {"html", "mht"}:
        return html.read(data)
    if _is_encrypted(data):
        raise encrypted()
    if len(data) > LARGEST_FILE:
        raise UnreadableFile("too_large", "文档异常地大，请用WPS或Word另存为.docx后再检查")
    program = next((path for name in PROGRAMS if (path := shutil.which(name))), None)
    if program is None:
        raise UnreadableFile("no_converter", "请用WPS或Word另存为.docx后再检查")
    # Bytes of the old format are named .doc: WPS files have no importer of their own.
    converted = convert(program, data, "rtf" if found == "rtf" else "doc")
    return replace(
        docx.read(converted),
        sha256=digest(data),
        byte_size=len(data),
        reader=READER,
        reader_version=READER_VERSION,
    )


def convert(program: str, data: bytes, extension: str, time_limit: float = TIME_LIMIT) -> bytes:
    """Return the document as DOCX.

    LibreOffice runs with a profile of its own, so that neither an open window nor another
    conversion is in its way, and nothing of the user's settings is. Raises
    :class:`UnreadableFile` (``conversion_failed``).
    """
    with tempfile.TemporaryDirectory(prefix="gouji-", ignore_cleanup_errors=True) as folder:
        source = Path(folder, f"report.{extension}")
        target = Path(folder, "converted", "report.docx")
        source.write_bytes(data)
        command = [
            program,
            f"-env:UserInstallation={Path(folder, 'profile').as_uri()}",
            "--headless",
            "--norestore",
            "--convert-to",
            "docx",
            "--outdir",
            str(target.parent),
            str(source),
        ]
        _run(command, time_limit)
        if not target.is_file():
            raise _failed("")
        return target.read_bytes()


def _run(command: list[str], time_limit: float) -> None:
    """Run to the end or to the limit; the program's children end with it."""
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(time_limit)
    except subprocess.TimeoutExpired as error:
        raise _failed(f"超过{time_limit:.0f}秒") from error
    finally:
        if process.poll() is None:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()


def _failed(why: str) -> UnreadableFile:
    reason = f"（{why}）" if why else ""
    return UnreadableFile(
        "conversion_failed", f"LibreOffice转换失败{reason}，请用WPS或Word另存为.docx后再检查"
    )


def _is_encrypted(data: bytes) -> bool:
    """Look up the flag in the header of the text stream, which begins a sector of its own."""
    if not data.startswith(OLE):
        return False
    if docx.ENCRYPTED_PACKAGE in data:
        return True
    for start in range(_SECTOR, len(data) - 12, _SECTOR):
        if data[start : start + 2] == _WORD_MARK:
            return bool(data[start + 11] & _ENCRYPTED_BIT)
    return False
