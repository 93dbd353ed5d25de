"""Chromium without a network, as a person would use it, and what it complains of."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import unquote, urldefrag, urlsplit

import pytest
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement

from data.generator.chromium import find_chromium

DRIVER = shutil.which("chromedriver")

needs_browser = pytest.mark.skipif(
    not (DRIVER and find_chromium()), reason="Chromium and its driver are not both installed"
)

PHONE, DESK = 390, 1300
"""Pixels of a telephone's and of a desk's width."""

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-extensions",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND",
)


class Browser:
    """One tab; use it as a context manager. ``language`` is what the browser asks pages for."""

    def __init__(self, language: str = "zh-CN") -> None:
        options = ChromeOptions()
        options.binary_location = find_chromium() or ""
        for flag in (*FLAGS, f"--accept-lang={language}"):
            options.add_argument(flag)
        options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
        # Given its path, Selenium does not look for a driver elsewhere.
        self.driver = Chrome(options, Service(DRIVER))
        self.width(DESK)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.driver.quit()

    def width(self, pixels: int) -> None:
        """Make the window so wide."""
        self.driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": pixels, "height": 900, "deviceScaleFactor": 1, "mobile": pixels == PHONE},
        )

    def scripts(self, allowed: bool) -> None:
        """Let pages run scripts from now on, or not."""
        self.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": not allowed})

    def open(self, page: Path, fragment: str = "") -> None:
        """Go to a page of the site as one goes to a new one, also from another place on it."""
        self.driver.get("about:blank")
        self.driver.get(page.as_uri() + (f"#{fragment}" if fragment else ""))

    @property
    def page(self) -> Path:
        """The page that is shown."""
        return local(self.driver.current_url)[0]

    @property
    def fragment(self) -> str:
        """The place on the page that is shown."""
        return local(self.driver.current_url)[1]

    def run(self, script: str, *arguments: object) -> Any:
        """What a script returns, or the promise that it returns comes to."""
        return self.driver.execute_script(script, *arguments)

    def all(self, selector: str) -> list[WebElement]:
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def one(self, selector: str) -> WebElement:
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def click(self, element: WebElement) -> None:
        """Click where the element is seen, as a person would."""
        self.run("arguments[0].scrollIntoView({block: 'center', inline: 'center'})", element)
        element.click()

    def complaints(self) -> list[str]:
        """What the console has said since this was last asked."""
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def requests(self) -> Iterator[tuple[str, str]]:
        """Addresses asked for since this was last asked, and whether they came: ok or an error."""
        asked: dict[str, str] = {}
        failed: dict[str, str] = {}
        for entry in self.driver.get_log("performance"):
            event = json.loads(entry["message"])["message"]
            about = event["params"]
            if event["method"] == "Network.requestWillBeSent":
                asked[about["requestId"]] = about["request"]["url"]
            elif event["method"] == "Network.loadingFailed":
                failed[about["requestId"]] = about["errorText"]
        for number, url in asked.items():
            yield url, failed.get(number, "ok")


def local(url: str) -> tuple[Path, str]:
    """The file that a URL leads to, and the place in it."""
    address, fragment = urldefrag(url)
    return Path(unquote(urlsplit(address).path)), unquote(fragment)
