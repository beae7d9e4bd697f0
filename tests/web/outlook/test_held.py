"""So many entries gone at once: the page that asks whether it was meant."""

import pytest

from panel.db.base import db, fresh
from panel.db.tables import Appointment
from tests.services.correspondence import written

WHO = "anna@contoso.test"
TITLE = "Outlook says 2 of 2 are gone. Was it meant?"


@pytest.fixture
def wiped(desk):
    """Both entries of Anna's are gone from her Outlook."""
    desk.visits = [
        desk.booked(desk.anna, "Ines Carvalho", days=3),
        desk.booked(desk.anna, "Oliver Penn", days=4),
    ]
    desk.connect()
    desk.sync()
    for one in copies(desk):
        desk.sandbox.delete_event(WHO, one["id"])
    look_twice(desk)
    return desk


def copies(desk):
    return [one for one in desk.sandbox.events(WHO) if one["transactionId"]]


def look_twice(desk):
    for _ in range(3):
        desk.sync()
        desk.forward(seconds=16)


def statuses():
    fresh()
    return set(db.session.scalars(db.select(Appointment.status)))


def follow(desk, words="Show me which"):
    """Go where a link of this page leads."""
    (href,) = {one.attrs["href"] for one in desk.visitor.page.all("a") if one.text == words}
    return desk.visitor.get(href)


def opened(desk):
    desk.visitor.get("/panel/")
    return follow(desk)


def test_it_lists_what_is_gone_and_says_what_each_answer_does(wiped):
    text = opened(wiped).text
    assert TITLE in text and "Ines Carvalho" in text and "Oliver Penn" in text
    assert "nothing is cancelled, no customer has been told" in text
    assert "Yes: Panel asks about each one" in text


def test_it_was_not_meant(wiped):
    opened(wiped)
    page = wiped.visitor.submit("No, put them back")
    assert "2 entries are put back in Outlook." in page.text
    assert "It was not meant, and all were put back. By Anna Berg." in page.text
    wiped.sync()
    assert (len(copies(wiped)), statuses()) == (2, {"approved"})


def test_it_was_meant(wiped):
    opened(wiped)
    assert "Noted: it was meant." in wiped.visitor.submit("Yes, it was meant").text
    wiped.sync()
    page = wiped.visitor.get("/panel/")
    assert page.text.count("Deleted in Outlook. Cancel the appointment?") == 2


def test_said_a_second_time_it_changes_nothing(wiped):
    action = opened(wiped).form("Yes, it was meant").action
    wiped.visitor.submit("No, put them back")
    assert "Nothing has changed." in wiped.visitor.post(action).text
    wiped.sync()
    assert len(copies(wiped)) == 2


def test_the_settings_say_what_becomes_of_them(wiped):
    wiped.settings(on_delete="cancel", grace_minutes=30)
    assert (
        "Yes: each is cancelled after 30 minutes, and its customer is told." in opened(wiped).text
    )


def test_the_owner_is_asked_on_the_overview(wiped):
    wiped.enter("owner")
    page = wiped.visitor.get("/admin")
    assert TITLE in page.text and "From Anna Berg’s Outlook." in page.text
    assert "1 decision waits for somebody." in page.text
    page = follow(wiped)
    assert page.path == "/admin/held/1"
    assert "Gone from Anna Berg’s Outlook" in page.text
    wiped.visitor.submit("No, put them back")
    assert "Nothing waits for a decision." in wiped.visitor.get("/admin").text


def test_it_stands_on_the_card_and_in_the_navigation(wiped):
    card = wiped.card()
    assert "2 of your 2 upcoming entries are gone from Outlook. Was it meant?" in card.text
    assert "1 question waiting for a decision" in wiped.visitor.page.text


def test_it_stands_on_the_page_of_each(wiped):
    page = wiped.visitor.get(f"/panel/appointments/{wiped.visits[0].id}")
    assert "Gone from Outlook together with others. Was it meant?" in page.text
    assert "Not in Outlook" not in page.text
    assert TITLE in follow(wiped).text


def test_the_employee_and_the_owner_are_mailed_once(wiped):
    look_twice(wiped)
    mails = written(kind="employee_held")
    assert {one.to_address for one in mails} == {"anna@panel.test", "owner@panel.test"}
    assert mails[0].title == "2 of 2 entries are gone from Outlook. Was it meant?"
    assert "Nothing is cancelled, no customer has been told" in mails[0].text


def test_a_colleague_sees_nothing_of_it(wiped):
    where = opened(wiped).url
    wiped.enter("ben")
    assert wiped.visitor.get(where).status == 404
    assert "Was it meant?" not in wiped.visitor.get("/panel/").text
