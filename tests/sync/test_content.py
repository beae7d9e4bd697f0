"""What stands in a copy: Panel's own fields follow the panel, the rest is the employee's."""

import pytest

from panel.db.base import writing
from panel.db.tables import Company, Customer, Employee, Service
from panel.services import offers
from tests.services.studio import OWNER


@pytest.fixture
def booked(linked):
    """An appointment from 10 to 11 that both sides know."""
    linked.first = linked.book_at("10:00")
    linked.sync()
    return linked


def change(table, id_, **values):
    with writing() as session:
        row = session.get_one(table, id_)
        for name, value in values.items():
            setattr(row, name, value)


def edited(office, **changes):
    """Anna edits the copy in Outlook; both sides agree again."""
    office.sandbox.patch_event(office.upn, office.copy()["id"], **changes)
    office.agree()
    return office.copy()


def test_the_title_follows_the_settings(booked):
    booked.settings(appointment_title="%service_name%: %customer_full_name%")
    booked.agree()
    assert booked.copy()["subject"] == "Sports massage: Lea Roth"


def test_the_text_follows_the_settings(booked):
    booked.settings(appointment_text="Ref %booking_ref%", customer_in_body=False)
    booked.agree()
    body = booked.copy()["body"]["content"]
    assert booked.appointment(booked.first).reference in body
    assert "Lea Roth" not in body


def test_the_buffers_follow_the_settings(booked):
    change(Service, booked.massage.id, buffer_before=15, buffer_after=10)
    booked.book_at("14:00")
    booked.settings(include_buffers=True)
    booked.agree()
    copy = booked.event_at("13:45")
    assert copy["end"]["dateTime"] == booked.utc("15:10")


def test_a_copy_with_buffers_moves_the_appointment_without_them(booked):
    change(Service, booked.massage.id, buffer_before=15, buffer_after=10)
    booked.settings(include_buffers=True)
    second = booked.book_at("14:00")
    booked.sync()
    booked.move_there(booked.event_at("13:45"), "14:45", "16:10")
    booked.agree()
    assert (booked.starts(second), booked.open_questions()) == ("15:00", 0)


def test_a_title_written_there_is_written_back(booked):
    assert edited(booked, subject="Mine now")["subject"] == "Sports massage"


def test_what_is_the_employees_own_is_never_touched(booked):
    mine = {"reminderMinutesBeforeStart": 5, "showAs": "tentative", "sensitivity": "private"}
    guest = {"emailAddress": {"address": "guest@else.test", "name": "Guest"}, "type": "required"}
    edited(booked, **mine, attendees=[guest], categories=["Panel", "Red"])
    booked.move_here(booked.first, "14:00")
    booked.settings(appointment_title="Massage")
    booked.agree()
    copy = booked.copy()
    assert {name: copy[name] for name in mine} == mine
    assert copy["categories"] == ["Panel", "Red"]
    assert [one["emailAddress"]["address"] for one in copy["attendees"]] == ["guest@else.test"]


def test_notes_around_the_block_stay(booked):
    body = booked.copy()["body"]["content"]
    mine = {"contentType": "html", "content": body.replace("</body>", "<p>Bring oil</p></body>")}
    edited(booked, body=mine)
    booked.settings(appointment_text="Room 4")
    booked.agree()
    text = booked.copy()["body"]["content"]
    assert ("Bring oil" in text, "Room 4" in text) == (True, True)


def test_a_block_that_was_removed_stays_removed(booked):
    edited(booked, body={"contentType": "html", "content": "<p>Only mine</p>"})
    booked.settings(appointment_text="Room 4")
    booked.agree()
    text = booked.copy()["body"]["content"]
    assert ("Only mine" in text, "Room 4" in text) == (True, False)


def test_a_pending_appointment_is_written_where_the_settings_say_so(linked):
    linked.book_at("10:00", status="pending")
    linked.agree()
    assert linked.there() == []
    linked.settings(insert_pending=True)
    linked.agree()
    assert len(linked.there()) == 1
    linked.settings(insert_pending=False)
    linked.agree()
    assert linked.there() == []


@pytest.mark.parametrize("business, own, written", [(False, True, 1), (True, False, 0)])
def test_an_employee_may_differ_about_pending_ones(linked, business, own, written):
    linked.settings(insert_pending=business)
    change(Employee, linked.anna.id, insert_pending=own)
    linked.book_at("10:00", status="pending")
    linked.agree()
    assert len(linked.there()) == written


def test_an_approved_one_is_written_and_a_rejected_one_not(linked):
    one, two = (linked.book_at(clock, status="pending") for clock in ("10:00", "14:00"))
    linked.act(one, "approve")
    linked.act(two, "reject")
    linked.agree()
    assert linked.copy()["start"]["dateTime"] == linked.utc("10:00")


@pytest.mark.parametrize("action", ["no_show", "complete"])
def test_what_took_place_holds_its_copy(booked, action):
    booked.forward(days=30)
    booked.act(booked.first, action)
    booked.agree()
    assert len(booked.there()) == 1


def test_every_night_it_finds_what_nobody_told_it(booked):
    change(Customer, booked.lea.id, name="Lea Ruiz")
    change(Company, 1, name="Studio Nord")
    booked.forward(hours=25)
    booked.agree()
    assert "Lea Ruiz" in booked.copy()["body"]["content"]


def test_what_outlook_does_not_keep_is_parked_and_said(booked):
    """Somebody's rule over there changes the title at each write."""
    booked.fault("PATCH", "status", status=400, times=3)
    booked.settings(appointment_title="Massage")
    while not booked.sync().parked:
        booked.forward(seconds=21)
    assert "Outlook" in booked.mirror().parked_why


def test_another_name_of_the_service_reaches_what_is_upcoming(linked):
    linked.book_at("10:00")
    linked.sync()
    renamed = offers.Offer("Deep massage", 60)
    offers.edit(linked.massage.id, renamed, by=OWNER, now=linked.now())
    linked.settle()
    assert linked.copy()["subject"] == "Deep massage"
