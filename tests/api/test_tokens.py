"""Who may ask: the holder of a token that counts."""

import logging

import pytest

from panel.db.base import db, fresh
from panel.db.tables import ApiToken
from panel.services import api_tokens
from tests import make
from tests.api.program import Program
from tests.services.studio import NOON, OWNER


def only_token() -> ApiToken:
    fresh()
    return db.session.scalars(db.select(ApiToken)).one()


@pytest.mark.parametrize("path", ["/appointments", "/appointments/1", "/customers", "/customers/1"])
def test_without_a_token_it_asks_for_one(stranger, path):
    answer = stranger.get(path)
    assert (answer.status_code, answer.json["code"]) == (401, "unauthorized")
    assert answer.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize(
    "header", ["Bearer panel_wrong", "Bearer", "Basic cGFuZWw6eA==", "panel_x"]
)
def test_an_unknown_token_opens_nothing(stranger, header):
    assert stranger.ask("GET", "/customers", headers={"Authorization": header}).status_code == 401


def test_a_revoked_token_opens_nothing(site):
    assert site.get("/customers").status_code == 200
    api_tokens.revoke(only_token().id, by=OWNER, now=NOON)
    assert site.get("/customers").status_code == 401


def test_a_cookie_opens_nothing(visitor, studio):
    make.user(email="ruth@panel.test", role="owner")
    assert visitor.sign_in("ruth@panel.test").path == "/admin"
    assert visitor.get("/api/v1/customers").status == 401


def test_only_a_fingerprint_is_kept(site):
    token = site.headers["Authorization"].removeprefix("Bearer ")
    assert token.startswith("panel_") and len(token) == 49
    kept = only_token()
    assert token not in str(vars(kept)) and len(kept.token_hash) == 64


def test_the_last_use_is_kept_to_the_minute(site, clock):
    site.get("/customers")
    first = only_token().used_at
    clock.shift(59)
    site.get("/customers")
    assert only_token().used_at == first == NOON
    clock.shift(1)
    site.get("/customers")
    assert (only_token().used_at - first).seconds == 60


def test_no_token_is_logged(site, app, caplog):
    caplog.set_level(logging.DEBUG)
    site.book()
    Program(app, "panel_guess").get("/customers")
    assert "panel_" not in caplog.text
