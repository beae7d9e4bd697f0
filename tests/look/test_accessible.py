"""Every page of the gallery, for everybody."""

import pytest

from tests.look.gallery import BACKEND_PAGES, PANEL_PAGES

PAGES = ("sign-in", "sorry/plain", "sorry/panel", "sorry/backend", *PANEL_PAGES, *BACKEND_PAGES)
STATES = ("not_available", "not_connected", "importing", "delayed", "action_needed", "paused")
EVERY = (*PAGES, *(f"cards?state={state}" for state in STATES))
FINDINGS = """async () => (await axe.run()).violations.map(
    found => found.id + ": " + found.nodes.map(node => node.target).join(" "))"""

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_it_has_no_findings(look, axe, path, theme, width):
    with look(path, width, theme) as page:
        page.evaluate(axe)
        assert page.evaluate(FINDINGS) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("state", STATES)
def test_its_card_has_no_findings_in_any_state(look, axe, state, theme):
    with look(f"cards?state={state}", 390, theme) as page:
        page.evaluate(axe)
        assert page.evaluate(FINDINGS) == []


@pytest.mark.parametrize("width", [360, 768, 1100])
@pytest.mark.parametrize("path", PAGES)
def test_it_never_scrolls_sideways(look, path, width):
    with look(path, width) as page:
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width
