"""One's own visit, behind its link."""

import pytest

from panel.db.base import db, fresh, writing
from panel.db.tables import Appointment, JournalEntry, Service


@pytest.fixture
def link(shop) -> str:
    """The address of a visit in three days."""
    return shop.book().path


def state() -> str:
    fresh()
    return db.session.query(Appointment).one().status


def test_it_shows_the_visit(shop, link):
    page = shop.visitor.get(link)
    assert page.heading == "Your visit"
    assert "10:00–11:00" in page.text
    assert "You can move or cancel until" in page.text


def test_a_look_at_the_way_to_cancel_cancels_nothing(shop, link):
    shop.visitor.get(f"{link}cancel")
    shop.visitor.open(f"{link}cancel", method="HEAD")
    assert state() == "approved"


def test_it_is_cancelled_by_pressing_the_button(shop, link):
    shop.visitor.get(f"{link}cancel")
    page = shop.visitor.submit("Cancel the visit")
    assert page.heading == "Your visit is cancelled"
    assert state() == "cancelled"
    assert (
        db.session.query(JournalEntry).order_by(JournalEntry.id.desc()).first().who == "Nora Lund"
    )


def test_it_is_moved_to_another_time(shop, link):
    shop.visitor.get(f"{link}move", at=shop.at("12:30"))
    page = shop.visitor.submit("Move it")
    assert page.heading == "Moved, Nora"
    assert "12:30–13:30" in page.text
    assert state() == "approved"


def test_it_may_overlap_the_time_that_it_gives_up(shop, link):
    shop.visitor.get(f"{link}move", at=shop.at("10:15"))
    assert "10:15–11:15" in shop.visitor.submit("Move it").text


def test_a_time_that_is_not_free_is_refused(shop, link):
    page = shop.visitor.post(f"{link}move?at={shop.at('10:07')}")
    assert "10:07 cannot be booked." in page.text
    assert "10:00" in shop.visitor.get(link).text


@pytest.mark.parametrize(
    "rule, gone", [("cancel_notice_minutes", "cancel"), ("change_notice_minutes", "move")]
)
def test_what_comes_too_late_says_whom_to_ask(shop, link, rule, gone):
    shop.rules(**{rule: 30 * 1440, "phone": "0117 4"})
    page = shop.visitor.get(f"{link}{gone}")
    assert f"It is too late to {gone} this here. Call 0117 4." in page.text
    page = shop.visitor.post(f"{link}{gone}?at={shop.at('12:00')}")
    assert "too late" in page.text
    assert state() == "approved"


def test_one_of_a_group_moves_alone(shop):
    with writing() as session:
        session.get_one(Service, shop.massage.id).capacity = 4
    first = shop.book(employee=shop.anna.id).path
    shop.book(employee=shop.anna.id, name="Otto Lund")
    shop.visitor.get(f"{first}move", at=shop.at("15:00"))
    assert shop.visitor.submit("Move it").heading == "Moved, Nora"
    fresh()
    persons = [one.persons for one in db.session.query(Appointment).order_by(Appointment.starts)]
    assert persons == [1, 1]


def test_it_goes_into_ones_own_calendar(shop, link):
    answer = shop.visitor.raw(f"{link}visit.ics")
    assert answer.startswith("BEGIN:VCALENDAR") and "Sports massage" in answer


@pytest.mark.parametrize("token", ["x", "WyJib29raW5nIiwxXQ.AAAA", "-", "a" * 2000])
def test_a_link_that_is_none_tells_nothing(shop, link, token):
    page = shop.visitor.get(f"/book/manage/{token}")
    assert page.status == 404
    assert "not valid any more" in page.text


def test_pressing_cancel_twice_leads_to_what_became_of_it(shop, link):
    shop.visitor.get(f"{link}cancel")
    form = shop.visitor.page
    shop.visitor.submit("Cancel the visit")
    shop.visitor.page = form
    assert shop.visitor.submit("Cancel the visit").heading == "Your visit is cancelled"
