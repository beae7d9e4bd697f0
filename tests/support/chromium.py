"""Where this machine keeps its browser."""

import os
import shutil
import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "~/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
# Milliseconds: a machine may be very busy.
PATIENCE = 90_000
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def installed() -> list[str]:
    """Return the browsers that may serve, best first; CHROMIUM alone if it is set."""
    if os.environ.get("CHROMIUM"):
        return [os.environ["CHROMIUM"]]
    found = [path for name in NAMES if (path := shutil.which(name))]
    if sys.platform == "darwin":
        found += [str(Path(p).expanduser()) for p in MAC if Path(p).expanduser().exists()]
    return found


def window(browser: Browser, **how: Any) -> BrowserContext:
    """Open a window of one's own, which waits for all but what hangs.

    Unless told otherwise it is in the zone of the demonstration, whatever that of the machine:
    elsewhere the public pages load themselves once more, and whoever looks may look too early.
    Nothing moves in it either: what turns is drawn anew sixty times a second.
    """
    usual = {"timezone_id": "Europe/London", "reduced_motion": "reduce"}
    context = browser.new_context(**{**usual, **how})
    context.set_default_timeout(PATIENCE)
    return context
