"""Who is told what when several customers share an appointment."""

import pytest

from panel.db.base import db
from panel.db.tables import Service
from panel.domain.errors import RuleBroken
from panel.services import bookings, mail_history
from tests import make
from tests.services.correspondence import change, written
from tests.services.studio import NOON, OWNER

FRIDAY = "2026-11-27T10:00"


@pytest.fixture
def group(studio):
    """A service for six, certain from two on, which Lea has booked."""
    studio.change(row(studio), capacity=6, least=2)
    return studio.book(FRIDAY)


def row(studio):
    return db.session.get(Service, studio.massage.id)


def to(address):
    return [one.kind for one in written(to_address=address) if "reminder" not in one.kind]


def reminded():
    return {one.to_address for one in written(kind="customer_reminder", status="waiting")}


def join(studio, group, who):
    return bookings.add(group.id, customer_id=who.id, by=OWNER, now=NOON)


def test_the_first_one_has_only_asked(group):
    assert to("lea@example.test") == ["customer_pending"] and reminded() == set()


def test_with_the_second_one_it_is_certain_for_both(studio, group):
    join(studio, group, studio.ines)
    assert to("ines@example.test") == ["customer_booked"]
    assert to("lea@example.test") == ["customer_pending", "customer_approved"]
    assert reminded() == {"lea@example.test", "ines@example.test"}


def test_a_third_one_is_no_news_to_the_others(studio, group):
    join(studio, group, studio.ines)
    third = make.customer(name="Tom Hale", email="tom@example.test")
    join(studio, group, third)
    assert to("tom@example.test") == ["customer_booked"]
    assert len(to("lea@example.test")) == 2 and len(to("ines@example.test")) == 1


def test_who_cancels_is_told_alone(studio, group):
    second = join(studio, group, studio.ines)
    bookings.cancel_booking(second.id, by=OWNER, now=NOON)
    assert to("ines@example.test") == ["customer_booked", "customer_cancelled"]
    assert "customer_cancelled" not in to("lea@example.test")
    assert "ines@example.test" not in reminded()


def test_another_number_of_persons_is_told(studio, group):
    second = join(studio, group, studio.ines)
    bookings.edit(second.id, 3, by=OWNER, now=NOON)
    (mail,) = written(kind="customer_changed")
    assert mail.to_address == "ines@example.test" and "Persons: 3" in mail.text


def test_one_person_is_not_counted(group):
    assert "Persons" not in written(kind="customer_pending")[0].text


def test_what_happened_in_a_group_before_is_nobodys_news(studio, group):
    second = join(studio, group, studio.ines)
    for action in ("no_show", "complete"):
        bookings.act(second.id, action, by=OWNER, now=NOON.replace(day=28))
    assert to("ines@example.test") == ["customer_booked"]


def test_who_left_a_group_is_only_told_again_that_they_left(studio, group):
    second = join(studio, group, studio.ines)
    bookings.cancel_booking(second.id, by=OWNER, now=NOON)
    (mail,) = written(kind="customer_booked", to_address="ines@example.test")
    with pytest.raises(RuleBroken, match="not true any more"):
        mail_history.send_again(mail.id, by=OWNER, now=NOON)


def test_that_somebody_left_alone_can_be_told_again(studio, group):
    studio.change(row(studio), least=1)
    second = join(studio, group, studio.ines)
    bookings.cancel_booking(second.id, by=OWNER, now=NOON)
    (mail,) = written(kind="customer_cancelled")
    change(mail, status="sent")
    assert mail_history.send_again(mail.id, by=OWNER, now=NOON).status == "waiting"
