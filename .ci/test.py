"""Run every test; find or fetch the browser that some of them need.

Without a browser everything else runs, and the last line says what did not.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HOUSE))

from tests.support.chromium import QUIET, installed  # noqa: E402

# Opens a page and prints which program did it; a name on PATH proves nothing.
TRY = f"""
import sys
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    path = sys.argv[1] or playwright.chromium.executable_path
    browser = playwright.chromium.launch(executable_path=path, args={QUIET!r}, timeout=60000)
    page = browser.new_page()
    page.goto("data:text/html,<title>works</title>")
    assert page.title() == "works"
    browser.close()
    print(path)
"""
CURE = (
    "install Chromium ('apt install chromium', 'brew install --cask chromium') or name one "
    "with CHROMIUM=/path/to/chromium"
)


def main(words):
    os.chdir(HOUSE)
    browser = find_browser() or fetch_browser()
    if browser:
        return pytest(words, CHROMIUM=browser)
    missing = count_browser_tests()
    code = pytest([*words, "-m", "not browser"])
    say(f"\n{missing} tests did not run for want of a browser: {CURE}.")
    return code or (1 if os.environ.get("CI") else 0)


def find_browser():
    named = os.environ.get("CHROMIUM")
    if named and not shutil.which(named):
        sys.exit(f"CHROMIUM is {named!r}, but no program stands there: {CURE}.")
    return next((path for one in [*installed(), ""] if (path := works(one))), None)


def fetch_browser():
    """Install one: from Debian as root, else Playwright's own download."""
    say("No browser that works was found; fetching one ...")
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for words in (["update", "-qq"], ["install", "-y", "-qq", "chromium"]):
            subprocess.run(["apt-get", *words], env=env, stdin=subprocess.DEVNULL)
        if path := find_browser():
            return path
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    try:
        subprocess.run(command, stdin=subprocess.DEVNULL, timeout=300)
    except subprocess.TimeoutExpired:
        say("The download of a browser took too long.")
    return find_browser()


def works(path):
    command = [sys.executable, "-c", TRY, path]
    try:
        done = subprocess.run(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, timeout=120
        )
    except subprocess.TimeoutExpired:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def count_browser_tests():
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-m", "browser"]
    out = subprocess.run(command, stdout=subprocess.PIPE, text=True).stdout
    found = re.search(r"^(\d+)(?:/\d+)? tests? collected", out, re.MULTILINE)
    return int(found.group(1)) if found else 0


def pytest(words, **more):
    # Much of the time a test waits for a program or a page, so that two share a core well.
    workers = max(2, min(8, 2 * (os.cpu_count() or 1)))
    side_by_side = ["-n", str(workers), "--dist", "loadfile", "--no-loadscope-reorder"]
    command = [sys.executable, "-m", "pytest", *side_by_side]
    return subprocess.run([*command, *words], env={**os.environ, **more}).returncode


def say(text):
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
