"""Customers as attendees, and Teams meetings: who is mailed by Microsoft, and who is not."""

import pytest

from panel.db.base import db, writing
from panel.db.tables import Customer, Mailbox, Service
from panel.services import bookings, outlook_options
from panel.services.sync.inviting import MOST_A_MINUTE
from tests.services.studio import OWNER

GUEST = {"emailAddress": {"address": "guest@else.test", "name": "Guest"}, "type": "required"}
LEA, INES = "lea@example.test", "ines@example.test"


@pytest.fixture
def inviting(linked):
    """Customers are invited; Anna has a group of two, Lea and Ines."""
    with writing() as session:
        session.get_one(Customer, linked.lea.id).email = LEA
        session.get_one(Customer, linked.ines.id).email = INES
    linked.change(db.session.get_one(Service, linked.massage.id), capacity=4)
    linked.settings(invite_customers=True)
    linked.first = linked.book_at("10:00")
    linked.book_at("10:00", customer_id=linked.ines.id)
    linked.agree()
    return linked


def people(office):
    return sorted(one["emailAddress"]["address"] for one in office.copy()["attendees"])


def mails(office):
    """What Microsoft has mailed about the copy since it was last asked."""
    found = [(one["kind"], sorted(one["to"])) for one in office.sandbox.outbox()]
    since, office.mailed = getattr(office, "mailed", 0), len(found)
    return found[since:]


def test_nobody_is_invited_unless_the_owner_says_so(linked):
    linked.book_at("10:00")
    linked.agree()
    assert people(linked) == [] and mails(linked) == []


def test_customers_are_invited_and_do_not_see_each_other(inviting):
    assert people(inviting) == [INES, LEA] and inviting.copy()["hideAttendees"] is True
    assert {kind for kind, _ in mails(inviting)} == {"invitation"}


def test_they_see_each_other_where_the_owner_says_so(inviting):
    inviting.settings(show_attendees=True)
    inviting.agree()
    assert inviting.copy()["hideAttendees"] is False


def test_whoever_cancels_leaves_and_a_guest_of_the_employee_stays(inviting):
    copy = inviting.copy()
    more = [*copy["attendees"], GUEST]
    inviting.sandbox.patch_event(inviting.upn, copy["id"], attendees=more)
    inviting.agree()
    mails(inviting)
    bookings.cancel_booking(
        inviting.bookings(inviting.first)[0], by=inviting.me, now=inviting.now()
    )
    inviting.agree()
    assert people(inviting) == ["guest@else.test", INES]
    assert ("cancellation", [LEA]) in mails(inviting)


def test_whoever_was_taken_off_the_list_in_outlook_is_not_invited_again(inviting):
    copy = inviting.copy()
    fewer = [one for one in copy["attendees"] if one["emailAddress"]["address"] != LEA]
    inviting.sandbox.patch_event(inviting.upn, copy["id"], attendees=fewer)
    mails(inviting)
    inviting.settings(appointment_title="Massage")
    inviting.agree()
    assert people(inviting) == [INES] and mails(inviting) == [("update", [INES])]


def test_a_text_alone_is_not_worth_a_mail_and_goes_along_with_what_is(inviting):
    mails(inviting)
    inviting.settings(appointment_text="Bring a towel")
    inviting.agree()
    assert "towel" not in inviting.copy()["body"]["content"] and mails(inviting) == []
    inviting.move_here(inviting.first, "14:00")
    inviting.agree()
    assert "towel" in inviting.copy()["body"]["content"]
    assert mails(inviting) == [("update", [INES, LEA])]


def test_who_is_cancelled_is_told_by_a_sentence(inviting):
    mails(inviting)
    inviting.cancel(inviting.first)
    inviting.agree()
    assert inviting.there() == []
    told = inviting.sandbox.outbox()[-1]
    assert (told["kind"], sorted(told["to"])) == ("cancellation", [INES, LEA])
    assert told["comment"] == "This appointment was cancelled."


def test_switched_off_again_nobody_is_sent_away(inviting):
    mails(inviting)
    inviting.settings(invite_customers=False)
    inviting.agree()
    assert people(inviting) == [INES, LEA] and mails(inviting) == []


def test_those_who_have_booked_are_invited_once_it_is_switched_on(linked):
    with writing() as session:
        session.get_one(Customer, linked.lea.id).email = LEA
    linked.book_at("10:00")
    linked.agree()
    linked.settings(invite_customers=True)
    linked.agree()
    assert mails(linked) == [("invitation", [LEA])]


def test_whoever_waits_for_approval_is_not_invited_yet(inviting):
    inviting.settings(insert_pending=True)
    waits = inviting.book_at("14:00", status="pending")
    inviting.agree()
    assert inviting.event_at("14:00")["attendees"] == []
    inviting.act(waits, "approve")
    inviting.agree()
    assert len(inviting.event_at("14:00")["attendees"]) == 1


def test_no_more_than_some_are_mailed_in_a_minute(inviting):
    with writing() as session:
        box = session.scalars(db.select(Mailbox)).one()
        box.mailings = [inviting.now().isoformat()] * MOST_A_MINUTE
    inviting.move_here(inviting.first, "14:00")
    inviting.sync()
    assert inviting.copy()["start"]["dateTime"] == inviting.utc("10:00")
    inviting.forward(seconds=61)
    inviting.agree()
    assert inviting.copy()["start"]["dateTime"] == inviting.utc("14:00")


def test_an_answer_that_was_lost_invites_nobody_twice(linked):
    with writing() as session:
        session.get_one(Customer, linked.lea.id).email = LEA
    linked.settings(invite_customers=True)
    linked.fault("POST", "drop_after", times=1)
    linked.book_at("10:00")
    linked.agree()
    assert mails(linked) == [("invitation", [LEA])]


def test_a_teams_meeting_keeps_its_link_whatever_changes(linked):
    linked.settings(teams_meeting=True)
    booked = linked.book_at("10:00")
    linked.agree()
    link = linked.copy()["onlineMeeting"]["joinUrl"]
    assert link in linked.copy()["body"]["content"]
    linked.settings(appointment_title="Massage", appointment_text="Bring a towel")
    linked.move_here(booked, "14:00")
    linked.agree()
    copy = linked.copy()
    assert copy["subject"] == "Massage" and copy["onlineMeeting"]["joinUrl"] == link
    assert link in copy["body"]["content"] and "towel" not in copy["body"]["content"]


def test_a_calendar_that_allows_no_meeting_gets_none(office):
    office.sandbox.add_mailbox("home@outlook.test", "personal")
    office.upn = "home@outlook.test"
    assert office.connect().refused is None
    office.settings(teams_meeting=True)
    office.book_at("10:00")
    office.agree()
    assert office.copy()["isOnlineMeeting"] is False


def test_entries_that_stand_already_get_no_meeting(linked):
    linked.book_at("10:00")
    linked.agree()
    linked.settings(teams_meeting=True)
    linked.agree()
    assert linked.copy()["isOnlineMeeting"] is False


def test_saving_says_how_many_entries_it_touches(inviting):
    kept = outlook_options.settings()
    typed = {name: getattr(kept, name) for name in outlook_options.Options.__annotations__}
    changed = outlook_options.Options(**typed | {"invite_customers": False})
    assert outlook_options.save(changed, by=OWNER, now=inviting.now()) == 1
