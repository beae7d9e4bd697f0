"""What was changed in Outlook is asked about on its page, and answered there."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from panel.db.base import db, fresh
from panel.db.tables import Appointment
from tests import make

WHO = "anna@contoso.test"


@pytest.fixture
def booked(desk):
    """One appointment of Anna's at 9:00 UTC in three days, which is in her Outlook."""
    desk.visit = desk.booked(desk.anna, "Ines Carvalho", days=3)
    desk.connect()
    desk.sync()
    return desk


def copy(desk):
    (found,) = [one for one in desk.sandbox.events(WHO) if one["transactionId"]]
    return found


def deleted(desk):
    """Delete the entry, and let Panel look twice."""
    desk.sandbox.delete_event(WHO, copy(desk)["id"])
    for _ in range(3):
        desk.sync()
        desk.forward(seconds=16)
    return desk.visitor.get(f"/panel/appointments/{desk.visit.id}")


def moved(desk, clock, ends, zone="UTC"):
    """Move the entry to other hours of its day."""
    day = copy(desk)["start"]["dateTime"][:10]
    times = {"start": clock, "end": ends}
    desk.sandbox.patch_event(
        WHO, copy(desk)["id"],
        **{name: {"dateTime": f"{day}T{at}:00", "timeZone": zone} for name, at in times.items()},
    )  # fmt: skip
    desk.sync()
    return desk.visitor.get(f"/panel/appointments/{desk.visit.id}")


def both(desk):
    """The wall times here and there."""
    fresh()
    here = db.session.get_one(Appointment, desk.visit.id).starts
    there = datetime.fromisoformat(copy(desk)["start"]["dateTime"][:19] + "Z")
    return tuple(f"{one.astimezone(ZoneInfo('Europe/Berlin')):%H:%M}" for one in (here, there))


def stands(desk):
    fresh()
    row = db.session.get_one(Appointment, desk.visit.id)
    return row.status, f"{row.starts:%H:%M}"


def test_it_asks_whether_a_deleted_one_is_cancelled(booked):
    page = deleted(booked)
    assert "Deleted in Outlook. Cancel the appointment?" in page.text
    assert "The time stays taken until you answer. Ines Carvalho has not been told." in page.text


def test_it_stands_on_the_first_page_and_in_the_navigation(booked):
    deleted(booked)
    page = booked.visitor.get("/panel/")
    assert "Deleted in Outlook. Cancel the appointment?" in page.text
    assert "1 question waiting for a decision" in page.text


def test_it_stands_on_the_card(booked):
    deleted(booked)
    text = booked.card().text
    assert "Decision needed" in text and "1 entry was changed in Outlook. Which counts?" in text


def test_it_cancels_the_booking_when_told_so(booked):
    deleted(booked)
    page = booked.visitor.submit("Cancel the booking")
    assert stands(booked)[0] == "cancelled" and "Deleted in Outlook. Cancel" not in page.text


def test_it_puts_it_back_when_told_so(booked):
    deleted(booked)
    booked.visitor.submit("Put it back")
    booked.sync()
    assert copy(booked)["start"]["dateTime"][11:16] == "09:00"


def test_it_follows_a_move_that_breaks_no_rule(booked):
    page = moved(booked, "11:00", "12:00")
    assert stands(booked)[1] == "11:00" and "Keep which time?" not in page.text


def test_it_asks_which_time_counts_where_a_move_is_to_be_asked_about(booked):
    booked.settings(on_move="ask")
    page = moved(booked, "11:00", "12:00")
    assert "Moved in Outlook. Keep which time?" in page.text
    verbs = [one.split()[0] for one in page.buttons()]
    assert {"Put", "Accept"} <= set(verbs)


def test_it_takes_the_time_in_outlook_when_told_so(booked):
    booked.settings(on_move="ask")
    page = moved(booked, "11:00", "12:00")
    booked.visitor.submit(next(one for one in page.buttons() if one.startswith("Accept")))
    assert stands(booked)[1] == "11:00"


