"""axe-core: what an automatic check finds on a page of a real browser."""

from functools import cache

from playwright.sync_api import Page

from tests.house.source import HOUSE

RUN = """async () => (await axe.run()).violations.map(
    found => found.id + ": " + found.nodes.map(node => node.target).join(" "))"""


def findings(page: Page) -> list[str]:
    """Return each violation with the places where it stands; none is the only good answer."""
    # What runs in a page that is about to be replaced finds no document.
    page.wait_for_load_state()
    if not page.evaluate("'axe' in window"):
        page.evaluate(_script())
    return page.evaluate(RUN)


@cache
def _script() -> str:
    return (HOUSE / "tests" / "look" / "vendor" / "axe.min.js").read_text("utf-8")
