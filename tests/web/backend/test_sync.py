"""Sync health: every connection at a glance, and what can be done from here."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from panel.db.base import db, fresh, writing
from panel.db.tables import Connection, Mailbox, Mirror, Traffic
from panel.domain.heartbeats import started
from panel.mail.server import Server
from panel.services import alerts, outbox
from tests.web.desk import Desk

HERE = "/admin/sync"


@pytest.fixture
def owner(linked: Desk) -> Desk:
    """Anna has connected; the owner looks."""
    linked.enter("owner")
    return linked


def page(desk):
    return desk.visitor.get(HERE)


def test_it_says_how_much_was_asked(owner):
    asked = db.session.scalar(db.select(db.func.sum(Traffic.requests)))
    assert f"Requests, last 24 hours {asked} never slowed down" in page(owner).text and asked > 2


def test_it_says_how_everybody_is(owner):
    text = page(owner).text
    assert "Connected 1 of 3 employees" in text and "Changes waiting 0 all is there" in text
    assert "anna@contoso.test" in text and "Up to date" in text
    assert "Ben Ode and Carla Ruiz have not connected." in text


def test_whoever_must_act_comes_first_and_is_counted_in_the_navigation(owner, house):
    owner.connection(refused_at=owner.now(), refused_why="invalid_grant")
    alerts.watch(house.extensions["panel"].mail, now=owner.now())
    seen = page(owner)
    assert (
        "Anna Berg must act" in seen.text and "Microsoft asks Anna to sign in again." in seen.text
    )
    assert "1 connection somebody must put right" in seen.text


def test_sync_now_asks_and_says_when_it_may_again(owner):
    page(owner)
    assert "The calendar is being checked." in owner.visitor.submit("Sync now").text
    assert "You can ask again in" in owner.visitor.submit("Sync now").text
    assert "within the last 30 seconds" in owner.visitor.submit("Sync all now").text
    owner.forward(seconds=31)
    page(owner)
    assert "1 calendar is being checked." in owner.visitor.submit("Sync all now").text


def test_what_was_parked_is_tried_again(owner):
    owner.booked(owner.anna, "Lea Roth", days=3)
    with writing() as session:
        outbox.changed(session, "appointment", 1, now=owner.now())
    owner.sync()
    owner.mirror(state="parked", parked_why="The calendar is read only.")
    page(owner)
    assert "1 change is tried again." in owner.visitor.submit("Retry 1").text
    fresh()
    assert db.session.scalars(db.select(Mirror.state)).one() == "linked"


def test_slowing_down_and_failing_are_shown(owner):
    with writing() as session:
        box = session.scalars(db.select(Mailbox.id)).one()
        since = started(owner.now() - timedelta(hours=2))
        session.add(Traffic(mailbox_id=box, since=since, requests=9, throttled=2, failures=1))
        session.scalars(db.select(Connection)).one().since = owner.now() - timedelta(days=2)
    text = page(owner)
    assert "slowed down 2 times" in text.text and "beat-failed" in text.html


def test_the_client_secret_is_for_the_owner(owner):
    owner.settings(secret_expires=owner.now().date() + timedelta(days=169))
    assert re.search("Client secret 1(69|68|70) days", page(owner).text)
    owner.enter("mia")
    seen = page(owner)
    assert seen.status == 200 and "Client secret" not in seen.text


def test_somebody_is_reminded_by_mail(owner, house):
    owner.connection(refused_at=owner.now(), refused_why="invalid_grant")
    guests = house.extensions["panel"]
    assert "Open Anna" in page(owner).text
    guests.mail = replace(guests.mail, server=Server("mail.test", 25, "none", "", "", "a@b.test"))
    page(owner)
    seen = owner.visitor.submit("Remind Anna")
    assert (
        "A mail goes to anna@panel.test." in seen.text and "Anna was told by mail at" in seen.text
    )


def test_an_employee_does_not_come_here(linked):
    assert page(linked).status == 403
