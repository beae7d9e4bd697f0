"""One's own places at an event, behind their link."""

from datetime import UTC, datetime

import pytest

from panel.db.base import writing
from panel.db.tables import Attendance
from panel.services import attendances, manage_links
from tests import make
from tests.web.book.workshop import OWNER, TOM, statuses


def test_the_link_of_a_mail_leads_to_the_places(app, workshop):
    workshop.book()
    token = manage_links.sign("attendance", 1, secret=app.config["SECRET_KEY"])
    page = workshop.visitor.get(f"/book/manage/{token}")
    assert page.heading == "Your booking" and "You can cancel until" in page.text


def test_the_dates_go_into_ones_own_calendar(workshop):
    mine = workshop.book().path
    file = workshop.visitor.get(f"{mine}places.ics").file.decode()
    assert "BEGIN:VEVENT" in file and "Back care workshop" in file


def test_looking_at_the_ways_changes_nothing(workshop):
    mine = workshop.book().path
    for way in ("", "places.ics", "cancel", "accept", "decline"):
        workshop.visitor.get(f"{mine}{way}")
        workshop.visitor.open(f"{mine}{way}", method="HEAD")
    assert statuses() == ["booked"]


def test_places_are_given_back_by_pressing_the_button(workshop):
    mine = workshop.book().path
    workshop.visitor.get(f"{mine}cancel")
    page = workshop.visitor.submit("Cancel the booking")
    assert page.heading == "Your booking is cancelled"
    assert statuses() == ["cancelled"]


def test_what_comes_too_late_says_whom_to_ask(shop, workshop):
    mine = workshop.book().path
    shop.rules(cancel_notice_minutes=30 * 1440, phone="0117 4")
    assert "It is too late to cancel here. Call 0117 4." in workshop.visitor.get(mine).text
    assert "too late to cancel this here" in workshop.visitor.post(f"{mine}cancel").text
    assert statuses() == ["booked"]


def test_the_waiting_list_is_left_at_any_time(shop, workshop):
    workshop.book(places=2)
    his = workshop.book(TOM).path
    shop.rules(cancel_notice_minutes=30 * 1440)
    workshop.visitor.get(f"{his}cancel")
    workshop.visitor.submit("Leave the waiting list")
    assert statuses() == ["booked", "cancelled"]


def test_an_offered_place_is_taken(workshop):
    page = workshop.visitor.get(workshop.offered())
    assert page.heading == "1 place for you, Tom" and "Kept for you until" in page.text
    assert workshop.visitor.submit("Book 1 place").heading == "You are booked, Tom"
    assert statuses() == ["cancelled", "booked"]


def test_an_offered_place_is_declined(workshop):
    workshop.visitor.get(workshop.offered())
    assert workshop.visitor.submit("No, thank you").heading == "Your booking is cancelled"
    assert statuses() == ["cancelled", "cancelled"]


def test_an_offer_that_nobody_took_in_time_is_over(workshop):
    his = workshop.offered()
    form = workshop.visitor.get(his)
    with writing() as session:
        session.query(Attendance).filter_by(status="offered").one().offered_until = make.THEN
    page = workshop.visitor.get(his)
    assert page.heading == "This place is no longer kept for you" and page.buttons() == []
    workshop.visitor.page = form
    page = workshop.visitor.submit("Book 1 place")
    assert "This place is no longer kept for you." in page.text
    assert statuses() == ["cancelled", "offered"]


def test_what_staff_cancelled_can_be_seen(workshop):
    mine = workshop.book().path
    attendances.cancel(1, by=OWNER, now=datetime.now(UTC))
    assert workshop.visitor.get(mine).heading == "Your booking is cancelled"
    assert "nothing to cancel" in workshop.visitor.get(f"{mine}cancel").text


@pytest.mark.parametrize("token", ["x", "WyJhdHRlbmRhbmNlIiwxXQ.AAAA", "-", "a" * 2000])
@pytest.mark.parametrize("way", ["", "/places", "/places/cancel"])
def test_a_link_that_is_none_tells_nothing(workshop, token, way):
    workshop.book()
    page = workshop.visitor.get(f"/book/manage/{token}{way}")
    assert page.status == 404 and "not valid any more" in page.text


def test_the_link_of_a_visit_opens_no_places(shop, workshop):
    visit = shop.book().path
    workshop.book()
    assert workshop.visitor.get(f"{visit}places").status == 404
    assert workshop.visitor.post(f"{visit}places/cancel").status == 404
    assert statuses() == ["booked"]
