"""NUL, which no form of ours types and PostgreSQL refuses, gets nowhere."""

from io import BytesIO

import pytest
from flask import request

from tests import make


@pytest.fixture
def seen(app):
    """Return what the panel reads out of a request."""

    def read(path="/", **sent):
        with app.test_request_context(path, **sent):
            return {**request.args.to_dict(), **request.form.to_dict()}

    return read


def test_an_address_holds_none(seen):
    assert seen("/admin/customers?q=%00An%00na") == {"q": "Anna"}


@pytest.mark.parametrize("path", ["/sign-in", "/forgotten-password", "/book/1/details"])
def test_a_form_holds_none(seen, path):
    typed = {"email": "a\0@b.c", "form_key": "k\0"}
    assert seen(path, method="POST", data=typed) == {"email": "a@b.c", "form_key": "k"}


def test_a_form_with_a_file_holds_none_and_keeps_the_file(app):
    sent = {"name": "An\0na", "photo": (BytesIO(b"a\0b"), "photo.png")}
    with app.test_request_context("/", method="POST", data=sent):
        assert request.form["name"] == "Anna" and request.files["photo"].read() == b"a\0b"


@pytest.mark.parametrize("path", ["/sign-in", "/forgotten-password"])
def test_it_is_answered_as_without(house, visitor, path):
    make.company(name="Linden Studio")
    visitor.get(path)
    assert visitor.post(path, {"email": "anna\0@panel.test", "password": "x\0"}).status == 200
