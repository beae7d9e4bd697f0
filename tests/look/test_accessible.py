"""Every page of the gallery, for everybody: axe-core in both themes, wide and narrow."""

from itertools import product

import pytest

from tests.look.gallery import BACKEND_PAGES, PANEL_PAGES

PAGES = ("sign-in", "sorry/plain", "sorry/panel", "sorry/backend", *PANEL_PAGES, *BACKEND_PAGES)
STATES = ("not_available", "not_connected", "importing", "delayed", "action_needed", "paused")
CARDS = tuple(f"cards?state={state}" for state in STATES)
EVERY = (*PAGES, *CARDS)
FINDINGS = """async () => (await axe.run()).violations.map(
    found => found.id + ": " + found.nodes.map(node => node.target).join(" "))"""

pytestmark = pytest.mark.browser


def findings(page, width, theme):
    page.set_viewport_size({"width": width, "height": 900})
    page.locator("html").evaluate("(html, theme) => html.dataset.bsTheme = theme", theme)
    return page.evaluate(FINDINGS)


@pytest.mark.parametrize("path", PAGES)
def test_it_has_no_findings(look, axe, path):
    with look(path) as page:
        page.evaluate(axe)
        for width, theme in product((1280, 390), ("light", "dark")):
            assert findings(page, width, theme) == []


@pytest.mark.parametrize("path", CARDS)
def test_its_card_has_no_findings_in_any_state(look, axe, path):
    with look(path) as page:
        page.evaluate(axe)
        for theme in ("light", "dark"):
            assert findings(page, 390, theme) == []


@pytest.mark.parametrize("path", PAGES)
def test_it_never_scrolls_sideways(look, path):
    with look(path) as page:
        for width in (1100, 768, 360, 320):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width
