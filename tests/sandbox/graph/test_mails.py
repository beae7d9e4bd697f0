"""Whom Exchange would have mailed."""

import pytest

from tests.sandbox.graph.bodies import at, event, weekly, window

OLA, PIA = "ola@fabrikam.test", "pia@fabrikam.test"


def people(*addresses):
    return [{"emailAddress": {"address": one}, "type": "required"} for one in addresses]


@pytest.fixture
def meeting(anna):
    """A meeting with Ola; the invitation has gone out."""
    made = anna.post("/me/events", event(attendees=people(OLA)))
    assert mails(anna) == [("invitation", OLA)]
    return f"/me/events/{made['id']}"


def mails(anna):
    """What was mailed since the last look: kind, and each receiver."""
    sent = [(one["kind"], to) for one in anna.mailbox.outbox for to in one["to"]]
    anna.mailbox.outbox.clear()
    return sent


def test_without_attendees_nobody_is_mailed(anna):
    made = anna.post("/me/events", event())
    anna.patch(f"/me/events/{made['id']}", {"subject": "Other"})
    anna.delete(f"/me/events/{made['id']}")
    assert mails(anna) == []


def test_a_changed_meeting_is_mailed_to_all(anna, meeting):
    anna.patch(meeting, {"location": {"displayName": "Hall 4"}})
    assert mails(anna) == [("update", OLA)]


def test_what_is_ones_own_business_is_not_mailed(anna, meeting):
    anna.patch(meeting, {"showAs": "free", "categories": ["x"], "isReminderOn": False})
    assert mails(anna) == []


def test_a_change_of_the_attendees_is_mailed_to_those_who_come_and_go(anna, meeting):
    anna.patch(meeting, {"attendees": people(OLA, PIA)})
    assert mails(anna) == [("invitation", PIA)]
    anna.patch(meeting, {"attendees": people(PIA)})
    assert mails(anna) == [("cancellation", OLA)]


def test_a_deleted_meeting_is_cancelled(anna, meeting):
    anna.delete(meeting)
    assert mails(anna) == [("cancellation", OLA)]


def test_a_cancelled_meeting_takes_a_word_along(anna, meeting):
    assert anna.send("POST", f"{meeting}/cancel", {"Comment": "Sorry"}).status == 202
    assert anna.mailbox.outbox[0]["comment"] == "Sorry"
    assert anna.send("GET", meeting).status == 404


def test_a_draft_is_mailed_when_it_is_none_any_more(anna):
    made = anna.post("/me/events", event(attendees=people(OLA), isDraft=True))
    anna.patch(f"/me/events/{made['id']}", {"subject": "Other"})
    assert mails(anna) == []
    anna.patch(f"/me/events/{made['id']}", {"isDraft": False})
    assert mails(anna) == [("invitation", OLA)]


def test_one_date_of_a_series_is_cancelled_alone(anna):
    anna.post("/me/events", weekly(attendees=people(OLA)))
    dates = anna.get(f"/me/calendarView?{window()}")["value"]
    mails(anna)
    anna.delete(f"/me/events/{dates[1]['id']}")
    (mail,) = anna.mailbox.outbox
    assert mail["kind"] == "cancellation" and mail["start"].startswith("2026-09-14")


@pytest.fixture
def invited(anna, world):
    """A meeting of Ola's, in Anna's calendar."""
    more = {"organizer": people(OLA)[0], "attendees": people("anna@contoso.test")}
    own = anna.mailbox.default_calendar.id
    return f"/me/events/{anna.mailbox.create_event(own, event(**more), now=world.now()).id}"


@pytest.mark.parametrize(
    ("action", "response", "shows"),
    [
        ("accept", "accepted", "busy"),
        ("tentativelyAccept", "tentativelyAccepted", "tentative"),
        ("decline", "declined", "free"),
    ],
)
def test_an_answer_is_kept_and_mailed(anna, invited, action, response, shows):
    assert anna.send("POST", f"{invited}/{action}", {"comment": "-"}).status == 202
    seen = anna.get(invited)
    assert (seen["responseStatus"]["response"], seen["showAs"]) == (response, shows)
    assert mails(anna) == [(response, OLA)]
    anna.send("POST", f"{invited}/{action}", {"sendResponse": False})
    assert mails(anna) == []


def test_a_guest_neither_cancels_nor_mails(anna, invited):
    assert anna.get(invited)["isOrganizer"] is False and mails(anna) == []
    assert anna.refused("POST", f"{invited}/cancel", {}) == (400, "ErrorInvalidRequest")
    anna.patch(invited, {"start": at("2026-09-07T08:00:00")})
    assert anna.delete(invited) == 204 and mails(anna) == []


def test_an_organizer_does_not_answer_and_may_forward(anna, meeting):
    assert anna.refused("POST", f"{meeting}/accept", {}) == (400, "ErrorInvalidRequest")
    assert anna.send("POST", f"{meeting}/forward", {"ToRecipients": people(PIA)}).status == 202
    assert mails(anna) == [("forward", PIA)]
    assert anna.send("POST", f"{meeting}/forward", {}).status == 400


def test_reminders_are_dismissed_and_snoozed(anna, meeting):
    assert anna.send("POST", f"{meeting}/dismissReminder").status == 202
    assert anna.get(meeting)["isReminderOn"] is False
    later = {"newReminderTime": at("2026-09-07T08:50:00")}
    assert anna.send("POST", f"{meeting}/snoozeReminder", later).status == 202


def test_a_permanent_deletion_leaves_nothing(anna, meeting):
    assert anna.send("POST", f"{meeting}/permanentDelete").status == 204
    assert anna.mailbox.listing(deleted=True) == []
