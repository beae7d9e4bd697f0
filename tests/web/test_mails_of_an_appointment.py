"""The journal of an appointment says how its mails stand, and sends one again."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from panel.db.base import writing
from panel.db.tables import Appointment
from panel.domain.people import Actor
from panel.services import appointments, mail_sending, mailing
from tests.services.correspondence import change, written
from tests.support.mailbox import listening
from tests.web.studio import Studio

OWNER = Actor(None, "Ruth Linden", "owner")


@pytest.fixture
def studio(house):
    return Studio()


@pytest.fixture
def booked(studio):
    row = studio.booked(studio.anna, "Ines Carvalho", days=2)
    with writing() as session:
        appointment = session.get_one(Appointment, row.id)
        mailing.tell(session, "booked", appointment, by=None, now=datetime.now(UTC))
    return row


@pytest.fixture
def anna(visitor, booked):
    visitor.enter("anna@panel.test")
    visitor.get(f"/panel/appointments/{booked.id}")
    return visitor


@pytest.fixture
def box(house):
    guests = house.extensions["panel"]
    with listening() as box:
        guests.mail = replace(guests.mail, server=box.server())
        box.deliver = lambda: mail_sending.deliver(guests.mail, guests.now)
        yield box


def booking_mail():
    return written(kind="customer_booked")


def test_it_says_what_waits_and_claims_nothing_more(anna):
    assert "Mail to Ines Carvalho: booked Waiting." in anna.page.text
    assert "Sent" not in anna.page.text and "Send again" not in anna.page.buttons()


def test_it_says_when_a_reminder_is_due(anna):
    assert "Mail to Ines Carvalho: reminder Waiting until" in anna.page.text


def test_it_says_when_a_mail_was_sent(anna, booked, box):
    box.deliver()
    page = anna.get(f"/panel/appointments/{booked.id}")
    assert "Sent " in page.text and "to ines@example.test." in page.text


def test_it_says_why_a_mail_failed(anna, booked, box):
    box.rcpt = "550 Nobody here"
    box.deliver()
    page = anna.get(f"/panel/appointments/{booked.id}")
    assert "Failed. The mail server refuses it: Nobody here" in page.text


def test_a_failed_mail_is_sent_again_by_hand(anna, booked, box):
    box.rcpt = "550 Nobody here"
    box.deliver()
    box.rcpt = ""
    anna.get(f"/panel/appointments/{booked.id}")
    page = anna.submit("Send again")
    assert "A mail to Ines Carvalho waits to be sent." in page.text
    box.deliver()
    assert [one.status for one in booking_mail()] == ["failed", "sent"]


def test_what_is_sent_again_says_what_is_true_now(anna, booked, box):
    box.deliver()
    start = booked.starts + timedelta(hours=3)
    appointments.move(
        booked.id, local_start=f"{start:%Y-%m-%dT%H:%M}", by=OWNER, now=datetime.now(UTC)
    )
    anna.post(f"/panel/appointments/{booked.id}/mails/{booking_mail()[0].id}")
    first, second = booking_mail()
    assert f"{start:%H:%M}" not in first.text
    assert f"{start:%H:%M}" in second.text


def test_what_is_no_longer_true_is_not_sent_again(anna, booked, box):
    box.deliver()
    appointments.act(booked.id, "cancel", by=OWNER, now=datetime.now(UTC))
    page = anna.post(f"/panel/appointments/{booked.id}/mails/{booking_mail()[0].id}")
    assert "This is not true any more" in page.text and len(booking_mail()) == 1


def test_what_is_on_its_way_is_not_sent_twice(anna, booked):
    page = anna.post(f"/panel/appointments/{booked.id}/mails/{booking_mail()[0].id}")
    assert "This mail is on its way already." in page.text


def test_what_waits_after_a_failure_is_tried_at_once(anna, booked):
    (mail,) = booking_mail()
    later = datetime.now(UTC) + timedelta(hours=5)
    change(mail, last_error="The mail server does not take it now: Full", due_at=later, tries=3)
    page = anna.get(f"/panel/appointments/{booked.id}")
    assert "Waiting. The mail server does not take it now: Full Next try at" in page.text
    anna.submit("Send again")
    assert booking_mail()[0].due_at < later and len(booking_mail()) == 1


def test_a_colleagues_mail_is_not_there(visitor, studio, booked):
    visitor.enter("ben@panel.test")
    visitor.get("/panel/appointments/")
    page = visitor.post(f"/panel/appointments/{booked.id}/mails/{booking_mail()[0].id}")
    assert page.status == 404


def test_who_may_only_look_sends_nothing(visitor, studio):
    row = studio.booked(studio.carla, "Rosa Pike", days=2)
    with writing() as session:
        appointment = session.get_one(Appointment, row.id)
        mailing.tell(session, "booked", appointment, by=None, now=datetime.now(UTC))
    visitor.enter("carla@panel.test")
    visitor.get(f"/panel/appointments/{row.id}")
    page = visitor.post(f"/panel/appointments/{row.id}/mails/{booking_mail()[0].id}")
    assert page.status == 403
