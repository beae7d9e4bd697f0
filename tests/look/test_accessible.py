"""Every page of the gallery, for everybody: axe-core in both themes, wide and narrow."""

from itertools import product

import pytest

from tests.look.gallery import BACKEND_PAGES, PANEL_PAGES
from tests.support.axe import findings

PAGES = ("sign-in", "sorry/plain", "sorry/panel", "sorry/backend", *PANEL_PAGES, *BACKEND_PAGES)
STATES = ("not_available", "not_connected", "importing", "delayed", "action_needed", "paused")
CARDS = tuple(f"cards?state={state}" for state in STATES)
EVERY = (*PAGES, *CARDS)


def turn(page, width, theme):
    page.set_viewport_size({"width": width, "height": 900})
    page.locator("html").evaluate("(html, theme) => html.dataset.bsTheme = theme", theme)


@pytest.mark.parametrize("path", PAGES)
def test_it_has_no_findings(look, path):
    with look(path) as page:
        for width, theme in product((1280, 390), ("light", "dark")):
            turn(page, width, theme)
            assert findings(page) == []


@pytest.mark.parametrize("path", CARDS)
def test_its_card_has_no_findings_in_any_state(look, path):
    with look(path) as page:
        for theme in ("light", "dark"):
            turn(page, 390, theme)
            assert findings(page) == []


@pytest.mark.parametrize("path", PAGES)
def test_it_never_scrolls_sideways(look, path):
    with look(path) as page:
        for width in (1100, 768, 360, 320):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width
