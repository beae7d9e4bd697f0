"""Reminders follow their appointment, and say what is true when they are due."""

from datetime import timedelta

import pytest

from panel.db.base import writing
from panel.db.tables import Company, MailTemplate
from panel.services import appointments, reminders
from tests import make
from tests.services.correspondence import written
from tests.services.studio import NOON, OWNER

FRIDAY = "2026-11-27T10:00"
# That Friday at ten in Berlin, one day before.
DUE = NOON + timedelta(hours=21)


def waiting():
    return written(kind="customer_reminder", status="waiting")


def lead(studio, minutes):
    with writing() as session:
        session.get_one(Company, 1).reminder_minutes = minutes
        session.flush()
        reminders.settle_all(session, now=NOON)


def test_it_waits_until_the_day_before(studio):
    studio.book(FRIDAY)
    (mail,) = waiting()
    assert (mail.due_at, mail.text) == (DUE, "")


def test_it_moves_with_the_appointment(studio):
    made = studio.book(FRIDAY)
    appointments.move(made.id, local_start="2026-11-30T10:00", by=OWNER, now=NOON)
    assert [one.due_at for one in waiting()] == [DUE + timedelta(days=3)]


def test_it_comes_back_with_the_time(studio):
    made = studio.book(FRIDAY)
    for start in ("2026-11-30T10:00", FRIDAY):
        appointments.move(made.id, local_start=start, by=OWNER, now=NOON)
    assert [one.due_at for one in waiting()] == [DUE]


@pytest.mark.parametrize("action", ["cancel", "set_pending"])
def test_it_is_dropped_with_the_appointment(studio, action):
    made = studio.book(FRIDAY)
    appointments.act(made.id, action, by=OWNER, now=NOON)
    assert waiting() == []


def test_it_comes_with_the_approval(studio):
    made = studio.book(FRIDAY, status="pending")
    assert waiting() == []
    appointments.act(made.id, "approve", by=OWNER, now=NOON)
    assert len(waiting()) == 1


def test_who_books_at_short_notice_needs_none(studio):
    studio.book("2026-11-26T10:00")
    assert waiting() == []


def test_no_lead_means_no_reminder(studio):
    studio.book(FRIDAY)
    lead(studio, 0)
    assert waiting() == []


def test_another_lead_moves_what_waits(studio):
    studio.book(FRIDAY)
    lead(studio, 60)
    assert [one.due_at for one in waiting()] == [DUE + timedelta(hours=23)]


def test_it_says_what_is_true_then(studio, post):
    studio.book(FRIDAY)
    studio.change(studio.anna, name="Anna Berg-Lund")
    post.forward(hours=21)
    assert "Reminder: Sports massage, Fri 27 Nov, 10:00" in post.deliver()
    (mail,) = written(kind="customer_reminder")
    assert mail.status == "sent" and "With: Anna Berg-Lund" in mail.text


def test_it_is_never_sent_after_the_start(studio, post):
    studio.book(FRIDAY)
    post.forward(hours=45, minutes=1)
    assert "Reminder" not in " ".join(post.deliver())
    (mail,) = written(kind="customer_reminder")
    assert (mail.status, mail.last_error) == ("dropped", "It was over before this could be sent.")


def test_employees_get_one_where_the_owner_wants_it(studio):
    studio.change(studio.anna, user_id=make.user(email="anna@panel.test", role="employee").id)
    make.save(MailTemplate(kind="employee_reminder", title="Soon", text="Soon", active=True))
    studio.book(FRIDAY)
    assert [one.to_address for one in written(kind="employee_reminder")] == ["anna@panel.test"]
