"""Settings, API: tokens are made, shown once, and revoked."""

import pytest

from panel.db.base import db
from panel.db.tables import ApiToken
from tests.api.program import Program


@pytest.fixture
def made(owner):
    """The page that shows a new token, and the token."""
    owner.get("/admin/settings/api")
    page = owner.submit("Make token", {"Name": "Web site"})
    return page, token_on(page)


def token_on(page) -> str:
    return next(t.attrs["value"] for t in page.all("input") if t.attrs.get("id") == "token")


def test_it_shows_a_new_token_once(owner, made):
    page, token = made
    assert page.heading == "Token for Web site" and token.startswith("panel_")
    assert page.headers["Cache-Control"] == "no-store"
    listed = owner.get("/admin/settings/api")
    assert "Web site" in listed.text and "Not used yet" in listed.text
    assert token not in listed.html


def test_it_says_when_a_token_was_last_used(owner, made, app):
    assert Program(app, made[1]).get("/customers").status_code == 200
    assert "Last used today" in owner.get("/admin/settings/api").text


def test_it_needs_a_name(owner):
    owner.get("/admin/settings/api")
    assert "Give the token a name." in owner.submit("Make token").text
    assert db.session.query(ApiToken).count() == 0


def test_it_asks_before_it_revokes(owner, made, app):
    owner.get("/admin/settings/api")
    asked = owner.submit("Revoke Web site")
    assert asked.heading == "Revoke the token Web site?"
    assert Program(app, made[1]).get("/customers").status_code == 200
    page = owner.submit("Revoke token")
    assert "Web site is revoked." in page.text and "None yet." in page.text
    assert Program(app, made[1]).get("/customers").status_code == 401


def test_a_revoked_token_is_not_there(owner, made):
    owner.get("/admin/settings/api/1/revoke")
    owner.submit("Revoke token")
    assert owner.get("/admin/settings/api/1/revoke").status == 404


def test_the_journal_tells_of_both(owner, made):
    owner.get("/admin/settings/api/1/revoke")
    owner.submit("Revoke token")
    said = owner.get("/admin/journal").text
    assert "API token made by Ruth Linden" in said
    assert "API token revoked by Ruth Linden" in said


@pytest.mark.parametrize("path", ["/admin/settings/api", "/admin/settings/api/1/revoke"])
def test_only_the_owner_comes_here(visitor, studio, path):
    visitor.enter("mia@panel.test")
    assert visitor.get(path).status == 403