def test_it_asks_about_an_entry_of_another_length(booked):
    page = moved(booked, "09:00", "11:00")
    assert "There it has another length now, so the appointment has not changed." in page.text


def moved_on_both_sides(desk):
    """Move it to 15:00 here, and to 16:30 in Outlook, before either side has heard."""
    desk.visitor.get(f"/panel/appointments/{desk.visit.id}/move")
    desk.visitor.submit("Save", {"Time": "15:00"})
    return moved(desk, "16:30", "17:30", zone="Europe/Berlin")


def test_where_both_sides_moved_it_says_which_time_counts(booked):
    page = moved_on_both_sides(booked)
    assert "Moved on both sides. 15:00 counts, as Ines was promised." in page.text
    assert {"Keep 15:00", "Take 16:30 instead"} <= set(page.buttons())
    assert both(booked) == ("15:00", "15:00")


def test_where_both_sides_moved_the_other_time_is_one_click_away(booked):
    moved_on_both_sides(booked)
    page = booked.visitor.submit("Take 16:30 instead")
    booked.sync()
    assert "Moved on both sides." not in page.text
    assert both(booked) == ("16:30", "16:30")


def test_where_both_sides_moved_the_question_goes_when_the_time_is_kept(booked):
    moved_on_both_sides(booked)
    page = booked.visitor.submit("Keep 15:00")
    booked.sync()
    assert "Both calendars keep that time." in page.text
    assert ("Moved on both sides." in page.text, both(booked)) == (False, ("15:00", "15:00"))


def test_where_both_sides_moved_it_stands_on_the_first_page(booked):
    moved_on_both_sides(booked)
    page = booked.visitor.get("/panel/")
    assert "Moved on both sides. 15:00 counts, as Ines was promised." in page.text
    booked.visitor.submit("Take 16:30 instead")
    booked.sync()
    assert both(booked) == ("16:30", "16:30")


def test_it_names_the_rule_that_is_broken_in_the_readers_voice(booked):
    booked.booked(booked.anna, "Oliver Penn", days=3, hour=12)
    page = moved(booked, "12:00", "13:00")
    assert "You are with Oliver Penn" in page.text
    booked.enter("owner")
    page = booked.visitor.get(f"/admin/appointments/{booked.visit.id}")
    assert "Anna Berg is with Oliver Penn" in page.text


def test_who_may_change_nothing_may_still_put_it_back(booked):
    with make.writing() as session:
        session.get_one(make.tables.Employee, booked.anna.id).permissions = []
    page = deleted(booked)
    assert "Put it back" in page.buttons() and "Cancel the booking" not in page.buttons()


def test_it_changes_nothing_when_it_was_answered_already(booked):
    page = deleted(booked)
    action = page.form("Put it back").action
    booked.visitor.submit("Put it back")
    assert "Nothing has changed." in booked.visitor.post(action).text


def test_a_colleague_may_not_answer(booked):
    action = deleted(booked).form("Put it back").action
    booked.enter("ben")
    assert booked.visitor.post(action).status == 404


def test_the_page_says_where_the_entry_is(booked):
    page = booked.visitor.get(f"/panel/appointments/{booked.visit.id}")
    assert "In Outlook" in page.text and "in the calendar “Calendar”" in page.text


def test_the_page_says_who_has_not_connected(desk):
    visit = desk.booked(desk.anna, "Ines Carvalho", days=3)
    page = desk.visitor.get(f"/panel/appointments/{visit.id}")
    assert "Not in Outlook: Anna Berg has not connected" in page.text


def test_the_page_says_why_outlook_refused_it(booked):
    booked.mirror(state="parked", parked_why="The calendar is read only.")
    page = booked.visitor.get(f"/panel/appointments/{booked.visit.id}")
    assert "Parked: The calendar is read only." in page.text
    assert "Panel tries it again." in booked.visitor.submit("Retry").text
