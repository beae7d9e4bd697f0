"""What protects every answer."""

import re

import pytest

from panel import create_app
from tests import make
from tests.support import databases
from tests.support.settings import settings
from tests.support.visitor import Visitor


@pytest.mark.parametrize("path", ["/sign-in", "/static/css/base.css", "/nowhere", "/healthz"])
def test_every_answer_carries_the_guards(visitor, path):
    headers = visitor.get(path).headers
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def test_pages_stay_in_no_cache_but_styles_do(visitor):
    page = visitor.get("/sign-in")
    assert page.headers["Cache-Control"] == "no-store"
    sheet = re.search(r'href="([^"]+base\.css)"', page.html)[1]
    assert "no-store" not in visitor.open(sheet, buffered=True).headers["Cache-Control"]


def test_it_asks_for_https_only_where_there_is_https(app):
    assert "Strict-Transport-Security" not in Visitor(app).get("/sign-in").headers
    safe = Visitor(app, home="https://panel.test")
    assert "max-age" in safe.get("/sign-in").headers["Strict-Transport-Security"]


def test_it_believes_only_as_many_proxies_as_it_was_told(tmp_path, database_address):
    more = {"TRUSTED_PROXIES": "1", "DATABASE_URL": database_address}
    app = create_app(settings(tmp_path, **more))
    headers = {"X-Forwarded-Proto": "https"}
    answer = app.test_client().get("/sign-in", headers=headers)
    databases.release(app)
    assert "Strict-Transport-Security" in answer.headers


def test_the_cookies_are_out_of_reach_of_scripts(house, app):
    make.user(email="owner@panel.test")
    client = Visitor(app)
    client.enter("owner@panel.test")
    cookie = client.cookie("panel_session")
    assert cookie.http_only and cookie.same_site == "Lax"


def test_the_theme_is_kept_for_the_login(house, visitor):
    make.user(email="owner@panel.test")
    visitor.enter("owner@panel.test")
    visitor.submit("Dark")
    assert 'data-bs-theme="dark"' in visitor.get("/panel/profile").html
    visitor.submit("Device")
    assert "data-bs-theme" not in visitor.get("/panel/profile").html
