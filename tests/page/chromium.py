"""Finding the browser in which the web page is tried."""

from __future__ import annotations

import os
import shutil

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
OPTIONS = [
    "--no-sandbox",  # as root and in containers
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-extensions",
    "--disable-background-networking",
]
HOW_TO_INSTALL = (
    "needs Chromium: apt-get install chromium, or name a Chrome or Chromium in XIANHOU_CHROMIUM"
)


def chromium() -> str | None:
    """The path of the browser, None where there is none."""
    named = os.environ.get("XIANHOU_CHROMIUM")
    return named or next(filter(None, map(shutil.which, _NAMES)), None)
