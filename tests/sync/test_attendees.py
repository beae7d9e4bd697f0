"""Who comes to an event stands in the Outlook of organizer and staff."""

from types import SimpleNamespace

import pytest

from panel.db.base import db, fresh
from panel.db.tables import Push
from panel.services import attendances, events
from panel.services.attendances import Wish
from tests.services.studio import OWNER


@pytest.fixture
def course(linked):
    """Anna's course with five places, and a list for whoever finds none."""
    plan = events.Details(
        "Back course", linked.anna.id, capacity=2, most_places=5, waiting_list=True
    )
    date = events.Date(linked.day("10:00"), 60, "Europe/Berlin")
    event = events.create(plan, [date], by=OWNER, now=linked.now())
    linked.course, linked.date = event.id, linked.date_of(event.id)
    linked.agree()
    return linked


def attend(office, customer, places=1):
    wish = Wish(office.course, office.date, customer.id, places)
    return SimpleNamespace(id=attendances.attend(wish, by=OWNER, now=office.now()).id)


def body(office) -> str:
    office.agree()
    return office.copy()["body"]["content"]


def test_before_anybody_has_booked_nothing_is_said(course):
    assert "places" not in body(course)


def test_whoever_has_a_place_is_named_with_their_contact(course):
    attend(course, course.ines)
    text = body(course)
    assert "1 of 2 places" in text and "Ines Carvalho, ines@example.test" in text


def test_it_follows_what_is_given_back(course):
    lea = attend(course, course.lea, 2)
    attend(course, course.ines)
    text = body(course)
    assert "Lea Roth (2 places)" in text and "Ines" not in text
    attendances.cancel(lea.id, by=OWNER, now=course.now())
    assert "Lea Roth" not in body(course)


def test_without_the_setting_nobody_is_named(course):
    course.settings(customer_in_body=False)
    attend(course, course.lea)
    assert "Lea Roth" not in body(course)


def test_only_what_changes_the_copy_tells_the_outbox(course):
    attend(course, course.lea, 2)
    course.agree()
    waits = attend(course, course.ines)
    attendances.cancel(waits.id, by=OWNER, now=course.now())
    fresh()
    assert db.session.scalars(db.select(Push.mirror_id)).all() == []
