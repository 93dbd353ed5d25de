"""Chromium without a window, driven over a pipe: many pages printed by one start."""

from __future__ import annotations

import base64
import contextlib
import json
import os
import select
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
FLAGS = (
    "--headless",
    "--remote-debugging-pipe",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-extensions",
    "--disable-background-networking",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND",
)
# Puts two given descriptors where Chromium looks for them, then becomes Chromium.
LAUNCH = """
import os, sys
os.dup2(int(sys.argv[1]), 3)
os.dup2(int(sys.argv[2]), 4)
os.execv(sys.argv[3], sys.argv[3:])
"""
# Seconds a single page may take; a long report takes well under one.
TIMEOUT = 60.0
FOOTER = (
    '<div style="font:9pt serif;width:100%;text-align:center">'
    '{before}<span class="pageNumber"></span>{after}</div>'
)


class ChromiumError(RuntimeError):
    """Chromium is not there, refused a command or did not answer in time."""


@dataclass(frozen=True)
class Sheet:
    """One web page to print; ``footer`` is what stands around the page number, None for none.

    Paper size and margins are those of the page's own ``@page`` rules.
    """

    html: str
    footer: tuple[str, str] | None = None


def find_chromium() -> str | None:
    """Return the program's path; None if it is not installed."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def print_sheets(sheets: Iterable[Sheet]) -> Iterator[bytes]:
    """Print web pages one by one with one Chromium; yield a PDF for each.

    Raises ChromiumError if Chromium is not installed or fails.
    """
    with Chromium() as browser:
        for sheet in sheets:
            yield browser.print(sheet)


class Chromium:
    """One running Chromium with one blank tab; use it as a context manager."""

    def __init__(self) -> None:
        program = find_chromium()
        if not program:
            raise ChromiumError(f"none of {', '.join(NAMES)} is installed")
        self._profile = tempfile.TemporaryDirectory(prefix="gouji-chromium-")
        # The protocol of the pipe: the browser reads file descriptor 3 and writes to 4.
        child_in, self._out = os.pipe()
        self._in, child_out = os.pipe()
        self._process = subprocess.Popen(
            [
                sys.executable,
                "-ISc",
                LAUNCH,
                str(child_in),
                str(child_out),
                program,
                *FLAGS,
                f"--user-data-dir={self._profile.name}",
                "about:blank",
            ],
            pass_fds=(child_in, child_out),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(child_in)
        os.close(child_out)
        self._buffer = b""
        self._number = 0
        self._session: str | None = None
        try:
            target = self._call("Target.createTarget", url="about:blank")["targetId"]
            attached = self._call("Target.attachToTarget", targetId=target, flatten=True)
            self._session = attached["sessionId"]
            self._call("Page.enable")
            self._frame = self._call("Page.getFrameTree")["frameTree"]["frame"]["id"]
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def print(self, sheet: Sheet) -> bytes:
        """Return one web page as PDF."""
        self._call("Page.setDocumentContent", frameId=self._frame, html=sheet.html)
        self._call(
            "Runtime.evaluate", expression="document.fonts.ready.then(() => 1)", awaitPromise=True
        )
        before, after = sheet.footer or ("", "")
        printed = self._call(
            "Page.printToPDF",
            preferCSSPageSize=True,
            printBackground=True,
            generateTaggedPDF=False,
            displayHeaderFooter=sheet.footer is not None,
            headerTemplate="<span></span>",
            footerTemplate=FOOTER.format(before=before, after=after),
        )
        return base64.b64decode(printed["data"])

    def close(self) -> None:
        """End the browser and remove its profile."""
        os.close(self._out)
        os.close(self._in)
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        # The last of its processes may still be writing as the folder goes.
        with contextlib.suppress(OSError):
            self._profile.cleanup()

    def _call(self, method: str, **params: Any) -> dict[str, Any]:
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        data = json.dumps(message).encode() + b"\0"
        try:
            while data:
                data = data[os.write(self._out, data) :]
        except BrokenPipeError as error:
            raise ChromiumError("Chromium ended by itself") from error
        deadline = time.monotonic() + TIMEOUT
        while (answer := self._receive(deadline)).get("id") != self._number:
            pass
        if "error" in answer:
            raise ChromiumError(f"{method}: {answer['error']['message']}")
        result: dict[str, Any] = answer["result"]
        return result

    def _receive(self, deadline: float) -> dict[str, Any]:
        """Return the next message, an answer or an event."""
        parts = [self._buffer]
        while b"\0" not in parts[-1]:
            ready, _, _ = select.select([self._in], [], [], max(0.0, deadline - time.monotonic()))
            if not ready:
                raise ChromiumError(f"no answer from Chromium in {TIMEOUT:.0f} seconds")
            part = os.read(self._in, 1 << 20)
            if not part:
                raise ChromiumError("Chromium ended by itself")
            parts.append(part)
        message, _, self._buffer = b"".join(parts).partition(b"\0")
        answer: dict[str, Any] = json.loads(message)
        return answer
