"""Pictures are open to all, and never change."""

import pytest

from panel.services import appearance
from tests.services.studio import NOON, OWNER
from tests.support.images import picture


@pytest.fixture
def address(house):
    appearance.set_logo(picture(), by=OWNER, now=NOON)
    return f"/pictures/{appearance.shown().logo}"


def test_a_stranger_sees_it(visitor, address):
    page = visitor.get(address)
    assert (page.status, page.headers["Content-Type"]) == (200, "image/png")


def test_it_may_be_kept_and_cannot_run(visitor, address):
    headers = visitor.get(address).headers
    assert headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "Cookie" not in headers.get("Vary", "")


def test_it_is_not_sent_twice(visitor, address):
    known = {"If-None-Match": visitor.get(address).headers["ETag"]}
    assert visitor.open(address, headers=known).status == 304


@pytest.mark.parametrize("digest", ["0" * 64, "1", "logo.png"])
def test_what_is_not_there_is_not_found(visitor, house, digest):
    assert visitor.get(f"/pictures/{digest}").status == 404
