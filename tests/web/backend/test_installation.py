"""The owner says whether a database was restored or copied."""

import pytest

from panel.db import paper
from panel.db.base import db, fresh
from panel.db.tables import Connection
from panel.services import installation
from panel.services.installation import Place

HERE = "/admin/sync/installation"


@pytest.fixture
def moved(linked, house):
    """What Anna connected to was copied to this machine from another."""
    place = house.extensions["panel"].place
    there = Place(place.file, "the first machine")
    installation.check(there, now=linked.now())
    installation.check(place, now=linked.now())
    linked.place = place
    linked.enter("owner")
    return linked


def test_it_is_asked_where_one_looks_first(moved):
    for path in ("/admin", "/admin/sync"):
        assert "This database was restored or copied" in moved.visitor.get(path).text
    page = moved.visitor.get(HERE)
    assert "This database last worked on another machine." in page.text


def test_a_restored_one_is_compared_and_then_written(moved):
    moved.visitor.get(HERE)
    page = moved.visitor.submit("It was restored")
    assert "Calendars compared 0 of 1" in page.text
    moved.sync()
    assert "Calendars compared 1 of 1" in moved.visitor.get(HERE).text
    page = moved.visitor.submit("Write to Outlook again")
    assert "Panel writes to Outlook again." in page.text and "Nothing is held" in page.text
    installation.check(moved.place, now=moved.now())
    assert installation.held() is None


def test_a_copy_ends_every_connection(moved):
    moved.visitor.get(HERE)
    page = moved.visitor.submit("It is a copy")
    assert "This is an installation of its own now." in page.text
    fresh()
    assert db.session.scalars(db.select(Connection.state)).all() == ["ended"]


def test_it_is_said_on_the_card_too_and_only_the_owner_decides(moved):
    moved.enter("anna")
    assert "Nothing is sent to Outlook until the owner has said which" in moved.card().text
    moved.enter("mia")
    assert "Only the owner can decide." in moved.visitor.get("/admin/sync").text
    assert moved.visitor.get(HERE).status == 403


def test_the_keeper_can_say_so_too(moved, house):
    say = house.test_cli_runner().invoke
    assert "Every calendar is read" in say(args=["restored"]).output
    assert "Panel writes to Outlook again" in say(args=["restored", "--go-on"]).output
    assert "Nothing is held any more." in say(args=["copied", "--yes"]).output
    done = say(args=["admit-machine"])
    assert f"may work on installation {paper.read(moved.place.file).name}" in done.output
