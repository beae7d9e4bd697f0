"""Every page asks who you are, and looking never changes anything."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from sqlalchemy import event
from werkzeug.routing import Rule

from panel.db.base import db
from tests import make
from tests.support.visitor import Visitor

# Open to all, by name; everything else leads to signing in.
OPEN = {
    "static",
    "pictures.show",
    "colours.show",
    "health.show",
    "metrics.show",
    "free_times.show",
    "notifications.take",
    # What customers see; their own bookings behind a link that nobody can guess.
    "book_front.index",
    "book_times.show",
    "book_details.new",
    "book_events.show",
    "book_events.details",
    "book_attending.show",
    "book_attending.entry",
    "book_attending.cancel",
    "book_attending.accept",
    "book_attending.decline",
    "book_manage.show",
    "book_manage.cancel",
    "book_manage.move",
    "book_manage.entry",
    "door.front",
    "auth.sign_in",
    "auth.sign_out",
    "auth.forgotten",
    "choose_password.show",
    "first_owner.choose",
    "v1_document.show",
    "v1_services.index",
    "v1_employees.index",
}
# Microsoft sends the browser back by GET; its state, used once, is its guard.
MAY_CHANGE_BY_GET = {"outlook_callback.come_back"}
WRITES = ("INSERT", "UPDATE", "DELETE")


def addresses(app: Flask, method: str) -> list[tuple[str, str]]:
    """Return (endpoint, address) of whatever answers this method, places filled with 1."""
    places = app.url_map.bind("127.0.0.1:8000")
    return [
        (rule.endpoint, places.build(rule.endpoint, filled(rule), method=method))
        for rule in app.url_map.iter_rules()
        if method in (rule.methods or ()) and rule.endpoint != "static"
    ]


def filled(rule: Rule) -> dict[str, Any]:
    """Return something for each place: one of the words that it takes, else 1."""
    words = {name: getattr(rule._converters[name], "items", ()) for name in rule.arguments}
    return {name: min(known) if known else 1 for name, known in words.items()}


def asks(status: int, leads_to: str) -> bool:
    """Say whether this answer asks who is there, or refuses."""
    return status in (401, 403) or (
        status in (302, 303) and urlsplit(leads_to).path.rstrip("/") == "/sign-in"
    )


def unguarded(app: Flask, method: str) -> list[str]:
    """Return what answers a stranger."""
    app.config["WTF_CSRF_METHODS"] = []
    client, found = app.test_client(), []
    for endpoint, address in addresses(app, method):
        answer = client.open(address, method=method)
        if endpoint not in OPEN and not asks(
            answer.status_code, answer.headers.get("Location", "")
        ):
            found.append(f"{method} {endpoint} answers a stranger with {answer.status_code}")
    return found


def writing_gets(app: Flask, visitor: Visitor) -> list[str]:
    """Return what changes the database when an owner merely looks."""
    written: list[str] = []

    def note(conn: Any, cursor: Any, statement: str, *rest: Any) -> None:
        if statement.lstrip().upper().startswith(WRITES):
            written.append(statement)

    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", note)
    found = []
    for endpoint, address in addresses(app, "GET"):
        written.clear()
        visitor.open(address)
        if written and endpoint not in MAY_CHANGE_BY_GET:
            found.append(f"GET {endpoint} writes: {written[0][:60]}")
    return found


def sign_in_owner(visitor: Visitor) -> Visitor:
    """Sign in an owner who takes bookings, in a house with one of everything."""
    make.company()
    anna = make.employee(user_id=make.user(email="ruth@panel.test").id)
    make.customer()
    make.appointment(of=anna, starts=datetime(2026, 5, 4, 9, tzinfo=UTC))
    visitor.sign_in("ruth@panel.test")
    return visitor


def test_it_finds_a_page_that_asks_nobody():
    bad = Flask("bad")
    bad.add_url_rule("/bad", "bad.show", lambda: "come in")
    assert unguarded(bad, "GET") == ["GET bad.show answers a stranger with 200"]


def test_it_finds_a_look_that_changes_something(house, visitor):
    house.view_functions["today.show"] = lambda: make.customer().name
    sign_in_owner(visitor)
    assert writing_gets(house, visitor)[0].startswith("GET today.show writes: INSERT INTO")


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE"])
def test_every_page_asks_who_you_are(app, method):
    assert unguarded(app, method) == []


def test_looking_changes_nothing(house, visitor):
    sign_in_owner(visitor)
    assert writing_gets(house, visitor) == []
